package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// composedQueue is what a queue's parts are asked for, and the names that they go by.
func composedQueue(rsp *fnv1.RunFunctionResponse) map[string]any {
	out := map[string]any{}
	for name, r := range rsp.GetDesired().GetResources() {
		o := r.GetResource()
		out[name] = []any{object.String(o, externalNameAt...), object.Struct(o, "spec", "forProvider").AsMap()}
	}
	return out
}

// TestQueuePartLost holds that a queue of which somebody deletes one managed resource is
// composed as before: that resource again, and no other one changed.
func TestQueuePartLost(t *testing.T) {
	t.Parallel()
	const gone = "metadata: {name: platform-prod}\ndata: {}"
	for name, settings := range map[string]string{
		"gcp": settingsQueue, "aws": settingsQueue, "azure": settingsQueue, "azure/Premium": settingsPremium, "azure/Shared": settingsShared, "azure/Own": gone,
	} {
		provider, _, _ := strings.Cut(name, "/")
		parts := slices.Sorted(maps.Keys(aliveQueue(t, provider, settings, "env: staging", "env: prod").run(t).GetDesired().GetResources()))
		for _, part := range parts {
			for _, then := range []string{settings, gone} {
				if then == gone && part == keyInstance {
					continue // without its record it is what is said now
				}
				l := aliveQueue(t, provider, settings, "env: staging", "env: prod")
				if name == "azure/Own" { // whose group is its own, too
					space := object.String(l.instance(), "status", "atProvider", "namespaceId")
					own := space[strings.LastIndex(space, "/")+1:]
					object.Set(l.instance(), strings.Replace(space, "/rg/", "/"+own+"/", 1), "status", "atProvider", "namespaceId")
				}
				want := composedQueue(l.run(t))
				delete(l.request.GetObserved().GetResources(), part)
				l.settle(t, then)
				for call := range 3 {
					rsp := l.next(t)
					got := composedQueue(rsp)
					if call == 0 && part == keyInstance {
						continue // what names it by its id waits for it
					}
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("%s without %s, settings gone: %t, call %d: what is composed: -before, +after:\n%s", name, part, then == gone, call, diff)
						break
					}
				}
			}
		}
	}
}

// TestQueueTypoMended holds that a mistake in the settings, by which a cloud refused to make
// anything, holds nothing: mended, the settings are composed, as for a new claim.
func TestQueueTypoMended(t *testing.T) {
	t.Parallel()
	const gone = "metadata: {name: platform-prod}\ndata: {}"
	replaced := strings.ReplaceAll
	for name, tc := range map[string]struct {
		reason, provider, settings, wrong string
		never                             []string // parts that were never made
	}{
		"Account": {
			"No queue is in an account that is not ours.", "aws", settingsQueue, replaced(settingsQueue, `accountID: "123456789012"`, `accountID: "123456789013"`),
			[]string{keyInstance, keyDeadLetters},
		},
		"AccountTakenOut": {
			"Without an account SQS tells the URL.", "aws", gone, `{metadata: {name: platform-prod}, data: {providers: {aws: {accountID: "123456789013"}}}}`,
			[]string{keyInstance, keyDeadLetters},
		},
		"ProjectNumber": {
			"No project of that number has a Pub/Sub.", "gcp", settingsQueue,
			replaced(settingsQueue, `projectNumber: "123456789012"`, `projectNumber: "123456789013"`),
			[]string{"dead-letter-publisher", "dead-letter-subscriber"},
		},
		"Subnet": {
			"No endpoint is in a subnet that is not there.", "azure", settingsPremium, replaced(settingsPremium, "/subnets/a", "/subnets/b"),
			[]string{"endpoint"},
		},
		"Zone": {
			"No endpoint is in a zone that is not there.", "azure", settingsPremium, replaced(settingsPremium, "/zones/a", "/zones/b"), []string{"endpoint"},
		},
	} {
		for _, failed := range []bool{false, true} {
			l := newQueue(t, tc.provider, tc.wrong)
			for range 4 {
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				names := map[string]string{}
				for _, part := range tc.never {
					names[part] = object.String(rsp.GetDesired().GetResources()[part].GetResource(), externalNameAt...)
				}
				l.next(t)
				for _, part := range tc.never {
					if r := l.request.GetObserved().GetResources()[part]; r != nil {
						refuseQueue(t, r.GetResource(), names[part], failed)
					}
				}
			}
			l.settle(t, tc.settings)
			got, fresh := composedQueue(l.run(t)), aliveQueue(t, tc.provider, tc.settings)
			if slices.Contains(tc.never, keyInstance) {
				fresh = newQueue(t, tc.provider, tc.settings)
			}
			want := composedQueue(fresh.run(t))
			for _, part := range tc.never {
				if diff := cmp.Diff(want[part], got[part]); diff != "" {
					t.Errorf("%s, creation failed: %t\n%s\n%s: -want, +got:\n%s", name, failed, tc.reason, part, diff)
				}
			}
		}
	}
}

// refuseQueue has a cloud refuse to look for a managed resource, or to make it.
func refuseQueue(t *testing.T, o *structpb.Struct, name string, failed bool) {
	t.Helper()
	annotations := object.Struct(o, "metadata", "annotations").GetFields()
	delete(annotations, createSucceeded)
	delete(annotations, "crossplane.io/external-name")
	if name != "" {
		object.Set(o, name, externalNameAt...)
	}
	if failed {
		object.Set(o, "2026-11-25T00:00:00Z", "metadata", "annotations", "crossplane.io/external-create-failed")
	}
	object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "False", message: refused}, {type: Ready, status: "False"}]}`), "status")
}
