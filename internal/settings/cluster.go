package settings

import (
	"regexp"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A Cluster is what a platform has for Kubernetes clusters in one region of a cloud. Nothing
// here has a default: a cluster is in the network that the platform means, or is not made.
type Cluster struct {
	// GCP: the VPC network, the subnetwork in it, and the names of the subnetwork's secondary
	// ranges, of which pods and services get their addresses.
	Network, Subnetwork      string
	PodsRange, ServicesRange string

	// Zones of the region that nodes are in, the first for a cluster without high
	// availability; the cloud's choice of three without any.
	Zones []string
	// NodeServiceAccount is the identity of the nodes on GCP.
	NodeServiceAccount string
	// AuthorizedNetworks reach the private endpoint of the API server from outside the
	// cluster's own network; nil where nobody says.
	AuthorizedNetworks []string
	// DNSEndpoint says that the API server is reached by a name of Google's as well, from
	// anywhere, by an identity of IAM; nil where nobody says.
	DNSEndpoint *bool
	// KMSKeyID encrypts the Secrets of the cluster: the CryptoKey's full name on GCP, the ARN of
	// a key on AWS, on Azure the id of a Key Vault's key with its version,
	// the CRN of a root key on IBM.
	KMSKeyID string

	// IBM: the VPC, its subnets by zone, and the ranges of pods and services; "" for IBM's choice.
	VPCID                    string
	ZoneSubnets              []ZoneSubnet
	PodSubnet, ServiceSubnet string
	// IBM: that the API server is reached from anywhere, and that nodes reach the internet; nil where
	// nobody says.
	PublicEndpoint, Outbound *bool

	// AWS: the subnets of control plane and nodes, of two zones at least, groups that the control
	// plane is in beside the one that EKS makes, and the range of services; "" for EKS's choice.
	SubnetIDs, SecurityGroupIDs []string
	ServiceCIDR                 string
	// AWS: the roles of the control plane, of the nodes, and of the driver of EBS's volumes, "" for
	// no such driver; and who administers the cluster.
	ClusterRoleARN, NodeRoleARN, EBSCSIRoleARN string
	AdminPrincipalARNs                         []string
	// AddonVersions are, by the minor version of the nodes, the versions of EKS's add-ons by their
	// names; an add-on without one stays as it was installed.
	AddonVersions map[string]map[string]string

	// Azure: the subnet of the nodes, the zone of the private API server's name, the identity of the
	// control plane, and the encryption set of the disks. ServiceCIDR is the range of services here too.
	SubnetID, PrivateDNSZoneID    string
	IdentityID, DiskEncryptionSet string
	PodCIDR, OutboundType         string
	// Azure: who administers the cluster, by the ids of groups in Entra ID, and their tenant.
	TenantID      string
	AdminGroupIDs []string
}

// A ZoneSubnet is a zone of a region, and the subnet in it.
type ZoneSubnet struct{ Name, SubnetID string }

// minorForm is a minor version of Kubernetes.
var minorForm = regexp.MustCompile(`^1\.[0-9]{2}$`)

func readCluster(provider string, r *object.Reader) Cluster {
	c := Cluster{}
	if provider == cloud.GCP || provider == cloud.AWS || provider == cloud.Azure {
		c.KMSKeyID = r.String("kmsKeyID")
		c.AuthorizedNetworks = r.Strings("authorizedNetworks")
		if c.AuthorizedNetworks == nil && r.Has("authorizedNetworks") {
			c.AuthorizedNetworks = []string{} // a list that lets in nobody
		}
	}
	switch provider {
	case cloud.GCP:
		c.Network, c.Subnetwork = r.String("network"), r.String("subnetwork")
		c.PodsRange, c.ServicesRange = r.String("podsRange"), r.String("servicesRange")
		c.Zones = r.Strings("zones")
		c.NodeServiceAccount = r.String("nodeServiceAccount")
		c.DNSEndpoint = r.Bool("dnsEndpoint")
	case cloud.AWS:
		c.SubnetIDs, c.SecurityGroupIDs, c.ServiceCIDR = r.Strings("subnetIDs"), r.Strings("securityGroupIDs"), r.String("serviceCIDR")
		c.ClusterRoleARN, c.NodeRoleARN, c.EBSCSIRoleARN = r.String("clusterRoleARN"), r.String("nodeRoleARN"), r.String("ebsCSIRoleARN")
		c.AdminPrincipalARNs = r.Strings("adminPrincipalARNs")
		c.AddonVersions = readAddonVersions(r.Object("addonVersions"))
	case cloud.Azure:
		c.SubnetID, c.PrivateDNSZoneID = r.String("subnetID"), r.String("privateDNSZoneID")
		c.IdentityID, c.DiskEncryptionSet = r.String("identityID"), r.String("diskEncryptionSetID")
		c.PodCIDR, c.ServiceCIDR, c.OutboundType = r.String("podCIDR"), r.String("serviceCIDR"), r.String("outboundType")
		c.TenantID, c.AdminGroupIDs = r.String("tenantID"), r.Strings("adminGroupIDs")
	case cloud.IBM:
		c.VPCID, c.KMSKeyID = r.String("vpcID"), r.String("kmsKeyID")
		c.PodSubnet, c.ServiceSubnet = r.String("podSubnet"), r.String("serviceSubnet")
		c.PublicEndpoint, c.Outbound = r.Bool("publicEndpoint"), r.Bool("outbound")
		c.ZoneSubnets = readZoneSubnets(r)
	}
	r.Done()
	return c
}

// readZoneSubnets reads zones that are objects, each with its subnet.
func readZoneSubnets(r *object.Reader) []ZoneSubnet {
	var out []ZoneSubnet
	for _, zone := range r.Objects("zones") {
		z := ZoneSubnet{Name: zone.String("name"), SubnetID: zone.String("subnetID")}
		zone.Done()
		for _, field := range []string{"name", "subnetID"} {
			if !zone.Has(field) {
				zone.Missingf(field, "a zone has a name and the ID of a subnet in it")
			}
		}
		out = append(out, z)
	}
	return out
}

// EBSCSIDriver is the add-on by which pods have volumes of EBS; it takes a role of its own.
const EBSCSIDriver = "aws-ebs-csi-driver"

// Addons of EKS that a cluster has, by their names
// (docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html).
var Addons = []string{"vpc-cni", "kube-proxy", "eks-pod-identity-agent", "coredns", EBSCSIDriver}

func readAddonVersions(r *object.Reader) map[string]map[string]string {
	out := map[string]map[string]string{}
	for _, minor := range r.Keys() {
		of := r.Object(minor)
		out[minor] = map[string]string{}
		for _, name := range Addons {
			out[minor][name] = of.String(name)
		}
		of.Done()
		if !minorForm.MatchString(minor) {
			r.Failf(minor, "is no minor version of Kubernetes; allowed are such as 1.36")
		}
	}
	r.Done()
	return out
}
