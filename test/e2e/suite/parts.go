package suite

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// composed begins the name of the manager under which Crossplane applies resources.
const composed = "apiextensions.crossplane.io/composed/"

// Parts takes away the settings of which a database's network was composed: its subnet
// group, its security group and the rules stay as they were asked for last. Whoever owned
// a field of theirs owns it after, so that nothing which their provider filled in, or
// resolved, is asked for.
func (s *Suite) Parts(t *testing.T) {
	c := s.ownNetwork(t)
	claims := []*unstructured.Unstructured{c}
	objects, err := plane.Read(filepath.Join(Root, "examples", "settings", "platform-prod.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	settings := objects[0]
	defer func() { s.Apply(t, settings) }()
	before, owners := s.asked(t, claims), s.owners(t, c)
	for part, fields := range map[string][]string{
		"subnet-group":        {"f:tags f:crossplane-name"},
		"security-group":      {"f:tags f:crossplane-name"},
		"ingress-10-0-0-0-16": {"f:tags f:crossplane-name", "f:securityGroupId", "f:securityGroupIdRef f:name"},
		"instance":            {"f:tags f:crossplane-name", "f:vpcSecurityGroupIds", "f:backupWindow"},
	} {
		s.isProviders(t, owners[part], part, fields)
	}
	for _, gone := range []struct {
		name string
		how  func() error
	}{
		{"Region", func() error { _, err := s.Client.Apply(t.Context(), settings); return err }},
		{"All", func() error { return s.Client.Delete(t.Context(), plane.RefOf(settings)) }},
	} {
		t.Run(gone.name, func(t *testing.T) {
			s.do(t, gone.how)
			for range 2 { // the first may have begun before
				s.look(t, claims)
			}
			s.WaitReady(t, c)
			s.same(t, before, claims)
			if diff := cmp.Diff(owners, s.owners(t, c)); diff != "" {
				t.Errorf("fields have other managers: -before, +after:\n%s", diff)
			}
		})
	}
}

// owners are the fields of the parts of a claim by their managers.
func (s *Suite) owners(t *testing.T, claim *unstructured.Unstructured) map[string]map[string]any {
	t.Helper()
	owners := map[string]map[string]any{}
	for part, o := range must(s.Composed(t, claim))(t) {
		of := map[string]any{}
		for _, e := range o.GetManagedFields() {
			fields := map[string]any{}
			if err := json.Unmarshal(e.FieldsV1.Raw, &fields); err != nil {
				t.Fatal(err)
			}
			of[strings.Join([]string{e.Manager, string(e.Operation), e.Subresource}, " ")] = fields
		}
		owners[part] = of
	}
	return owners
}

// isProviders fails the test unless fields of spec.forProvider are there, and Crossplane
// does not own them.
func (s *Suite) isProviders(t *testing.T, owners map[string]any, part string, fields []string) {
	t.Helper()
	for _, f := range fields {
		path := append([]string{"f:spec", "f:forProvider"}, strings.Fields(f)...)
		found := false
		for manager, of := range owners {
			_, has, err := unstructured.NestedFieldNoCopy(map[string]any{"of": of}, append([]string{"of"}, path...)...)
			if err != nil {
				t.Fatal(err)
			}
			if has && strings.HasPrefix(manager, composed) {
				t.Errorf("%s: Crossplane asks for %s", part, f)
			}
			found = found || has
		}
		if !found {
			t.Errorf("%s: its provider did not fill in %s", part, f)
		}
	}
}
