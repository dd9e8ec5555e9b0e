package render

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/render"
	"github.com/victor-onl/crossplane-resources/test/envelope"
)

// partName is the annotation that names a part of a composition.
const partName = "crossplane.io/composition-resource-name"

// incarnation is made of the XR's uid, and ends the name of RDS's final snapshot.
var incarnation = regexp.MustCompile(`-final-[0-9a-f]{8}$`)

// TestEnvelope renders every example as a namespaced XR, and holds that the render is
// the golden of the claim in another envelope: what is asked of a cloud is the same.
func TestEnvelope(t *testing.T) {
	for _, claim := range claims(t) {
		t.Run(golden(claim), func(t *testing.T) {
			got := byRender(t, claim, render.ScopeNamespaced)
			check(t, checker, got)
			want, err := os.ReadFile(filepath.Join("testdata", golden(claim)))
			if err != nil {
				t.Fatal(err)
			}
			compareEnvelopes(t, filepath.Base(filepath.Dir(claim)), parts(t, want), parts(t, settled(got)))
		})
	}
}

// compareEnvelopes holds that the parts of a namespaced render, got, are those of the
// claim, want, in another envelope.
func compareEnvelopes(t *testing.T, namespace string, want, got map[string]map[string]any) {
	t.Helper()
	for name, o := range want {
		if err := envelope.Namespaced(o, namespace); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		anonymize(o)
	}
	for _, o := range got {
		anonymize(o)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-the claim's in the namespaced envelope, +namespaced:\n%s", diff)
	}
}

// parts of a render by their names in the composition, the XR by "".
func parts(t *testing.T, rendered []byte) map[string]map[string]any {
	t.Helper()
	out := map[string]map[string]any{}
	for doc := range bytes.SplitSeq(rendered, []byte("\n---\n")) {
		o := map[string]any{}
		if err := yaml.Unmarshal(bytes.TrimPrefix(doc, []byte("---\n")), &o); err != nil {
			t.Fatal(err)
		}
		name, _ := envelope.At(o, "metadata", "annotations")[partName].(string)
		if out[name] != nil {
			t.Fatalf("%q is rendered twice", name)
		}
		out[name] = o
	}
	return out
}

// anonymize takes out of an object what Crossplane makes of the XR's own name and uid:
// the two scopes have different ones.
func anonymize(o map[string]any) {
	if refs := envelope.List(o, "spec", "crossplane", "resourceRefs"); len(refs) > 0 {
		for _, ref := range refs {
			if ref["apiVersion"] != "v1" { // a Secret's name is ours
				delete(ref, "name")
			}
		}
		slices.SortFunc(refs, func(a, b map[string]any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
		envelope.At(o, "spec", "crossplane")["resourceRefs"] = refs
		return
	}
	meta := envelope.At(o, "metadata")
	if meta["generateName"] != nil {
		delete(meta, "generateName")
		delete(meta, "name")
	}
	delete(envelope.At(meta, "labels"), "crossplane.io/composite")
	for _, owner := range envelope.List(meta, "ownerReferences") {
		delete(owner, "name")
		delete(owner, "uid")
	}
	body := envelope.At(o, "spec", "forProvider")
	if name, ok := body["finalSnapshotIdentifier"].(string); ok {
		body["finalSnapshotIdentifier"] = incarnation.ReplaceAllString(name, "-final")
	}
}
