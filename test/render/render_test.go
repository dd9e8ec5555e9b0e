// Package render renders every example by the real Crossplane CLI and core, and checks
// every desired object against the providers' CRDs. As a claim an example is compared
// with its golden, and as a namespaced XR with the same golden in another envelope.
package render

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/render"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

const root = "../.."

var update = flag.Bool("update", false, "write the goldens instead of comparing with them")

// password is the one thing that a render makes anew each time.
var password = regexp.MustCompile(`(?m)^  password: .*$`)

// module is what every Workspace of IBM has alike; its text has tests of its own.
var module = regexp.MustCompile(`(?m)^(    module: )\|\n((      .*)?\n)+`)

var (
	renderer *render.Renderer
	checker  *crds.Checker
)

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := filepath.Abs(root)
	if err == nil {
		err = os.Setenv("FUNCTION_TODAY", "2026-11-27") // the goldens are of that day
	}
	if err == nil {
		bin := filepath.Join(dir, ".cache", "bin")
		renderer, err = render.Start(context.Background(), dir, filepath.Join(bin, "crossplane-cli-v2.5.0"), filepath.Join(bin, "crossplane-core-v2.4.0"))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "cannot start the functions; run make test, which builds them:", err)
		return 1
	}
	defer renderer.Close()
	if checker, err = crds.Load(); err != nil {
		fmt.Fprintln(os.Stderr, "cannot read the providers' CRDs:", err)
		return 1
	}
	return m.Run()
}

func abs(t *testing.T, path string) string {
	t.Helper()
	p, err := filepath.Abs(filepath.Join(root, path))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func settings(t *testing.T) []string {
	t.Helper()
	return []string{
		abs(t, "examples/settings/platform-prod.yaml"), abs(t, "examples/settings/platform-dev.yaml"),
		abs(t, "examples/settings/platform-staging-subnets.yaml"),
	}
}

// claims of the examples.
func claims(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(root + "/examples/claims/*/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no example claims", err)
	}
	return files
}

// golden is the file below testdata of a claim.
func golden(claim string) string {
	return filepath.Join(filepath.Base(filepath.Dir(claim)), strings.TrimSuffix(filepath.Base(claim), ".yaml")+"-claim.yaml")
}

func TestGoldens(t *testing.T) {
	for _, claim := range claims(t) {
		t.Run(golden(claim), func(t *testing.T) {
			got := byRender(t, claim, render.ScopeClaim)
			check(t, checker, got)
			got = settled(got)
			file := filepath.Join("testdata", golden(claim))
			if *update {
				if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, got, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Errorf("render: -want, +got:\n%s", diff)
			}
		})
	}
}

// TestOneGolden holds that there is one golden a claim, and no golden of none.
func TestOneGolden(t *testing.T) {
	var want []string
	for _, claim := range claims(t) {
		want = append(want, filepath.Join("testdata", golden(claim)))
	}
	got, err := filepath.Glob("testdata/*/*")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("goldens: -of the claims, +in testdata:\n%s", diff)
	}
}

// settled takes out of a render what a golden does not hold.
func settled(rendered []byte) []byte {
	rendered = password.ReplaceAll(rendered, []byte("  password: bWFkZS1vbmNl"))
	return module.ReplaceAll(rendered, []byte("${1}functions/multicloud-db/modules\n"))
}

// check holds every composed resource of a render against the CRDs.
func check(t *testing.T, checker *crds.Checker, rendered []byte) {
	t.Helper()
	checked := 0
	for doc := range bytes.SplitSeq(rendered, []byte("\n---\n")) {
		o := map[string]any{}
		if err := yaml.Unmarshal(bytes.TrimPrefix(doc, []byte("---\n")), &o); err != nil {
			t.Fatal(err)
		}
		if o["apiVersion"] == "platform.victor.onl/v1alpha1" {
			continue
		}
		if err := checker.Check(o); err != nil {
			t.Errorf("%s %s: %v", o["apiVersion"], o["kind"], err)
		}
		checked++
	}
	if checked == 0 {
		t.Error("no composed resource is rendered")
	}
}

// TestRefused shows that a fatal result of a function ends the real reconciler,
// which then leaves every composed resource alone, with the sentence intact.
func TestRefused(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	const head = "apiVersion: platform.victor.onl/v1alpha1\nkind: Resource\nmetadata: {name: main, namespace: payments-prod-infra}\nspec:\n"
	cases := map[string]struct{ reason, claim, observed, want string }{
		"Profile": {
			reason: "An unknown profile lists those that exist.",
			claim:  head + "  {provider: gcp, profile: huge, region: eu-west, database: {engine: postgres}}",
			want:   `spec.profile: "huge" is not allowed; allowed are nano, small, medium, large, xlarge`,
		},
		"Moved": {
			reason: "A live database is not moved.",
			claim:  head + "  {provider: gcp, profile: small, region: eu-north, database: {engine: postgres}}",
			observed: "apiVersion: sql.gcp.upbound.io/v1beta2\nkind: DatabaseInstance\nmetadata: {name: a, annotations: " +
				"{crossplane.io/composition-resource-name: instance, platform.victor.onl/requested-region: europe-west1}}\nstatus: {atProvider: {id: x}}\n",
			want: `spec.region: "europe-west1" cannot become "europe-north1" on a live database`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			q := render.Request{Claim: write(name+".yaml", tc.claim), Settings: settings(t), Scope: render.ScopeClaim}
			if tc.observed != "" {
				q.Observed = write(name+"-observed.yaml", tc.observed)
			}
			_, err := renderer.Render(t.Context(), q)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("\n%s\nRender(): want %q, got %v", tc.reason, tc.want, err)
			}
		})
	}
}
