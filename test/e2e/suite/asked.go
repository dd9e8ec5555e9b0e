package suite

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// An asking is what claims ask of their clouds, and what those were ever told.
type asking struct {
	Record      Record
	Specs       map[string]any               // of each composed resource, by claim, name in the composition, kind and UID
	Labels      map[string]map[string]string // of the same
	Annotations map[string]map[string]string
	Updates     []string // that the clouds got
}

// asked is what claims that are ready ask for.
func (s *Suite) asked(t *testing.T, claims []*unstructured.Unstructured) asking {
	t.Helper()
	a := asking{
		Record: s.Record(t, claims...),
		Specs:  map[string]any{}, Labels: map[string]map[string]string{}, Annotations: map[string]map[string]string{},
	}
	for _, update := range s.Provider.Cloud.Updates() {
		if !strings.HasPrefix(update, "update Workspace/") {
			a.Updates = append(a.Updates, update)
		}
	}
	for _, c := range claims {
		for _, o := range s.all(t, c) {
			key := keyOf(c, o)
			dropModule(o)
			a.Specs[key], a.Labels[key], a.Annotations[key] = Get(o, "spec"), o.GetLabels(), o.GetAnnotations()
		}
	}
	return a
}

// dropModule takes the module out of a Workspace: its text differs by version, and an update
// of the Workspace follows, of which make tofu holds that it changes nothing at the cloud.
func dropModule(o *unstructured.Unstructured) {
	if o.GetKind() == "Workspace" {
		unstructured.RemoveNestedField(o.Object, "spec", "forProvider", "module")
	}
}

// dropInsights leaves out what instances of RDS record and export where nobody says it, of which the
// older packages say nothing: it stands in initProvider, and nothing is asked of the cloud.
func dropInsights(a *asking) {
	for _, spec := range a.Specs {
		if spec, ok := spec.(map[string]any); ok {
			unstructured.RemoveNestedField(spec, "initProvider", "performanceInsightsEnabled")
			unstructured.RemoveNestedField(spec, "initProvider", "enabledCloudwatchLogsExports")
			if init, ok := spec["initProvider"].(map[string]any); ok && len(init) == 0 {
				delete(spec, "initProvider")
			}
		}
	}
}

// dropWindows leaves out when databases are backed up, and how far a disk of Cloud SQL may grow, which
// the older packages take back of those that ours made: they have every backup at one hour on Cloud
// SQL and no limit of a disk there, and name no window and no logs on RDS.
func dropWindows(a *asking) {
	for _, spec := range a.Specs {
		if spec, ok := spec.(map[string]any); ok {
			unstructured.RemoveNestedField(spec, "forProvider", "settings", "backupConfiguration", "startTime")
			unstructured.RemoveNestedField(spec, "forProvider", "settings", "diskAutoresizeLimit")
			unstructured.RemoveNestedField(spec, "forProvider", "enabledCloudwatchLogsExports")
			unstructured.RemoveNestedField(spec, "initProvider", "settings", "diskAutoresizeLimit")
			unstructured.RemoveNestedField(spec, "initProvider", "backupWindow")
			if init, ok := spec["initProvider"].(map[string]any); ok && len(init) == 0 {
				delete(spec, "initProvider")
			}
		}
	}
	var others []string
	for _, update := range a.Updates {
		if !strings.HasPrefix(update, "update DatabaseInstance/") && !strings.HasPrefix(update, "update Instance/") {
			others = append(others, update)
		}
	}
	a.Updates = others
}

// dropPlace leaves out where a parameter group has its parameters, and whether its provider fills in
// more: the older packages ask for the same ones again and again, and take back what was tuned.
func dropPlace(a *asking) {
	for key, spec := range a.Specs {
		spec, ok := spec.(map[string]any)
		if !ok || !strings.Contains(key, " ParameterGroup ") {
			continue
		}
		init, _ := spec["initProvider"].(map[string]any)
		body, _ := spec["forProvider"].(map[string]any)
		if init["parameter"] != nil && body["parameter"] == nil {
			body["parameter"] = init["parameter"]
		}
		delete(spec, "initProvider")
		delete(spec, "managementPolicies")
	}
}

// same fails the test unless claims ask for what they asked for before, but for what is left out of
// both. Annotations may have come.
func (s *Suite) same(t *testing.T, before asking, claims []*unstructured.Unstructured, leaveOut ...func(*asking)) {
	t.Helper()
	after := s.asked(t, claims)
	for _, leave := range leaveOut {
		leave(&before)
		leave(&after)
	}
	for key, had := range before.Annotations {
		now := after.Annotations[key]
		maps.DeleteFunc(now, func(name, _ string) bool { _, old := had[name]; return !old })
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Fatalf("something else is asked for: -before, +after:\n%s", diff)
	}
}

// look has the functions look at claims without a change: what the last step wrote in the
// status of each XR is overwritten, and comes back.
func (s *Suite) look(t *testing.T, claims []*unstructured.Unstructured) {
	t.Helper()
	written := []string{"status", "cost", "tags", "project"}
	was := map[plane.Ref]any{}
	for _, c := range claims {
		xr := must(s.XR(t, c))(t)
		was[plane.RefOf(xr)] = Get(xr, written...)
		patch := map[string]any{"status": map[string]any{"cost": map[string]any{"tags": map[string]any{"project": "overwritten"}}}}
		if _, err := s.Client.Patch(t.Context(), plane.RefOf(xr), patch, "status"); err != nil {
			t.Fatal(err)
		}
	}
	for r, value := range was {
		if err := plane.Wait(t.Context(), Patience, "a look at "+r.String(), func() error {
			o, err := s.Client.Get(t.Context(), r)
			if err == nil && Get(o, written...) != value {
				err = fmt.Errorf("%s is %v, not %v: %s", strings.Join(written, "."), Get(o, written...), value, said(o))
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}
