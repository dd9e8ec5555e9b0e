package same

import (
	_ "embed"
	"fmt"
	"os"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/test/page"
)

// text is the page, but for its tables.
//
//go:embed page.md
var text string

// TestPage holds docs/same.md equal to the rows, and each field in them to a golden.
func TestPage(t *testing.T) {
	out := text
	for _, k := range kinds {
		var b strings.Builder
		b.WriteString("| promise | Google Cloud | AWS | Azure | IBM Cloud |\n| --- | --- | --- | --- | --- |\n")
		var composed [4]map[string][]map[string]any
		for i, example := range k.examples {
			composed[i] = golden(t, example)
		}
		for _, r := range k.rows {
			cells := []string{r.promise}
			for i, c := range r.carriers {
				if words, ok := strings.CutPrefix(c, "="); ok {
					cells = append(cells, words)
					continue
				}
				part, path, _ := strings.Cut(c, ":")
				value, ok := at(composed[i][part], strings.Split(path, "."))
				if !ok {
					t.Errorf("%s: %s has no %s", r.promise, k.examples[i], c)
				}
				cells = append(cells, "`"+path+": "+short(value)+"`")
			}
			b.WriteString("| " + strings.Join(cells, " | ") + " |\n")
		}
		out = strings.Replace(out, k.marker+"\n", b.String(), 1)
	}
	page.Hold(t, "../../docs/same.md", out)
}

// short is a value that a table has room for.
func short(v any) string {
	if list, ok := v.([]any); ok && len(list) > 0 {
		v = fmt.Sprintf("[%v, …]", list[0])
		if len(list) == 1 {
			v = fmt.Sprintf("[%v]", list[0])
		}
	}
	s := fmt.Sprint(v)
	if i := strings.LastIndex(s, "/"); i > 0 && strings.HasPrefix(s, "/") || strings.HasPrefix(s, "projects/") {
		return "…" + s[i:]
	}
	return s
}

// at is what stands at a path in one of a part's bodies; of a list its first element that has it.
func at(bodies []map[string]any, path []string) (any, bool) {
	for _, b := range bodies {
		if v, ok := within(b, path); ok {
			return v, true
		}
	}
	return nil, false
}

func within(v any, path []string) (any, bool) {
	if len(path) == 0 {
		return v, true
	}
	switch o := v.(type) {
	case map[string]any:
		if next, ok := o[path[0]]; ok {
			return within(next, path[1:])
		}
	case []any:
		for _, e := range o {
			if found, ok := within(e, path); ok {
				return found, true
			}
		}
	}
	return nil, false
}

// golden has what is composed for an example of prod, by the part, as its forProvider and its
// initProvider.
func golden(t *testing.T, example string) map[string][]map[string]any {
	t.Helper()
	b, err := os.ReadFile("../render/testdata/payments-prod-infra/" + example + "-claim.yaml")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]map[string]any{}
	for doc := range strings.SplitSeq(string(b), "\n---\n") {
		var o struct {
			Metadata struct {
				Annotations map[string]string `json:"annotations"`
			} `json:"metadata"`
			Spec struct {
				ForProvider  map[string]any `json:"forProvider"`
				InitProvider map[string]any `json:"initProvider"`
			} `json:"spec"`
		}
		if err := yaml.Unmarshal([]byte(doc), &o); err != nil {
			t.Fatal(err)
		}
		out[o.Metadata.Annotations["crossplane.io/composition-resource-name"]] = []map[string]any{o.Spec.ForProvider, o.Spec.InitProvider}
	}
	return out
}
