package crds

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"
)

// TestEmitted holds the name of each kind against its CRD in the snapshot.
func TestEmitted(t *testing.T) {
	const root = "../.."
	for _, namespaced := range []bool{false, true} {
		kinds, err := Emitted(root, namespaced)
		if err != nil || len(kinds) == 0 {
			t.Fatalf("%d kinds: %v", len(kinds), err)
		}
		for _, want := range kinds {
			b, err := os.ReadFile(filepath.Join(root, Folder, want.Group+"_"+want.Plural+".yaml"))
			if err != nil {
				t.Fatal(err)
			}
			var crd struct {
				Spec struct {
					Group string `json:"group"`
					Names struct {
						Kind   string `json:"kind"`
						Plural string `json:"plural"`
					} `json:"names"`
					Versions []struct {
						Name string `json:"name"`
					} `json:"versions"`
				} `json:"spec"`
			}
			if err := yaml.Unmarshal(b, &crd); err != nil {
				t.Fatal(err)
			}
			got := want
			got.Group, got.Plural, got.Kind.Kind = crd.Spec.Group, crd.Spec.Names.Plural, crd.Spec.Names.Kind
			for _, v := range crd.Spec.Versions {
				got.Version = v.Name
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: -emitted, +CRD:\n%s", want.CRD(), diff)
			}
		}
	}
	if _, err := Emitted(t.TempDir(), false); err == nil {
		t.Error("kinds that no CRD serves are emitted")
	}
}
