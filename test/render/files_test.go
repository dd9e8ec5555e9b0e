package render

import (
	"bytes"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/render"
)

// TestFiles renders the files that the README names for those who have a CLI of
// their own, with an engine of ours in place of Docker: XRs of claims by the
// Composition of all providers and by their provider's own, and claims as
// namespaced XRs. What comes out is what make render gives.
func TestFiles(t *testing.T) {
	xrs, err := filepath.Glob(root + "/examples/xrs/*.yaml")
	if err != nil || len(xrs) == 0 {
		t.Fatal("no example XRs", err)
	}
	for _, xr := range xrs {
		name := filepath.Base(xr)
		claim := filepath.Join(root, "examples/claims/payments-prod-infra", name)
		provider := map[string]string{"cloudsql": "gcp", "rds": "aws", "azure": "azure", "ibm": "ibm"}[strings.Split(name, "-")[0]]
		asClaim, asXR := byRender(t, claim, render.ScopeClaim), byRender(t, claim, render.ScopeNamespaced)
		for composition, file := range map[string]string{
			"apis/claims/composition.yaml":                      xr,
			"apis/claims/composition-" + provider + ".yaml":     xr,
			"apis/namespaced/composition.yaml":                  claim,
			"apis/namespaced/composition-" + provider + ".yaml": claim,
		} {
			t.Run(name+"/"+composition, func(t *testing.T) {
				want := asClaim
				if strings.Contains(composition, "namespaced") {
					want = asXR
				}
				if diff := cmp.Diff(string(settled(want)), string(settled(byCLI(t, file, composition)))); diff != "" {
					t.Errorf("-make render, +crossplane render:\n%s", diff)
				}
			})
		}
	}
}

// byRender is what make render gives.
func byRender(t *testing.T, claim, scope string) []byte {
	t.Helper()
	out, err := renderer.Render(t.Context(), render.Request{Claim: claim, Settings: settings(t), Scope: scope})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// byCLI is what a user runs, but for the flag that takes Docker's place.
func byCLI(t *testing.T, xr, composition string) []byte {
	t.Helper()
	definition := filepath.Join(filepath.Dir(composition), "definition.yaml")
	c := exec.CommandContext(t.Context(), abs(t, ".cache/bin/crossplane-cli-v2.5.0"), "render", //nolint:gosec // The pinned CLI.
		xr, filepath.Join(root, composition), renderer.FunctionsFile(), "--xrd="+filepath.Join(root, definition),
		"--required-resources="+root+"/examples/settings/platform-prod.yaml", "--crossplane-binary="+abs(t, ".cache/bin/crossplane-core-v2.4.0"))
	var said bytes.Buffer
	c.Stderr = &said
	out, err := c.Output()
	if err != nil {
		t.Fatal(err, said.String())
	}
	return out
}

// TestFunctions holds that the functions of the examples are those that the
// Compositions call.
func TestFunctions(t *testing.T) {
	b, err := os.ReadFile(root + "/examples/functions.yaml")
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for doc := range bytes.SplitSeq(b, []byte("\n---\n")) {
		var o struct {
			Metadata struct {
				Name string `json:"name"`
			} `json:"metadata"`
		}
		if err := yaml.Unmarshal(doc, &o); err != nil {
			t.Fatal(err)
		}
		names[o.Metadata.Name] = true
	}
	if diff := cmp.Diff(slices.Sorted(slices.Values(render.Functions)), slices.Sorted(maps.Keys(names))); diff != "" {
		t.Errorf("examples/functions.yaml: -want, +got:\n%s", diff)
	}
}
