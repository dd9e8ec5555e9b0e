package cluster

import (
	"cmp"
	"encoding/base64"
	"strconv"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/network"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Kinds of GKE, as the CRDs of provider-gcp name them. Their ids are made of names, so that
// nothing has to be filled in.
var (
	kindClusterGCP = managed.Kind{Group: "container.gcp", Version: "v1beta2", Kind: "Cluster", Unfilled: true}
	kindNodesGCP   = managed.Kind{Group: "container.gcp", Version: "v1beta2", Kind: "NodePool", Unfilled: true}
)

var onGCP = lifecycle.Cloud[Cluster]{
	Mains:   []lifecycle.Main{mainGCP},
	Kinds:   []managed.Kind{kindNodesGCP},
	With:    []string{partNodes},
	Settles: settleGCP,
	Compose: composeGCP,
	Connect: connectGCP,
	Look:    lookGCP,
	Lacks:   lacksGCP,
	Remark:  remarkGCP,
	Unfit:   unfitGCP,
	Unsized: nodesTheirs,
}

const (
	// poolSuffix follows the project's id in the name of its workload identity pool
	// (cloud.google.com/kubernetes-engine/docs/concepts/workload-identity).
	poolSuffix = ".svc.id.goog"
	// nodesNameGCP is the pool's name. A pool named default-pool would be deleted by the
	// provider, which takes it for the one that GKE makes itself.
	nodesNameGCP = "main"

	policyBalanced = "BALANCED"
	policyAny      = "ANY"
)

var mainGCP = lifecycle.Main{
	Kind: kindClusterGCP,
	Tags: [][]string{{"effectiveLabels"}, {"resourceLabels"}},
	Fields: map[string]lifecycle.At{
		"region":        {Is: []string{"location"}},
		"version":       {Asked: []string{"minMasterVersion"}, Is: []string{"masterVersion"}, Word: minorOf},
		"network":       {Is: []string{"network"}},
		"subnetwork":    {Is: []string{"subnetwork"}},
		"podsRange":     {Is: []string{"ipAllocationPolicy", "clusterSecondaryRangeName"}},
		"servicesRange": {Is: []string{"ipAllocationPolicy", "servicesSecondaryRangeName"}},
		"workloadPool":  {Is: []string{"workloadIdentityConfig", "workloadPool"}},
		"kmsKeyID":      {Is: []string{"databaseEncryption", "keyName"}},
		"dnsEndpoint":   {Is: []string{"controlPlaneEndpointsConfig", "dnsEndpointConfig", "allowExternalTraffic"}, Word: onlyTrue},
		"nodeServiceAccount": {
			Part: partNodes, Apart: true, Is: []string{"nodeConfig", "serviceAccount"}, Asked: []string{"nodeConfig", "serviceAccount"},
			Recorded: true, Lost: accountAtBirth,
		},
		// No field says it, but how nodes are spread does.
		"standby": {
			Part: partNodes, Apart: true, Is: []string{"autoscaling", "locationPolicy"}, Asked: []string{"autoscaling", "locationPolicy"}, Word: isBalanced,
		},
	},
	AsFound: asFound["container.gcp"],
	Whole:   whole["container.gcp"],
	Left:    left["container.gcp"],
	Lasts:   []string{"minMasterVersion"},
	TagsAt:  "resourceLabels",
	Ours:    []string{"deletionProtection"},
}

func isBalanced(policy string) string { return strconv.FormatBool(policy == policyBalanced) }

func onlyTrue(s string) string {
	if s == "true" {
		return s
	}
	return ""
}

// accountAtBirth is the nodes' identity that the cluster was made with, before it had the pool
// whose field that is.
func accountAtBirth(l lifecycle.Live) string {
	return object.String(l.Main(), "spec", "initProvider", "nodeConfig", "serviceAccount")
}

// settleGCP keeps what the settings no longer say of a live cluster in lists.
func settleGCP(in Held) Held {
	if in.Adopted() {
		return in
	}
	in = settleZones(settleCount(settleAvailability(in, "nodeLocations")), "nodeLocations")
	if len(in.Want.Zones) == 0 && !in.Policy.HighAvailability {
		in.Remarks = append(in.Remarks, in.Unset(in.Regional("cluster.zones"))+": Google spreads the nodes over three zones, so that there are three of "+
			"them at first, and may be three whatever spec.cluster.nodes says")
	}
	if in.Want.DNSEndpoint == "true" && staysClosed(&in, "dnsEndpoint") {
		in.Want.DNSEndpoint = ""
		in.Notes = append(in.Notes, in.Setting(in.Regional("cluster.dnsEndpoint")))
	}
	var there []string
	for _, body := range in.Tells(lifecycle.Instance) {
		block := object.Struct(body, "masterAuthorizedNetworksConfig")
		for _, v := range object.Get(block, "cidrBlocks").GetListValue().GetValues() {
			there = append(there, object.String(v.GetStructValue(), "cidrBlock"))
		}
		if block != nil {
			break
		}
	}
	return settleAuthorized(in, there)
}

func composeGCP(in In) (lifecycle.Parts, error) {
	if in.Adopted() {
		return takenGCP(in)
	}
	if err := cmp.Or(refuseZones(in), refuseAccount(in)); err != nil {
		return nil, err
	}
	nodes, err := nodesGCP(in)
	if err != nil {
		return nil, err
	}
	main, err := clusterGCP(in)
	if err != nil {
		return nil, err
	}
	parts := lifecycle.Parts{lifecycle.Instance: main}
	// Google takes no pool of a cluster that it still makes. Once asked for, the pool stays.
	if in.Object(partNodes) != nil || object.String(object.Condition(in.Main(), "Ready"), "status") == "True" {
		parts[partNodes] = nodes
	}
	return parts, nil
}

// clusterGCP is the control plane. What is said at its creation only stands in initProvider, and
// there at the top alone, where providers ignore it later: GKE's own pool of nodes, which the
// provider makes and takes away at once. Said again, removeDefaultNodePool would delete a pool
// of that name, and initialNodeCount make another cluster
// (resource_container_cluster.go of terraform-provider-google 7.39). The maintenance window stands there
// as well: said again, it would take off the exclusions that somebody adds, which are not computed.
func clusterGCP(in In) (lifecycle.Part, error) {
	d, kept := in.Want, in.Claim.Env != "dev"
	authorized, err := network.Within(in.Resource, "cluster.authorizedNetworks", d.Authorized)
	if err != nil {
		return lifecycle.Part{}, err
	}
	channel, logs := "REGULAR", []any{"SYSTEM_COMPONENTS"}
	if kept {
		channel, logs = "STABLE", []any{"SYSTEM_COMPONENTS", "APISERVER", "WORKLOADS"}
	}
	body := object.Map{
		"location":       in.Region, // a region: a zone cannot become one
		"network":        lifecycle.Optional(d.Network),
		"subnetwork":     lifecycle.Optional(d.Subnetwork),
		"networkingMode": "VPC_NATIVE",
		"ipAllocationPolicy": object.Map{
			"clusterSecondaryRangeName": lifecycle.Optional(d.PodsRange), "servicesSecondaryRangeName": lifecycle.Optional(d.ServicesRange),
		},
		"datapathProvider":     "ADVANCED_DATAPATH", // network policies without an add-on
		"releaseChannel":       object.Map{"channel": channel},
		"minMasterVersion":     in.NoOlder(d.Version),
		"deletionProtection":   in.Policy.Guarded, // true where it is unset
		"privateClusterConfig": object.Map{"enablePrivateNodes": true, "enablePrivateEndpoint": true, "masterGlobalAccessConfig": object.Map{"enabled": true}},
		"controlPlaneEndpointsConfig": object.Map{
			"dnsEndpointConfig": object.Map{"allowExternalTraffic": d.DNSEndpoint == "true"},
			"ipEndpointsConfig": object.Map{"enabled": true},
		},
		"masterAuthorizedNetworksConfig": authorizedGCP(authorized),
		"workloadIdentityConfig":         object.Map{"workloadPool": lifecycle.Optional(d.WorkloadPool)},
		"enableShieldedNodes":            true,
		"enableLegacyAbac":               false,
		"costManagementConfig":           object.Map{"enabled": true},
		"loggingConfig":                  object.Map{"enableComponents": logs},
		"monitoringConfig":               object.Map{"enableComponents": []any{"SYSTEM_COMPONENTS"}},
	}
	if d.KMSKeyID != "" {
		body["databaseEncryption"] = object.Map{"state": "ENCRYPTED", "keyName": d.KMSKeyID}
	}
	return lifecycle.Part{
		Kind: kindClusterGCP, Name: in.Name, Body: body,
		Init: object.Map{
			"removeDefaultNodePool": true,
			"initialNodeCount":      1,
			"maintenancePolicy":     object.Map{"dailyMaintenanceWindow": object.Map{"startTime": "03:00"}},
			"nodeConfig":            object.Map{"machineType": "e2-medium", "serviceAccount": lifecycle.Optional(d.NodeAccount)},
		},
	}, nil
}

// authorizedGCP are the networks from which the private endpoint is reached. The block stands
// there without any too, and then lets in nobody from outside the cluster's own subnetwork:
// without the block everybody in the network is let in.
func authorizedGCP(networks []string) object.Map {
	blocks := make([]any, 0, len(networks))
	for _, cidr := range networks {
		blocks = append(blocks, object.Map{"cidrBlock": cidr, "displayName": "platform"})
	}
	out := object.Map{"gcpPublicCidrsAccessEnabled": false}
	if len(blocks) > 0 {
		out["cidrBlocks"] = blocks
	}
	return out
}

func lookGCP(in Held) (lifecycle.Part, error) {
	if cut := strings.LastIndexAny(in.Name, "/:"); cut >= 0 {
		return lifecycle.Part{}, in.RefuseID(in.Name[cut+1:])
	}
	return lifecycle.Part{Kind: kindClusterGCP, Name: in.Name, Looks: true, Body: object.Map{"location": in.Region}}, nil
}

// lacksGCP names what is missing of a cluster's network and identities. Google would take the
// network default, and the identity of Compute Engine, which may do too much.
func lacksGCP(in Held) (missing, means string) {
	var unset []string
	for _, s := range []struct{ name, value string }{
		{"projectID", in.Want.WorkloadPool},
		{in.Regional("cluster.network"), in.Want.Network},
		{in.Regional("cluster.subnetwork"), in.Want.Subnetwork},
		{in.Regional("cluster.podsRange"), in.Want.PodsRange},
		{in.Regional("cluster.servicesRange"), in.Want.ServicesRange},
		{in.Regional("cluster.nodeServiceAccount"), in.Want.NodeAccount},
	} {
		if s.value == "" {
			unset = append(unset, in.Unset(s.name))
		}
	}
	return strings.Join(unset, ", "), "the cluster was made with what Google takes by default"
}

// remarkGCP is on who reaches the API server, and on nodes that Google spreads.
func remarkGCP(in In) (reason, message string) {
	if in.Want.DNSEndpoint == "true" {
		return "PublicEndpoint", "the API server is also reached by a name of Google's, from anywhere, by an identity of IAM: " +
			in.Setting(in.Regional("cluster.dnsEndpoint")) + " says so"
	}
	return "", ""
}

func connectGCP(in In) lifecycle.Connection {
	at := object.Struct(in.Main(), "status", "atProvider")
	a := address{
		name: in.Name, provider: in.Claim.Provider, region: in.Region, version: versionThere(in),
		host:  hostGCP(in),
		login: login{command: "gke-gcloud-auth-plugin", hint: "gcloud components install gke-gcloud-auth-plugin"},
	}
	if id := in.At("id"); strings.HasPrefix(id, "projects/") {
		a.issuer = "https://container.googleapis.com/v1/" + id
	}
	if name := object.String(at, "controlPlaneEndpointsConfig", "dnsEndpointConfig", "endpoint"); name != "" && in.Want.DNSEndpoint == "true" {
		a.host, a.publicCA = name, true
	}
	a.ca, _ = base64.StdEncoding.DecodeString(object.String(at, "masterAuth", "clusterCaCertificate")) //nolint:errcheck // Of no certificate there is none.
	return a.connection()
}
