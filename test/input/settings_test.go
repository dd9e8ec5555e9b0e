package input

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"
)

// document is what docs/settings.md shows: settings with every key that there is.
func document(t *testing.T) *structpb.Struct {
	t.Helper()
	b, err := os.ReadFile(root + "/docs/settings.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(b), "```yaml\n")
	manifest, _, closed := strings.Cut(rest, "```")
	if !found || !closed {
		t.Fatal("docs/settings.md shows no settings")
	}
	return fromYAML(t, manifest)
}

// nodes of settings, by their paths below data.
func nodes(v *structpb.Struct, path []string, visit func(*structpb.Value, []string)) {
	for name, child := range v.GetFields() {
		at := append(append([]string{}, path...), name)
		visit(child, at)
		nodes(child.GetStructValue(), at, visit)
	}
}

// TestEverySetting writes values of other types into every key of the settings,
// and a key beside each that nobody knows.
func TestEverySetting(t *testing.T) {
	claim, settings := fromYAML(t, good), document(t)
	visited, known := 0, map[string]bool{}
	nodes(settings.GetFields()["data"].GetStructValue(), []string{"data"}, func(is *structpb.Value, path []string) {
		visited++
		name := strings.Join(path, ".")
		t.Run(name, func(t *testing.T) {
			for _, v := range values() {
				if fmt.Sprintf("%T", v.GetKind()) == fmt.Sprintf("%T", is.GetKind()) {
					continue
				}
				if _, isName := v.GetKind().(*structpb.Value_StringValue); isName && path[len(path)-2] == "skus" {
					continue // a size is a name, or an object with figures
				}
				if _, isValue := v.GetKind().(*structpb.Value_StringValue); isValue && len(path) > 2 && path[len(path)-2] == "postgres" && path[2] == "parameters" {
					continue // a parameter is a value, or an object with one
				}
				said := refusal(t, claim, set(settings, v, path...))
				if !strings.HasPrefix(said, "settings platform: "+name) {
					t.Errorf("%s: want a refusal that names it, got %.200q", brief(v), said)
				}
				if !shown(said, v) {
					t.Errorf("%s: the value is not shown: %.200q", brief(v), said)
				}
			}
			misspelt := append(append([]string{}, path[:len(path)-1]...), "misspelt")
			switch path[len(path)-2] {
			case "tags", "regions", "profiles", "addonVersions": // whose keys are the platform's own
				return
			}
			if len(path) == 6 && path[2] == "parameters" { // whose names are the cloud's
				return
			}
			said := refusal(t, claim, set(settings, structpb.NewStringValue("x"), misspelt...))
			_, keys, ok := strings.Cut(said, "settings platform: "+strings.Join(misspelt, ".")+": unknown field; the fields here are ")
			if !ok {
				t.Errorf("a misspelt key beside it: %q", said)
			}
			for key := range strings.SplitSeq(keys, ", ") {
				known[key] = true
			}
		})
	})
	b, err := os.ReadFile(root + "/docs/settings.md")
	if err != nil {
		t.Fatal(err)
	}
	for key := range known {
		if !strings.Contains(string(b), key) {
			t.Errorf("docs/settings.md does not mention %s", key)
		}
	}
	if visited < 30 {
		t.Errorf("only %d keys were tried", visited)
	}
}
