package multiclouddb

import (
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestGatesLooked holds what a claim that only looks may become: it observes on where the
// settings have come to allow no adoption, takes nothing over then, and moves to no other
// env, of which its record says nothing.
func TestGatesLooked(t *testing.T) {
	t.Parallel()
	const looks = xrHead + specGCP + "  externalName: old\n"
	cases := map[string]struct{ reason, xr, policy, tags, want, says string }{
		"Stays": {
			"What is observed stays observed.", looks, "{}", "", "", `spec.externalName: "old" is not allowed by settings policy.adopt`,
		},
		"Manage": {
			"What is observed is not taken over any more.", looks + "  adopt: Manage\n", "{}", "", `spec.adopt: "Manage" is not allowed by settings policy.adopt`, "",
		},
		"Env": {
			"An edit of the env is refused, although the record has none.", looks + "  env: dev\n", "{adopt: observe}", "",
			`spec.env: "dev" is not allowed by settings policy.overrides.env`, "",
		},
		"Owner": {
			"Whose a database is stands on the claim that only looks at it.", looks, `{adopt: manage, adoptNames: ["*"]}`, "project=crm", "",
			"it cannot be taken over: spec.externalName: old carries project=crm, and this claim is of payments",
		},
		"OwnerDiffers": {
			"Whose a database is stands on a claim that differs, too.", strings.Replace(looks, `"17"`, `"16"`, 1), `{adopt: manage, adoptNames: ["*"]}`,
			"project=crm", "", "it cannot be taken over: spec.externalName: old carries project=crm",
		},
		"ObserveOnly": {
			"That a database may only be observed is said before somebody tries more.", looks, `{adopt: observe, adoptNames: ["*"]}`, "", "",
			`it cannot be taken over: spec.adopt: "Manage" is not allowed by settings policy.adopt; once it is, spec.adopt Manage takes it over`,
		},
		"ObserveChanges": {
			"What a takeover would change is said before anybody may take over.", strings.Replace(looks, "{engine", "{backupRetentionDays: 14, engine", 1),
			`{adopt: observe, adoptNames: ["*"]}`, "", "", "backupRetentionSettings.retainedBackups: ",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			main := fromYAML(t, "{"+there["gcp"]+"}")
			object.Put(main, structpb.NewStructValue(fromYAML(t, "{project: payments, env: prod}")), "metadata", "labels")
			object.Set(main, "Observe", "metadata", "annotations", requested+"adopt")
			tag(main, "gcp", tc.tags)
			rsp := run(t, gated(t, tc.xr, tc.policy, map[string]*fnv1.Resource{keyInstance: {Resource: main}}))
			got := fatal(rsp)
			if (got == "") != (tc.want == "") || !strings.Contains(got, tc.want) {
				t.Errorf("\n%s\ngot %q, want %q", tc.reason, got, tc.want)
			}
			if c := rsp.GetConditions()[0]; !strings.Contains(c.GetMessage(), tc.says) {
				t.Errorf("\n%s\nComposed: %v", tc.reason, c)
			}
		})
	}
}

// TestLetAlone holds that what is another's is only looked at, in both scopes, with all that
// was composed for it, and outlives the claim in an env whose databases are deleted with it.
func TestLetAlone(t *testing.T) {
	t.Parallel()
	const pending, failed = "crossplane.io/external-create-pending", "crossplane.io/external-create-failed"
	lives := map[string][]string{ // by the annotations that a try to make it has left
		"found": nil, "lost a race": {pending, failed}, "seems made": {pending, createSucceeded},
	}
	for scope, head := range map[string]string{
		"claim":      strings.ReplaceAll(xrHead, "payments-prod-infra", "payments-dev-infra"),
		"namespaced": "apiVersion: platform.victor.onl/v1alpha1\nkind: Resource\nmetadata: {name: cloudsql-main, namespace: payments-dev-infra}\nspec:\n",
	} {
		for life, created := range lives {
			t.Run(scope+"/"+life, func(t *testing.T) {
				t.Parallel()
				try := func(o *structpb.Struct) {
					for _, name := range created {
						object.Set(o, "2026-11-25T00:00:00Z", "metadata", "annotations", name)
					}
				}
				xr := head + strings.TrimPrefix(specGCP, "\n")
				first := run(t, gated(t, xr, "{}", nil)).GetDesired().GetResources()
				observed := map[string]*fnv1.Resource{}
				for name, r := range first {
					observed[name] = &fnv1.Resource{Resource: proto.CloneOf(r.GetResource())}
				}
				main := observed[keyInstance].GetResource()
				object.Put(main, structpb.NewStructValue(fromYAML(t, atProvider("gcp", "17", 128))), "status", "atProvider")
				tag(main, "gcp", "project=payments env=dev service=cloudsql-main control-plane=us")
				try(main)
				for range 2 { // the second time it is only looked at already
					rsp := run(t, gated(t, xr, "{}", observed))
					if got := fatal(rsp); got != "" {
						t.Fatal(got)
					}
					if c := rsp.GetConditions()[0]; c.GetReason() != "NotAllowed" || c.GetStatus() != fnv1.Status_STATUS_CONDITION_FALSE {
						t.Errorf("Composed: %v", c)
					}
					for name := range first {
						o := rsp.GetDesired().GetResources()[name].GetResource()
						if o == nil {
							t.Fatalf("%s is no longer desired", name)
						}
						if name == keyPassword {
							continue
						}
						policies := strings.Join(list(o, "spec", "managementPolicies"), ",")
						if orphan := object.String(o, "spec", "deletionPolicy"); policies != "Observe" || scope == "claim" && orphan != "Orphan" {
							t.Errorf("%s has the policies %s %s", name, policies, orphan)
						}
						object.Put(observed[name].GetResource(), object.Get(o, "spec"), "spec")
						object.Put(observed[name].GetResource(), object.Get(o, "metadata", "annotations"), "metadata", "annotations")
					}
					try(main)
				}
				for _, tags := range []string{"", "env=dev", "project=payments env=dev"} { // as a report may be that is cut short
					tag(main, "gcp", tags)
					o := run(t, gated(t, xr, "{}", observed)).GetDesired().GetResources()[keyInstance].GetResource()
					if got := strings.Join(list(o, "spec", "managementPolicies"), ","); got != "Observe" {
						t.Errorf("with the tags %q it is taken over, by %s", tags, got)
					}
				}
				tag(main, "gcp", "project=payments env=dev service=cloudsql-main")
				rsp := run(t, gated(t, xr, "{}", observed))
				o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
				if got := fatal(rsp); got != "" || !strings.Contains(strings.Join(list(o, "spec", "managementPolicies"), ","), "Create") {
					t.Errorf("once its tags are put right it is not the claim's: %s %v", got, o)
				}
			})
		}
	}
}
