package admission

import (
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/runtime"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
)

// neighbours of an object are what it is with one field less, and with null in one.
func neighbours(o map[string]any) []map[string]any {
	out := []map[string]any{o}
	for name, value := range o {
		without := maps.Clone(o)
		delete(without, name)
		out = append(out, without)
		instead := []any{nil}
		if inner, ok := value.(map[string]any); ok {
			for _, one := range neighbours(inner) {
				instead = append(instead, one)
			}
		}
		for _, other := range instead {
			edited := maps.Clone(o)
			edited[name] = other
			out = append(out, edited)
		}
	}
	return out
}

// TestNarrowed holds of an example of each type and its neighbours, as new claims and as edits of
// live ones, that rules say the same over the fields that objects have as over the whole schema,
// for the same price.
func TestNarrowed(t *testing.T) {
	type verdict struct {
		Left int64
		Says []string
	}
	broken := 0
	s, err := Claims()
	if err != nil {
		t.Fatal(err)
	}
	judged := func(narrow bool, after map[string]any, before any) verdict {
		rules := s.rules
		if narrow {
			rules = narrowed(rules, s.Structural, after, before)
		}
		errs, left := rules.Validate(t.Context(), nil, s.Structural, after, before, celconfig.RuntimeCELCostBudget)
		v := verdict{Left: left}
		for _, e := range errs {
			v.Says = append(v.Says, e.Error())
		}
		slices.Sort(v.Says) // the server's order is that of a map
		return v
	}
	for _, name := range []string{"rds", "s3", "managedredis", "pubsub"} {
		b, err := os.ReadFile("../../examples/claims/payments-prod-infra/" + name + "-main.yaml")
		if err != nil {
			t.Fatal(err)
		}
		was := decoded(t, string(b))
		live := runtime.DeepCopyJSON(was)
		live["status"] = map[string]any{"resource": map[string]any{"made": true, "name": "x", "region": "europe-west1", "type": "database"}}
		for _, spec := range neighbours(was["spec"].(map[string]any)) {
			o, edited := maps.Clone(was), maps.Clone(live)
			o["spec"], edited["spec"] = spec, spec
			for _, edit := range []struct {
				after  map[string]any
				before any
			}{{o, nil}, {edited, live}} {
				want := judged(false, edit.after, edit.before)
				broken += len(want.Says)
				if diff := cmp.Diff(want, judged(true, edit.after, edit.before)); diff != "" {
					t.Errorf("%s: %v: -whole, +narrow:\n%s", name, edit.after, diff)
				}
			}
		}
	}
	if broken < 50 {
		t.Errorf("only %d rules were broken", broken)
	}
}
