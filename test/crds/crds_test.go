package crds

import (
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

func TestCheck(t *testing.T) {
	checker, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	const instance = `
apiVersion: sql.gcp.m.upbound.io/v1beta1
kind: DatabaseInstance
metadata: {name: a, namespace: b}
spec: {forProvider: {databaseVersion: POSTGRES_17, region: europe-west1}}
`
	cases := map[string]struct{ reason, object, want string }{
		"Valid": {"A minimal instance passes.", instance, ""},
		"Unknown": {
			"A field that the CRD lacks is refused, as the API server would drop it.",
			strings.Replace(instance, "region", "regoin", 1), "unknown field spec.forProvider.regoin",
		},
		"CEL": {
			"A field that a CEL rule requires is missed.",
			strings.Replace(instance, "databaseVersion: POSTGRES_17, ", "", 1), "databaseVersion is a required parameter",
		},
		"Type":      {"A wrong type is refused.", strings.Replace(instance, "europe-west1", "5", 1), "spec.forProvider.region: Invalid value"},
		"Namespace": {"A namespaced kind needs a namespace.", strings.Replace(instance, ", namespace: b", "", 1), "metadata.namespace is there: false"},
		"Orphan": {
			"A namespaced kind has no deletionPolicy.",
			strings.Replace(instance, "{forProvider", "{deletionPolicy: Orphan, forProvider", 1), "unknown field spec.deletionPolicy",
		},
		"Label": {
			"An illegal label makes the API server refuse the object.",
			strings.Replace(instance, "name: a", "labels: {a: b/c}, name: a", 1), "metadata.labels: Invalid value",
		},
		"Version": {"A version that is removed is refused.", strings.Replace(instance, "m.upbound.io/v1beta1", "upbound.io/v1beta1", 1), "no CRD serves"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			o := map[string]any{}
			if err := yaml.Unmarshal([]byte(tc.object), &o); err != nil {
				t.Fatal(err)
			}
			got := ""
			if err := checker.Check(o); err != nil {
				got = err.Error()
			}
			if !strings.Contains(got, tc.want) || (tc.want == "") != (got == "") {
				t.Errorf("\n%s\nCheck(): want %q, got %q", tc.reason, tc.want, got)
			}
		})
	}
}
