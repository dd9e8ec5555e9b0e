package multiclouddb

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// settingsIDs name by ids, as Azure writes them, all that a type has a setting for there. The
// queue's namespace is its own or the platform's.
func settingsIDs(queue string) string {
	return strings.NewReplacer(
		"QUEUE", queue,
		"PAIR", "{delegatedSubnetID: SUBNET/Db, privateDNSZoneID: ZONE/privatelink.Db}",
		"KEY", "kmsKeyID: https://Vault.vault.azure.net/keys/Main/0b, kmsIdentityID: GROUP/Microsoft.ManagedIdentity/userAssignedIdentities/Keys",
	).Replace(strings.NewReplacer("QUEUE", queue).Replace(`
metadata: {name: platform-staging}
data:
  providers:
    azure:
      bucketNameSalt: acme
      resourceGroup: Platform
      regions: {westeurope: {postgres: PAIR, mysql: PAIR, bucket: {KEY}, cache: {subnetID: SUBNET/E, privateDNSZoneID: ZONE/R, KEY}, queue: {QUEUE}, KEY}}
`))
}

// inOtherCase turns each letter of the ids and names in settings, and no key of theirs.
func inOtherCase(t *testing.T, settings string) *structpb.Struct {
	t.Helper()
	turn := func(r rune) rune {
		if upper := strings.ToUpper(string(r)); upper != string(r) {
			return []rune(upper)[0]
		}
		return []rune(strings.ToLower(string(r)))[0]
	}
	var walk func(*structpb.Struct)
	walk = func(s *structpb.Struct) {
		for key, v := range s.GetFields() {
			switch text := v.GetStringValue(); {
			case v.GetStructValue() != nil:
				walk(v.GetStructValue())
			case !slices.Contains([]string{"bucketNameSalt", "sku"}, key):
				s.Fields[key] = structpb.NewStringValue(strings.Map(turn, text))
			}
		}
	}
	o := fromYAML(t, settings)
	walk(object.Struct(o, "data", "providers", "azure"))
	return o
}

// aliveDatabase is a database that was made by settings.
func aliveDatabase(t *testing.T, provider, engine, settings string) *live {
	t.Helper()
	version := map[string]string{"postgres": "16", "mysql": "8.4"}[engine]
	l := &live{provider: provider, spec: strings.NewReplacer("gcp", provider, "postgres", engine, `"16"`, `"`+version+`"`).Replace(specLive)}
	l.request = request(t, xrHead+l.spec, settings, nil)
	for range 3 {
		rsp := l.run(t)
		if got := fatal(rsp); got != "" {
			t.Fatal(got)
		}
		for name, r := range rsp.GetDesired().GetResources() {
			o := made(r.GetResource())
			object.Set(o, fromYAML(t, `{project: shop, env: staging}`), "metadata", "labels")
			if there := proto.CloneOf(object.Struct(o, "spec", "forProvider")); there != nil {
				object.Set(there, "/"+name, "id")
				if name == keyInstance {
					merge(there, fromYAML(t, atProvider(provider, version, 200)))
				}
				object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
				object.Set(o, there, "status", "atProvider")
			}
			l.request.Observed.Resources[name] = &fnv1.Resource{Resource: o}
		}
		object.Set(l.xr(), object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status"), "status")
	}
	return l
}

// TestAzureCase holds that a name or an id of Azure which the settings come to write in other
// letters is no edit: nothing is refused, nothing changes, and nothing is said of it.
func TestAzureCase(t *testing.T) {
	t.Parallel()
	const premium = "sku: Premium, subnetID: SUBNET/E, privateDNSZoneID: ZONE/S, KEY"
	cases := map[string]struct {
		queue string
		alive func(t *testing.T, settings string) *live
	}{
		"postgres": {premium, func(t *testing.T, s string) *live { t.Helper(); return aliveDatabase(t, "azure", "postgres", s) }},
		"mysql":    {premium, func(t *testing.T, s string) *live { t.Helper(); return aliveDatabase(t, "azure", "mysql", s) }},
		"bucket":   {premium, func(t *testing.T, s string) *live { t.Helper(); return aliveBucket(t, "azure", s) }},
		"cache":    {premium, func(t *testing.T, s string) *live { t.Helper(); return aliveCache(t, "azure", s) }},
		"premium":  {premium, func(t *testing.T, s string) *live { t.Helper(); return aliveQueue(t, "azure", s) }},
		"standard": {"sku: Standard", func(t *testing.T, s string) *live { t.Helper(); return aliveQueue(t, "azure", s) }},
		"shared":   {"namespaceID: " + sharedID, func(t *testing.T, s string) *live { t.Helper(); return aliveQueue(t, "azure", s) }},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := settingsIDs(tc.queue)
			l := tc.alive(t, settings)
			before := l.run(t)
			other := inOtherCase(t, settings)
			object.Set(other, false, "data", "policy", "requireNetwork")
			l.request.RequiredResources["settings-env"] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: other}}}
			after := l.run(t)
			if got := fatal(after); got != "" {
				t.Fatal(got)
			}
			if diff := cmp.Diff(bodies(before), bodies(after)); diff != "" {
				t.Errorf("-before, +after:\n%s", diff)
			}
			if diff := cmp.Diff(composedAs(before).GetMessage(), composedAs(after).GetMessage()); diff != "" {
				t.Errorf("Composed: -before, +after:\n%s", diff)
			}
		})
	}
}
