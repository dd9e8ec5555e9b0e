package suite

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// Password deletes the Secrets of passwords that are in use. Nothing else goes, no
// other password is made, the claim says how to recover, and both ways recover.
func (s *Suite) Password(t *testing.T) {
	claims := Only(s.Live(t), "payments-prod-infra/cloudsql-main", "payments-prod-infra/rds-main", "payments-prod-infra/azure-main")
	secrets := make([]*unstructured.Unstructured, len(claims))
	for i, c := range claims {
		secrets[i] = must(s.Composed(t, c))(t)["password"]
	}
	for _, way := range []struct {
		name    string
		restore func(*unstructured.Unstructured) *unstructured.Unstructured
	}{
		{"FromBackup", func(secret *unstructured.Unstructured) *unstructured.Unstructured {
			restored := secret.DeepCopy()
			for _, field := range []string{"uid", "resourceVersion", "creationTimestamp", "managedFields"} {
				unstructured.RemoveNestedField(restored.Object, "metadata", field)
			}
			return restored
		}},
		{"ByHand", func(secret *unstructured.Unstructured) *unstructured.Unstructured {
			return &unstructured.Unstructured{Object: map[string]any{
				"apiVersion": "v1", "kind": "Secret",
				"metadata": map[string]any{
					"name": secret.GetName(), "namespace": secret.GetNamespace(),
					"annotations": map[string]any{resourceName: "password"},
				},
				"data": secret.Object["data"],
			}}
		}},
	} {
		t.Run(way.name, func(t *testing.T) {
			before := s.recordButSecrets(t, claims)
			defer func() { // also after a failure, for the tests that follow
				for _, secret := range secrets {
					s.Apply(t, way.restore(secret))
				}
			}()
			for _, secret := range secrets {
				if err := s.Client.Delete(t.Context(), plane.RefOf(secret)); err != nil {
					t.Fatal(err)
				}
			}
			for i, c := range claims {
				s.WaitSaid(t, c, "Composed", "False",
					secrets[i].GetNamespace()+"/"+secrets[i].GetName()+" is gone", "restore it from a backup", resourceName+": password")
			}
			for _, secret := range secrets {
				s.Apply(t, way.restore(secret))
			}
			s.Change(t, claims...)()
			after := s.recordButSecrets(t, claims)
			if diff := cmp.Diff(before, after); diff != "" {
				t.Errorf("-before, +after:\n%s", diff)
			}
		})
	}
}

// recordButSecrets is the Record without the identity of the passwords' Secrets,
// which are new ones with the same password.
func (s *Suite) recordButSecrets(t *testing.T, claims []*unstructured.Unstructured) Record {
	t.Helper()
	r := s.Record(t, claims...)
	for _, c := range claims {
		secret := must(s.Composed(t, c))(t)["password"]
		delete(r.Composed, keyOf(c, secret))
	}
	return r
}
