package suite

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// An edit of a live claim that would lose or move its resource, or what is in it. Of some
// only the function knows.
type edit struct {
	path    string
	spec    map[string]any
	policys bool // it is refused by the policy of the claim's env, which no rule of the schema knows
}

// edits of a claim, by what they change.
func edits(claim *unstructured.Unstructured) []edit {
	is, _ := Get(claim, "spec", "provider").(string)
	provider := "gcp"
	if is == "gcp" {
		provider = "aws"
	}
	all := []edit{
		{path: "spec.provider", spec: map[string]any{"provider": provider}},
		{path: "spec.region", spec: map[string]any{"region": "us-east"}},
	}
	switch typeOf(claim) {
	case "cache":
		if is == "gcp" || is == "azure" { // where it is for good
			all = append(all, edit{path: "spec.cache.highAvailability", spec: map[string]any{"cache": map[string]any{"highAvailability": false}}})
		}
		return all
	case "queue":
		if is != "ibm" { // where it is the app's
			all = append(all, edit{path: "spec.queue.retentionDays", spec: map[string]any{"queue": map[string]any{"retentionDays": int64(1)}}, policys: true})
		}
		return all
	case "cluster":
		return append(all, edit{path: "spec.cluster.version", spec: map[string]any{"cluster": map[string]any{"version": "1.34"}}})
	}
	return append(all,
		// The version goes with the engine, or it would be what is refused.
		edit{path: "spec.database.engine", spec: map[string]any{"database": map[string]any{"engine": "mysql", "version": "8.4"}}},
		edit{path: "spec.database.storageGiB", spec: map[string]any{"database": map[string]any{"storageGiB": int64(100)}}},
	)
}

// most are the edits of the claim that has the most.
func most(claims []*unstructured.Unstructured) int {
	n := 0
	for _, c := range claims {
		n = max(n, len(edits(c)))
	}
	return n
}

// Guard edits live claims of every cloud. The API server refuses; without its
// rules the function does, and nothing is deleted or made anew.
func (s *Suite) Guard(t *testing.T) {
	claims := append(oneOfEach(s.Live(t)), inProd(s.Served(t))...)
	before := s.Record(t, claims...)
	t.Run("Admission", func(t *testing.T) {
		for _, c := range claims {
			for _, e := range edits(c) {
				if e.policys {
					continue
				}
				_, err := s.Client.Patch(t.Context(), plane.RefOf(c), map[string]any{"spec": e.spec})
				if refused := (*plane.StatusError)(nil); !errors.As(err, &refused) || !strings.Contains(refused.Message, e.path) {
					t.Errorf("%s: %s is not refused at admission: %v", plane.RefOf(c), e.path, err)
				}
			}
		}
		s.Same(t, before, claims...)
	})
	t.Run("Function", func(t *testing.T) {
		restore := s.withoutRules(t)
		defer restore()
		s.letEdit(t, claims[0], map[string]any{"spec": edits(claims[0])[0].spec})
		for i := range most(claims) {
			edited := slices.DeleteFunc(slices.Clone(claims), func(c *unstructured.Unstructured) bool { return len(edits(c)) <= i })
			for _, c := range edited {
				s.Patch(t, c, map[string]any{"spec": edits(c)[i].spec})
			}
			for _, c := range edited {
				s.WaitSaid(t, c, "Composed", "False", edits(c)[i].path, "on a live "+typeOf(c)+"; set it back to")
			}
			s.Same(t, before, claims...)
			for _, c := range edited {
				s.Patch(t, c, map[string]any{"spec": original(c, edits(c)[i].spec)})
			}
			for _, c := range edited {
				s.WaitSaid(t, c, "Composed", "True")
			}
		}
		s.Change(t, claims...)()
		s.Same(t, before, claims...)
	})
}

// letEdit waits until the API server takes an edit, which it goes on to refuse for a moment
// after a CRD has lost its rules.
func (s *Suite) letEdit(t *testing.T, claim *unstructured.Unstructured, patch map[string]any) {
	t.Helper()
	if err := plane.Wait(t.Context(), Patience, "an edit of "+plane.RefOf(claim).String(), func() error {
		_, err := s.Client.Patch(t.Context(), plane.RefOf(claim), patch)
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// original returns what a claim says in the fields of an edit.
func original(claim *unstructured.Unstructured, spec map[string]any) map[string]any {
	out := map[string]any{}
	for k, v := range spec {
		if inner, ok := v.(map[string]any); ok {
			fields := map[string]any{}
			for f := range inner {
				fields[f] = Get(claim, "spec", k, f)
			}
			out[k] = fields
			continue
		}
		out[k] = Get(claim, "spec", k)
	}
	return out
}

// withoutRules takes the rules on changes out of the claim's schema, until the
// returned function is called. The package that the XRD is from is paused, or it
// would put them back.
func (s *Suite) withoutRules(t *testing.T) (restore func()) {
	t.Helper()
	s.pause(t, "true")
	apiVersion := "apiextensions.crossplane.io/" + map[string]string{"claims": "v1", "namespaced": "v2"}[s.Scope]
	definitions, err := s.Client.List(t.Context(), plane.Kind(apiVersion, "CompositeResourceDefinition"), "", "")
	if err != nil || len(definitions) != 1 {
		t.Fatal("not one XRD:", len(definitions), err)
	}
	versions := Get(definitions[0], "spec", "versions")
	bare := runtime.DeepCopyJSONValue(versions)
	unruled(bare)
	s.define(t, definitions[0], bare, false)
	return func() {
		t.Helper()
		s.define(t, definitions[0], versions, true)
		s.pause(t, nil)
	}
}

// pause or, with nil, resume the revisions of the Configuration.
func (s *Suite) pause(t *testing.T, paused any) {
	t.Helper()
	revisions, err := s.Client.List(t.Context(), plane.Kind("pkg.crossplane.io/v1", "ConfigurationRevision"), "", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range revisions {
		s.Patch(t, r, map[string]any{"metadata": map[string]any{"annotations": map[string]any{"crossplane.io/paused": paused}}})
	}
}

// define gives an XRD other versions, and waits until the CRDs of claim and XR have
// rules on changes, or none.
func (s *Suite) define(t *testing.T, definition *unstructured.Unstructured, versions any, ruled bool) {
	t.Helper()
	s.Patch(t, definition, map[string]any{"spec": map[string]any{"versions": versions}})
	for _, name := range []string{"resources", "xresources"}[:map[string]int{"claims": 2, "namespaced": 1}[s.Scope]] {
		crd := plane.Ref{GVK: plane.Kind("apiextensions.k8s.io/v1", "CustomResourceDefinition"), Name: name + ".platform.victor.onl"}
		if err := plane.Wait(t.Context(), Patience, crd.Name, func() error {
			o, err := s.Client.Get(t.Context(), crd)
			if err != nil {
				return err
			}
			b, err := o.MarshalJSON()
			if err != nil {
				return err
			}
			if has := strings.Contains(string(b), "oldSelf"); has != ruled {
				return fmt.Errorf("it has rules: %t", has)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// unruled removes validation rules.
func unruled(v any) {
	switch v := v.(type) {
	case map[string]any:
		delete(v, "x-kubernetes-validations")
		for _, item := range v {
			unruled(item)
		}
	case []any:
		for _, item := range v {
			unruled(item)
		}
	}
}
