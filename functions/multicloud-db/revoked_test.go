package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestRevoked plays what becomes at AWS of the rule of a network that the settings no longer let
// in: it goes there as well, also where the resource outlives its claim, and nothing else does.
func TestRevoked(t *testing.T) {
	t.Parallel()
	stay := []string{ruleKept + " stays", ruleTaken + " stays"}
	goes := []string{ruleKept + " stays", ruleTaken + " goes"}
	left := []string{ruleKept + " stays"}
	rule := func(change func(t *testing.T, l *live)) func(*testing.T, *live) { return change }
	taken := func(l *live) *fnv1.Resource { return l.request.GetObserved().GetResources()[ruleTaken] }
	for name, tc := range map[string]struct {
		reason, list string
		change       func(t *testing.T, l *live) // of what is there, after the edit
		want         [][]string                  // by call
		note         bool                        // Composed names allowedCIDRs as kept
		dev          [][]string                  // where inDev is not what becomes of them there
	}{
		"Taken": {
			"A network that is taken out is let in no more: its rule is told to go, and then left out.", oneNetwork,
			nil,
			[][]string{goes, left, left},
			false, nil,
		},
		"Unchanged": {"A list that says the same changes nothing.", bothNetworks, nil, [][]string{stay, stay}, false, nil},
		"All": {
			"An empty list is there, and lets in nobody.", ", allowedCIDRs: []", nil,
			[][]string{{ruleKept + " goes", ruleTaken + " goes"}, {}, {}},
			false, nil,
		},
		"Gone":     {"A list that is gone takes nobody's access.", "", nil, [][]string{stay, stay}, true, nil},
		"Settings": {"Settings that are gone take nobody's access.", none, nil, [][]string{stay, stay}, true, nil},
		"Unanswered": {
			"Before Crossplane has looked for settings nothing is revoked.", bothNetworks,
			rule(func(_ *testing.T, l *live) { l.request.RequiredResources = nil }),
			[][]string{stay, stay},
			false, nil,
		},
		"Late": {
			"A layer that the settings list and that is missing may let the network in.", oneNetwork,
			rule(func(_ *testing.T, l *live) {
				o := l.request.GetRequiredResources()["settings-env"].GetItems()[0].GetResource()
				object.Set(o, []any{object.String(o, "metadata", "name") + "-shop"}, "data", "layers")
			}),
			[][]string{stay, stay},
			true, nil,
		},
		"Layer": {
			"A layer that was there last time and is missing may let the network in, also at later calls.", oneNetwork,
			rule(func(_ *testing.T, l *live) {
				object.Set(l.xr(), append(list(l.xr(), "status", "resource", "settings"), "platform-prod-shop"), "status", "resource", "settings")
			}),
			[][]string{stay, stay, stay},
			true, nil,
		},
		"NoVPC": {"A list without the VPC is not whole.", "NoVPC", nil, [][]string{stay, stay}, true, nil},
		"Groups": {
			"Groups of the platform's take the place of the claim's, whose rules stay as they are.", ", securityGroupIDs: [sg-9]" + bothNetworks,
			nil,
			[][]string{stay, stay},
			false, nil,
		},
		"Nameless": {
			"What AWS is to delete is not known yet, so that it is waited for.", oneNetwork,
			rule(func(_ *testing.T, l *live) {
				delete(object.Struct(taken(l).GetResource(), "metadata", "annotations").GetFields(), managed.ExternalNameAnnotation)
			}),
			[][]string{stay, goes, left},
			false,
			[][]string{{ruleKept + " goes"}, {ruleKept + " goes"}, {ruleKept + " goes"}},
		},
		"Failed": {
			"A rule that AWS never made is left out at once.", oneNetwork,
			rule(func(t *testing.T, l *live) {
				t.Helper()
				failed := fromYAML(t, `{conditions: [{type: LastAsyncOperation, status: "False", reason: AsyncCreateFailure}]}`)
				object.Set(taken(l).GetResource(), failed, "status")
			}),
			[][]string{left, left},
			false, nil,
		},
		"LookedAt": {
			"A rule that is only looked at is not this claim's to delete.", oneNetwork,
			rule(func(_ *testing.T, l *live) {
				object.Set(taken(l).GetResource(), []any{"Observe"}, "spec", "managementPolicies")
			}),
			[][]string{left, left},
			false, nil,
		},
		"Policies": {
			"Management policies that somebody wrote do not keep the rule at AWS.", oneNetwork,
			rule(func(_ *testing.T, l *live) {
				object.Set(taken(l).GetResource(), []any{"Observe", "Create", "Update"}, "spec", "managementPolicies")
			}),
			[][]string{goes, left},
			false,
			[][]string{{ruleKept + " goes", ruleTaken + " goes"}, {ruleKept + " goes"}},
		},
		"Report": {
			"A report that lacks everything revokes nothing.", bothNetworks,
			rule(func(_ *testing.T, l *live) {
				for _, r := range l.request.GetObserved().GetResources() {
					delete(object.Struct(r.GetResource(), "status").GetFields(), "atProvider")
				}
			}),
			[][]string{stay},
			false, nil,
		},
		"Step": {
			"A list that an earlier step of the pipeline brings is whole.", oneNetwork,
			func(_ *testing.T, l *live) { byStep(l) },
			[][]string{goes, left, left},
			false, nil,
		},
		"StepGone": {
			"Settings of an earlier step without a list take nobody's access.", "",
			func(_ *testing.T, l *live) { byStep(l) },
			[][]string{stay, stay},
			true, nil,
		},
		"NotYet": {
			"Before the resource is there its group is closed as well.", oneNetwork,
			rule(func(_ *testing.T, l *live) {
				delete(l.request.GetObserved().GetResources(), keyInstance)
				delete(l.xr().GetFields(), "status")
			}),
			[][]string{goes, left},
			false, nil,
		},
	} {
		for _, typ := range []string{"database", "cache"} {
			for _, env := range []string{"prod", "mgmt", "dev"} {
				bothScopes(t, name+"/"+typ+"/"+env, func(t *testing.T, head string) {
					l := openedAWS(t, head, typ, env)
					first, want := stay, tc.want
					if env == "dev" {
						first, want = inDev([][]string{stay})[0], tc.dev
						if want == nil {
							want = inDev(tc.want)
						}
					}
					if diff := cmp.Diff(first, rules(l.run(t))); diff != "" {
						t.Fatalf("before: -want, +got:\n%s", diff)
					}
					switch tc.list {
					case none:
						l.request.RequiredResources["settings-env"] = &fnv1.Resources{}
					case "NoVPC":
						setSettings(t, l, strings.Replace(networksAWS(env, oneNetwork), ", vpcID: vpc-1", "", 1))
					default:
						setSettings(t, l, networksAWS(env, tc.list))
					}
					if tc.change != nil {
						tc.change(t, l)
					}
					for call, want := range want {
						rsp := run(t, proto.CloneOf(l.request))
						if got := fatal(rsp); got != "" {
							t.Fatalf("\n%s\ncall %d: %s", tc.reason, call, got)
						}
						if diff := cmp.Diff(want, rules(rsp)); diff != "" {
							t.Fatalf("\n%s\ncall %d: -want, +got:\n%s", tc.reason, call, diff)
						}
						if o := rsp.GetDesired().GetResources()[keySecurityGroup]; o == nil || env != "dev" && !orphaned(o.GetResource()) {
							t.Errorf("\n%s\ncall %d: the security group would go", tc.reason, call)
						}
						if says := composedAs(rsp).GetMessage(); strings.Contains(says, "eu-west-1.allowedCIDRs") != tc.note {
							t.Errorf("\n%s\ncall %d: Composed says %q, want allowedCIDRs named: %t", tc.reason, call, says, tc.note)
						}
						l.observeAWS(t, typ, rsp)
					}
				})
			}
		}
	}
}

// TestRevokedBack holds that a network which comes back while its rule goes is let in again, and
// that the rule then stays with its group when the claim is deleted.
func TestRevokedBack(t *testing.T) {
	t.Parallel()
	for _, typ := range []string{"database", "cache"} {
		bothScopes(t, typ, func(t *testing.T, head string) {
			l := openedAWS(t, head, typ, "prod")
			for _, step := range []struct {
				list string
				want []string
			}{
				{oneNetwork, []string{ruleKept + " stays", ruleTaken + " goes"}},
				{bothNetworks, []string{ruleKept + " stays", ruleTaken + " stays"}},
			} {
				setSettings(t, l, networksAWS("prod", step.list))
				rsp := l.run(t)
				if diff := cmp.Diff(step.want, rules(rsp)); diff != "" {
					t.Errorf("%s: -want, +got:\n%s", step.list, diff)
				}
				l.observeAWS(t, typ, rsp)
			}
			for name, r := range l.request.GetObserved().GetResources() {
				if o := r.GetResource(); object.String(o, "kind") != "Secret" && !orphaned(o) {
					t.Errorf("%s goes at AWS with a claim that is deleted in prod", name)
				}
			}
		})
	}
}

// TestRevokedElsewhere holds that where a claim's resource goes with it the rule of a network
// goes by being left out, at once, and on Crossplane 1.20 in prod as on 2.x.
func TestRevokedElsewhere(t *testing.T) {
	t.Parallel()
	for _, typ := range []string{"database", "cache"} {
		t.Run("dev/"+typ, func(t *testing.T) {
			t.Parallel()
			l := openedAWS(t, xrHead, typ, "dev")
			setSettings(t, l, networksAWS("dev", oneNetwork))
			if diff := cmp.Diff([]string{ruleKept + " goes"}, rules(l.run(t))); diff != "" {
				t.Errorf("-want, +got:\n%s", diff)
			}
			setSettings(t, l, networksAWS("dev", ""))
			if diff := cmp.Diff([]string{ruleKept + " goes", ruleTaken + " goes"}, rules(l.run(t))); diff != "" {
				t.Errorf("a list that is gone: -want, +got:\n%s", diff)
			}
		})
		t.Run("legacy/"+typ, func(t *testing.T) {
			t.Parallel()
			l := openedAWS(t, xrHead, typ, "prod")
			setSettings(t, l, networksAWS("prod", oneNetwork))
			want := []string{ruleKept + " stays", ruleTaken + " goes"}
			if diff := cmp.Diff(want, rules(run(t, legacy(proto.CloneOf(l.request))))); diff != "" {
				t.Errorf("-want, +got:\n%s", diff)
			}
		})
	}
}
