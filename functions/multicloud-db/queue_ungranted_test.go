package multiclouddb

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// grantees are the principals of two clouds whose grants are managed resources of their own, with
// the kind that a grant is, in its provider's form.
var grantees = map[string]string{
	"gcp":   "serviceAccount:app@acme-prod.iam.gserviceaccount.com",
	"azure": "11111111-2222-3333-4444-555555555555",
}

// grantFates are the grants that a response desires, by the beginnings of their names, each with
// what becomes of it at the cloud.
func grantFates(rsp *fnv1.RunFunctionResponse) []string {
	out := []string{}
	for name, r := range rsp.GetDesired().GetResources() {
		if strings.HasPrefix(name, "sender-") {
			out = append(out, map[bool]string{true: "stays", false: "goes"}[orphaned(r.GetResource())])
		}
	}
	return out
}

// TestQueueUngranted plays what becomes of a grant that is taken out in prod, by how far its
// provider has come with it: one that the cloud never had is left out, and nothing of it kept;
// one that the cloud may have waits for its external name, which the cloud gives it
// (IdentifierFromProvider in both providers), since nothing can be deleted without.
func TestQueueUngranted(t *testing.T) {
	t.Parallel()
	annotated := func(key string) func(*testing.T, *structpb.Struct) {
		return func(_ *testing.T, o *structpb.Struct) {
			object.Set(o, "2026-11-25T00:00:00Z", "metadata", "annotations", "crossplane.io/external-create-"+key)
		}
	}
	synced := func(status string) func(*testing.T, *structpb.Struct) {
		return func(t *testing.T, o *structpb.Struct) {
			t.Helper()
			object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "`+status+`"}]}`), "status")
		}
	}
	for name, tc := range map[string]struct {
		reason string
		state  []func(*testing.T, *structpb.Struct)
		want   [][]string // by call
	}{
		"Unseen":  {"A grant that no provider has looked at is left out.", nil, [][]string{{}, {}}},
		"Refused": {"A grant that its provider could not ask for is left out.", []func(*testing.T, *structpb.Struct){synced("False")}, [][]string{{}, {}}},
		"Failed": {
			"A grant that the cloud refused is left out.",
			[]func(*testing.T, *structpb.Struct){annotated("pending"), annotated("failed")},
			[][]string{{}, {}},
		},
		"Pending": {
			"A grant that nobody knows the end of stays in sight, since the cloud may have it.",
			[]func(*testing.T, *structpb.Struct){annotated("pending")},
			[][]string{{"stays"}, {"stays"}},
		},
		"Nameless": {
			"A grant that was made waits for its name, and goes by it.",
			[]func(*testing.T, *structpb.Struct){annotated("succeeded"), synced("True")},
			[][]string{{"stays"}, {"stays"}},
		},
		"Named": {
			"A grant with a name is told to go, and then left out.",
			[]func(*testing.T, *structpb.Struct){annotated("succeeded"), synced("True"), func(_ *testing.T, o *structpb.Struct) {
				object.Set(o, "the/cloud's", externalNameAt...)
			}},
			[][]string{{"goes"}, {}},
		},
	} {
		for provider, principal := range grantees {
			t.Run(name+"/"+provider, func(t *testing.T) {
				t.Parallel()
				entry := "access: [{principal: '" + principal + "', role: send}], "
				l := aliveQueue(t, provider, settingsQueue+"  policy: {deletionProtection: false}\n", "env: staging", "env: prod", "  queue: {", "  queue: {"+entry)
				for part, r := range l.request.GetObserved().GetResources() {
					o := r.GetResource()
					if !strings.HasPrefix(part, "sender-") {
						continue
					}
					delete(o.GetFields(), "status")
					for key := range object.Struct(o, "metadata", "annotations").GetFields() {
						if strings.HasPrefix(key, "crossplane.io/external-") {
							delete(object.Struct(o, "metadata", "annotations").GetFields(), key)
						}
					}
					for _, change := range tc.state {
						change(t, o)
					}
				}
				l.edit(t, entry, "")
				for call, want := range tc.want {
					rsp := l.run(t)
					if diff := cmp.Diff(want, grantFates(rsp)); diff != "" {
						t.Errorf("\n%s\ncall %d: -want, +got:\n%s", tc.reason, call, diff)
					}
					seen := map[string]*fnv1.Resource{}
					for part, r := range rsp.GetDesired().GetResources() { // what is left out is gone
						if seen[part] = l.request.GetObserved().GetResources()[part]; seen[part] == nil {
							continue
						}
						for _, path := range [][]string{{"spec", "managementPolicies"}, {"spec", "deletionPolicy"}} {
							if v := object.Get(r.GetResource(), path...); v != nil {
								object.Put(seen[part].GetResource(), v, path...)
							}
						}
					}
					maps.DeleteFunc(seen, func(_ string, r *fnv1.Resource) bool { return r == nil })
					l.request.Observed.Resources = seen
				}
			})
		}
	}
}

// TestAdoptedGrants holds that a queue which was taken over is let to nobody by its claim: an entry
// is refused, by which all stays, and a grant that the claim had made and says no more goes.
func TestAdoptedGrants(t *testing.T) {
	t.Parallel()
	for provider, principal := range grantees {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			entry := "access: [{principal: '" + principal + "', role: send}], "
			own := aliveQueue(t, provider, settingsQueue+"  policy: {deletionProtection: false}\n", "env: staging", "env: prod", "  queue: {", "  queue: {"+entry)
			spec := specQueue + "  adopt: Manage\n"
			req := adoptedQueue(t, provider, spec, queueThere[provider])
			for part, r := range own.request.GetObserved().GetResources() {
				if strings.HasPrefix(part, "sender-") {
					object.Set(r.GetResource(), "the/cloud's", externalNameAt...)
					req.Observed.Resources[part] = r
				}
			}
			if diff := cmp.Diff([]string{"goes"}, grantFates(run(t, req))); diff != "" {
				t.Errorf("not said: -want, +got:\n%s", diff)
			}
			object.Set(req.GetObserved().GetComposite().GetResource(), fromYAML(t, "access: [{principal: '"+principal+"', role: send}]"), "spec", "queue")
			if got := fatal(run(t, req)); !strings.HasPrefix(got, "spec.queue.access: is for a queue that its claim makes") {
				t.Errorf("said: it ends as %q", got)
			}
		})
	}
}
