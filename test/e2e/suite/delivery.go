package suite

import (
	"fmt"
	"path/filepath"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// Delivery has the connection of a claim delivered, on a cluster that gets External Secrets late.
// Nobody reconciles a PushSecret here: what External Secrets says is written by the test. The
// settings are of a project of their own, so that no other claim is delivered.
func (s *Suite) Delivery(t *testing.T) {
	const project = "delivered"
	namespace := project + "-dev-infra"
	settings := parsed(t, `{apiVersion: apiextensions.crossplane.io/v1beta1, kind: EnvironmentConfig, metadata: {name: platform-dev-`+project+`}}`)
	store := func(delivery map[string]any) {
		o := settings.DeepCopy()
		// Something stays said: what is applied over the last key of data leaves null there, which the
		// CRD of an EnvironmentConfig refuses.
		data := map[string]any{"tags": map[string]any{"cost-center": "cc-1"}}
		if delivery != nil {
			data["delivery"] = delivery
		}
		Set(t, o, data, "data")
		s.Apply(t, o)
	}
	s.Apply(t, parsed(t, "{apiVersion: v1, kind: Namespace, metadata: {name: "+namespace+"}}"))
	store(map[string]any{"store": "vault"})
	claim := Example(t, "payments-dev-infra/rds-main", passing+"delivered")
	claim.SetNamespace(namespace)
	unstructured.RemoveNestedField(claim.Object, "spec", "entity")
	s.Apply(t, claim)

	s.WaitReady(t, claim)
	s.WaitSaid(t, claim, "Delivered", "False", "the cluster has no kind PushSecret")

	for _, file := range []string{"test/crds/beside/external-secrets.io_pushsecrets.yaml", "package/delivery/role.yaml"} {
		objects, err := plane.Read(filepath.Join(Root, file))
		if err != nil {
			t.Fatal(err)
		}
		s.Apply(t, objects[0])
	}
	s.Change(t, claim)()
	s.WaitSaid(t, claim, "Delivered", "False", "External Secrets has not said yet")
	pushed := must(s.Composed(t, claim))(t)["delivery"]
	if got := Get(pushed, "spec", "selector", "secret", "name"); got != claim.GetName() {
		t.Errorf("what is pushed is the Secret %v", got)
	}
	if _, err := s.Client.Get(t.Context(), plane.Ref{GVK: plane.Kind("v1", "Secret"), Namespace: pushed.GetNamespace(), Name: claim.GetName()}); err != nil {
		t.Errorf("nothing is there to be pushed: %v", err)
	}

	for _, says := range []struct{ status, message, want string }{
		{"False", "could not write", "could not write"},
		{"True", "", "the ClusterSecretStore vault, as " + project + "/dev/" + claim.GetName()},
	} {
		o := must(s.Client.Get(t.Context(), plane.RefOf(pushed)))(t)
		Set(t, o, []any{map[string]any{"type": "Ready", "status": says.status, "reason": "Told", "message": says.message}}, "status", "conditions")
		s.do(t, func() error { _, err := s.Client.UpdateStatus(t.Context(), o); return err })
		s.WaitSaid(t, claim, "Delivered", says.status, says.want)
		s.WaitReady(t, claim)
	}

	store(nil) // as settings that are late
	s.Change(t, claim)()
	if got := must(s.Composed(t, claim))(t)["delivery"]; got == nil || got.GetUID() != pushed.GetUID() {
		t.Error("settings that name no store take the PushSecret away")
	}
	store(map[string]any{"enabled": false})
	s.Change(t, claim)()
	s.waitFor(t, claim, "the end of the delivery", func(*unstructured.Unstructured) error {
		composed, err := s.Composed(t, claim)
		if err == nil && composed["delivery"] != nil {
			err = fmt.Errorf("%s is still there", composed["delivery"].GetName())
		}
		return err
	})
	s.remove(t, claim)
	s.do(t, func() error { return s.Client.Delete(t.Context(), plane.RefOf(settings)) })
}
