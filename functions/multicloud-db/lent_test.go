package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// keyARN is how the keys of AWS begin here.
const keyARN = "arn:aws:kms:eu-west-1:123456789012:key/"

// A lentKey is where one type on one cloud is told which key encrypts.
type lentKey struct {
	typ, provider, region string
	rest                  string // other settings of the region
	more                  string // other settings of the type there
	part                  string
	path                  []string
	fixed                 bool // no live resource is given another key
	alive                 func(t *testing.T, provider, settings string, oldNew ...string) *live
}

var lentKeys = []lentKey{
	{typ: "queue", provider: "gcp", region: "europe-west1", part: keyTopic, path: body("kmsKeyName"), alive: aliveQueue},
	{typ: "queue", provider: "aws", region: "eu-west-1", part: keyInstance, path: body("kmsMasterKeyId"), alive: aliveQueue},
	{
		typ: "queue", provider: "azure", region: "westeurope", more: "sku: Premium, subnetID: /s, privateDNSZoneID: /z", part: keyNamespace,
		path: body("customerManagedKey", "keyVaultKeyId"), alive: aliveQueue,
	},
	{
		typ: "queue", provider: "ibm", region: "eu-es", rest: "allowedCIDRs: [10.0.0.0/16], ", part: keyInstance, fixed: true,
		path: body("varmap", "key_protect_key"),
		alive: func(t *testing.T, _, settings string, oldNew ...string) *live {
			t.Helper()
			return aliveQueueIBM(t, settings, oldNew...)
		},
	},
	{typ: "cache", provider: "gcp", region: "europe-west1", part: keyInstance, path: body("customerManagedKey"), fixed: true, alive: aliveCache},
	{typ: "cache", provider: "aws", region: "eu-west-1", part: keyInstance, path: body("kmsKeyId"), fixed: true, alive: aliveCache},
	{
		typ: "cache", provider: "azure", region: "westeurope", more: "subnetID: /s, privateDNSZoneID: /z", part: keyInstance,
		path: body("customerManagedKey", "keyVaultKeyId"), alive: aliveCache,
	},
	{
		typ: "cache", provider: "ibm", region: "eu-es", rest: "allowedCIDRs: [10.0.0.0/16], ", part: keyInstance, fixed: true,
		path: body("varmap", "key_protect_key"), alive: aliveCache,
	},
}

// settings have a key of the region's own, and one of the type's; "" for none.
func (k lentKey) settings(of, own string) string {
	pair := func(key string) string {
		switch {
		case key == "":
			return ""
		case k.provider == "azure":
			return "kmsKeyID: " + key + ", kmsIdentityID: /id-of-" + key + ", "
		case k.provider == "aws":
			key = keyARN + key
		}
		return "kmsKeyID: '" + key + "', "
	}
	return "metadata: {name: platform-prod}\ndata: {providers: {" + k.provider + ": {regions: {" + k.region + ": {" +
		k.rest + pair(of) + k.typ + ": {" + pair(own) + k.more + "}}}}}}"
}

func (k lentKey) of(rsp *fnv1.RunFunctionResponse) string {
	return strings.TrimPrefix(object.String(rsp.GetDesired().GetResources()[k.part].GetResource(), k.path...), keyARN)
}

// TestLentKey holds that the key of a region's databases encrypts what is made after it, and
// nothing that lives: who uses a live queue or cache may have no right to that key.
func TestLentKey(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		reason               string
		of, own, then, thenO string // the region's key and the type's, before and after
		want                 string
		changes              bool   // but for what is fixed, which is refused or stays
		note                 string // a setting that is for new ones only
	}{
		"New":     {reason: "What is made takes the region's key where its type has none.", of: "a", then: "a", want: "a"},
		"Later":   {reason: "The region's key comes too late for what lives without one.", then: "a", note: "kmsKeyID"},
		"Other":   {reason: "Another key of the region's is for new ones.", of: "a", then: "b", want: "a", note: "kmsKeyID"},
		"Own":     {reason: "What has a key of its type's keeps it where only the region's is left.", own: "a", then: "b", want: "a", note: "kmsKeyID"},
		"Behind":  {reason: "A key of the type's hides the region's.", own: "a", then: "b", thenO: "a", want: "a"},
		"Gone":    {reason: "A region's key that is taken away stays in force.", of: "a", want: "a"},
		"Same":    {reason: "The same key from another setting is no edit.", of: "a", thenO: "a", want: "a"},
		"Follows": {reason: "A key of the type's counts for what lives, where its cloud takes one.", of: "a", then: "a", thenO: "b", want: "b", changes: true},
	} {
		for _, k := range lentKeys {
			t.Run(name+"/"+k.typ+"/"+k.provider, func(t *testing.T) {
				t.Parallel()
				if tc.changes && k.fixed {
					return
				}
				l := k.alive(t, k.provider, k.settings(tc.of, tc.own))
				before := bodies(l.run(t))
				l.settle(t, k.settings(tc.then, tc.thenO))
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatalf("\n%s\nRunFunction(): %s", tc.reason, got)
				}
				if got := k.of(rsp); got != tc.want {
					t.Errorf("\n%s\nthe key is %q, want %q", tc.reason, got, tc.want)
				}
				if diff := cmp.Diff(before, bodies(rsp)); !tc.changes && diff != "" {
					t.Errorf("\n%s\n-before, +after:\n%s", tc.reason, diff)
				}
				note := "settings providers." + k.provider + ".regions." + k.region + "." + tc.note + " (for new " + k.typ + "s only)"
				if said := composedAs(rsp).GetMessage(); tc.note != "" && !strings.Contains(said, note) {
					t.Errorf("\n%s\nComposed says %q, without %q", tc.reason, said, note)
				} else if tc.note == "" && strings.Contains(said, "s only)") {
					t.Errorf("\n%s\nComposed says %q", tc.reason, said)
				}
			})
		}
	}
}

// TestLentKeyForgotten holds that the region's key counts where nothing is left that tells
// which one a resource has: its managed resource, made again, would take the key away.
func TestLentKeyForgotten(t *testing.T) {
	t.Parallel()
	for _, k := range lentKeys {
		t.Run(k.typ+"/"+k.provider, func(t *testing.T) {
			t.Parallel()
			l := k.alive(t, k.provider, k.settings("a", ""))
			clear(l.request.GetObserved().GetResources())
			if got := k.of(l.run(t)); got != "a" {
				t.Errorf("the key is %q, want that of the region", got)
			}
		})
	}
}
