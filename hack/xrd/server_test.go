package main

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/admission"
	"github.com/victor-onl/crossplane-resources/internal/manifest"
)

// servers of the CRDs that Crossplane makes of the XRDs.
func servers(t *testing.T) map[string]*admission.Server {
	t.Helper()
	out := map[string]*admission.Server{}
	for name, crd := range crdsOf(t) {
		s, err := admission.Serve(crd)
		if err != nil {
			t.Fatal(name, err)
		}
		out[name] = s
	}
	return out
}

// A try is a spec that is created, or that is written over another one.
type try struct {
	reason string
	// status that the object has before; "" where it is created.
	status        string
	before, after string
	// want is part of what the server says; "" where it takes the write.
	want string
}

// tried holds what every server says of each write.
func tried(t *testing.T, cases map[string]try) {
	t.Helper()
	for server, s := range servers(t) {
		for name, tc := range cases {
			t.Run(server+"/"+name, func(t *testing.T) {
				got := s.Create(resource(t, s, tc.after, ""))
				if tc.before != "" {
					got = s.Update(resource(t, s, tc.before, tc.status), resource(t, s, tc.after, ""))
				}
				if (got == "") != (tc.want == "") || !strings.Contains(got, tc.want) {
					t.Errorf("\n%s\nwant an error with %q, got %q", tc.reason, tc.want, got)
				}
			})
		}
	}
}

// resource is a Resource, in whose place an XResource passes: the server knows by its
// CRD what it serves.
func resource(t *testing.T, s *admission.Server, spec, status string) map[string]any {
	t.Helper()
	o := decode(t, []byte("apiVersion: platform.victor.onl/v1alpha1\nkind: Resource\nmetadata: {name: main}\nspec: {"+spec+"}\n"))
	if s.Namespaced {
		o["metadata"].(map[string]any)["namespace"] = "payments-dev-infra"
	}
	if status != "" {
		maps.Copy(o, decode(t, []byte("status: {resource: {"+status+"}}")))
	}
	return o
}

// decode reads a manifest as the server does: whole numbers are integers.
func decode(t *testing.T, text []byte) map[string]any {
	t.Helper()
	out, err := manifest.Decode(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestExamples holds that the examples are admitted, in both scopes.
func TestExamples(t *testing.T) {
	files, err := filepath.Glob("../../examples/claims/*/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no examples", err)
	}
	for name, s := range servers(t) {
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			o := decode(t, b)
			if strings.HasSuffix(name, "/XResource") {
				meta := o["metadata"].(map[string]any)
				delete(meta, "namespace")
				delete(o["spec"].(map[string]any), "writeConnectionSecretToRef") // the XR has one of Crossplane's own
			}
			if said := s.Create(o); said != "" {
				t.Errorf("%s, %s: %s", name, f, said)
			}
		}
	}
}
