package render

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestXR(t *testing.T) {
	const claim = `
apiVersion: platform.victor.onl/v1alpha1
kind: Resource
metadata: {name: main, namespace: payments-prod-infra, labels: {team: a}, annotations: {note: b}}
spec: {provider: gcp, writeConnectionSecretToRef: {name: main}}
`
	cases := map[string]struct{ reason, claim, scope, provider, want, wantErr string }{
		"Claim": {
			reason: "Crossplane copies labels, annotations and the spec, but for the claim's own Secret.",
			claim:  claim,
			scope:  ScopeClaim,
			want: `apiVersion: platform.victor.onl/v1alpha1
kind: XResource
metadata:
  annotations:
    note: b
  labels:
    crossplane.io/claim-name: main
    crossplane.io/claim-namespace: payments-prod-infra
    team: a
  name: main-d25ed
spec:
  claimRef:
    apiVersion: platform.victor.onl/v1alpha1
    kind: Resource
    name: main
    namespace: payments-prod-infra
  provider: gcp
`,
		},
		"Namespaced": {
			reason:   "A namespaced XR is the manifest itself, here with another provider.",
			claim:    strings.Replace(claim, ", labels: {team: a}, annotations: {note: b}", "", 1),
			scope:    ScopeNamespaced,
			provider: "aws",
			want: `apiVersion: platform.victor.onl/v1alpha1
kind: Resource
metadata:
  name: main
  namespace: payments-prod-infra
spec:
  provider: aws
  writeConnectionSecretToRef:
    name: main
`,
		},
		"Kind": {
			reason: "Another kind is named.", claim: strings.Replace(claim, "kind: Resource", "kind: Bucket", 1), scope: ScopeClaim,
			wantErr: "kind Resource",
		},
		"Namespace": {
			reason: "A namespace is needed.", claim: strings.Replace(claim, "namespace: payments-prod-infra, ", "", 1), scope: ScopeClaim,
			wantErr: "metadata.namespace",
		},
		"YAML": {reason: "What is no YAML is said so.", claim: "{", scope: ScopeClaim, wantErr: "cannot read YAML"},
		"Name": {
			reason: "A name that Kubernetes does not take is named, with the nearest that it does.",
			claim:  strings.Replace(claim, "name: main, namespace", "name: This_Is_DB, namespace", 1), scope: ScopeClaim,
			wantErr: `metadata.name: "This_Is_DB" is not allowed; allowed are at most 63 lowercase letters, digits, hyphens and dots, ` +
				`with a letter or a digit at both ends; did you mean "this-is-db"?`,
		},
		"LongName": {
			reason: "A name that Crossplane does not take is refused.",
			claim:  strings.Replace(claim, "name: main, namespace", "name: "+strings.Repeat("a", 64)+", namespace", 1), scope: ScopeClaim,
			wantErr: "metadata.name: ",
		},
		"Secret": {
			reason: "A namespace for the Secret is refused, which Crossplane does not even copy.",
			claim:  strings.Replace(claim, "{name: main}}", "{name: main, namespace: apps}}", 1), scope: ScopeClaim,
			wantErr: `spec.writeConnectionSecretToRef.namespace: "apps" is not allowed; the Secret is made in the claim's own namespace`,
		},
		"Scope": {reason: "An unknown scope lists those that exist.", claim: claim, scope: "cluster", wantErr: `allowed are claim, namespaced`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := XR([]byte(tc.claim), tc.scope, tc.provider)
			if tc.wantErr != "" {
				if err == nil || !strings.Contains(err.Error(), tc.wantErr) {
					t.Errorf("\n%s\nXR(): want error with %q, got %v", tc.reason, tc.wantErr, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, string(got)); diff != "" {
				t.Errorf("\n%s\nXR(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestExamples holds the example XRs, for those who have a CLI of their own, equal
// to what their claims become, and that there is one of each provider.
func TestExamples(t *testing.T) {
	files, err := filepath.Glob("../../examples/xrs/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	providers := map[string]bool{}
	for _, f := range files {
		have, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		claim, err := os.ReadFile(filepath.Join("../../examples/claims/payments-prod-infra", filepath.Base(f)))
		if err != nil {
			t.Fatal(err)
		}
		want, err := XR(claim, ScopeClaim, "")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(have)); diff != "" {
			t.Errorf("%s: run make generate: -want, +have:\n%s", f, diff)
		}
		for _, p := range []string{"gcp", "aws", "azure", "ibm"} {
			providers[p] = providers[p] || strings.Contains(string(have), "provider: "+p+"\n")
		}
	}
	if diff := cmp.Diff(map[string]bool{"gcp": true, "aws": true, "azure": true, "ibm": true}, providers); diff != "" {
		t.Errorf("providers with an example: -want, +got:\n%s", diff)
	}
}
