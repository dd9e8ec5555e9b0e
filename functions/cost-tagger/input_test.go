package costtagger

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"sigs.k8s.io/yaml"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

const bucket = "{apiVersion: s3.aws.upbound.io/v1beta2, kind: Bucket}"

func TestInput(t *testing.T) {
	cases := map[string]struct{ reason, input, want, message string }{
		"Values":      {"Literal tags.", "{tags: [{values: {a: b}}]}", "{a: b}", ""},
		"Value":       {"One literal tag.", "{tags: [{key: a, value: b}]}", "{a: b}", ""},
		"EmptyValue":  {"An empty value is one.", "{tags: [{key: a, value: ''}]}", "{a: ''}", ""},
		"FieldObject": {"Tags at a path of the XR.", "{tags: [{fromFieldPath: spec.tags}]}", "{c: d}", ""},
		"FieldValue":  {"One value at a path, and a number is written as YAML does.", "{tags: [{key: size, fromFieldPath: spec.size}]}", "{size: '3'}", ""},
		"FieldItem":   {"A path through a list, and brackets.", "{tags: [{key: size, fromFieldPath: 'spec[bad][0]'}]}", "{size: '1'}", ""},
		"Environment": {"Tags of the environment.", "{tags: [{fromEnvironment: costs.tags}]}", "{e: f}", ""},
		"LastWins":    {"Of the same key the last wins.", "{tags: [{values: {a: 1st, b: x}}, {values: {a: 2nd}}]}", "{a: 2nd, b: x}", ""},
		"OwnPolicy":   {"A source can have another policy.", "{policy: Retain, tags: [{values: {a: b}, policy: Replace}]}", "{a: b}", ""},
		"Missing": {
			"Nothing at a path is said.", "{tags: [{fromFieldPath: spec.none}, {values: {a: b}}]}", "{a: b}",
			"1 resource tagged; XR spec.none: is not there, so its tags are missing",
		},
		"MissingLabel": {
			"So is a missing label, whose key has dots.",
			"{tags: [{key: team, fromFieldPath: 'metadata.labels[example.org/team]'}, {values: {a: b}}]}", "{a: b}",
			"1 resource tagged; XR metadata.labels[example.org/team]: is not there, so its tags are missing",
		},
		"Metadata": {
			"The input is a Kubernetes object.",
			"{apiVersion: cost-tagger.fn.platform.victor.onl/v1beta1, kind: Tags, metadata: {name: x}, tags: [{values: {a: b}}]}", "{a: b}", "",
		},
	}
	check := inputChecker(t)
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if tc.message == "" {
				tc.message = "1 resource tagged"
			}
			req := foreign(t, tc.input, bucket, "")
			if err := check(req.GetInput()); err != nil {
				t.Errorf("\n%s\nthe CRD refuses the input: %v", tc.reason, err)
			}
			req.Context = fromYAML(t, "{apiextensions.crossplane.io/environment: {costs: {tags: {e: f}}}}")
			rsp := run(t, req)
			o := rsp.GetDesired().GetResources()["r"].GetResource()
			if diff := cmp.Diff(fromYAML(t, tc.want), object.Struct(o, "spec", "forProvider", "tags"), protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nRunFunction(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.message, rsp.GetConditions()[0].GetMessage()); diff != "" {
				t.Errorf("\n%s\ncondition: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestInputRefused(t *testing.T) {
	cases := map[string]struct{ input, want string }{
		"Typo": {"{tag: []}", "input.tag: unknown field; did you mean input.tags?"},
		"TypoInItem": {
			"{tags: [{valeus: {a: b}}]}",
			"input.tags[0].valeus: unknown field; did you mean input.tags[0].values?; and input.tags[0].values: exactly one of " +
				"values, value, fromFieldPath and fromEnvironment is allowed, and 0 are here",
		},
		"TypoBeside": {"{tags: [{values: {a: b}, polcy: Retain}]}", "input.tags[0].polcy: unknown field; did you mean input.tags[0].policy?"},
		"Version":    {"{apiVersion: x/v1}", `input.apiVersion: "x/v1" is not allowed; allowed are cost-tagger.fn.platform.victor.onl/v1beta1`},
		"Kind":       {"{kind: ManagedTags}", `input.kind: "ManagedTags" is not allowed; allowed are Tags`},
		"Policy":     {"{policy: replace}", `input.policy: "replace" is not allowed; allowed are Replace, Retain; did you mean "Replace"?`},
		"NoList":     {"{tags: {a: b}}", "input.tags: an object is no list"},
		"NoItem":     {"{tags: [x]}", `input.tags[0]: "x" is no object`},
		"Number":     {"{tags: [{values: {year: 2024}}]}", "input.tags[0].values.year: 2024 is no string; put it in quotes"},
		"Two": {
			"{tags: [{values: {a: b}, fromFieldPath: spec.x}]}",
			"input.tags[0].values: exactly one of values, value, fromFieldPath and fromEnvironment is allowed, and 2 are here",
		},
		"ValueAlone": {"{tags: [{value: x}]}", "input.tags[0].key: is missing; it is the key of the tag that value is for"},
		"KeyBeside":  {"{tags: [{key: x, values: {a: b}}]}", `input.tags[0].key: "x" is not allowed beside values, which have keys of their own`},
		"Elsewhere": {
			"{tags: [{fromFieldPath: tags}]}",
			`input.tags[0].fromFieldPath: "tags" is not allowed; allowed is a path below metadata, spec or status of the XR`,
		},
		"Dots":          {"{tags: [{fromFieldPath: spec..x}]}", `input.tags[0].fromFieldPath: "spec..x" has an empty step`},
		"Bracket":       {"{tags: [{fromFieldPath: 'spec[x'}]}", `input.tags[0].fromFieldPath: "spec[x" has a [ without a ]`},
		"Pattern":       {"{ignoreTags: ['*x']}", `input.ignoreTags[0]: "*x" is not allowed; allowed is a key, or its beginning with one * at the end`},
		"Status":        {"{statusTo: spec.x}", `input.statusTo: "spec.x" is not allowed; allowed is a path below status such as status.cost`},
		"Variable":      {"{workspace: {shape: List}}", "input.workspace.variable: is missing; it is the module's variable for tags, such as tags"},
		"Shape":         {"{workspace: {variable: tags}}", "input.workspace.shape: is missing; allowed are List, Map, as the module declares the variable"},
		"Required":      {"{tags: [{fromFieldPath: spec.none, required: true}]}", "XR spec.none: is missing, and the function's input requires it for tags"},
		"NoObject":      {"{tags: [{fromFieldPath: spec.size}]}", "XR spec.size: 3 is no object of tags; for one tag, the input names its key"},
		"NoString":      {"{tags: [{key: x, fromFieldPath: spec.bad}]}", `XR spec.bad: a list is no string, and it is the value of the tag "x"`},
		"NoStringBelow": {"{tags: [{fromFieldPath: spec}]}", "XR spec.bad: a list is no string"},
	}
	// What the CRD cannot tell: these need the XR, or are no simple form.
	only := []string{"Required", "NoObject", "NoString", "NoStringBelow", "Dots", "Bracket", "Elsewhere"}
	check := inputChecker(t)
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if err := check(fromYAML(t, tc.input)); (err == nil) != slices.Contains(only, name) {
				t.Errorf("the CRD says %v", err)
			}
			rsp := run(t, foreign(t, tc.input, bucket, ""))
			if len(rsp.GetResults()) != 1 || len(rsp.GetConditions()) != 1 {
				t.Fatalf("want one fatal result and its condition, got %v", rsp)
			}
			if diff := cmp.Diff([]string{tc.want, tc.want}, []string{rsp.GetResults()[0].GetMessage(), rsp.GetConditions()[0].GetMessage()}); diff != "" {
				t.Errorf("-want, +got:\n%s", diff)
			}
			if rsp.GetDesired().GetResources()["r"].GetResource() == nil {
				t.Error("a resource once desired stays desired")
			}
		})
	}
}

// TestNoInput holds that a stranger's pipeline works on without tags, and says so.
func TestNoInput(t *testing.T) {
	for name, req := range map[string]*fnv1.RunFunctionRequest{"Foreign": foreign(t, "{}", bucket, ""), "Empty": {}} {
		rsp := run(t, req)
		if len(rsp.GetResults()) > 0 || rsp.GetConditions()[0].GetReason() != reasonNoTags {
			t.Errorf("%s: want no result and the condition %s, got %v", name, reasonNoTags, rsp)
		}
	}
}

func TestStatusTo(t *testing.T) {
	rsp := run(t, foreign(t, "{statusTo: status.bill.tags, tags: [{values: {a: b}}]}", bucket, ""))
	want := fromYAML(t, "{status: {bill: {tags: {tags: {a: b}}}}}")
	if diff := cmp.Diff(want, rsp.GetDesired().GetComposite().GetResource(), protocmp.Transform()); diff != "" {
		t.Errorf("a stranger's status is written where the input says: -want, +got:\n%s", diff)
	}
}

// inputChecker holds an input against the CRD, as an editor or a linter does that
// has it.
func inputChecker(t *testing.T) func(*structpb.Struct) error {
	t.Helper()
	c, err := crds.LoadFile("package/input/cost-tagger.fn.platform.victor.onl_tags.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return func(input *structpb.Struct) error {
		o := input.AsMap()
		if o["apiVersion"] == nil {
			o["apiVersion"] = inputVersion
		}
		if o["kind"] == nil {
			o["kind"] = inputKind
		}
		o["metadata"] = map[string]any{"name": "x", "namespace": "x"}
		return c.Check(o)
	}
}

// TestInputCRD holds that the CRD has the fields that the function reads.
func TestInputCRD(t *testing.T) {
	b, err := os.ReadFile("package/input/cost-tagger.fn.platform.victor.onl_tags.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var crd struct {
		Spec struct {
			Versions []struct {
				Schema struct {
					OpenAPIV3Schema struct {
						Properties map[string]struct {
							Properties map[string]any
							Items      struct{ Properties map[string]any }
						}
					}
				}
			}
		}
	}
	if err := yaml.Unmarshal(b, &crd); err != nil {
		t.Fatal(err)
	}
	top := crd.Spec.Versions[0].Schema.OpenAPIV3Schema.Properties
	fields := func(names []string) string { slices.Sort(names); return strings.Join(names, ", ") }
	names := func(m map[string]any) (out []string) {
		for k := range m {
			out = append(out, k)
		}
		return out
	}
	var all []string
	for k := range top {
		if k != "metadata" {
			all = append(all, k)
		}
	}
	for input, have := range map[string][]string{
		"{x: 1}":                           all,
		"{tags: [{values: {a: b}, x: 1}]}": names(top["tags"].Items.Properties),
		"{workspace: {variable: v, shape: Map, x: 1}}": names(top["workspace"].Properties),
	} {
		_, err := readInput(fromYAML(t, input))
		if err == nil || !strings.HasSuffix(err.Error(), "the fields here are "+fields(have)) {
			t.Errorf("the CRD has %s, but the function says %v", fields(have), err)
		}
	}
}
