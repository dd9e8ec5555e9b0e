package check

import (
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// FuzzCheck holds that no claim makes the checker panic, that what it finds is in the file,
// and one sentence, and that a claim which it takes has the form of a claim.
func FuzzCheck(f *testing.F) {
	for _, s := range []string{
		good, "apiVersion: platform.victor.onl/v1alpha1\nkind: Resource\n", strings.Replace(good, "spec:", "spec: [1]\nx:", 1),
		strings.Replace(good, "labels:", "labels: 5\n  x:", 1), strings.Replace(good, "{engine: postgres}", "null", 1),
		strings.Replace(good, "small", "{a: 1e999}", 1), "{\"apiVersion\": \"platform.victor.onl/v1alpha1\", \"kind\": \"Resource\", \"metadata\": null, " +
			"\"spec\": {}}",
		good + "---\n" + good + "---\n" + entity + "---\n" + namespace,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := Run(t.Context(), Options{Paths: []string{"-"}, Scope: render.ScopeClaim, Stdin: strings.NewReader(text)})
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range r.Findings {
			if last := strings.Count(text, "\n") + 1; one.Line < 1 || one.Line > last {
				t.Errorf("line %d of %d: %s", one.Line, last, one.Text)
			}
			if one.Text == "" || one.Rule == "" {
				t.Errorf("says nothing: %+v", one)
			}
		}
		if r.Claims > 0 && r.Count(report.Error) == 0 && !strings.Contains(text, "spec") {
			t.Error("a claim without a spec is taken")
		}
	})
}
