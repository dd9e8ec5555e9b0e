package matrix

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// anothers are tags by each of which a resource is not the claim's, payments' main in prod.
var anothers = []map[string]string{
	{"project": "shop"},
	{"project": "shop", "env": "prod", "service": "main"},
	{"project": "payments", "env": "staging"},
	{"project": "payments", "env": "prod", "service": "old"},
	{"env": "dev"},
	{"project": "payments", "env": "prod", "service": "main", "control-plane": "us"},
}

// TestTakenByNobody holds, for databases and buckets of every cloud in both scopes, that what
// carries another's tags is only ever looked at, whatever the claim says, in which order it
// says it, and although the platform lets every name be adopted.
func TestTakenByNobody(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	says := []string{
		"", "  adopt: Manage\n", "  adopt: Observe\n", "  deletionPolicy: Orphan\n", "  entity: resource:default/gcp-payments-prod-main\n",
		"  tags: {owner: me}\n", "  adopt: Manage\n  deletionPolicy: Orphan\n", "  adopt: Manage\n  tags: {owner: me}\n",
	}
	refused := map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(liveKinds)) {
		kind := liveKinds[name]
		provider, engine, _ := strings.Cut(name, "/")
		for i, tags := range anothers {
			c := cell{provider: provider, engine: engine, scope: scopes[i%2], env: "prod", profile: "small"}
			t.Run(c.String(), func(t *testing.T) {
				observed := c.composed(t, nil).GetDesired().GetResources()["instance"].GetResource()
				there := fromYAML(t, kind.facts)
				crds.Overlay(there, reportOf(kind, tags))
				object.Set(observed, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
				object.Set(observed, there, "status", "atProvider")
				for range 6 {
					said := c
					said.extra = says[r.IntN(len(says))]
					rsp := said.asked(t, map[string]*fnv1.Resource{"instance": {Resource: observed}})
					if got := render.Fatal(rsp); got != "" {
						if !strings.Contains(got, " carries ") {
							t.Errorf("%q is refused for another reason: %s", said.extra, got)
						}
						refused[name] = true
						continue // what is observed stays as it is
					}
					o := rsp.GetDesired().GetResources()["instance"].GetResource()
					if !onlyLooks(o) {
						t.Fatalf("what carries %v may be changed by %q: %v", tags, said.extra, o)
					}
					object.Put(observed, object.Get(o, "spec"), "spec")
				}
			})
		}
	}
	if len(refused) != len(liveKinds) {
		t.Errorf("a takeover was tried, and refused, of %v alone", slices.Sorted(maps.Keys(refused)))
	}
}

// onlyLooks reports whether a managed resource can change nothing at its cloud. A Workspace
// has a module that makes nothing instead.
func onlyLooks(o *structpb.Struct) bool {
	if object.String(o, "kind") == "Workspace" {
		return !strings.Contains(object.String(o, "spec", "forProvider", "module"), "\nresource \"ibm_")
	}
	return slices.Equal(policiesOf(o), []string{"Observe"})
}

// reportOf is what a provider reports of a resource with tags.
func reportOf(kind liveKind, tags map[string]string) *structpb.Struct {
	if kind.crd == "" {
		var lines []any
		for _, key := range slices.Sorted(maps.Keys(tags)) {
			lines = append(lines, key+":"+tags[key])
		}
		return object.New(object.Map{"outputs": object.Map{"tags": lines}})
	}
	said := object.Map{}
	for key, value := range tags {
		said[key] = value
	}
	out := object.New(object.Map{})
	object.Set(out, said, strings.Split(kind.tags, ".")...)
	return out
}
