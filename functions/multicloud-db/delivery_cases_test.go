package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A deliveryCase is what becomes of a live database of a project whose settings name a store.
type deliveryCase struct {
	reason    string
	isClaim   bool // and no namespaced XR
	change    []func(*testing.T, *live)
	composed  string // the PushSecret's store and key; "" for none
	secret    string // that it pushes; "" is not looked at
	condition string
	asks      bool // for the kind
	fatal     bool
}

// pushed has the PushSecret be there, with what External Secrets says of it.
func pushed(status string) func(*testing.T, *live) {
	return func(t *testing.T, l *live) {
		t.Helper()
		o := run(t, l.request).GetDesired().GetResources()[lifecycle.DeliveryPart].GetResource()
		object.Set(o, "app-push", "metadata", "name")
		object.Set(o, fromYAML(t, status), "status")
		l.request.Observed.Resources[lifecycle.DeliveryPart] = &fnv1.Resource{Resource: o}
	}
}

// storeSays has the settings say more of the store.
func storeSays(more string) func(*testing.T, *live) {
	return func(t *testing.T, l *live) {
		t.Helper()
		setSettings(t, l, store("gcp", more))
	}
}

// hadSaid has the XR have a condition Delivered.
func hadSaid(status string) func(*testing.T, *live) {
	return func(t *testing.T, l *live) {
		t.Helper()
		object.Set(l.xr(), []any{map[string]any{"type": "Delivered", "status": status, "reason": "Said", "message": "of before"}}, "status", "conditions")
	}
}

func holdDeliveries(t *testing.T, cases map[string]deliveryCase) {
	t.Helper()
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := publishing(t, "gcp", !tc.isClaim)
			for _, change := range tc.change {
				change(t, l)
			}
			rsp := l.run(t)
			if got := fatal(rsp); (got != "") != tc.fatal {
				t.Fatal(tc.reason, got)
			}
			spec := object.Struct(rsp.GetDesired().GetResources()[lifecycle.DeliveryPart].GetResource(), "spec")
			got := ""
			if spec != nil {
				is := spec.AsMap()
				got = is["secretStoreRefs"].([]any)[0].(map[string]any)["name"].(string) + " " +
					is["data"].([]any)[0].(map[string]any)["match"].(map[string]any)["remoteRef"].(map[string]any)["remoteKey"].(string)
			}
			if diff := cmp.Diff(tc.composed, got); diff != "" {
				t.Errorf("\n%s\nstore and key: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.condition, strings.TrimPrefix(delivered(rsp), "CONDITION_")); diff != "" {
				t.Errorf("\n%s\ncondition: -want, +got:\n%s", tc.reason, diff)
			}
			if got := object.String(spec, "selector", "secret", "name"); tc.secret != "" && got != tc.secret {
				t.Errorf("\n%s\nwhat is pushed is the Secret %q, want %q", tc.reason, got, tc.secret)
			}
			_, asks := rsp.GetRequirements().GetResources()["push-secret"]
			if _, asked := rsp.GetRequirements().GetResources()["claim"]; asks != tc.asks || asked != tc.isClaim {
				t.Errorf("\n%s\nit asks for the kind: %t, for the claim: %t", tc.reason, asks, asked)
			}
		})
	}
}

// TestDeliveredLater holds what becomes of a delivery whose settings, or whose claim, change.
func TestDeliveredLater(t *testing.T) {
	t.Parallel()
	holdDeliveries(t, map[string]deliveryCase{
		"Gone": {
			reason: "A PushSecret that is there stays where the kind's schema is not known for a moment.", composed: "vault payments/prod/cloudsql-main",
			change:    []func(*testing.T, *live){pushed("{}"), func(t *testing.T, l *live) { t.Helper(); able(t, l, false) }},
			condition: "FALSE Delivering: External Secrets has not said yet that the connection Secret is in its store",
		},
		"SettingsGone": {
			reason:    "Settings that are gone take nothing out of a store that apps read.",
			change:    []func(*testing.T, *live){pushed("{}"), func(t *testing.T, l *live) { t.Helper(); setSettings(t, l, keyed("gcp", "", "")) }},
			composed:  "vault payments/prod/cloudsql-main",
			condition: "FALSE Delivering: External Secrets has not said yet that the connection Secret is in its store",
		},
		"Disabled": {
			reason: "Who ends the delivery says so.", change: []func(*testing.T, *live){pushed("{}"), storeSays(", enabled: false")},
		},
		"Ended": {
			reason:    "A condition that was True is True no more once nothing is delivered, which Crossplane would leave as it is.",
			change:    []func(*testing.T, *live){hadSaid("True"), storeSays(", enabled: false")},
			condition: "FALSE NotAsked: the settings name no delivery.store for the connection Secret, or have delivery.enabled false",
		},
		"StoreGone": {
			reason:    "A mistake of settings that are gone is one no more.",
			change:    []func(*testing.T, *live){hadSaid("False"), func(t *testing.T, l *live) { t.Helper(); setSettings(t, l, keyed("gcp", "", "")) }},
			condition: "FALSE NotAsked: the settings name no delivery.store for the connection Secret, or have delivery.enabled false",
		},
		"Fatal": {
			reason:    "A claim that is refused says again what is in the store.",
			change:    []func(*testing.T, *live){hadSaid("True"), func(_ *testing.T, l *live) { object.Set(l.xr(), "mysql", "spec", "database", "engine") }},
			condition: "TRUE Said: of before", fatal: true,
		},
		"FatalFalse": {
			reason:    "A claim that is refused says again what is wrong with the store.",
			change:    []func(*testing.T, *live){hadSaid("False"), func(_ *testing.T, l *live) { object.Set(l.xr(), "mysql", "spec", "database", "engine") }},
			condition: "FALSE Said: of before", fatal: true,
		},
	})
}

// TestDeliveredClaim holds that of a claim, whose XR does not say to which Secret it is published,
// only its own Secret is pushed, and a live delivery stays.
func TestDeliveredClaim(t *testing.T) {
	t.Parallel()
	holdDeliveries(t, map[string]deliveryCase{
		"Claim": {
			reason: "The claim is asked for, since its XR does not name the Secret.", isClaim: true, composed: "vault payments/prod/cloudsql-main", asks: true,
			condition: "FALSE Delivering: External Secrets has not said yet that the connection Secret is in its store",
		},
		"ClaimUnasked": {
			reason: "A claim that nobody has looked at yet has no Secret that could be named.", isClaim: true,
			change:    []func(*testing.T, *live){func(_ *testing.T, l *live) { delete(l.request.GetRequiredResources(), "claim") }},
			condition: "UNKNOWN Waiting: Crossplane has not looked yet for the kind PushSecret, and for the claim's Secret", asks: true,
		},
		"ClaimWithout": {
			reason: "A claim that asks for no Secret is told that none is pushed.", isClaim: true,
			change: []func(*testing.T, *live){func(_ *testing.T, l *live) {
				delete(l.request.GetRequiredResources()["claim"].GetItems()[0].GetResource().GetFields(), "spec")
			}},
			condition: "FALSE NoSecret: spec.writeConnectionSecretToRef: the claim asks for no connection Secret, so nothing is pushed to the " +
				"ClusterSecretStore vault", asks: true,
		},
		"ClaimUnmade": {
			reason: "A Secret that Crossplane has not made yet cannot be pushed.", isClaim: true,
			change: []func(*testing.T, *live){func(_ *testing.T, l *live) {
				l.request.RequiredResources["published"] = &fnv1.Resources{}
			}},
			condition: "FALSE Waiting: the connection Secret is pushed to the ClusterSecretStore vault once there is one", asks: true,
		},
		"ClaimForeign": {
			reason: "A Secret of somebody else, which the claim's author may not even read, is pushed to no store.", isClaim: true,
			change: []func(*testing.T, *live){func(t *testing.T, l *live) { t.Helper(); asks(t, l, "app", "claim-2") }},
			condition: `FALSE NoSecret: spec.writeConnectionSecretToRef: the Secret "app" belongs to Resource other, and not to the claim, so nothing is ` +
				"pushed to the ClusterSecretStore vault", asks: true,
		},
		"ClaimNobodys": {
			reason: "A Secret without an owner was made by hand, and is not the claim's.", isClaim: true,
			change: []func(*testing.T, *live){func(_ *testing.T, l *live) {
				object.Set(l.request.GetRequiredResources()["published"].GetItems()[0].GetResource(), &structpb.Struct{}, "metadata", "ownerReferences")
				object.Set(l.request.GetRequiredResources()["published"].GetItems()[0].GetResource(), "app", "metadata", "name")
			}},
			condition: `FALSE NoSecret: spec.writeConnectionSecretToRef: the Secret "app" belongs to nobody here, and not to the claim, so nothing is ` +
				"pushed to the ClusterSecretStore vault", asks: true,
		},
		"ClaimOlder": {
			reason: "The Secret of the name before says nothing of the one that is asked for now.", isClaim: true,
			change: []func(*testing.T, *live){func(_ *testing.T, l *live) {
				object.Set(l.request.GetRequiredResources()["published"].GetItems()[0].GetResource(), "before", "metadata", "name")
			}},
			condition: "UNKNOWN Waiting: Crossplane has not looked yet for the kind PushSecret, and for the claim's Secret", asks: true,
		},
		"ClaimRenamed": {
			reason: "Crossplane keeps up only the Secret that the claim names now, so that one is pushed.", isClaim: true,
			change:   []func(*testing.T, *live){pushed("{}"), func(t *testing.T, l *live) { t.Helper(); asks(t, l, "new", "claim-1") }},
			composed: "vault payments/prod/cloudsql-main", secret: "new",
			condition: "FALSE Delivering: External Secrets has not said yet that the connection Secret is in its store",
		},
		"ClaimRenamedForeign": {
			reason: "A live delivery is not turned to a Secret of somebody else.", isClaim: true,
			change:   []func(*testing.T, *live){pushed("{}"), func(t *testing.T, l *live) { t.Helper(); asks(t, l, "new", "claim-2") }},
			composed: "vault payments/prod/cloudsql-main", secret: "app",
			condition: `FALSE NoSecret: spec.writeConnectionSecretToRef: the Secret "new" belongs to Resource other, and not to the claim, so that nothing ` +
				`keeps up the ClusterSecretStore vault, as payments/prod/cloudsql-main; set the name back to "app"`,
		},
		"ClaimNoMore": {
			reason: "What apps read stays in the store where the claim names no Secret any more, and the claim says that it gets old.", isClaim: true,
			change: []func(*testing.T, *live){pushed(`{conditions: [{type: Ready, status: "True"}]}`), func(_ *testing.T, l *live) {
				delete(l.request.GetRequiredResources()["claim"].GetItems()[0].GetResource().GetFields(), "spec")
			}},
			composed: "vault payments/prod/cloudsql-main", secret: "app",
			condition: "FALSE NoSecret: spec.writeConnectionSecretToRef: the claim asks for no connection Secret, so that nothing keeps up the " +
				`ClusterSecretStore vault, as payments/prod/cloudsql-main; set the name back to "app"`,
		},
		"ClaimUnseen": {
			reason: "A live delivery stays where Crossplane has not looked for the claim yet.", isClaim: true,
			change: []func(*testing.T, *live){pushed(`{conditions: [{type: Ready, status: "True"}]}`), func(_ *testing.T, l *live) {
				delete(l.request.GetRequiredResources(), "claim")
				delete(l.request.GetRequiredResources(), "published")
			}},
			composed: "vault payments/prod/cloudsql-main", secret: "app",
			condition: "TRUE Delivered: the connection Secret is in the ClusterSecretStore vault, as payments/prod/cloudsql-main",
		},
	})
}
