package envelope

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"
)

func TestNamespaced(t *testing.T) {
	cases := map[string]struct {
		reason           string
		claim, want, err string
	}{
		"XR": {
			reason: "The namespaced XR has the claim's own name, and references without names of its kinds' cluster-scoped versions.",
			claim: `{apiVersion: platform.victor.onl/v1alpha1, kind: XResource, metadata: {name: a-b-12345},
				spec: {resourceRefs: [{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance}, {apiVersion: v1, kind: Secret, namespace: ns}]},
				status: {claimConditionTypes: [Sized]}}`,
			want: `{apiVersion: platform.victor.onl/v1alpha1, kind: Resource, metadata: {name: a-b, namespace: ns},
				spec: {crossplane: {resourceRefs: [{apiVersion: rds.aws.m.upbound.io/v1beta1, kind: Instance}, {apiVersion: v1, kind: Secret}]}},
				status: {}}`,
		},
		"Orphan": {
			reason: "Orphan is to manage all but Delete, and a Secret is found in the same namespace.",
			claim: `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: User, metadata: {labels: {crossplane.io/claim-name: a, env: prod}},
				spec: {deletionPolicy: Orphan, forProvider: {ref: [{name: p, key: k, namespace: ns}]}, providerConfigRef: {name: default}}}`,
			want: `{apiVersion: sql.gcp.m.upbound.io/v1beta1, kind: User, metadata: {namespace: ns, labels: {env: prod}},
				spec: {managementPolicies: [Observe, Create, Update, LateInitialize], forProvider: {ref: [{name: p, key: k}]},
				providerConfigRef: {kind: ClusterProviderConfig, name: default}}}`,
		},
		"Delete": {
			reason: "Without Orphan all is managed.",
			claim:  `{apiVersion: azure.upbound.io/v1beta1, metadata: {}, spec: {deletionPolicy: Delete, providerConfigRef: {name: default}}}`,
			want: `{apiVersion: azure.m.upbound.io/v1beta1, metadata: {namespace: ns},
				spec: {managementPolicies: ["*"], providerConfigRef: {kind: ClusterProviderConfig, name: default}}}`,
		},
		"Policies": {
			reason: "Listed policies stand in both scopes.",
			claim: `{apiVersion: azure.upbound.io/v1beta1, metadata: {}, spec: {deletionPolicy: Orphan, managementPolicies: [Observe],
				providerConfigRef: {name: default}, writeConnectionSecretToRef: {name: s, namespace: ns}}}`,
			want: `{apiVersion: azure.m.upbound.io/v1beta1, metadata: {namespace: ns}, spec: {managementPolicies: [Observe],
				providerConfigRef: {kind: ClusterProviderConfig, name: default}, writeConnectionSecretToRef: {name: s}}}`,
		},
		"Secret": {
			reason: "A Secret belongs to the namespaced XR.",
			claim:  `{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: ns, ownerReferences: [{kind: XResource}]}}`,
			want:   `{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: ns, ownerReferences: [{kind: Resource}]}}`,
		},
		"Elsewhere": {
			reason: "A namespaced resource reaches no Secret of another namespace.",
			claim: `{apiVersion: azure.upbound.io/v1beta1, metadata: {}, spec: {forProvider: {ref: {name: p, key: k, namespace: other}},
				providerConfigRef: {name: default}}}`,
			err: `spec.forProvider.ref.namespace: "other" is not the XR's, ns, beyond which a namespaced XR reaches no Secret`,
		},
		"Unnamed": {
			reason: "An XR without a suffix is no claim's.",
			claim:  `{apiVersion: platform.victor.onl/v1alpha1, kind: XResource, metadata: {name: a}}`,
			err:    `XResource "a" is not the XR of a claim, which is an XResource whose name has a suffix`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, want := map[string]any{}, map[string]any{}
			if err := yaml.Unmarshal([]byte(tc.claim), &got); err != nil {
				t.Fatal(err)
			}
			said := ""
			if err := Namespaced(got, "ns"); err != nil {
				said = err.Error()
			}
			if diff := cmp.Diff(tc.err, said); diff != "" {
				t.Fatalf("\n%s\nNamespaced(): error: -want, +got:\n%s", tc.reason, diff)
			}
			if tc.err != "" {
				return
			}
			if err := yaml.Unmarshal([]byte(tc.want), &want); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("\n%s\nNamespaced(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
