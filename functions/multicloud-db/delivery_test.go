package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// store is settings with a store of External Secrets.
func store(provider, more string) string {
	return strings.Replace(keyed(provider, "", ""), "\ndata: {", "\ndata: {delivery: {store: vault"+more+"}, ", 1)
}

// able has a request's Crossplane tell of the kind PushSecret: there is one, or none.
func able(t *testing.T, l *live, there bool) {
	t.Helper()
	found := &fnv1.Resources{}
	if there {
		crd := fromYAML(t, `{spec: {versions: [{name: v1alpha1, served: true}]}, status: {conditions: [{type: Established, status: "True"}]}}`)
		found.Items = []*fnv1.Resource{{Resource: crd}}
	}
	l.request.RequiredResources["push-secret"] = found
}

// asks has a request's claim ask for a Secret that belongs to somebody: itself, claim-1, above all.
func asks(t *testing.T, l *live, secret, owner string) {
	t.Helper()
	for key, o := range map[string]string{
		"claim": "{apiVersion: platform.victor.onl/v1alpha1, kind: Resource, metadata: {uid: claim-1}, spec: {writeConnectionSecretToRef: {name: " + secret + "}}}",
		"published": "{apiVersion: v1, kind: Secret, metadata: {name: " + secret + ", ownerReferences: [{kind: Resource, name: other, uid: " + owner +
			", controller: true}]}}",
	} {
		l.request.RequiredResources[key] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: fromYAML(t, o)}}}
	}
}

// publishing is a live database with a connection Secret, as a claim's or a namespaced XR.
func publishing(t *testing.T, provider string, isNamespaced bool) *live {
	t.Helper()
	xr := claimsOf(provider)["Database"]
	if isNamespaced {
		xr = namespaced(xr, "app")
	}
	l := settled(t, provider, xr, store(provider, ""))
	known := serving(t, provider, "").request.GetObserved().GetResources()[keyInstance]
	l.request.Observed.Resources[keyInstance].ConnectionDetails = known.GetConnectionDetails()
	able(t, l, true)
	if !isNamespaced {
		asks(t, l, "app", "claim-1")
	}
	return l
}

// delivered is the condition Delivered, as "status reason: message", or "".
func delivered(rsp *fnv1.RunFunctionResponse) string {
	for _, c := range rsp.GetConditions() {
		if c.GetType() == lifecycle.ConditionDelivered {
			return strings.TrimPrefix(c.GetStatus().String(), "STATUS_CONDITION_") + " " + c.GetReason() + ": " + c.GetMessage()
		}
	}
	return ""
}

// TestDelivery holds what is pushed, on each cloud and in both scopes, against the schema of
// External Secrets, and that it holds the XR's readiness in no way.
func TestDelivery(t *testing.T) {
	t.Parallel()
	checker, err := crds.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, provider := range cloud.Providers {
		for _, isNamespaced := range []bool{false, true} {
			l := publishing(t, provider, isNamespaced)
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatal(provider, got)
			}
			part := rsp.GetDesired().GetResources()[lifecycle.DeliveryPart]
			want := fromYAML(t, `
apiVersion: external-secrets.io/v1alpha1
kind: PushSecret
metadata: {namespace: payments-prod-infra}
spec:
  refreshInterval: 1m0s
  updatePolicy: Replace
  deletionPolicy: Delete
  secretStoreRefs: [{kind: ClusterSecretStore, name: vault}]
  selector: {secret: {name: app}}
  data: [{match: {remoteRef: {remoteKey: payments/prod/cloudsql-main}}}]
`)
			if diff := cmp.Diff(want, part.GetResource(), protocmp.Transform()); diff != "" {
				t.Errorf("%s, namespaced %t: the key is of the claim's namespace, although its spec names another project and env: -want, +got:\n%s",
					provider, isNamespaced, diff)
			}
			if err := checker.Check(part.GetResource().AsMap()); err != nil {
				t.Errorf("%s: External Secrets refuses it: %v", provider, err)
			}
			if part.GetReady() != fnv1.Ready_READY_TRUE {
				t.Errorf("%s: a delivery that is not there yet holds the XR's readiness: %v", provider, part.GetReady())
			}
			if got := delivered(rsp); !strings.HasPrefix(got, "CONDITION_FALSE Delivering") && !strings.HasPrefix(got, "FALSE Delivering") {
				t.Errorf("%s: nobody has said yet that it is delivered: %s", provider, got)
			}
		}
	}
}

// TestDelivered holds when a connection is pushed, and what its claim says.
func TestDelivered(t *testing.T) {
	t.Parallel()
	holdDeliveries(t, map[string]deliveryCase{
		"New": {
			reason: "A PushSecret that External Secrets has not looked at says nothing.", composed: "vault payments/prod/cloudsql-main", asks: true,
			condition: "FALSE Delivering: External Secrets has not said yet that the connection Secret is in its store",
		},
		"Delivered": {
			reason: "What is delivered names its store and key, and is not asked for any more.", composed: "vault payments/prod/cloudsql-main",
			change:    []func(*testing.T, *live){pushed(`{conditions: [{type: Ready, status: "True", reason: Synced}]}`)},
			condition: "TRUE Delivered: the connection Secret is in the ClusterSecretStore vault, as payments/prod/cloudsql-main",
		},
		"Refused": {
			reason: "The store's refusal is on the claim, without the password.", composed: "vault payments/prod/cloudsql-main",
			change: []func(*testing.T, *live){
				pushed(`{conditions: [{type: Ready, status: "False", reason: Errored, message: "set secret failed: secret-1 is refused"}]}`),
				func(_ *testing.T, l *live) {
					l.request.Observed.Resources[keyInstance].ConnectionDetails = map[string][]byte{"password": []byte("secret-1")}
				},
			},
			condition: "FALSE StoreError: PushSecret app-push: set secret failed: … is refused",
		},
		"Unpublished": {
			reason: "Without a connection there is nothing to push.",
			change: []func(*testing.T, *live){func(_ *testing.T, l *live) {
				l.request.Observed.Resources[keyInstance].ConnectionDetails = nil
				object.Set(l.instance(), &structpb.Struct{}, "status", "atProvider")
				delete(l.request.GetObserved().GetResources(), keyConnection)
			}},
			condition: "FALSE Waiting: the connection Secret is pushed to the ClusterSecretStore vault once there is one", asks: true,
		},
		"Unasked": {
			reason:    "A kind that nobody has looked for yet is not composed.",
			change:    []func(*testing.T, *live){func(_ *testing.T, l *live) { delete(l.request.GetRequiredResources(), "push-secret") }},
			condition: "UNKNOWN Waiting: Crossplane has not looked yet for the kind PushSecret, and for the claim's Secret", asks: true,
		},
		"Missing": {
			reason: "A kind that the cluster does not have would end the whole call.",
			change: []func(*testing.T, *live){func(t *testing.T, l *live) { t.Helper(); able(t, l, false) }},
			condition: "FALSE NotInstalled: settings delivery.store: the cluster has no kind PushSecret of external-secrets.io/v1alpha1; " +
				"install External Secrets, or set delivery.enabled to false", asks: true,
		},
		"Establishing": {
			reason: "A kind that the API server does not serve yet is none.",
			change: []func(*testing.T, *live){func(_ *testing.T, l *live) {
				delete(l.request.GetRequiredResources()["push-secret"].GetItems()[0].GetResource().GetFields(), "status")
			}},
			condition: "FALSE NotInstalled: settings delivery.store: the cluster has no kind PushSecret of external-secrets.io/v1alpha1; " +
				"install External Secrets, or set delivery.enabled to false", asks: true,
		},
		"Unserved": {
			reason: "A version that is not served any more cannot be composed.",
			change: []func(*testing.T, *live){func(t *testing.T, l *live) {
				t.Helper()
				object.Set(l.request.GetRequiredResources()["push-secret"].GetItems()[0].GetResource(),
					[]any{map[string]any{"name": "v1alpha1", "served": false}, map[string]any{"name": "v1", "served": true}}, "spec", "versions")
			}},
			condition: "FALSE NotInstalled: settings delivery.store: the cluster has no kind PushSecret of external-secrets.io/v1alpha1; " +
				"install External Secrets, or set delivery.enabled to false", asks: true,
		},
		"Moved": {
			reason: "Another store gets it.", composed: "app-store payments/prod/cloudsql-main",
			change: []func(*testing.T, *live){pushed("{}"), func(t *testing.T, l *live) {
				t.Helper()
				setSettings(t, l, strings.Replace(store("gcp", ", kind: SecretStore"), "store: vault", "store: app-store", 1))
			}},
			condition: "FALSE Delivering: External Secrets has not said yet that the connection Secret is in its store",
		},
		"Flat": {
			reason: "A store without slashes gets hyphens, and a hash that tells payments-eu of dev from payments of eu-dev.",
			change: []func(*testing.T, *live){storeSays(`, separator: "-"`)}, composed: "vault payments-prod-cloudsql-main-b1ae35a2bd881437", asks: true,
			condition: "FALSE Delivering: External Secrets has not said yet that the connection Secret is in its store",
		},
	})
}

// TestDeliveryStays holds that what outlives its claim keeps its entry in the store.
func TestDeliveryStays(t *testing.T) {
	t.Parallel()
	for policy, want := range map[string]string{"Delete": "Delete", "Orphan": "None"} {
		l := publishing(t, "gcp", true)
		setSettings(t, l, strings.Replace(store("gcp", ""), "\ndata: {", "\ndata: {policy: {deletionPolicy: "+policy+"}, ", 1))
		o := l.run(t).GetDesired().GetResources()[lifecycle.DeliveryPart].GetResource()
		if got := object.String(o, "spec", "deletionPolicy"); got != want {
			t.Errorf("deletionPolicy %s: the PushSecret has %q, want %q", policy, got, want)
		}
	}
}

// TestDeliveryLegacy holds that Crossplane 1.20 is asked for nothing, and the claim says why
// nothing is delivered.
func TestDeliveryLegacy(t *testing.T) {
	t.Parallel()
	l := publishing(t, "aws", false)
	rsp := run(t, legacy(l.request))
	want := "FALSE NotSupported: settings delivery.store: Crossplane 1.20 composes nothing in a namespace, so the connection Secret stays in the " +
		"namespace payments-prod-infra"
	if diff := cmp.Diff(want, strings.TrimPrefix(delivered(rsp), "CONDITION_")); diff != "" {
		t.Errorf("-want, +got:\n%s", diff)
	}
	if part := rsp.GetDesired().GetResources()[lifecycle.DeliveryPart]; part != nil || rsp.GetRequirements().GetResources()["push-secret"] != nil {
		t.Errorf("it composes %v, and asks for %v", part, rsp.GetRequirements())
	}
}
