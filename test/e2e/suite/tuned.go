package suite

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// Tuned has somebody tune the parameter groups of a database and a cache in AWS' console. It stays
// through ten changes of the claims, each of which reaches the groups as a tag. Where somebody
// takes away what the claims ask for, that alone is put back.
func (s *Suite) Tuned(t *testing.T) {
	claims := Only(Examples(t), "payments-dev-infra/rds-main", "payments-dev-infra/elasticache-main")
	for _, c := range claims {
		s.Apply(t, c)
	}
	s.WaitReady(t, claims...)
	groups := map[*unstructured.Unstructured]*unstructured.Unstructured{}
	for _, c := range claims {
		for name, o := range must(s.Composed(t, c))(t) {
			if strings.HasPrefix(name, "parameter-group-") {
				groups[c] = o
			}
		}
		if groups[c] == nil {
			t.Fatalf("%s has no parameter group", plane.RefOf(c))
		}
		own := s.parametersOf(t, groups[c])
		s.tune(t, c, groups[c], append(slices.Clone(own), "tuned=by hand"))
	}
	for range 10 {
		s.Change(t, claims...)()
	}
	for _, c := range claims {
		tuned := s.parametersOf(t, groups[c])
		if !slices.Contains(tuned, "tuned=by hand") || len(tuned) != 2 {
			t.Fatalf("%s: what was tuned by hand is %v after ten changes", plane.RefOf(c), tuned)
		}
		s.Provider.Cloud.Alter("ParameterGroup", nameOfGroup(groups[c]), map[string]any{"parameter": parameters("tuned=by hand")})
		s.Provider.Look(plane.RefOf(groups[c]))
		s.waitFor(t, c, "its own parameter", func(*unstructured.Unstructured) error {
			if now := s.parametersOf(t, groups[c]); !cmp.Equal(tuned, now) {
				return fmt.Errorf("the group has %v, not yet %v", now, tuned)
			}
			return nil
		})
	}
	s.WaitReady(t, claims...)
}

// tune has the cloud have the parameters in a group, and waits until its provider has seen them.
func (s *Suite) tune(t *testing.T, claim, group *unstructured.Unstructured, tuned []string) {
	t.Helper()
	s.Provider.Cloud.Alter("ParameterGroup", nameOfGroup(group), map[string]any{"parameter": parameters(tuned...)})
	s.Provider.Look(plane.RefOf(group))
	s.waitFor(t, claim, "what was tuned", func(*unstructured.Unstructured) error {
		o, err := s.Client.Get(t.Context(), plane.RefOf(group))
		if err != nil {
			return err
		}
		if list, _ := Get(o, "status", "atProvider", "parameter").([]any); len(list) != len(tuned) {
			return fmt.Errorf("its status has %v", list)
		}
		return nil
	})
}

func nameOfGroup(group *unstructured.Unstructured) string {
	return group.GetAnnotations()["crossplane.io/external-name"]
}

// parametersOf are the parameters that the cloud has in a group, each as name=value, in order.
func (s *Suite) parametersOf(t *testing.T, group *unstructured.Unstructured) []string {
	t.Helper()
	list, _ := s.Provider.Cloud.Has("ParameterGroup", nameOfGroup(group))["parameter"].([]any)
	var found []string
	for _, v := range list {
		p, _ := v.(map[string]any)
		found = append(found, fmt.Sprintf("%v=%v", p["name"], p["value"]))
	}
	slices.Sort(found)
	return found
}

// parameters are what parametersOf found, as a group has them.
func parameters(said ...string) []any {
	var list []any
	for _, p := range said {
		name, value, _ := strings.Cut(p, "=")
		list = append(list, map[string]any{"name": name, "value": value})
	}
	return list
}
