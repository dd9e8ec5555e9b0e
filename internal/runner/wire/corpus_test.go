package wire

import (
	"bytes"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/durationpb"
	"google.golang.org/protobuf/types/known/structpb"
	"sigs.k8s.io/yaml"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// goldens are the objects that the examples are rendered to, by file.
func goldens(t testing.TB) map[string][]*structpb.Struct {
	t.Helper()
	files, err := filepath.Glob("../../../test/render/testdata/*/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d goldens, %v", len(files), err)
	}
	out := map[string][]*structpb.Struct{}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for doc := range bytes.SplitSeq(b, []byte("\n---\n")) {
			j, err := yaml.YAMLToJSON(bytes.TrimPrefix(doc, []byte("---\n")))
			if err != nil {
				t.Fatal(file, err)
			}
			o := &structpb.Struct{}
			if err := protojson.Unmarshal(j, o); err != nil {
				t.Fatal(file, err)
			}
			name := strings.TrimSuffix(filepath.Base(file), ".yaml")
			out[name] = append(out[name], o)
		}
	}
	return out
}

// exchange is a request with every field, about so many objects, and the answer to it.
func exchange(objects []*structpb.Struct, count int) (*fnv1.RunFunctionRequest, *fnv1.RunFunctionResponse) {
	resources := map[string]*fnv1.Resource{}
	for i := range count {
		resources[fmt.Sprintf("r%d", i)] = &fnv1.Resource{Resource: objects[i%len(objects)], Ready: fnv1.Ready(i%4 - 1)}
	}
	composite := &fnv1.Resource{Resource: objects[0], Ready: fnv1.Ready_READY_TRUE, ConnectionDetails: map[string][]byte{"uri": []byte("\xff"), "none": nil}}
	tag, message := "tag", "ü"
	selector := &fnv1.ResourceSelector{ApiVersion: "v1", Kind: "Secret", Match: &fnv1.ResourceSelector_MatchName{MatchName: "a"}, Namespace: &tag}
	labels := &fnv1.ResourceSelector{Match: &fnv1.ResourceSelector_MatchLabels{MatchLabels: &fnv1.MatchLabels{Labels: map[string]string{tag: message}}}}
	required := map[string]*fnv1.Resources{"some": {Items: []*fnv1.Resource{composite, {}}}, "none": {}}
	req := &fnv1.RunFunctionRequest{
		Meta:              &fnv1.RequestMeta{Tag: tag, Capabilities: []fnv1.Capability{fnv1.Capability_CAPABILITY_CONDITIONS, 99}},
		Observed:          &fnv1.State{Composite: composite, Resources: resources},
		Desired:           &fnv1.State{Composite: composite, Resources: resources},
		Input:             objects[0],
		Context:           objects[len(objects)-1],
		ExtraResources:    required, //nolint:staticcheck // Crossplane 1.20 knows no other.
		RequiredResources: required,
		RequiredSchemas:   map[string]*fnv1.Schema{"some": {OpenapiV3: objects[0]}, "none": {}},
		Credentials: map[string]*fnv1.Credentials{
			"a": {Source: &fnv1.Credentials_CredentialData{CredentialData: &fnv1.CredentialData{Data: map[string][]byte{"b": []byte("\xff")}}}},
		},
	}
	rsp := &fnv1.RunFunctionResponse{
		Meta:    &fnv1.ResponseMeta{Tag: tag, Ttl: durationpb.New(90*time.Second + 1)},
		Desired: &fnv1.State{Composite: composite, Resources: resources},
		Results: []*fnv1.Result{
			{Severity: fnv1.Severity_SEVERITY_WARNING, Message: message, Reason: &tag, Target: fnv1.Target_TARGET_COMPOSITE.Enum()}, {},
		},
		Context: objects[len(objects)-1],
		Requirements: &fnv1.Requirements{
			Resources:      map[string]*fnv1.ResourceSelector{"a": selector},
			ExtraResources: map[string]*fnv1.ResourceSelector{"a": labels}, //nolint:staticcheck // Crossplane 1.20 knows no other.
			Schemas:        map[string]*fnv1.SchemaSelector{"b": {ApiVersion: "v1", Kind: "c"}},
		},
		Conditions: []*fnv1.Condition{
			{Type: "Composed", Status: fnv1.Status_STATUS_CONDITION_TRUE, Reason: tag, Message: &message, Target: fnv1.Target_TARGET_COMPOSITE.Enum()},
		},
		Output: objects[0],
	}
	return req, rsp
}

// short is an object with values of every kind but long ones.
func short() *structpb.Struct {
	o := everyKind()[0]
	delete(o.GetFields(), "long")
	return o
}

func encode(t testing.TB, m proto.Message) []byte {
	t.Helper()
	b, err := proto.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// received are bytes as gRPC hands them on: in several buffers.
func received(b []byte) mem.BufferSlice {
	half := len(b) / 2
	return mem.BufferSlice{mem.SliceBuffer(b[:half]), mem.SliceBuffer(b[half:])}
}

// everyKind are objects that have values of every kind, at their ends.
func everyKind() []*structpb.Struct {
	list := func(v ...*structpb.Value) *structpb.Value {
		return structpb.NewListValue(&structpb.ListValue{Values: v})
	}
	object := func(fields map[string]*structpb.Value) *structpb.Value {
		return structpb.NewStructValue(&structpb.Struct{Fields: fields})
	}
	scalars := map[string]*structpb.Value{
		"": structpb.NewNullValue(), "null": structpb.NewNumberValue(0), "max": structpb.NewNumberValue(math.MaxFloat64),
		"nan": structpb.NewNumberValue(math.NaN()), "true": structpb.NewBoolValue(true), "false": structpb.NewBoolValue(false),
		"empty": structpb.NewStringValue(""), "text": structpb.NewStringValue("ü\x00"), "none": {},
		"long":  structpb.NewStringValue(strings.Repeat("long", 1<<13)),
		"enum":  {Kind: &structpb.Value_NullValue{NullValue: -1}},
		"list":  list(),
		"lists": list(list(), list(structpb.NewNullValue()), object(nil)),
	}
	return []*structpb.Struct{{Fields: scalars}, {Fields: map[string]*structpb.Value{"o": object(scalars), "l": list(object(scalars))}}, {}}
}
