package suite

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// typeOf is the type of a claim, which is a database where it says none.
func typeOf(claim *unstructured.Unstructured) string {
	if of, _ := Get(claim, "spec", "type").(string); of != "" {
		return of
	}
	return "database"
}

// A shape is what a claim of a type shows when it is ready.
type shape struct {
	resource, size []string // fields of its status
	address        string   // the key of the connection Secret that status.resource.endpoint has
	keys           []string // the other keys on every cloud
	some           []string // those that not every cloud has
	// later are the beginnings of the parts that are in no first render.
	later []string
}

// shapes of the types. The connection Secret of a queue says which client to take, and has
// what that needs.
var shapes = map[string]shape{
	"database": {
		resource: []string{"name", "entity", "provider", "region", "engine", "version", "endpoint", "port"},
		size:     []string{"profile", "instance", "vcpu", "memoryGiB", "storageGiB", "highAvailability"},
		address:  "host", keys: []string{"database", "password", "port", "sslmode", "uri", "username"}, some: []string{"ca.crt"},
	},
	"bucket": {
		resource: []string{"name", "entity", "provider", "region", "endpoint"},
		address:  "endpoint", keys: []string{"bucket", "region", "uri"}, some: []string{"account"},
		later: []string{"container", "lifecycle"},
	},
	"cache": {
		resource: []string{"name", "entity", "provider", "region", "engine", "endpoint", "port"},
		size:     []string{"profile", "instance", "memoryGiB", "usableMemoryGiB", "highAvailability"},
		address:  "host", keys: []string{"database", "password", "port", "tls", "uri", "username"}, some: []string{"ca.crt"},
		later: []string{"endpoint-"},
	},
	"queue": {
		resource: []string{"name", "entity", "provider", "region", "endpoint", "port"},
		address:  "host", keys: []string{"port", "queue", "type"},
		later: []string{"dead-letter-publisher", "dead-letter-subscriber", "dead-letter-receiver-", "endpoint", "receiver-", "sender-"},
	},
	"cluster": {
		resource: []string{"name", "entity", "provider", "region", "version", "endpoint", "port"},
		size:     []string{"profile", "instance", "vcpu", "memoryGiB"},
		address:  "endpoint", keys: []string{"name", "provider", "region", "version"},
		later: []string{"nodes", "launch-template", "addon-", "access-entry-", "access-policy-"},
	},
}

// secrets are the keys that the connection Secret of a queue has on a cloud beside those that
// it has on each.
var secrets = map[string][]string{
	"gcp":   {"deadLetterQueue", "project", "topic"},
	"aws":   {"accountID", "deadLetterQueue", "deadLetterURL", "region", "url"},
	"azure": {"connectionString", "deadLetterQueue", "password", "username"},
	"ibm":   {"ca.crt", "deadLetterQueue", "password", "uri", "username"},
}

// keysOf are the keys that a claim's connection Secret has, in order.
func keysOf(claim *unstructured.Unstructured) []string {
	of := shapes[typeOf(claim)]
	keys := append(slices.Clone(of.keys), of.address)
	provider, _ := Get(claim, "spec", "provider").(string)
	switch typeOf(claim) {
	case "queue":
		keys = append(keys, secrets[provider]...)
	case "cluster":
		if provider != "ibm" { // whose CA nobody tells
			keys = append(keys, "ca.crt", "kubeconfig", "oidcIssuer")
		}
	}
	return slices.Sorted(slices.Values(keys))
}

// without takes out of what is composed the parts that are in no first render.
func (of shape) without(composed, golden map[string]*unstructured.Unstructured) {
	maps.DeleteFunc(composed, func(name string, _ *unstructured.Unstructured) bool {
		return golden[name] == nil && slices.ContainsFunc(append([]string{"connection", "lock"}, of.later...), func(begin string) bool {
			return name == begin || strings.HasSuffix(begin, "-") && strings.HasPrefix(name, begin)
		})
	})
}

// there are the claims that there are.
func (s *Suite) there(t *testing.T, claims []*unstructured.Unstructured) []*unstructured.Unstructured {
	t.Helper()
	var live []*unstructured.Unstructured
	for _, c := range claims {
		switch _, err := s.Client.Get(t.Context(), plane.RefOf(c)); {
		case plane.IsNotFound(err):
		case err != nil:
			t.Fatal(err)
		default:
			live = append(live, c)
		}
	}
	return live
}

// served are the example claims of caches, queues and clusters.
func served(t *testing.T) []*unstructured.Unstructured {
	t.Helper()
	return slices.DeleteFunc(Examples(t), func(c *unstructured.Unstructured) bool {
		return !slices.Contains([]string{"cache", "queue", "cluster"}, typeOf(c))
	})
}

// Served applies the example claims of caches, queues and clusters, unless they are there, and returns
// them when they are ready.
func (s *Suite) Served(t *testing.T) []*unstructured.Unstructured {
	t.Helper()
	claims := served(t)
	for _, c := range claims {
		s.Apply(t, c)
	}
	s.WaitReady(t, claims...)
	return claims
}

// inProd are the claims of prod.
func inProd(claims []*unstructured.Unstructured) []*unstructured.Unstructured {
	return slices.DeleteFunc(slices.Clone(claims), func(c *unstructured.Unstructured) bool { return c.GetNamespace() != "payments-prod-infra" })
}
