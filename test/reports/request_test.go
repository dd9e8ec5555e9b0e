package reports

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"
	"sigs.k8s.io/yaml"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// resourceName is the annotation by which Crossplane tells composed resources apart.
const resourceName = "crossplane.io/composition-resource-name"

// environment is where function-environment-configs puts what it read.
const environment = "apiextensions.crossplane.io/environment"

// allow are the settings of the platform.
const allow = `{metadata: {name: platform}, data: {policy: {adopt: manage, adoptNames: ["*", "*/*"]}}}`

// request makes the request of an input: YAML documents, each under a line that says what
// its role is. Beside the request it returns the settings that there are, by their names.
//
// Settings that no report has let claims adopt what carries no tags, as all did then.
func request(t *testing.T, file string) (*fnv1.RunFunctionRequest, map[string]*fnv1.Resource) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	req := &fnv1.RunFunctionRequest{
		Meta:            &fnv1.RequestMeta{Capabilities: []fnv1.Capability{fnv1.Capability_CAPABILITY_REQUIRED_SCHEMAS}},
		Observed:        &fnv1.State{Resources: map[string]*fnv1.Resource{}},
		Desired:         &fnv1.State{Resources: map[string]*fnv1.Resource{}},
		RequiredSchemas: map[string]*fnv1.Schema{},
	}
	settings := map[string]*fnv1.Resource{"platform": {Resource: parse(t, []byte(allow))}}
	for doc := range bytes.SplitSeq(b, []byte("\n---\n")) {
		head, _, _ := strings.Cut(string(doc), "\n")
		role, o := strings.TrimPrefix(head, "# role: "), parse(t, doc)
		r := &fnv1.Resource{Resource: o}
		name := object.String(o, "metadata", "annotations", resourceName)
		switch role {
		case "xr":
			req.Observed.Composite = r
		case "observed":
			req.GetObserved().GetResources()[name] = r
		case "desired":
			req.GetDesired().GetResources()[name] = r
		case "settings":
			settings[object.String(o, "metadata", "name")] = r
		case "environment":
			req.Context = &structpb.Struct{Fields: map[string]*structpb.Value{environment: structpb.NewStructValue(o)}}
		case "input":
			req.Input = o
		case "crd":
			name, schema := schemaOf(o)
			req.GetRequiredSchemas()[name] = schema
		default:
			t.Fatalf("%s: %q is no role", file, role)
		}
	}
	return req, settings
}

// answer gives a function what it asked for, as Crossplane does before it calls again: the
// settings of that name, and none of anything else.
func answer(req *fnv1.RunFunctionRequest, rsp *fnv1.RunFunctionResponse, settings map[string]*fnv1.Resource) {
	req.RequiredResources = map[string]*fnv1.Resources{}
	for name, asked := range rsp.GetRequirements().GetResources() {
		found := &fnv1.Resources{}
		if r := settings[asked.GetMatchName()]; r != nil && asked.GetKind() == "EnvironmentConfig" {
			found.Items = []*fnv1.Resource{r}
		}
		req.GetRequiredResources()[name] = found
	}
}

func parse(t *testing.T, doc []byte) *structpb.Struct {
	t.Helper()
	j, err := yaml.YAMLToJSON(doc)
	if err != nil {
		t.Fatal(err)
	}
	s := &structpb.Struct{}
	if err := protojson.Unmarshal(j, s); err != nil {
		t.Fatal(err)
	}
	return s
}

// schemaOf is the schema of a CRD's only version, by the name that cost-tagger asks for.
func schemaOf(crd *structpb.Struct) (string, *fnv1.Schema) {
	version := object.Get(crd, "spec", "versions").GetListValue().GetValues()[0].GetStructValue()
	name := object.String(crd, "spec", "group") + "/" + object.String(version, "name") + "/" + object.String(crd, "spec", "names", "kind")
	return name, &fnv1.Schema{OpenapiV3: object.Struct(version, "schema", "openAPIV3Schema")}
}
