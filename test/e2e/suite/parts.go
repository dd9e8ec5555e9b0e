package suite

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// composed begins the name of the manager under which Crossplane applies resources.
const composed = "apiextensions.crossplane.io/composed/"

// Parts takes a network out of the settings of a database in prod, whose rule then goes at the
// cloud as well, and then all settings of which the database's network was composed: its subnet
// group, its security group and the rule that is left stay as they were asked for last. Whoever
// owned a field of theirs owns it after, so that nothing which their provider filled in, or
// resolved, is asked for.
func (s *Suite) Parts(t *testing.T) {
	c := s.ownNetwork(t)
	s.revoked(t, c)
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

// revoked takes one of two networks out of the settings, and waits until the cloud has one rule.
func (s *Suite) revoked(t *testing.T, claim *unstructured.Unstructured) {
	t.Helper()
	const kind = "SecurityGroupIngressRule"
	group := must(s.Composed(t, claim))(t)["security-group"].GetAnnotations()["crossplane.io/external-name"]
	for _, cidr := range []string{"/10.0.0.0/16", "/10.1.0.0/16"} {
		if _, there := s.Provider.Cloud.Things()[kind+"/"+group+cidr]; !there {
			t.Fatalf("the cloud has no rule %s: %v", group+cidr, s.Provider.Cloud.Names())
		}
	}
	s.Apply(t, letsIn(t, "10.0.0.0/16"))
	s.gone(t, kind, group+"/10.1.0.0/16")
	s.WaitReady(t, claim)
	if composed := must(s.Composed(t, claim))(t); composed["ingress-10-1-0-0-16"] != nil || composed["ingress-10-0-0-0-16"] == nil {
		t.Errorf("%s: composed are %v", plane.RefOf(claim), slices.Sorted(maps.Keys(composed)))
	}
	if _, there := s.Provider.Cloud.Things()[kind+"/"+group+"/10.0.0.0/16"]; !there {
		t.Error("the rule of the other network went as well")
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
