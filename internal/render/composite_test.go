package render

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"
)

// TestOfClaim holds what becomes of each field that Crossplane gives the spec of every claim,
// and of labels and annotations of Kubernetes' own.
func TestOfClaim(t *testing.T) {
	const claim = `
apiVersion: platform.victor.onl/v1alpha1
kind: Resource
metadata:
  name: main
  namespace: payments-prod-infra
  labels: {team: a, app.kubernetes.io/name: b, k8s.io/c: d}
  annotations: {note: b, kubectl.kubernetes.io/last-applied-configuration: "{}"}
spec:
  provider: gcp
  compositeDeletePolicy: Background
  compositionRef: {name: c}
  compositionRevisionRef: {name: r}
  compositionRevisionSelector: {matchLabels: {channel: stable}}
  compositionSelector: {matchLabels: {provider: gcp}}
  compositionUpdatePolicy: POLICY
  publishConnectionDetailsTo: {name: p}
  resourceRef: {apiVersion: a, kind: b, name: c}
  writeConnectionSecretToRef: {name: s}
`
	cases := map[string]struct{ reason, policy, want string }{
		"Automatic": {
			"A revision is the XR's own to choose.", "Automatic",
			"claimRef compositionRef compositionRevisionSelector compositionSelector compositionUpdatePolicy provider",
		},
		"Manual": {
			"A revision that a person chose is copied.", "Manual",
			"claimRef compositionRef compositionRevisionRef compositionRevisionSelector compositionSelector compositionUpdatePolicy provider",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			b, err := XR([]byte(strings.Replace(claim, "POLICY", tc.policy, 1)), ScopeClaim, "")
			if err != nil {
				t.Fatal(err)
			}
			var xr struct {
				Metadata struct{ Labels, Annotations map[string]string }
				Spec     map[string]any
			}
			if err := yaml.Unmarshal(b, &xr); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, strings.Join(sorted(xr.Spec), " ")); diff != "" {
				t.Errorf("\n%s\nXR(): spec: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff("crossplane.io/claim-name crossplane.io/claim-namespace team", strings.Join(sorted(xr.Metadata.Labels), " ")); diff != "" {
				t.Errorf("\n%s\nXR(): labels: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(map[string]string{"note": "b"}, xr.Metadata.Annotations); diff != "" {
				t.Errorf("\n%s\nXR(): annotations: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestLists holds that what kubectl prints of several objects is read, and what make render
// prints: of a List its items, and of a render all but the XR.
func TestLists(t *testing.T) {
	const (
		claim  = "apiVersion: platform.victor.onl/v1alpha1\nkind: Resource\nmetadata: {name: a, namespace: b-dev-infra}\nspec: {}\n"
		secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: p, annotations: {crossplane.io/composition-resource-name: password}}\n"
		config = "apiVersion: apiextensions.crossplane.io/v1beta1\nkind: EnvironmentConfig\nmetadata: {name: platform}\ndata: {}\n"
		xr     = "apiVersion: platform.victor.onl/v1alpha1\nkind: XResource\nmetadata: {name: a-12345}\nstatus: {}\n"
		result = "apiVersion: render.crossplane.io/v1beta1\nkind: Result\nmessage: a\n"
	)
	list := func(kind string, objects ...string) string {
		lines := []string{"apiVersion: v1\nkind: " + kind + "\nitems:"}
		for _, o := range objects {
			lines = append(lines, "- "+strings.ReplaceAll(strings.TrimSpace(o), "\n", "\n  "))
		}
		return strings.Join(lines, "\n") + "\n"
	}
	cases := map[string]struct{ reason, settings, observed, wantSettings, wantObserved string }{
		"Plain":  {"An object a document is read as it is.", config, secret, "EnvironmentConfig", "Secret"},
		"List":   {"The items of a List are the objects.", list("List", config), list("List", secret, secret), "EnvironmentConfig", strings.Repeat(" Secret", 2)[1:]},
		"Kind":   {"A list of one kind has items too.", list("EnvironmentConfigList", config), list("SecretList", secret), "EnvironmentConfig", "Secret"},
		"Nested": {"A List of Lists has objects at its end.", config, list("List", list("List", secret)), "EnvironmentConfig", "Secret"},
		"Render": {"Of a render the XR and its results are no composed resources.", config, xr + "---\n" + secret + "---\n" + result, "EnvironmentConfig", "Secret"},
		"Empty":  {"An empty List has nothing.", config, list("List"), "EnvironmentConfig", ""},
		"XRs":    {"A claim in a List is no composed resource either.", config, list("List", claim, secret), "EnvironmentConfig", "Secret"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := func(name, content string) string {
				path := filepath.Join(dir, name)
				if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
					t.Fatal(err)
				}
				return path
			}
			r := &Renderer{dir: t.TempDir()}
			got, err := r.prepare(Request{
				Claim: file("claim.yaml", claim), Settings: []string{file("s.yaml", tc.settings)}, Observed: file("o.yaml", tc.observed), Scope: ScopeClaim,
			})
			if err != nil {
				t.Fatalf("\n%s\nprepare(): %v", tc.reason, err)
			}
			for path, want := range map[string]string{got.settings: tc.wantSettings, got.observed: tc.wantObserved} {
				var kinds []string
				if path != "" {
					objects, err := read(path)
					if err != nil {
						t.Fatal(err)
					}
					for _, o := range objects {
						kinds = append(kinds, o.text("kind"))
					}
				}
				if diff := cmp.Diff(want, strings.Join(kinds, " ")); diff != "" {
					t.Errorf("\n%s\nprepare(): -want, +got:\n%s", tc.reason, diff)
				}
			}
		})
	}
	r := &Renderer{dir: t.TempDir()}
	path := filepath.Join(t.TempDir(), "o.yaml")
	if err := os.WriteFile(path, []byte(list("List", strings.Replace(secret, "crossplane.io/composition-resource-name", "other", 1))), 0o600); err != nil {
		t.Fatal(err)
	}
	claimPath := filepath.Join(t.TempDir(), "claim.yaml")
	if err := os.WriteFile(claimPath, []byte(claim), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := r.prepare(Request{Claim: claimPath, Observed: path, Scope: ScopeClaim})
	if err == nil || !strings.Contains(err.Error(), `Secret "p" has no annotation`) {
		t.Errorf("an item that is nobody's: %v", err)
	}
}

func sorted[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }
