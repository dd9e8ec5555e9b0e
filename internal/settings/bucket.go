package settings

import (
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A Bucket is what a platform has for buckets in one region of a cloud. Its key is one
// of its own: a key that databases may use need not let the storage service in, and
// without that no bucket can be made.
type Bucket struct {
	// KMSKeyID encrypts what is written from then on: see Region.
	KMSKeyID string
	// KMSIdentityID is the managed identity that may use the key on Azure.
	KMSIdentityID string

	// Azure: who reaches the endpoint, which is everyone with an identity without both.
	SubnetIDs, IPRules []string

	// Endpoint is which of IBM's the connection names: public without it.
	Endpoint string
}

// The endpoints of IBM Cloud Object Storage: for everyone, for the classic private
// network, and for VPCs.
const (
	EndpointPublic  = "public"
	EndpointPrivate = "private"
	EndpointDirect  = "direct"
)

// maxSalt is longer than the id of any cloud's account.
const maxSalt = 253

func readBucket(provider string, r *object.Reader) Bucket {
	b := Bucket{KMSKeyID: r.String("kmsKeyID")}
	switch provider {
	case cloud.Azure:
		b.KMSIdentityID = r.String("kmsIdentityID")
		b.SubnetIDs = r.Strings("subnetIDs")
		b.IPRules = r.Strings("ipRules")
	case cloud.IBM:
		b.Endpoint = r.OneOf("endpoint", EndpointPublic, EndpointPrivate, EndpointDirect)
	}
	r.Done()
	return b
}
