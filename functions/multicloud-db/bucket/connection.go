package bucket

import (
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
)

// An address is how a bucket is reached. There are no credentials in it: an app gets in
// by an identity of its own.
type address struct{ bucket, account, endpoint, uri string }

// connection has the keys of the connection Secret, the same on every cloud. It is
// complete once the cloud has the bucket.
func (a address) connection(in In) lifecycle.Connection {
	c := lifecycle.Connection{Host: a.endpoint}
	if a.bucket == "" || a.endpoint == "" {
		return c
	}
	c.Details = map[string][]byte{
		"bucket":   []byte(a.bucket),
		"endpoint": []byte(a.endpoint),
		"region":   []byte(strings.ToLower(in.Region)),
		"uri":      []byte(a.uri),
	}
	if a.account != "" {
		c.Details["account"] = []byte(a.account)
	}
	return c
}
