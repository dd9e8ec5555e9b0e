package tofu

import (
	"bytes"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"sigs.k8s.io/yaml"
)

const example = "../../examples/providers/ibm.yaml"

// A providerConfig is what the example says in both scopes.
type providerConfig struct {
	Kind string `json:"kind"`
	Spec struct {
		Credentials []struct {
			Filename  string            `json:"filename"`
			Source    string            `json:"source"`
			SecretRef map[string]string `json:"secretRef"`
		} `json:"credentials"`
		PluginCache   *bool  `json:"pluginCache"`
		Configuration string `json:"configuration"`
	} `json:"spec"`
}

func providerConfigs(t *testing.T) []providerConfig {
	t.Helper()
	b, err := os.ReadFile(example)
	if err != nil {
		t.Fatal(err)
	}
	configs := []providerConfig{}
	for doc := range bytes.SplitSeq(b, []byte("\n---\n")) {
		c := providerConfig{}
		if err := yaml.Unmarshal(doc, &c); err != nil {
			t.Fatal(err)
		}
		if c.Spec.Configuration != "" {
			configs = append(configs, c)
		}
	}
	return configs
}

// providerBlock is the example's configuration without its backend.
func providerBlock(t *testing.T) string {
	t.Helper()
	file, diags := hclwrite.ParseConfig([]byte(providerConfigs(t)[0].Spec.Configuration), example, hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	settings := file.Body().FirstMatchingBlock("terraform", nil)
	if settings == nil || !file.Body().RemoveBlock(settings) {
		t.Fatal("the example has no backend")
	}
	return string(file.Bytes())
}

// TestExample holds the ProviderConfigs together: both scopes keep their state
// in one remote place, and take the API key from a Secret.
func TestExample(t *testing.T) {
	configs := providerConfigs(t)
	kinds := []string{}
	for _, c := range configs {
		kinds = append(kinds, c.Kind)
		if diff := cmp.Diff(configs[0].Spec, c.Spec); diff != "" {
			t.Errorf("%s differs from the first: -want, +got:\n%s", c.Kind, diff)
		}
	}
	if diff := cmp.Diff([]string{"ProviderConfig", "ClusterProviderConfig"}, kinds); diff != "" {
		t.Errorf("kinds: -want, +got:\n%s", diff)
	}
	file, diags := hclwrite.ParseConfig([]byte(configs[0].Spec.Configuration), example, hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	if file.Body().FirstMatchingBlock("terraform", nil).Body().FirstMatchingBlock("backend", []string{"kubernetes"}) == nil {
		t.Error("the state is not in the cluster")
	}
	if cache := configs[0].Spec.PluginCache; cache == nil || *cache {
		t.Error("one Workspace that is applied stops all others")
	}
	credential := configs[0].Spec.Credentials[0]
	key := file.Body().FirstMatchingBlock("provider", []string{"ibm"}).Body().GetAttribute("ibmcloud_api_key")
	if got := string(key.Expr().BuildTokens(nil).Bytes()); got != ` trimspace(file("`+credential.Filename+`"))` {
		t.Errorf("the API key is%s, not the file %s", got, credential.Filename)
	}
	if credential.Source != "Secret" || credential.SecretRef["key"] == "" {
		t.Errorf("the API key is from %s %v", credential.Source, credential.SecretRef)
	}
}
