package settings

import (
	"fmt"
	"maps"
	"os"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// everyKey are the settings of docs/settings.md, which have every key that there is.
func everyKey(t *testing.T) *structpb.Struct {
	t.Helper()
	b, err := os.ReadFile("../../docs/settings.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(b), "```yaml\n")
	text, _, _ = strings.Cut(text, "```")
	j, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	s := &structpb.Struct{}
	if err := protojson.Unmarshal(j, s); err != nil {
		t.Fatal(err)
	}
	return object.Struct(s, "data")
}

// texts are the paths of all texts below a value, each with what sets it.
func texts(v *structpb.Value, path string) map[string]*structpb.Value {
	out := map[string]*structpb.Value{}
	switch k := v.GetKind().(type) {
	case *structpb.Value_StringValue:
		out[path] = v
	case *structpb.Value_StructValue:
		for key, inner := range k.StructValue.GetFields() {
			maps.Copy(out, texts(inner, path+"."+key))
		}
	case *structpb.Value_ListValue:
		for i, item := range k.ListValue.GetValues() {
			maps.Copy(out, texts(item, fmt.Sprintf("%s[%d]", path, i)))
		}
	}
	return out
}

// TestOddTexts holds of every text of a provider's settings that one which nobody meant is
// refused by its path, for the claims of that provider and for no others.
func TestOddTexts(t *testing.T) {
	tried := 0
	for _, provider := range cloud.Providers {
		for path := range texts(object.Get(everyKey(t), "providers", provider), "settings.providers."+provider) {
			if strings.HasSuffix(path, ".bucketNameSalt") {
				continue // which is trimmed
			}
			for _, odd := range []string{"%s\n", " %s", "%s ", "%s\u200b", "\t%s"} {
				data := everyKey(t)
				at := texts(object.Get(data, "providers", provider), "settings.providers."+provider)[path]
				at.Kind = structpb.NewStringValue(strings.Replace(odd, "%s", at.GetStringValue(), 1)).GetKind()
				s, err := Parse(data, "settings")
				if err == nil {
					err = s.Check(provider)
					for _, other := range cloud.Providers {
						if other != provider && s.Check(other) != nil {
							t.Errorf("%s: claims of %s are refused too: %v", path, other, s.Check(other))
						}
					}
				}
				if err == nil || !strings.Contains(err.Error(), path) {
					t.Errorf("%s with %q: %v", path, odd, err)
				}
				tried++
			}
		}
	}
	if tried < 150 {
		t.Errorf("%d texts were tried", tried)
	}
	s, err := Parse(everyKey(t), "settings")
	if err != nil {
		t.Fatal(err)
	}
	for _, provider := range cloud.Providers {
		if err := s.Check(provider); err != nil {
			t.Errorf("the settings of the docs: %v", err)
		}
	}
}

// TestProviderConfig holds that a ProviderConfig has the name of an object.
func TestProviderConfig(t *testing.T) {
	for name, fits := range map[string]bool{"default": true, "prod.eu": true, "Prod": false, "prod_eu": false, "a/b": false} {
		data := proto.CloneOf(everyKey(t))
		object.Set(data, name, "providers", "aws", "providerConfig")
		s, err := Parse(data, "settings")
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Check(cloud.AWS); (err == nil) != fits || err != nil && !strings.HasPrefix(err.Error(), "settings.providers.aws.providerConfig: ") {
			t.Errorf("%q: %v", name, err)
		}
	}
}
