// Package reports runs small inputs that once ended wrong, made after public reports of
// people who do this job, through the functions as they run. Each is an example of a kind
// of fault; the kinds have tests of their own, beside the code that has the rule.
package reports

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

const root = "../.."

var renderer *render.Renderer

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := filepath.Abs(root)
	if err == nil {
		bin := filepath.Join(dir, ".cache", "bin")
		renderer, err = render.Start(context.Background(), dir, filepath.Join(bin, "crossplane-cli-v2.5.0"), filepath.Join(bin, "crossplane-core-v2.4.0"))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "cannot start the functions; run make test, which builds them:", err)
		return 1
	}
	defer renderer.Close()
	return m.Run()
}

// A report is one input and how it ends.
type report struct {
	reason string
	step   string // the one function that runs; "" for the pipeline
	edit   string // of the XR's spec, before it runs
	want   []want
}

// A want is one thing that is so in the end.
type want func(*fnv1.RunFunctionResponse) error

// TestReports holds each input of testdata that functions answer. A file without a row
// here, or in TestRender, is an error.
func TestReports(t *testing.T) {
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	known := slices.Clone(rendered)
	for name := range reports {
		known = append(known, strings.TrimSuffix(name, ", "+reports[name].edit))
	}
	slices.Sort(known)
	var there []string
	for _, f := range files {
		there = append(there, strings.TrimSuffix(filepath.Base(f), ".yaml"))
	}
	slices.Sort(there)
	if diff := cmp.Diff(slices.Compact(known), there); diff != "" {
		t.Fatalf("inputs in the tables, and in testdata: -table, +testdata:\n%s", diff)
	}
	for name, r := range reports {
		t.Run(name, func(t *testing.T) {
			rsp := r.run(t, strings.TrimSuffix(name, ", "+r.edit))
			for _, holds := range r.want {
				if err := holds(rsp); err != nil {
					t.Errorf("%s\n%v", r.reason, err)
				}
			}
			if t.Failed() {
				t.Log(summary(rsp))
			}
		})
	}
}

func (r report) run(t *testing.T, name string) *fnv1.RunFunctionResponse {
	t.Helper()
	req, settings := request(t, filepath.Join("testdata", name+".yaml"))
	if key, value, ok := strings.Cut(r.edit, ": "); ok {
		object.Set(req.GetObserved().GetComposite().GetResource(), value, append([]string{"spec"}, strings.Split(key, ".")...)...)
	}
	call := renderer.Pipeline
	if r.step != "" {
		call = func(ctx context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
			return renderer.Step(ctx, r.step, req)
		}
	} else {
		asks, err := renderer.Step(t.Context(), render.Functions[0], proto.CloneOf(req))
		if err != nil {
			t.Fatal(err)
		}
		answer(req, asks, settings)
	}
	rsp, err := call(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	return rsp
}

// summary is what functions said and composed.
func summary(rsp *fnv1.RunFunctionResponse) string {
	var b strings.Builder
	for _, r := range rsp.GetResults() {
		fmt.Fprintf(&b, "%s: %s\n", r.GetSeverity(), r.GetMessage())
	}
	for _, c := range rsp.GetConditions() {
		fmt.Fprintf(&b, "%s %s %s: %s\n", c.GetType(), c.GetStatus(), c.GetReason(), c.GetMessage())
	}
	for name, r := range rsp.GetDesired().GetResources() {
		fmt.Fprintf(&b, "%s: %s\n", name, object.Show(structpb.NewStructValue(r.GetResource())))
	}
	return b.String()
}
