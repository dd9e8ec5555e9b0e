package crds

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"
)

// TestProviderConfigs holds the examples of provider configs against the CRDs: each
// cloud has one for claims and one for namespaced XRs, and no key of a cloud lies in
// a Secret, but for IBM, whose provider takes no other.
func TestProviderConfigs(t *testing.T) {
	checker, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, cloud := range []string{"gcp", "aws", "azure", "ibm"} {
		t.Run(cloud, func(t *testing.T) {
			b, err := os.ReadFile(filepath.Join("..", "..", "examples", "providers", cloud+".yaml"))
			if err != nil {
				t.Fatal(err)
			}
			if cloud != "ibm" && strings.Contains(string(b), "ecretRef") {
				t.Error("a key lies in a Secret")
			}
			kinds := map[string]bool{}
			for doc := range strings.SplitSeq(string(b), "\n---\n") {
				o := map[string]any{}
				if err := yaml.Unmarshal([]byte(doc), &o); err != nil {
					t.Fatal(err)
				}
				kind, _ := o["kind"].(string)
				kinds[kind] = true
				if !strings.HasSuffix(kind, "ProviderConfig") {
					continue
				}
				if err := checker.Check(o); err != nil {
					t.Errorf("%s: %v", kind, err)
				}
			}
			for _, kind := range []string{"ProviderConfig", "ClusterProviderConfig", "DeploymentRuntimeConfig", "ImageConfig"} {
				if !kinds[kind] {
					t.Errorf("no %s", kind)
				}
			}
		})
	}
}
