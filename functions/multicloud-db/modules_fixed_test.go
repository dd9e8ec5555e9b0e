package multiclouddb

import (
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestModulesAreFixed holds that what a claim says becomes no code on IBM Cloud: the module that
// OpenTofu runs is the same text whatever the claim's texts are, for each type that has one.
func TestModulesAreFixed(t *testing.T) {
	t.Parallel()
	const code = `${file("/etc/passwd")}`
	for name, body := range map[string]string{
		"Database": "type: database\n  provider: ibm\n  region: eu-de\n  profile: small\n  database: {engine: postgres, name: NAME}",
		"Bucket":   "type: bucket\n  provider: ibm\n  region: eu-de",
		"Cache":    "type: cache\n  provider: ibm\n  region: eu-de\n  profile: small",
		"Queue":    "type: queue\n  provider: ibm\n  region: eu-de",
		"Cluster":  "type: cluster\n  provider: ibm\n  region: eu-es\n  profile: small",
	} {
		module := func(logical, tag string) string {
			parts := partsOf(t, strings.Replace(body, "NAME", logical, 1)+"\n  tags: {note: '"+tag+"'}\n  entity: '"+tag+"'")
			return object.String(parts["instance"], "spec", "forProvider", "module")
		}
		if plain, hostile := module("orders", "resource:default/a"), module("ledger", code); plain == "" || plain != hostile || strings.Contains(hostile, "passwd") {
			t.Errorf("%s: the module follows what its claim says:\n%s", name, hostile)
		}
	}
}
