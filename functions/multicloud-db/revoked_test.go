package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// networksAWS are the settings of an env for one region of AWS, with a VPC and what list says.
func networksAWS(env, list string) string {
	return "metadata: {name: platform-" + env + "}\ndata: {policy: {requireNetwork: false}, providers: {aws: {regions: {eu-west-1: " +
		"{subnetIDs: [subnet-1, subnet-2], vpcID: vpc-1" + list + "}}}}}"
}

// Two networks, as two rules let them in.
const (
	bothNetworks = ", allowedCIDRs: [10.0.0.0/16, 10.1.0.0/16]"
	oneNetwork   = ", allowedCIDRs: [10.0.0.0/16]"
	ruleKept     = "ingress-10-0-0-0-16"
	ruleTaken    = "ingress-10-1-0-0-16"
)

// openedAWS is a live database or cache of an env under settings that let in both networks,
// with its rules as their provider has made them.
func openedAWS(t *testing.T, head, typ, env string) *live {
	t.Helper()
	spec := map[string]string{"database": specLive, "cache": specCache}[typ]
	edits := strings.NewReplacer("gcp", "aws", "env: staging", "env: "+env, "writeConnectionSecretToRef: {name: sessions}", "")
	l := &live{provider: "aws", spec: edits.Replace(spec)}
	l.request = request(t, head+l.spec, networksAWS(env, bothNetworks), nil)
	for range 3 {
		l.observeAWS(t, typ, l.run(t))
	}
	return l
}

// observeAWS has what a response desires be observed: what was there keeps the id that AWS gave
// it, and what is left out is gone.
func (l *live) observeAWS(t *testing.T, typ string, rsp *fnv1.RunFunctionResponse) {
	t.Helper()
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	desired := rsp.GetDesired().GetResources()
	l.request.Observed.Resources = map[string]*fnv1.Resource{}
	observeCache(t, l, desired)
	for name := range desired {
		o := l.request.GetObserved().GetResources()[name].GetResource()
		if name == keyInstance && typ == "database" {
			object.Set(o, fromYAML(t, atProvider("aws", "16", 200)), "status", "atProvider")
		}
		if strings.HasPrefix(name, keyIngress) {
			object.Set(o, "sgr-"+name, "metadata", "annotations", managed.ExternalNameAnnotation)
		}
	}
	if status := object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status"); status != nil {
		object.Set(l.xr(), status, "status")
	}
}

// rules are the rules that a response desires, each with what becomes of it at AWS.
func rules(rsp *fnv1.RunFunctionResponse) []string {
	out := []string{}
	for _, name := range slices.Sorted(maps.Keys(rsp.GetDesired().GetResources())) {
		if !strings.HasPrefix(name, keyIngress) {
			continue
		}
		fate := " goes"
		if orphaned(rsp.GetDesired().GetResources()[name].GetResource()) {
			fate = " stays"
		}
		out = append(out, name+fate)
	}
	return out
}

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
	}{
		"Taken": {
			"A network that is taken out is let in no more: its rule is told to go, and then left out.", oneNetwork,
			nil,
			[][]string{goes, left, left},
			false,
		},
		"Unchanged": {"A list that says the same changes nothing.", bothNetworks, nil, [][]string{stay, stay}, false},
		"All": {
			"An empty list is there, and lets in nobody.", ", allowedCIDRs: []", nil,
			[][]string{{ruleKept + " goes", ruleTaken + " goes"}, {}, {}},
			false,
		},
		"Gone":     {"A list that is gone takes nobody's access.", "", nil, [][]string{stay, stay}, true},
		"Settings": {"Settings that are gone take nobody's access.", none, nil, [][]string{stay, stay}, true},
		"Unanswered": {
			"Before Crossplane has looked for settings nothing is revoked.", bothNetworks,
			rule(func(_ *testing.T, l *live) { l.request.RequiredResources = nil }),
			[][]string{stay, stay},
			false,
		},
		"Late": {
			"A layer that the settings list and that is missing may let the network in.", oneNetwork,
			rule(func(_ *testing.T, l *live) {
				o := l.request.GetRequiredResources()["settings-env"].GetItems()[0].GetResource()
				object.Set(o, []any{object.String(o, "metadata", "name") + "-shop"}, "data", "layers")
			}),
			[][]string{stay, stay},
			true,
		},
		"Layer": {
			"A layer that was there last time and is missing may let the network in, also at later calls.", oneNetwork,
			rule(func(_ *testing.T, l *live) {
				object.Set(l.xr(), append(list(l.xr(), "status", "resource", "settings"), "platform-prod-shop"), "status", "resource", "settings")
			}),
			[][]string{stay, stay, stay},
			true,
		},
		"NoVPC": {"A list without the VPC is not whole.", "NoVPC", nil, [][]string{stay, stay}, true},
		"Groups": {
			"Groups of the platform's take the place of the claim's, whose rules stay as they are.", ", securityGroupIDs: [sg-9]" + bothNetworks,
			nil,
			[][]string{stay, stay},
			false,
		},
		"Nameless": {
			"What AWS is to delete is not known yet, so that it is waited for.", oneNetwork,
			rule(func(_ *testing.T, l *live) {
				delete(object.Struct(taken(l).GetResource(), "metadata", "annotations").GetFields(), managed.ExternalNameAnnotation)
			}),
			[][]string{stay, goes, left},
			false,
		},
		"Failed": {
			"A rule that AWS never made is left out at once.", oneNetwork,
			rule(func(t *testing.T, l *live) {
				t.Helper()
				object.Set(taken(l).GetResource(), fromYAML(t, `{conditions: [{type: LastAsyncOperation, status: "False", reason: AsyncCreateFailure}]}`), "status")
			}),
			[][]string{left, left},
			false,
		},
		"LookedAt": {
			"A rule that is only looked at is not this claim's to delete.", oneNetwork,
			rule(func(_ *testing.T, l *live) {
				object.Set(taken(l).GetResource(), []any{"Observe"}, "spec", "managementPolicies")
			}),
			[][]string{left, left},
			false,
		},
		"Policies": {
			"Management policies that somebody wrote do not keep the rule at AWS.", oneNetwork,
			rule(func(_ *testing.T, l *live) {
				object.Set(taken(l).GetResource(), []any{"Observe", "Create", "Update"}, "spec", "managementPolicies")
			}),
			[][]string{goes, left},
			false,
		},
		"Report": {
			"A report that lacks everything revokes nothing.", bothNetworks,
			rule(func(_ *testing.T, l *live) {
				for _, r := range l.request.GetObserved().GetResources() {
					delete(object.Struct(r.GetResource(), "status").GetFields(), "atProvider")
				}
			}),
			[][]string{stay},
			false,
		},
		"NotYet": {
			"Before the resource is there its group is closed as well.", oneNetwork,
			rule(func(_ *testing.T, l *live) {
				delete(l.request.GetObserved().GetResources(), keyInstance)
				delete(l.xr().GetFields(), "status")
			}),
			[][]string{goes, left},
			false,
		},
	} {
		for _, typ := range []string{"database", "cache"} {
			for _, env := range []string{"prod", "mgmt"} {
				bothScopes(t, name+"/"+typ+"/"+env, func(t *testing.T, head string) {
					l := openedAWS(t, head, typ, env)
					if diff := cmp.Diff(stay, rules(l.run(t))); diff != "" {
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
					for call, want := range tc.want {
						rsp := run(t, proto.CloneOf(l.request))
						if got := fatal(rsp); got != "" {
							t.Fatalf("\n%s\ncall %d: %s", tc.reason, call, got)
						}
						if diff := cmp.Diff(want, rules(rsp)); diff != "" {
							t.Fatalf("\n%s\ncall %d: -want, +got:\n%s", tc.reason, call, diff)
						}
						if o := rsp.GetDesired().GetResources()[keySecurityGroup]; o == nil || !orphaned(o.GetResource()) {
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
