package reports

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/render"
)

// rendered are the inputs that go through make render, which is the Crossplane CLI.
var rendered = []string{"render-composite-delete-policy", "render-observed-list"}

// TestRender holds that what kubectl prints can be rendered as it is.
func TestRender(t *testing.T) {
	abs := func(path string) string {
		p, err := filepath.Abs(path)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	example := abs(root + "/examples/claims/payments-prod-infra/cloudsql-main.yaml")
	cases := map[string]struct {
		reason string
		q      render.Request
		want   string
	}{
		"render-composite-delete-policy": {
			reason: "Crossplane gives each claim a compositeDeletePolicy, and does not copy it to the XR.",
			q:      render.Request{Claim: abs("testdata/render-composite-delete-policy.yaml")},
			want:   "gcp-payments-dev-one",
		},
		"render-observed-list": {
			reason: "What kubectl get prints is a List, whose items are the observed resources.",
			q:      render.Request{Claim: example, Observed: abs("testdata/render-observed-list.yaml")},
			want:   "cGFzc3dvcmQxMjM0NTY=",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			tc.q.Scope = render.ScopeClaim
			tc.q.Settings = []string{abs(root + "/examples/settings/platform-prod.yaml"), abs(root + "/examples/settings/platform-dev.yaml")}
			got, err := renderer.Render(t.Context(), tc.q)
			if err != nil {
				t.Fatalf("%s\n%v", tc.reason, err)
			}
			if !bytes.Contains(got, []byte(tc.want)) {
				t.Errorf("%s\n%q is missing in:\n%s", tc.reason, tc.want, got)
			}
		})
	}
	t.Run("its own output", func(t *testing.T) {
		q := render.Request{Claim: example, Scope: render.ScopeClaim, Settings: []string{abs(root + "/examples/settings/platform-prod.yaml")}}
		first, err := renderer.Render(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		q.Observed = filepath.Join(t.TempDir(), "rendered.yaml")
		if err := os.WriteFile(q.Observed, first, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := renderer.Render(t.Context(), q); err != nil {
			t.Errorf("what make render prints can be given to it as observed, without its XR: %v", err)
		}
	})
}
