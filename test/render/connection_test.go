package render

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/render"
	"github.com/victor-onl/crossplane-resources/test/envelope"
)

// TestConnection holds the one part that differs between the scopes: a claim's XR hands
// its connection to Crossplane, and a namespaced XR composes the Secret itself. All other
// parts of a live database are the same in another envelope.
func TestConnection(t *testing.T) {
	const namespace = "payments-prod-infra"
	claim := filepath.Join(root, "examples", "claims", namespace, "cloudsql-main.yaml")
	const created = "    crossplane.io/external-create-succeeded: \"2026-11-25T00:00:00Z\"\n"
	instance, user, id := "    "+partName+": instance\n", "    "+partName+": user\n", "    id: x\n"
	live := strings.NewReplacer(instance, instance+created, user, user+created, id, id+"    privateIpAddress: 10.0.0.5\n")
	rendered := map[string][]byte{}
	for _, scope := range []string{render.ScopeClaim, render.ScopeNamespaced} {
		q := render.Request{Claim: claim, Settings: settings(t), Scope: scope}
		first, err := renderer.Render(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		q.Observed = filepath.Join(t.TempDir(), "observed.yaml")
		observed := live.Replace(observe(t, first, false))
		if err := os.WriteFile(q.Observed, []byte(observed), 0o600); err != nil {
			t.Fatal(err)
		}
		if rendered[scope], err = renderer.Render(t.Context(), q); err != nil {
			t.Fatal(err)
		}
		check(t, checker, rendered[scope])
		rendered[scope] = settled(rendered[scope])
	}

	const part = "connection"
	asClaim, asXR := parts(t, rendered[render.ScopeClaim]), parts(t, rendered[render.ScopeNamespaced])
	if asClaim[part] != nil {
		t.Errorf("a claim's XR composes its connection: %v", asClaim[part])
	}
	secret := asXR[part]
	if secret["kind"] != "Secret" || envelope.At(secret, "metadata")["name"] != "cloudsql-main" || envelope.At(secret, "metadata")["namespace"] != namespace {
		t.Errorf("a namespaced XR composes as its connection %v", secret)
	}
	keys := []string{"database", "host", "password", "port", "sslmode", "uri", "username"}
	if diff := cmp.Diff(keys, slices.Sorted(maps.Keys(envelope.At(secret, "data")))); diff != "" {
		t.Errorf("keys of the connection: -want, +got:\n%s", diff)
	}

	delete(asXR, part)
	delete(asXR, "") // the namespaced XR waits for the Secret to be there
	delete(asClaim, "")
	compareEnvelopes(t, namespace, asClaim, asXR)
}
