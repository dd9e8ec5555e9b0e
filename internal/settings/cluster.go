package settings

import (
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
	// KMSKeyID encrypts the Secrets of the cluster: the CryptoKey's full name on GCP.
	KMSKeyID string
}

func readCluster(provider string, r *object.Reader) Cluster {
	c := Cluster{}
	if provider == cloud.GCP {
		c.Network, c.Subnetwork = r.String("network"), r.String("subnetwork")
		c.PodsRange, c.ServicesRange = r.String("podsRange"), r.String("servicesRange")
		c.Zones = r.Strings("zones")
		c.NodeServiceAccount = r.String("nodeServiceAccount")
		c.AuthorizedNetworks = r.Strings("authorizedNetworks")
		if c.AuthorizedNetworks == nil && r.Has("authorizedNetworks") {
			c.AuthorizedNetworks = []string{} // a list that lets in nobody
		}
		c.DNSEndpoint = r.Bool("dnsEndpoint")
		c.KMSKeyID = r.String("kmsKeyID")
	}
	r.Done()
	return c
}
