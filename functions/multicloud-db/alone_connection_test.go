package multiclouddb

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestLetAloneConnection holds that a connection which is out stays, with its delivery, where the
// database is taken for another's: somebody deleted its managed resource, and the settings' controlPlane, by
// which its tags are the claim's, is missing for the moment. What apps read is nobody else's by that.
func TestLetAloneConnection(t *testing.T) {
	t.Parallel()
	const xr = `
apiVersion: platform.victor.onl/v1alpha1
kind: Resource
metadata: {name: cloudsql-main, namespace: payments-prod-infra, uid: xr-1}
spec:
  provider: gcp
  profile: medium
  region: eu-west
  database: {engine: postgres, version: "17"}
  writeConnectionSecretToRef: {name: app}
`
	observed := map[string]*fnv1.Resource{}
	for name, r := range run(t, gated(t, xr, "{}", nil)).GetDesired().GetResources() {
		observed[name] = &fnv1.Resource{Resource: proto.CloneOf(r.GetResource())}
	}
	main := observed[keyInstance].GetResource()
	object.Set(main, fromYAML(t, atProvider("gcp", "17", 128)), "status", "atProvider")
	tag(main, "gcp", "project=payments env=prod service=cloudsql-main control-plane=eu")
	out := map[string]string{
		keyConnection: `{apiVersion: v1, kind: Secret, type: Opaque, metadata: {name: app, namespace: payments-prod-infra}, data: {host: aA==, password: cA==}}`,
		"delivery": `{apiVersion: external-secrets.io/v1alpha1, kind: PushSecret, metadata: {name: app-x, namespace: payments-prod-infra},
			spec: {deletionPolicy: None, selector: {secret: {name: app}}}}`,
	}
	for name, manifest := range out {
		observed[name] = &fnv1.Resource{Resource: fromYAML(t, manifest)}
	}
	req := gated(t, xr, "{}", observed)
	object.Set(req.GetObserved().GetComposite().GetResource(), fromYAML(t, "{name: gcp-payments-prod-cloudsql-main, made: true}"), "status", "resource")
	rsp := run(t, req)
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	if c := composedAs(rsp); c.GetReason() != "NotAllowed" {
		t.Fatalf("it is not taken for another's: %v", c)
	}
	for name, manifest := range out {
		for _, of := range []string{"data", "spec"} {
			want, got := object.Struct(fromYAML(t, manifest), of), object.Struct(rsp.GetDesired().GetResources()[name].GetResource(), of)
			if diff := cmp.Diff(want, got, protocmp.Transform()); diff != "" {
				t.Errorf("%s of %s: -before, +after:\n%s", of, name, diff)
			}
		}
	}
}
