// Package input holds that nothing a person can write into a claim or into the
// settings makes a function panic, or compose half a database: what does not fit
// is refused by one sentence that names the field, the value and what is allowed.
package input

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
	"sigs.k8s.io/yaml"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

const root = "../.."

var renderer *render.Renderer

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := filepath.Abs(root)
	if err == nil {
		renderer, err = render.Start(context.Background(), dir, "", "")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "cannot start the functions; run make test, which builds them:", err)
		return 1
	}
	defer renderer.Close()
	return m.Run()
}

// good is a claim that composes on every cloud.
const good = `
apiVersion: platform.victor.onl/v1alpha1
kind: Resource
metadata: {name: main, namespace: payments-dev-infra}
spec: {provider: gcp, profile: small, region: eu-west, database: {engine: postgres}}
`

// longest sentence, in bytes: the one that lists the regions of a cloud.
const longest = 1000

func fromYAML(t *testing.T, manifest string) *structpb.Struct {
	t.Helper()
	j, err := yaml.YAMLToJSON([]byte(manifest))
	if err != nil {
		t.Fatal(err)
	}
	s := &structpb.Struct{}
	if err := protojson.Unmarshal(j, s); err != nil {
		t.Fatal(err)
	}
	return s
}

// refusal runs the pipeline and returns the sentence by which it was refused, or
// "". It holds that nothing else came of it.
func refusal(t *testing.T, xr, settings *structpb.Struct) string {
	t.Helper()
	req := &fnv1.RunFunctionRequest{
		Observed:          &fnv1.State{Composite: &fnv1.Resource{Resource: xr}},
		RequiredResources: map[string]*fnv1.Resources{"settings-env": {}, "settings": {}},
	}
	if settings != nil {
		req.RequiredResources["settings"] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: settings}}}
	}
	rsp, err := renderer.Pipeline(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	said := render.Fatal(rsp)
	if said == "" {
		if len(rsp.GetDesired().GetResources()) == 0 {
			t.Error("neither refused nor composed")
		}
		return ""
	}
	if strings.ContainsAny(said, "\n\r") || len(said) > longest {
		t.Errorf("more than a sentence: %.200q", said)
	}
	repeated := false
	for _, c := range rsp.GetConditions() {
		repeated = repeated || c.GetMessage() == said && c.GetStatus() == fnv1.Status_STATUS_CONDITION_FALSE
	}
	if !repeated {
		t.Errorf("no condition repeats %.200q", said)
	}
	return said
}

// values of every type, and at the ends of what a type can be.
func values() []*structpb.Value {
	out := []*structpb.Value{structpb.NewListValue(&structpb.ListValue{}), structpb.NewStructValue(&structpb.Struct{})}
	for _, v := range []any{
		true, false, 0.0, 5.0, -1.0, 20.5, 1e300, "", "x", "5", "-", "ü", "a b", "x\ny", "${a}", strings.Repeat("long", 2000),
		[]any{"x"},
		[]any{map[string]any{}},
		[]any{nil},
		map[string]any{"x": "y"},
		map[string]any{"x": 5.0},
		map[string]any{"none": nil},
	} {
		value, err := structpb.NewValue(v)
		if err != nil {
			panic(err)
		}
		out = append(out, value)
	}
	return out
}

// brief is how a test names a value.
func brief(v *structpb.Value) string {
	s := fmt.Sprint(v.AsInterface())
	return fmt.Sprintf("%.40q", s)
}

// set puts a value at a path of a copy.
func set(o *structpb.Struct, value *structpb.Value, path ...string) *structpb.Struct {
	o = proto.CloneOf(o)
	parent := object.Ensure(o, path[:len(path)-1]...)
	parent.Fields[path[len(path)-1]] = proto.CloneOf(value)
	return o
}

// shown is how a sentence may repeat a value.
func shown(said string, v *structpb.Value) bool {
	switch k := v.GetKind().(type) {
	case *structpb.Value_StringValue:
		s := fmt.Sprintf("%q", k.StringValue)
		return strings.Contains(said, s[:min(len(s), 50)]) || k.StringValue == ""
	case *structpb.Value_NumberValue:
		return strings.Contains(said, fmt.Sprint(k.NumberValue))
	case *structpb.Value_BoolValue:
		return strings.Contains(said, strconv.FormatBool(k.BoolValue))
	case *structpb.Value_ListValue:
		return strings.Contains(said, "a list") || len(k.ListValue.GetValues()) > 0
	default:
		return strings.Contains(
			said, "an object",
		) || strings.Contains(said, "unknown field") || strings.Contains(said, "is missing") || len(v.GetStructValue().GetFields()) > 0
	}
}

func TestGood(t *testing.T) {
	if said := refusal(t, fromYAML(t, good), nil); said != "" {
		t.Fatal("the claim that the tests start from is refused:", said)
	}
	if said := refusal(t, fromYAML(t, good), document(t)); said != "" {
		t.Fatal("the settings that the tests start from are refused:", said)
	}
}
