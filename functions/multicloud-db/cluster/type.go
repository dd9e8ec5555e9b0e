// Package cluster is the type cluster: Kubernetes as a cloud runs it, with one pool of nodes.
package cluster

import (
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/azure"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// Parts that stand in the cluster: the pool of nodes, on AWS also what the machines are made by,
// the add-ons, and who administers it and may do what. On Azure the pool is the cluster's own, which
// stands in a resource group.
const (
	partGroup    = azure.PartGroup
	partLock     = azure.PartLock
	partNodes    = "nodes"
	partTemplate = "launch-template"
	partAddon    = "addon-"
	partEntry    = "access-entry-"
	partPolicy   = "access-policy-"
)

// A Cluster is everything that is decided of one cluster.
type Cluster struct {
	Version string // of Kubernetes, its minor

	// What the settings say, as far as their cloud has it.
	Network, Subnetwork      string
	PodsRange, ServicesRange string
	WorkloadPool             string // of the project, which gives pods identities
	NodeAccount              string
	RoleARN, NodeRoleARN     string
	ServiceCIDR              string
	KMSKeyID                 string
	DNSEndpoint              string // "true", or "" where nobody says

	Zones      []string // that the settings name, and after Settles those of the nodes
	Authorized []string // nil where nobody says

	// On IBM Cloud: "true" or "false" where the settings say it, and where nodes are.
	PublicEndpoint, Outbound                         string
	VPCID, PodSubnet, ServiceSubnet, ResourceGroupID string
	Placed                                           []settings.ZoneSubnet

	SubnetIDs, NodeSubnetIDs []string // of the control plane, and of the nodes
	GroupIDs                 []string
	moved                    []moved

	// Azure's own.
	ResourceGroup, SubnetID      string
	PrivateDNSZoneID, IdentityID string
	DiskSetID, TenantID          string
	PodCIDR, OutboundType        string
	Private                      string   // "true" or "false", as the cluster was made
	AdminGroups                  []string // ids in Entra ID

	said section
}

// In is what a cloud composes a cluster of.
type In = lifecycle.In[Cluster]

// Held is what is decided of a cluster before it is composed.
type Held = lifecycle.Held[Cluster]

// Type of clusters.
var Type = lifecycle.Type[Cluster]{
	Name: claim.TypeCluster,
	Fields: []lifecycle.Field[Cluster]{
		version(),

		regional("network", lifecycle.Sticky, func(c *Cluster) *string { return &c.Network }),
		regional("subnetwork", lifecycle.Sticky, func(c *Cluster) *string { return &c.Subnetwork }),
		regional("podsRange", lifecycle.Sticky, func(c *Cluster) *string { return &c.PodsRange }),
		regional("servicesRange", lifecycle.Sticky, func(c *Cluster) *string { return &c.ServicesRange }),
		regional("clusterRoleARN", lifecycle.Sticky, func(c *Cluster) *string { return &c.RoleARN }),
		regional("serviceCIDR", lifecycle.Sticky, func(c *Cluster) *string { return &c.ServiceCIDR }),
		regional("nodeServiceAccount", lifecycle.Sticky, func(c *Cluster) *string { return &c.NodeAccount }),
		regional("kmsKeyID", lifecycle.Joins, func(c *Cluster) *string { return &c.KMSKeyID }),
		regional("dnsEndpoint", lifecycle.Follows, func(c *Cluster) *string { return &c.DNSEndpoint }),
		workloadPool(),

		{Row: lifecycle.Row{Name: "resourceGroup", Path: "resourceGroup", Rule: lifecycle.Sticky}, Of: func(c *Cluster) *string { return &c.ResourceGroup }},
		regional("subnetID", lifecycle.Sticky, func(c *Cluster) *string { return &c.SubnetID }),
		regional("privateDNSZoneID", lifecycle.Sticky, func(c *Cluster) *string { return &c.PrivateDNSZoneID }),
		regional("identityID", lifecycle.Follows, func(c *Cluster) *string { return &c.IdentityID }),
		regional("diskEncryptionSetID", lifecycle.Sticky, func(c *Cluster) *string { return &c.DiskSetID }),
		regional("podCIDR", lifecycle.Sticky, func(c *Cluster) *string { return &c.PodCIDR }),
		regional("outboundType", lifecycle.Sticky, func(c *Cluster) *string { return &c.OutboundType }),
		regional("tenantID", lifecycle.Once, func(c *Cluster) *string { return &c.TenantID }),
		private(),
		regional("vpcID", lifecycle.Sticky, func(c *Cluster) *string { return &c.VPCID }),
		regional("podSubnet", lifecycle.Sticky, func(c *Cluster) *string { return &c.PodSubnet }),
		regional("serviceSubnet", lifecycle.Sticky, func(c *Cluster) *string { return &c.ServiceSubnet }),
		regional("publicEndpoint", lifecycle.Sticky, func(c *Cluster) *string { return &c.PublicEndpoint }),
		regional("outbound", lifecycle.Follows, func(c *Cluster) *string { return &c.Outbound }),
		resourceGroup(),
	},
	Tells:  []string{"region", "version"},
	Parts:  []string{partNodes, partTemplate, partAddon, partEntry, partPolicy, partGroup, partLock},
	Inside: []string{partNodes, partAddon, partEntry, partPolicy},
	Before: map[string][]string{
		lifecycle.Instance: {partGroup},
		partNodes:          {lifecycle.Instance, partTemplate}, partAddon: {lifecycle.Instance}, partEntry: {lifecycle.Instance}, partPolicy: {partEntry},
	},
	Networked: true,
	Connection: []lifecycle.Key{
		{Name: "name", Required: true},
		{Name: "provider", Required: true},
		{Name: "region", Required: true},
		{Name: "endpoint", Required: true},
		{Name: "version", Required: true},
		{Name: "kubeconfig"}, // with the others, but on IBM Cloud, which tells no CA
		{Name: "ca.crt"},
		{Name: "oidcIssuer"},
	},
	Clouds: map[string]lifecycle.Cloud[Cluster]{cloud.GCP: onGCP, cloud.AWS: onAWS, cloud.Azure: onAzure, cloud.IBM: onIBM},
	Read:   read,
	KeyOf:  func(r settings.Region) string { return r.Cluster.KMSKeyID },
	NameOf: nameOf,
	Status: status,
	Ends:   ends,
}

// version only goes up, and in an env that keeps its data by a second word: no cloud takes a
// control plane back.
func version() lifecycle.Field[Cluster] {
	return lifecycle.Field[Cluster]{
		Row: lifecycle.Row{Name: "version", Path: "spec.cluster.version", Rule: lifecycle.Upgrades, Worded: true},
		Of:  func(c *Cluster) *string { return &c.Version },
	}
}

// workloadPool is made of the id of the project, which the settings say once for all regions.
func workloadPool() lifecycle.Field[Cluster] {
	return lifecycle.Field[Cluster]{
		Row: lifecycle.Row{Name: "workloadPool", Path: "projectID", Rule: lifecycle.Sticky},
		Of:  func(c *Cluster) *string { return &c.WorkloadPool },
	}
}

// private is whether the API server has no public endpoint, which the networks that the settings let
// in decide when a cluster is made.
func private() lifecycle.Field[Cluster] {
	return lifecycle.Field[Cluster]{
		Row: lifecycle.Row{Name: "private", Path: "cluster.authorizedNetworks (any or none)", Rule: lifecycle.Once},
		Of:  func(c *Cluster) *string { return &c.Private }, Regional: true,
	}
}

// resourceGroup is said once for all regions of IBM Cloud.
func resourceGroup() lifecycle.Field[Cluster] {
	return lifecycle.Field[Cluster]{
		Row: lifecycle.Row{Name: "resourceGroupID", Path: "resourceGroupID", Rule: lifecycle.Sticky},
		Of:  func(c *Cluster) *string { return &c.ResourceGroupID },
	}
}

// regional is a setting of clusters in one region.
func regional(name string, rule lifecycle.Rule, of func(*Cluster) *string) lifecycle.Field[Cluster] {
	return lifecycle.Field[Cluster]{Row: lifecycle.Row{Name: name, Path: "cluster." + name, Rule: rule}, Of: of, Regional: true}
}
