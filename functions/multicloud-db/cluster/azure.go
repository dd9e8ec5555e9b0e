package cluster

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/azure"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// kindClusterAzure is the kind of AKS, as the CRDs of provider-azure name it. Its id is made of names,
// so that nothing has to be filled in.
var kindClusterAzure = managed.Kind{Group: "containerservice.azure", Version: "v1beta2", Kind: "KubernetesCluster", Unfilled: true}

var onAzure = lifecycle.Cloud[Cluster]{
	Mains:     []lifecycle.Main{mainAzure},
	Kinds:     []managed.Kind{azure.KindGroup, azure.KindLock},
	Settles:   settleAzure,
	Compose:   composeAzure,
	Connect:   connectAzure,
	Look:      lookAzure,
	Lacks:     lacksAzure,
	Remark:    remarkAzure,
	Protected: azure.IsLocked,
	Placed:    func(l lifecycle.Live) bool { return l.Life != lifecycle.Found || l.At(pool, "vmSize") != "" },
	Goes:      func(in In, part string) bool { return part == partLock && !in.Policy.Protected },
}

// pool is the block of the one pool of nodes.
const pool = "defaultNodePool"

var mainAzure = lifecycle.Main{
	Kind: kindClusterAzure,
	Tags: [][]string{{"tags"}},
	Fields: map[string]lifecycle.At{
		"region":              {Is: []string{"location"}, Word: azure.Region},
		"version":             {Asked: []string{"kubernetesVersion"}, Is: []string{"currentKubernetesVersion"}, Word: minorOf},
		"resourceGroup":       azure.GroupAt,
		"subnetID":            {Is: []string{pool, "vnetSubnetId"}},
		"privateDNSZoneID":    {Is: []string{"privateDnsZoneId"}, Own: ownIs(systemZone)},
		"identityID":          {Is: []string{"identity", "identityIds"}},
		"diskEncryptionSetID": {Is: []string{"diskEncryptionSetId"}},
		"kmsKeyID":            {Is: []string{"keyManagementService", "keyVaultKeyId"}},
		"podCIDR":             {Is: []string{networkProfile, "podCidr"}, Own: ownIs(podRange)},
		"serviceCIDR":         {Is: []string{networkProfile, "serviceCidr"}, Own: ownIs(serviceRange)},
		"outboundType":        {Is: []string{networkProfile, "outboundType"}, Own: ownIs(outbound)},
		"private":             {Is: []string{"privateClusterEnabled"}},
		"tenantID":            {Is: []string{entra, "tenantId"}},
		// No field says it, but how many nodes come at a time in an upgrade does.
		"standby": {Is: []string{pool, "upgradeSettings", "maxSurge"}, Word: func(surge string) string { return strconv.FormatBool(surge == surgeAvailable) }},
	},
	TagsAt: "tags",
}

// entra is the block by which people log in.
const entra = "azureActiveDirectoryRoleBasedAccessControl"

// ownIs tells a value that is composed where the settings have none.
func ownIs(fallback string) func(lifecycle.Resource, string) bool {
	return func(_ lifecycle.Resource, v string) bool { return v == fallback }
}

// errNotTakenAzure refuses a takeover. The pool of nodes is a block of the cluster's own, which is
// always asked for, and the provider makes the pool anew, with no error, for a field of it that is
// another (kubernetes_cluster_resource.go of terraform-provider-azurerm 4.80): one report that lacks a
// field would do that to nodes of somebody's.
var errNotTakenAzure = errors.New(`spec.adopt: "Manage" is not offered for a cluster on azure, whose nodes are part of it: one field of them that is said ` +
	`otherwise has them all made anew; allowed is Observe`)

func composeAzure(in In) (lifecycle.Parts, error) {
	if in.Adopted() {
		return nil, errNotTakenAzure
	}
	if err := cmp.Or(refuseIDs(in), refuseNetworks(in), refuseLocked(in)); err != nil {
		return nil, err
	}
	body, err := clusterAzure(in)
	if err != nil {
		return nil, err
	}
	parts := lifecycle.Parts{
		// What its provider writes has the CA, which no field tells, and no credential.
		lifecycle.Instance: {Kind: kindClusterAzure, Name: in.Name, Body: body, Init: theirsAzure(in), Writes: in.Publishes(lifecycle.Instance)},
	}
	if strings.EqualFold(azure.Group(in.Resource, in.Want.ResourceGroup), in.Name) {
		parts[partGroup] = azure.OwnGroup(in.Resource)
	}
	// A new lock waits for a report of the pool: what stands in for it could not be deleted any more.
	if lock, ok := azure.Lock(in.Resource); ok && (in.Object(partLock) != nil || in.At(pool, "vmSize") != "" && !isCycling(in.Live)) {
		parts[partLock] = lock
	}
	return parts, nil
}

// clusterAzure is the control plane with its pool.
func clusterAzure(in In) (object.Map, error) {
	d, tier := in.Want, "Standard"
	if in.Claim.Env == "dev" {
		tier = "Free" // without an SLA
	}
	nodes, err := poolAzure(in)
	if err != nil {
		return nil, err
	}
	groups := object.Map{"azureRbacEnabled": true, "tenantId": lifecycle.Optional(d.TenantID)}
	if len(d.AdminGroups) > 0 {
		groups["adminGroupObjectIds"] = texts(d.AdminGroups)
	}
	body := object.Map{
		"location":                        in.Region,
		"resourceGroupName":               azure.Group(in.Resource, d.ResourceGroup),
		"dnsPrefix":                       cmp.Or(in.There("dnsPrefix"), in.Name),
		"nodeResourceGroup":               cmp.Or(in.There("nodeResourceGroup"), in.Name+"-nodes"),
		"kubernetesVersion":               in.NoOlder(d.Version),
		"skuTier":                         tier,
		"automaticUpgradeChannel":         "patch", // the others raise the minor
		"nodeOsUpgradeChannel":            "NodeImage",
		"privateClusterEnabled":           d.Private == "true",
		"privateClusterPublicFqdnEnabled": false,
		"runCommandEnabled":               false, // true where it is unset: kubectl past every network rule
		"oidcIssuerEnabled":               true,
		"workloadIdentityEnabled":         true,
		"roleBasedAccessControlEnabled":   true,
		"localAccountDisabled":            true, // a certificate of an administrator that nobody takes back
		entra:                             groups,
		"diskEncryptionSetId":             lifecycle.Optional(d.DiskSetID),
		networkProfile:                    networkAzure(in),
		pool:                              nodes,
	}
	if d.IdentityID != "" {
		body["identity"] = azure.Identity(d.IdentityID)
	}
	if d.KMSKeyID != "" {
		// A vault without public access takes an API server in the platform's network
		// (learn.microsoft.com/azure/aks/use-kms-etcd-encryption).
		body["keyManagementService"] = object.Map{"keyVaultKeyId": d.KMSKeyID, "keyVaultNetworkAccess": "Public"}
	}
	return body, endpointAzure(in, body)
}

func lookAzure(in Held) (lifecycle.Part, error) {
	if in.Want.ResourceGroup == "" && in.Answered {
		return lifecycle.Part{}, fmt.Errorf("%s: is missing, and the cluster that spec.externalName names is looked for in it", in.Setting("resourceGroup"))
	}
	if cut := strings.LastIndex(in.Name, "/"); cut >= 0 {
		return lifecycle.Part{}, in.RefuseID(in.Name[cut+1:])
	}
	return lifecycle.Part{
		Kind: kindClusterAzure, Name: in.Name, Looks: true,
		Body: object.Map{"location": in.Region, "resourceGroupName": lifecycle.Optional(in.Want.ResourceGroup)},
	}, nil
}

// lacksAzure names what is missing of a cluster's network, its identity and who administers it: Azure
// would make a network of its own, and an administrator's certificate for good.
func lacksAzure(in Held) (missing, means string) {
	var unset []string
	for _, s := range []struct {
		name string
		has  bool
	}{
		{"cluster.subnetID", in.Want.SubnetID != ""},
		{"cluster.identityID", in.Want.IdentityID != ""},
		{"cluster.adminGroupIDs", len(in.Want.AdminGroups) > 0},
	} {
		if !s.has {
			unset = append(unset, in.Unset(in.Regional(s.name)))
		}
	}
	return strings.Join(unset, ", "), "the cluster keeps what it was made with"
}

// remarkAzure is on who reaches the API server.
func remarkAzure(in In) (reason, message string) {
	if in.Want.Private != "true" {
		who, list := "the cluster's own nodes alone reach", strings.Join(in.Want.Authorized, ", ")
		switch by := outboundOf(in); {
		case by != outbound:
			who = list + " reach, the nodes too, which leave by " + by + ", whose address has to be among them"
		case list != "":
			who = list + " and the cluster's own nodes reach"
		}
		return "PublicEndpoint", "the API server has a public endpoint, which " + who + ", by an identity of Entra ID: " +
			in.Setting(in.Regional("cluster.authorizedNetworks")) + " said so when it was made"
	}
	return "", ""
}

// serverAKS is the application that every API server of AKS is in Entra ID
// (learn.microsoft.com/azure/aks/kubelogin-authentication).
const serverAKS = "6dae42f8-4368-4678-94ff-3960e28e3630"

func connectAzure(in In) lifecycle.Connection {
	a := address{
		name: in.Name, provider: in.Claim.Provider, region: in.Region, version: versionThere(in),
		host: in.At("fqdn"), issuer: in.There("oidcIssuerUrl"), ca: in.Parts[lifecycle.Instance].Details["kubeconfig.clustercacertificate"],
		login: login{
			command: "kubelogin", args: []string{"get-token", "--login", "azurecli", "--server-id", serverAKS},
			hint: "https://azure.github.io/kubelogin/install.html",
		},
	}
	if in.Want.Private == "true" {
		a.host = in.At("privateFqdn")
	}
	return a.connection()
}
