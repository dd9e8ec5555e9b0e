package cluster

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/tofu"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// serviceIBM runs clusters, by its name in a CRN.
const serviceIBM = "containers-kubernetes"

var onIBM = lifecycle.Cloud[Cluster]{
	Mains:     []lifecycle.Main{mainIBM},
	Settles:   settleIBM,
	Compose:   composeIBM,
	Connect:   connectIBM,
	Look:      lookIBM,
	Lacks:     lacksIBM,
	Remark:    remarkIBM,
	Protected: tofu.IsProtected,
	Behind:    behindIBM,
}

var mainIBM = lifecycle.Main{
	Kind: tofu.Kind,
	Tags: tofu.OutputTags,
	Is:   func(o *structpb.Struct) bool { return tofu.Variable(o, "service") == serviceIBM },
	Fields: map[string]lifecycle.At{
		"external-name":   {Asked: []string{"varmap", "name"}}, // the Workspace's own names a state
		"region":          tofu.At("location"),
		"version":         {Asked: []string{"varmap", "kube_version"}, Is: []string{"outputs", "kube_version"}, Word: minorOf},
		"vpcID":           tofu.At("vpc_id"),
		"podSubnet":       tofu.At("pod_subnet"),
		"serviceSubnet":   tofu.At("service_subnet"),
		"publicEndpoint":  tofu.At("public_endpoint"),
		"outbound":        {Asked: []string{"varmap", "outbound"}, Is: []string{"outputs", "outbound"}, Word: onlyTrue},
		"kmsKeyID":        tofu.At("kms_key_crn"),
		"resourceGroupID": tofu.At("resource_group_id"),
	},
	Inside: tofu.Inside,
	// These change nothing at IBM Cloud: name and ID find the cluster, and by the others the module refuses to
	// delete it, or deletes volumes with it.
	Ours:   []string{"allow_delete", "cluster_id", "deletion_protection", "name", "service"},
	Shows:  []string{"outputs", "crn"},
	States: statesIBM,
	AdoptedAs: func(o *structpb.Struct) string {
		if object.Struct(o, "spec", "forProvider", "varmap") != nil && tofu.Variable(o, "vpc_id") == "" {
			return lifecycle.AdoptObserve
		}
		return ""
	},
}

// readIBM reads what the settings say for clusters on IBM Cloud.
func readIBM(call lifecycle.Call, s settings.Cluster, c *Cluster) {
	if call.Claim.Provider != cloud.IBM {
		return
	}
	c.VPCID, c.PodSubnet, c.ServiceSubnet = s.VPCID, s.PodSubnet, s.ServiceSubnet
	c.ResourceGroupID, c.Placed = call.Provider().ResourceGroupID, s.ZoneSubnets
	if s.PublicEndpoint != nil {
		c.PublicEndpoint = strconv.FormatBool(*s.PublicEndpoint)
	}
	if s.Outbound != nil {
		c.Outbound = strconv.FormatBool(*s.Outbound)
	}
}

// errNotTakenIBM refuses a takeover: OpenTofu would have to import the cluster into a state, and makes
// another one in its place for each of many fields that differ.
var errNotTakenIBM = errors.New(`spec.adopt: "Manage" is not offered for a cluster on ibm, which OpenTofu destroys and makes anew for a field that differs; ` +
	`allowed is Observe`)

func composeIBM(in In) (lifecycle.Parts, error) {
	if in.Adopted() {
		return nil, errNotTakenIBM
	}
	if err := cmp.Or(refuseMoved(in), refuseZonesIBM(in), refuseKeyIBM(in)); err != nil {
		return nil, err
	}
	n, err := countIBM(in)
	if err != nil {
		return nil, err
	}
	zones := make([]any, 0, len(in.Want.Placed))
	for _, z := range in.Want.Placed {
		zones = append(zones, object.Map{"name": z.Name, "subnet_id": z.SubnetID})
	}
	variables := object.Map{
		"service":             serviceIBM,
		"name":                in.Name,
		"location":            in.Region,
		"kube_version":        in.NoOlder(in.Want.Version),
		"vpc_id":              lifecycle.Optional(in.Want.VPCID),
		"zones":               zones,
		"workers_per_zone":    n,
		"pod_subnet":          lifecycle.Optional(in.Want.PodSubnet),
		"service_subnet":      lifecycle.Optional(in.Want.ServiceSubnet),
		"outbound":            in.Want.Outbound == "true",
		"kms_key_crn":         lifecycle.Optional(in.Want.KMSKeyID),
		"resource_group_id":   lifecycle.Optional(in.Want.ResourceGroupID),
		"tags":                []string{}, // a list, so that cost tags are known to fit
		"deletion_protection": in.Policy.Guarded,
		"allow_delete":        in.Claim.AllowDelete,
	}
	if public := in.Want.PublicEndpoint; public != "" {
		variables["public_endpoint"] = public == "true"
	}
	module := modules.Cluster()
	if id := idIBM(in.Live); id != "" {
		module, variables["cluster_id"] = modules.KnownCluster(), id
	}
	return lifecycle.Parts{lifecycle.Instance: tofu.Workspace(in.Resource, module, variables)}, nil
}

// idIBM is that of the cluster once it was told: by it the module makes none any more, also where
// its state was lost, of which outputs tell nothing then.
func idIBM(l lifecycle.Live) string {
	return cmp.Or(l.At("outputs", "cluster_id"), object.String(l.Body(), "varmap", "cluster_id"))
}

// nameFormIBM is what IBM Cloud takes for the name of a cluster, or its ID (cloud.ibm.com/docs/containers).
var nameFormIBM = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9.-]{0,34}$`)

// lookIBM is a Workspace whose module has a data source only, so that it has nothing to change or destroy.
func lookIBM(in Held) (lifecycle.Part, error) {
	if !nameFormIBM.MatchString(in.Name) {
		return lifecycle.Part{}, fmt.Errorf("spec.externalName: %q is not allowed; allowed on ibm is the name of a cluster, which begins with a "+
			"letter and has at most 35 letters, digits, dots and hyphens", in.Name)
	}
	return tofu.Workspace(in.Resource, modules.ObserveCluster(), object.Map{
		"service": serviceIBM, "name": in.Name, "location": in.Region, "resource_group_id": lifecycle.Optional(in.Want.ResourceGroupID),
	}), nil
}

// lacksIBM names what is missing of a cluster's network: IBM Cloud has no default of any.
func lacksIBM(in Held) (missing, means string) {
	var unset []string
	if in.Want.VPCID == "" {
		unset = append(unset, in.Unset(in.Regional("cluster.vpcID")))
	}
	if len(in.Want.Placed) == 0 {
		unset = append(unset, in.Unset(in.Regional("cluster.zones")))
	}
	return strings.Join(unset, ", "), "the cluster keeps what it was made with"
}

// remarkIBM is on who reaches the API server.
func remarkIBM(in In) (reason, message string) {
	if in.Want.PublicEndpoint == "true" {
		return "PublicEndpoint", "the API server is also reached from anywhere, by an identity of IAM: " +
			in.Setting(in.Regional("cluster.publicEndpoint")) + " said so when the cluster was made"
	}
	return "", ""
}

// behindIBM compares the nodes that are there with those that the module was last given: the provider does not
// wait for nodes that come to a pool. Where an autoscaler is on, it may have taken some away.
func behindIBM(l lifecycle.Live) string {
	if isAutoscaled(l) {
		return ""
	}
	asked, _ := object.Number(l.Main(), "spec", "forProvider", "varmap", "workers_per_zone")
	if there := l.Number("outputs", "workers_per_zone"); there > 0 && asked > 0 && there < int(asked) {
		return fmt.Sprintf("has a pool of %d nodes in each zone, and %d were asked for: where that stays, IBM Cloud refused them", there, int(asked))
	}
	return ""
}

// connectIBM has no kubeconfig: the CA that verifies the server is told by a data source of IBM's provider
// alone, with a new token at each look.
func connectIBM(in In) lifecycle.Connection {
	at := cmp.Or(in.At("outputs", "private_endpoint_url"), in.At("outputs", "vpe_endpoint_url"))
	if in.Is("publicEndpoint") == "true" {
		at = cmp.Or(in.At("outputs", "public_endpoint_url"), at)
	}
	server, err := url.Parse(at)
	if at == "" || err != nil {
		return lifecycle.Connection{}
	}
	c := lifecycle.Connection{Host: at, Port: portHTTPS}
	if port, parseErr := strconv.Atoi(server.Port()); parseErr == nil {
		c.Port = port
	}
	c.Details = map[string][]byte{
		"name": []byte(in.Name), "provider": []byte(in.Claim.Provider), "region": []byte(in.Region), "endpoint": []byte(at),
		"version": []byte(versionThere(in)),
	}
	return c
}

// statesIBM are the states of a cluster. Source: cluster states in cloud.ibm.com/docs/containers, from memory but
// for the words that resource_ibm_container_cluster.go has.
var statesIBM = lifecycle.States{
	Reports: "IBM Cloud reports",
	At:      []string{"outputs", "status"},
	Words: map[lifecycle.State][]string{
		lifecycle.Serving:  {"normal", "warning", "unsupported"},
		lifecycle.Changing: {"updating"},
		lifecycle.Coming:   {"requested", "pending", "deploying"},
		lifecycle.Going:    {"deleting", "deleted"},
		lifecycle.Failed:   {"critical", "aborted", "deploy_failed", "delete_failed"},
	},
}
