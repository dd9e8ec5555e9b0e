package provider

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/types"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// TestGoldens holds that the stand-in's clouds take what is composed of each example of a
// cache, a queue and a cluster, in some order, and a second time without a change.
func TestGoldens(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../render/testdata/*/*-claim.yaml")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		ofOne := func(typ string) bool { return strings.Contains(string(b), "requested-type: "+typ) }
		if !slices.ContainsFunc([]string{"cache", "queue", "cluster"}, ofOne) {
			continue
		}
		seen++
		objects, err := plane.Parse(b)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(filepath.Base(filepath.Dir(f))+"/"+filepath.Base(f), func(t *testing.T) {
			t.Parallel()
			c, refusals := newCloud(), map[string]string{}
			for range 2 * len(objects) { // what one needs may be made after it
				clear(refusals)
				for _, o := range objects {
					if strings.HasSuffix(o.GroupVersionKind().Group, ".upbound.io") {
						o.SetUID(types.UID(o.GetName()))
						if refusal := c.Round(o).Refusal; refusal != "" {
							refusals[o.GetKind()+"/"+o.GetName()] = refusal
						}
					}
				}
			}
			if len(c.Things()) == 0 {
				t.Error("nothing was made")
			}
			for of, refusal := range refusals {
				t.Errorf("%s: %s", of, refusal)
			}
			if updates := c.Updates(); len(updates) > 0 {
				t.Errorf("what is asked for again is another one: %v", updates)
			}
		})
	}
	if seen == 0 {
		t.Fatal("no golden is of a cache, a queue or a cluster")
	}
}
