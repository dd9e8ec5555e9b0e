package pipeline

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

const root = "../../.."

// xr is what becomes of a claim.
func xr(t *testing.T, manifest, scope string) *structpb.Struct {
	t.Helper()
	o := map[string]any{}
	if err := yaml.Unmarshal([]byte(manifest), &o); err != nil {
		t.Fatal(err)
	}
	body, err := render.XROf(o, scope, "")
	if err != nil {
		t.Fatal(err)
	}
	s, err := structpb.NewStruct(body)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func examples(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	files, err := filepath.Glob(root + "/examples/claims/*/*.yaml")
	if err != nil || len(files) < 40 {
		t.Fatal("no examples", err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Base(filepath.Dir(f))+"/"+filepath.Base(f)] = string(b)
	}
	return out
}

// TestLive holds of all examples, in both scopes, that what they compose is made and shown,
// that nothing changes any more then, and that a claim which nobody edits is never refused.
func TestLive(t *testing.T) {
	given, err := render.Settings(root + "/examples/settings")
	if err != nil {
		t.Fatal(err)
	}
	for from, settings := range map[string][]map[string]any{"given": given, "assumed": Assumed()} {
		p, err := New(settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		were, err := New(settings, nil)
		if err != nil {
			t.Fatal(err)
		}
		for name, manifest := range examples(t) {
			for _, scope := range []string{render.ScopeClaim, render.ScopeNamespaced} {
				t.Run(from+"/"+scope+"/"+name, func(t *testing.T) {
					first := xr(t, manifest, scope)
					was := proto.CloneOf(first)
					if _, err := p.Run(t.Context(), first, nil); err != nil || !proto.Equal(was, first) {
						t.Errorf("its XR is not left as it is, %v", err)
					}
					live, err := p.Live(t.Context(), first)
					if err != nil || live.Refusal != "" {
						t.Fatal(live.Refusal, err)
					}
					if made, _ := object.Bool(live.Status, "resource", "made"); !made || live.Name() == "" || live.Region() == "" || live.Main() == nil {
						t.Fatalf("it is not made: %v", live.Status)
					}
					Show(first, live.Status)
					again, err := p.Run(t.Context(), first, live.Observed)
					if err != nil || again.Refusal != "" {
						t.Fatal(again.Refusal, err)
					}
					if diff := cmp.Diff(were.settings, p.settings, protocmp.Transform()); diff != "" {
						t.Errorf("settings are not left as they are: -were, +are:\n%s", diff)
					}
					if diff := cmp.Diff(live.Desired, again.Desired, protocmp.Transform()); diff != "" {
						t.Errorf("it changes without an edit: -was, +is:\n%s", diff)
					}
				})
			}
		}
	}
}

// TestRun holds that the functions are asked as Crossplane asks them: settings count by the
// name that is asked for, and a request is left as it is.
func TestRun(t *testing.T) {
	const manifest = `{apiVersion: platform.victor.onl/v1alpha1, kind: Resource, metadata: {name: main, namespace: payments-dev-infra},
spec: {provider: gcp, profile: tiny, database: {engine: postgres}}}`
	const config = `{apiVersion: apiextensions.crossplane.io/v1beta1, kind: EnvironmentConfig, metadata: {name: NAME}, data: {providers: {gcp: ` +
		`{region: REGION}}, profiles: {tiny: {vcpu: 1, memoryGiB: 4, storageGiB: 20}}}}`
	read := func(name, region string) map[string]any {
		o := map[string]any{}
		if err := yaml.Unmarshal([]byte(strings.NewReplacer("NAME", name, "REGION", region).Replace(config)), &o); err != nil {
			t.Fatal(err)
		}
		return o
	}
	cases := map[string]struct {
		reason   string
		settings []map[string]any
		refusal  string
		region   string
	}{
		"None":  {"Without settings a claim has no region.", nil, "spec.region: is missing", ""},
		"Env":   {"Those of the claim's env count, with their profiles.", []map[string]any{read("platform-dev", "europe-west3")}, "", "europe-west3"},
		"Other": {"Those of another env do not.", []map[string]any{read("platform-prod", "europe-west3")}, "spec.region: is missing", ""},
		"Project": {
			"Those of the project are stronger.",
			[]map[string]any{read("platform-dev", "europe-west3"), read("platform-dev-payments", "europe-west4")},
			"",
			"europe-west4",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			p, err := New(tc.settings, nil)
			if err != nil {
				t.Fatal(err)
			}
			in := xr(t, manifest, render.ScopeClaim)
			was := proto.CloneOf(in)
			a, err := p.Run(t.Context(), in, nil)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(a.Refusal, tc.refusal) || (a.Refusal == "") != (tc.refusal == "") || a.Region() != tc.region {
				t.Errorf("\n%s\nRun(): want %q and %q, got %q and %q", tc.reason, tc.refusal, tc.region, a.Refusal, a.Region())
			}
			if !proto.Equal(was, in) {
				t.Errorf("\n%s\nRun() changes the XR", tc.reason)
			}
		})
	}
	if _, err := New([]map[string]any{{"data": make(chan int)}}, nil); err == nil {
		t.Error("settings that are no object are taken")
	}
}
