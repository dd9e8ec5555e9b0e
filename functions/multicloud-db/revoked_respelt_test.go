package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestRevokedRespelt plays at AWS what becomes of the rules of a list that says its networks in
// other words: nobody whom it still lets in is cut off in between, and nobody else stays.
func TestRevokedRespelt(t *testing.T) {
	t.Parallel()
	const wider, narrower = "ingress-10-0-0-0-15", "ingress-10-1-0-0-17"
	unseen := func(_ *testing.T, o *structpb.Struct) { delete(o.GetFields(), "status") }
	told := func(conditions string) func(*testing.T, *structpb.Struct) {
		return func(t *testing.T, o *structpb.Struct) {
			t.Helper()
			object.Set(o, fromYAML(t, "{conditions: ["+conditions+"]}"), "status")
		}
	}
	deleted := func(_ *testing.T, o *structpb.Struct) {
		object.Set(o, "2026-11-27T00:00:00Z", "metadata", "deletionTimestamp")
	}
	both := []string{ruleKept + " stays", ruleTaken + " stays"}
	with := func(rule string, rules []string) []string { return append([]string{rule + " stays"}, rules...) }
	narrowed := []string{ruleKept + " stays", ruleTaken + " stays", narrower + " stays"}
	for name, tc := range map[string]struct {
		reason, list string
		rule         string                             // made by the edit
		state        func(*testing.T, *structpb.Struct) // of that rule after the first call; nil where AWS has it
		want         [][]string                         // by call
	}{
		"Host":  {"A network with the bits of a host is the network.", "10.0.0.0/16, 10.1.2.3/16", "", nil, [][]string{both, both}},
		"Order": {"The order of a list says nothing.", "10.1.0.0/16, 10.0.0.0/16", "", nil, [][]string{both, both}},
		"Twice": {"A network that is said twice is let in once.", "10.0.0.0/16, 10.1.0.0/16, 10.1.9.9/16", "", nil, [][]string{both, both}},
		"Apart": {
			"A network that no other has a part of goes at once.", "10.0.0.0/16, 10.2.0.0/16", "ingress-10-2-0-0-16", unseen,
			[][]string{
				{ruleKept + " stays", ruleTaken + " goes", "ingress-10-2-0-0-16 stays"},
				{ruleKept + " stays", "ingress-10-2-0-0-16 stays"},
			},
		},
		"Narrower": {
			"Whoever is in the narrower network is let in by its rule first.", "10.0.0.0/16, 10.1.0.0/17", narrower, nil,
			[][]string{narrowed, {ruleKept + " stays", ruleTaken + " goes", narrower + " stays"}, {ruleKept + " stays", narrower + " stays"}},
		},
		"Wider": {
			"Two networks that become one are let in by its rule first.", "10.0.0.0/15", wider, nil,
			[][]string{with(wider, both), {wider + " stays", ruleKept + " goes", ruleTaken + " goes"}, {wider + " stays"}},
		},
		"Unseen": {
			"A rule that its provider has not looked at lets nobody in.", "10.0.0.0/15", wider, unseen,
			[][]string{with(wider, both), with(wider, both)},
		},
		"Deleted": {
			"A rule that is being deleted lets nobody in for long.", "10.0.0.0/15", wider, deleted,
			[][]string{with(wider, both), with(wider, both)},
		},
		"Refused": {
			"Where AWS refuses the rule, as one too many, the others make room.", "10.0.0.0/15", wider,
			told(`{type: Synced, status: "False", reason: ReconcileError}`),
			[][]string{with(wider, both), {wider + " stays", ruleKept + " goes", ruleTaken + " goes"}, {wider + " stays"}},
		},
		"Paused": {
			"A rule whose provider is told to wait is waited for.", "10.0.0.0/15", wider,
			told(`{type: Synced, status: "False", reason: ReconcilePaused}`),
			[][]string{with(wider, both), with(wider, both)},
		},
	} {
		for _, typ := range []string{"database", "cache"} {
			for _, env := range []string{"prod", "dev"} {
				bothScopes(t, name+"/"+typ+"/"+env, func(t *testing.T, head string) {
					l := openedAWS(t, head, typ, env)
					setSettings(t, l, networksAWS(env, ", allowedCIDRs: ["+tc.list+"]"))
					for call, want := range tc.want {
						rsp := l.run(t)
						if env == "dev" {
							want = inDev(tc.want)[call]
						}
						if diff := cmp.Diff(want, rules(rsp)); diff != "" {
							t.Fatalf("\n%s\ncall %d: -want, +got:\n%s", tc.reason, call, diff)
						}
						if says := composedAs(rsp).GetMessage(); strings.Contains(says, "allowedCIDRs") {
							t.Errorf("\n%s\ncall %d: Composed says %q of a list that is followed", tc.reason, call, says)
						}
						l.observeAWS(t, typ, rsp)
						if o := l.request.GetObserved().GetResources()[tc.rule].GetResource(); o != nil && tc.state != nil {
							tc.state(t, o)
						}
					}
				})
			}
		}
	}
}

// TestRevokedTogether holds that settings which lack a layer lack it for every network: one that
// is taken out of another layer meanwhile may be let in by the layer that is missing.
func TestRevokedTogether(t *testing.T) {
	t.Parallel()
	for _, typ := range []string{"database", "cache"} {
		bothScopes(t, typ, func(t *testing.T, head string) {
			l := openedAWS(t, head, typ, "prod")
			object.Set(l.xr(), append(list(l.xr(), "status", "resource", "settings"), "platform-prod-shop"), "status", "resource", "settings")
			stay := []string{ruleKept + " stays", ruleTaken + " stays"}
			for _, step := range []struct {
				reason, list string
				want         []string
			}{
				{"The layer that let one network in is missing.", oneNetwork, stay},
				{"The other network is taken out of the layer that is there.", ", allowedCIDRs: []", stay},
				{"Both stay for as long as the layer is missing.", ", allowedCIDRs: []", stay},
			} {
				setSettings(t, l, networksAWS("prod", step.list))
				rsp := l.run(t)
				if diff := cmp.Diff(step.want, rules(rsp)); diff != "" {
					t.Errorf("%s -want, +got:\n%s", step.reason, diff)
				}
				if says := composedAs(rsp).GetMessage(); !strings.Contains(says, "eu-west-1.allowedCIDRs") {
					t.Errorf("%s Composed says %q", step.reason, says)
				}
				l.observeAWS(t, typ, rsp)
			}
		})
	}
}

// TestRevokedOneByOne holds that settings which were all gone, and come back one by one, cut
// nobody off by the first: the layers that made them before are still missing.
func TestRevokedOneByOne(t *testing.T) {
	t.Parallel()
	for _, typ := range []string{"database", "cache"} {
		for _, env := range []string{"prod", "dev"} {
			bothScopes(t, typ+"/"+env, func(t *testing.T, head string) {
				l := openedAWS(t, head, typ, env)
				object.Set(l.xr(), append(list(l.xr(), "status", "resource", "settings"), "platform-"+env+"-shop"), "status", "resource", "settings")
				stay := [][]string{{ruleKept + " stays", ruleTaken + " stays"}}
				if env == "dev" {
					stay = inDev(stay)
				}
				for call := range 5 {
					l.request.RequiredResources = map[string]*fnv1.Resources{"settings-env": {}, keyPassword: {}, keyConnection: {}}
					if call > 1 {
						setSettings(t, l, networksAWS(env, oneNetwork))
					}
					rsp := l.run(t)
					if diff := cmp.Diff(stay[0], rules(rsp)); diff != "" {
						t.Errorf("call %d: -want, +got:\n%s", call, diff)
					}
					l.observeAWS(t, typ, rsp)
				}
			})
		}
	}
}

// TestRevokedPaused holds that a rule which its provider is told to leave alone stays in sight
// until it can go: left out, it would let in its network unseen for as long as the pause lasts.
func TestRevokedPaused(t *testing.T) {
	t.Parallel()
	for name, pause := range map[string]func(o *structpb.Struct){
		"Annotation": func(o *structpb.Struct) { object.Set(o, "true", "metadata", "annotations", "crossplane.io/paused") },
		"Policies":   func(o *structpb.Struct) { object.Set(o, []any{}, "spec", "managementPolicies") },
	} {
		for _, typ := range []string{"database", "cache"} {
			for _, env := range []string{"prod", "dev"} {
				bothScopes(t, name+"/"+typ+"/"+env, func(t *testing.T, head string) {
					l := openedAWS(t, head, typ, env)
					setSettings(t, l, networksAWS(env, oneNetwork))
					var rsp *fnv1.RunFunctionResponse
					for call := range 3 {
						pause(l.request.GetObserved().GetResources()[ruleTaken].GetResource())
						rsp = l.run(t)
						if rsp.GetDesired().GetResources()[ruleTaken] == nil {
							t.Fatalf("call %d: the rule is left out while its provider leaves it alone", call)
						}
						for _, c := range rsp.GetConditions() {
							if c.GetType() == "Provisioned" && (c.GetReason() != "Paused" || !strings.Contains(c.GetMessage(), ruleTaken)) {
								t.Errorf("call %d: Provisioned has the reason %s, and says %q", call, c.GetReason(), c.GetMessage())
							}
						}
						l.observeAWS(t, typ, rsp)
					}
					o := l.request.GetObserved().GetResources()[ruleTaken].GetResource()
					delete(object.Struct(o, "metadata", "annotations").GetFields(), "crossplane.io/paused")
					if name == "Policies" {
						delete(object.Struct(o, "spec").GetFields(), "managementPolicies")
					}
					if diff := cmp.Diff([]string{ruleKept}, names(rules(l.run(t)))); diff != "" {
						t.Errorf("after the pause: -want, +got:\n%s", diff)
					}
				})
			}
		}
	}
}

// names are rules without what becomes of them.
func names(rules []string) []string {
	out := make([]string, 0, len(rules))
	for _, r := range rules {
		name, _, _ := strings.Cut(r, " ")
		out = append(out, name)
	}
	return out
}

// TestRevokedUnderWay holds that the rule of a network which comes back while AWS deletes it is
// deleted all the same, and then made anew: AWS makes no second rule of a network, so that one
// which was left there for this would be nobody's.
func TestRevokedUnderWay(t *testing.T) {
	t.Parallel()
	for _, typ := range []string{"database", "cache"} {
		bothScopes(t, typ, func(t *testing.T, head string) {
			l := openedAWS(t, head, typ, "prod")
			setSettings(t, l, networksAWS("prod", oneNetwork))
			l.observeAWS(t, typ, l.run(t)) // told to go
			going := l.request.GetObserved().GetResources()[ruleTaken]
			l.observeAWS(t, typ, l.run(t)) // left out
			object.Set(going.GetResource(), "2026-11-27T00:00:00Z", "metadata", "deletionTimestamp")
			l.request.Observed.Resources[ruleTaken] = going
			setSettings(t, l, networksAWS("prod", bothNetworks))
			if diff := cmp.Diff([]string{ruleKept + " stays", ruleTaken + " goes"}, rules(l.run(t))); diff != "" {
				t.Errorf("while it is deleted: -want, +got:\n%s", diff)
			}
			delete(l.request.GetObserved().GetResources(), ruleTaken)
			if diff := cmp.Diff([]string{ruleKept + " stays", ruleTaken + " stays"}, rules(l.run(t))); diff != "" {
				t.Errorf("once it is gone: -want, +got:\n%s", diff)
			}
		})
	}
}
