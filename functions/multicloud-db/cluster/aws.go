package cluster

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"net/netip"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/aws"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/network"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Kinds of EKS, as the CRDs of provider-aws name them. Their ids are made of names, so that
// nothing has to be filled in; but for a launch template, whose id AWS assigns.
var (
	kindClusterAWS  = managed.Kind{Group: "eks.aws", Version: "v1beta2", Kind: "Cluster", Unfilled: true}
	kindNodesAWS    = managed.Kind{Group: "eks.aws", Version: "v1beta2", Kind: "NodeGroup", Unfilled: true}
	kindAddonAWS    = managed.Kind{Group: "eks.aws", Version: "v1beta1", Kind: "Addon", Unfilled: true}
	kindEntryAWS    = managed.Kind{Group: "eks.aws", Version: "v1beta1", Kind: "AccessEntry", Unfilled: true}
	kindPolicyAWS   = managed.Kind{Group: "eks.aws", Version: "v1beta1", Kind: "AccessPolicyAssociation", Unfilled: true}
	kindTemplateAWS = managed.Kind{Group: "ec2.aws", Version: "v1beta2", Kind: "LaunchTemplate"}
)

var onAWS = lifecycle.Cloud[Cluster]{
	Mains:     []lifecycle.Main{mainAWS},
	Kinds:     []managed.Kind{kindNodesAWS, kindTemplateAWS, kindAddonAWS, kindEntryAWS, kindPolicyAWS},
	With:      []string{partNodes, partTemplate},
	Settles:   settleAWS,
	Compose:   composeAWS,
	Connect:   connectAWS,
	Look:      lookAWS,
	Lacks:     lacksAWS,
	Remark:    remarkAWS,
	Unfit:     unfitAWS,
	Unsized:   nodesTheirs,
	Protected: func(l lifecycle.Live) bool { return l.IsOn("deletionProtection") },
	Accesses:  []lifecycle.Access[Cluster]{{Part: partEntry, Revoked: isRevokedAWS}, {Part: partPolicy, Revoked: isRevokedAWS}},
}

var mainAWS = lifecycle.Main{
	Kind: kindClusterAWS,
	Tags: [][]string{{"tags"}, {"tagsAll"}},
	Fields: map[string]lifecycle.At{
		"region":         {Is: []string{"region"}},
		"version":        {Is: []string{"version"}, Word: minorOf},
		"clusterRoleARN": {Is: []string{"roleArn"}},
		"serviceCIDR":    {Is: []string{"kubernetesNetworkConfig", "serviceIpv4Cidr"}},
		"kmsKeyID":       {Is: []string{"encryptionConfig", "provider", "keyArn"}},
		// No field says it, but how many nodes are away at a time does.
		"standby": {
			Part: partNodes, Apart: true, Is: []string{"updateConfig", "maxUnavailablePercentage"},
			Asked: []string{"updateConfig", "maxUnavailablePercentage"}, Word: func(string) string { return "true" },
		},
	},
	AsFound:    asFound["eks.aws"],
	Whole:      whole["eks.aws"],
	Lasts:      []string{"version"},
	TagsAt:     "tags",
	States:     statesAWS,
	PartStates: map[string]lifecycle.States{partNodes: nodeStatesAWS},
}

func composeAWS(in In) (lifecycle.Parts, error) {
	if in.Adopted() {
		return takenAWS(in)
	}
	alias := aws.RefuseAliases(in.Resource, "EKS", "cluster.kmsKeyID", in.Want.KMSKeyID, "", "")
	if err := cmp.Or(refuseMoved(in), refuseFew(in), refuseServices(in), refuseARNs(in), alias); err != nil {
		return nil, err
	}
	n, err := countOf(in, count{ofNodes(in, "scalingConfig", "minSize"), ofNodes(in, "scalingConfig", "maxSize")})
	if err != nil {
		return nil, err
	}
	main, err := clusterAWS(in)
	if err != nil {
		return nil, err
	}
	parts := lifecycle.Parts{lifecycle.Instance: main}
	ready := isThere(in, lifecycle.Instance)
	if ready || in.Object(partTemplate) != nil || in.Object(partNodes) != nil {
		addNodesAWS(in, parts, n)
	}
	if ready {
		addAccessAWS(in, parts)
	}
	addAddonsAWS(in, parts, ready)
	return parts, nil
}

// isThere reports whether the provider says that its cloud has a part, and its cloud that it has
// been made: after a restart a provider calls Ready what its cloud still makes.
func isThere(in In, part string) bool {
	status := object.String(in.Object(part), "status", "atProvider", "status")
	isBorn := status != "CREATING" && status != "PENDING" && status != "FAILED" && status != "CREATE_FAILED"
	return isBorn && object.String(object.Condition(in.Object(part), "Ready"), "status") == "True"
}

// clusterAWS is the control plane. What is said at its creation only stands in initProvider, whole
// blocks at the top, which providers ignore later. Of a cluster that was found whoever made it is
// read as its administrator, and to say less would be another cluster (cluster.go of
// terraform-provider-aws 6.34): there nothing is said of it. That EKS brought the first add-ons along
// is said always: a cluster that was found is read as one without, and that would be another, too.
func clusterAWS(in In) (lifecycle.Part, error) {
	d := in.Want
	cidrs, err := publicAWS(in)
	if err != nil {
		return lifecycle.Part{}, err
	}
	logs := []any{"audit"}
	if in.Claim.Env != "dev" {
		logs = []any{"api", "audit", "authenticator"}
	}
	vpc := object.Map{"subnetIds": texts(d.SubnetIDs), "endpointPrivateAccess": true, "endpointPublicAccess": len(cidrs) > 0}
	if len(cidrs) > 0 {
		vpc["publicAccessCidrs"] = texts(cidrs)
	}
	if len(d.GroupIDs) > 0 {
		vpc["securityGroupIds"] = texts(d.GroupIDs)
	}
	body := object.Map{
		"region":                  in.Region,
		"version":                 in.NoOlder(d.Version),
		"roleArn":                 lifecycle.Optional(d.RoleARN),
		"vpcConfig":               vpc,
		"kubernetesNetworkConfig": object.Map{"ipFamily": "ipv4", "serviceIpv4Cidr": lifecycle.Optional(d.ServiceCIDR)},
		"enabledClusterLogTypes":  logs,
		"upgradePolicy":           object.Map{"supportType": "STANDARD"}, // EXTENDED where it is unset, which costs more
		"deletionProtection":      in.Policy.Protected,
	}
	if d.KMSKeyID != "" {
		body["encryptionConfig"] = object.Map{"resources": []any{"secrets"}, "provider": object.Map{"keyArn": d.KMSKeyID}}
	}
	init := object.Map{"bootstrapSelfManagedAddons": true}
	if in.Life != lifecycle.Found {
		init["accessConfig"] = object.Map{"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": false}
	}
	return lifecycle.Part{Kind: kindClusterAWS, Name: in.Name, Body: body, Init: init}, nil
}

// publicAWS are the networks from which the public endpoint is reached. Without any there is none.
// EKS takes public networks only: from private ones the private endpoint is reached, as far as
// security groups let them.
func publicAWS(in In) ([]string, error) {
	cidrs, err := network.Within(in.Resource, "cluster.authorizedNetworks", in.Want.Authorized)
	for i, cidr := range cidrs {
		if p, parseErr := netip.ParsePrefix(cidr); parseErr == nil && p.Addr().IsPrivate() {
			return nil, fmt.Errorf("%s[%d]: %q is not allowed on aws, whose public endpoint private networks do not reach; allowed are public networks, "+
				"and the private endpoint is reached as cluster.securityGroupIDs say", in.Setting(in.Regional("cluster.authorizedNetworks")), i, cidr)
		}
	}
	return cidrs, err
}

func lookAWS(in Held) (lifecycle.Part, error) {
	if cut := strings.LastIndexAny(in.Name, "/:"); cut >= 0 {
		return lifecycle.Part{}, in.RefuseID(in.Name[cut+1:])
	}
	return lifecycle.Part{Kind: kindClusterAWS, Name: in.Name, Looks: true, Body: object.Map{"region": in.Region}}, nil
}

// lacksAWS names what is missing of a cluster's network, its roles and who administers it: EKS
// has no default of any.
func lacksAWS(in Held) (missing, means string) {
	var unset []string
	for _, s := range []struct {
		name string
		has  bool
	}{
		{"cluster.subnetIDs", len(in.Want.SubnetIDs) > 0},
		{"cluster.clusterRoleARN", in.Want.RoleARN != ""},
		{"cluster.nodeRoleARN", in.Want.NodeRoleARN != ""},
		{"cluster.adminPrincipalARNs", len(principalsOf(in.Live, in.OfRegion.Cluster.AdminPrincipalARNs)) > 0},
	} {
		if !s.has {
			unset = append(unset, in.Unset(in.Regional(s.name)))
		}
	}
	return strings.Join(unset, ", "), "the cluster keeps what it was made with"
}

// remarkAWS is on who reaches the API server.
func remarkAWS(in In) (reason, message string) {
	if !in.Adopted() && len(in.Want.Authorized) > 0 {
		return "PublicEndpoint", "the API server is also reached from " + strings.Join(in.Want.Authorized, ", ") + ", by an identity of IAM: " +
			in.Setting(in.Regional("cluster.authorizedNetworks")) + " says so"
	}
	return "", ""
}

func connectAWS(in In) lifecycle.Connection {
	a := address{
		name: in.Name, provider: in.Claim.Provider, region: in.Region, version: versionThere(in),
		host: strings.TrimPrefix(in.At("endpoint"), "https://"), issuer: in.There("identity", "oidc", "issuer"),
		login: login{
			command: "aws", args: []string{"eks", "get-token", "--cluster-name", in.Name, "--region", in.Region, "--output", "json"},
			hint: "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
		},
	}
	a.ca, _ = base64.StdEncoding.DecodeString(in.There("certificateAuthority", "data")) //nolint:errcheck // Of no certificate there is none.
	return a.connection()
}
