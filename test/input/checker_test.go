package input

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/cmd/claims/check"
	"github.com/victor-onl/crossplane-resources/cmd/claims/pipeline"
	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// checked are the sentences by which the checker refuses a claim, over a base where there is
// one, in order.
func checked(t *testing.T, manifest, base string) []string {
	t.Helper()
	dir := t.TempDir()
	o := check.Options{Paths: []string{filepath.Join(dir, "now")}, Scope: render.ScopeClaim}
	files := map[string]string{"now": manifest}
	if base != "" {
		files["base"], o.Base = base, filepath.Join(dir, "base")
	}
	for folder, text := range files {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, folder, "claim.yaml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r, err := check.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range r.Findings {
		if f.Severity != report.Notice && f.Rule != "labels" {
			out = append(out, f.Text)
		}
	}
	slices.Sort(out)
	return out
}

// apart are the sentences of an error that tells several mistakes, in order.
func apart(said string) []string {
	if said == "" {
		return nil
	}
	out := strings.Split(said, "; and ")
	slices.Sort(out)
	return out
}

// TestCheckerRefuses holds that the checker refuses each mistake in a new claim by the
// sentences of make render, and by nothing else: where the API server refuses the same
// field, the platform's sentence is the one.
func TestCheckerRefuses(t *testing.T) {
	server := claimServer(t)
	for _, m := range mistakes {
		t.Run(m.what, func(t *testing.T) {
			manifest := strings.Replace(good, m.old, m.now, 1)
			api, want, got := apiSays(server.Create(decoded(t, manifest))), apart(renderSays(t, manifest)), checked(t, manifest, "")
			if !slices.Equal(want, got) {
				t.Errorf("make render says %q, an API server %q, and the checker %q", want, api, got)
			}
		})
	}
	if got := checked(t, good, ""); len(got) > 0 {
		t.Errorf("a good claim is refused: %q", got)
	}
}

// TestCheckerEdits holds that the checker refuses each edit that an API server refuses once
// the database is made, and in the words of the function over what the claim has made.
func TestCheckerEdits(t *testing.T) {
	server, refused := claimServer(t), 0
	for _, e := range edits {
		t.Run(e.what, func(t *testing.T) {
			before, after := edited(e.before), edited(e.after)
			api := apiSays(server.Update(withStatus(t, before, true), decoded(t, after)))
			function, got := overLive(t, before, after), checked(t, after, before)
			if api != "" {
				refused++
			}
			if strings.Contains(e.before, `"13"`) { // nobody makes it any more, so that it was not made here
				if len(got) != 2 || !strings.HasPrefix(got[0], `spec.database.version: "13" is not offered`) {
					t.Errorf("the checker says %q", got)
				}
				return
			}
			if want := apart(function); !slices.Equal(want, got) || about(api) != about(function) {
				t.Errorf("an API server says %q, the function %q, and the checker %q", api, function, got)
			}
		})
	}
	if refused < 4 {
		t.Errorf("only %d edits were refused", refused)
	}
}

// about is what a sentence is about, and what cannot become of it. The values may differ: the
// function has a region in its cloud's own words, which no API server knows.
func about(said string) string {
	path, rest, _ := strings.Cut(said, ": ")
	return path + strings.Repeat(" cannot become", strings.Count(rest, "cannot become"))
}

// overLive is what the functions, as they run, say of an edit over what the claim has made.
func overLive(t *testing.T, before, after string) string {
	t.Helper()
	p, err := pipeline.New(pipeline.Assumed(), nil)
	if err != nil {
		t.Fatal(err)
	}
	live, err := p.Live(t.Context(), xrOf(t, before))
	if err != nil {
		t.Fatal(err)
	}
	xr := xrOf(t, after)
	pipeline.Show(xr, live.Status)
	settings := &structpb.Struct{}
	for _, s := range pipeline.Assumed() {
		o := object.New(s)
		if object.String(o, "metadata", "name") == "platform-dev" {
			settings = o
		}
	}
	rsp, err := renderer.Pipeline(t.Context(), &fnv1.RunFunctionRequest{
		Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: xr}, Resources: maps.Clone(live.Observed)},
		RequiredResources: map[string]*fnv1.Resources{
			"settings": {}, "settings-env": {Items: []*fnv1.Resource{{Resource: settings}}}, "settings-project": {},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return render.Fatal(rsp)
}

func xrOf(t *testing.T, manifest string) *structpb.Struct {
	t.Helper()
	xr, err := render.XR([]byte(manifest), render.ScopeClaim, "")
	if err != nil {
		t.Fatal(err)
	}
	return fromYAML(t, string(xr))
}
