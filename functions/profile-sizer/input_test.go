package profilesizer

import (
	"os"
	"testing"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	v1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// TestInput holds that what the function refuses of an input is what its CRD
// refuses, and names the field.
func TestInput(t *testing.T) {
	refused := schemaOf(t, "package/input/profile-sizer.fn.platform.victor.onl_sizes.yaml")
	cases := map[string]struct {
		reason, input, want string
	}{
		"Empty": {"Everything is optional.", `{}`, ""},
		"All": {
			"Every field is read.",
			`{profileFrom: spec.size.name, defaultProfile: small, storageFrom: spec.size.disk, statusTo: status.size, ` +
				`resources: [{name: db}, {kind: CronJob, profile: nano}, {kind: Deployment, profileFrom: metadata.labels.size}], ` +
				`profiles: {tiny: {vcpu: 0.1, memoryGiB: 0.125, storageGiB: 20, minReplicas: 1, maxReplicas: 2, ` +
				`skus: {gcp: {name: db-x-2, vcpu: 2, memoryGiB: 4}, aws: a, azurePostgres: a, azureMySQL: a, ibm: a, ibmGen2: a}}}}`,
			"",
		},
		"Typo": {"A misspelt field is refused.", `{profilefrom: spec.size}`, "input.profilefrom: unknown field; did you mean input.profileFrom?"},
		"Path": {
			"A path starts at the spec.", `{profileFrom: size}`,
			`input.profileFrom: "size" is not allowed; allowed is a path below spec or metadata such as spec.profile`,
		},
		"StatusPath": {
			"The status is written, the spec is not.", `{statusTo: spec.size}`,
			`input.statusTo: "spec.size" is not allowed; allowed is a path below status such as status.size`,
		},
		"List": {"Resources are a list.", `{resources: {name: db}}`, "input.resources: an object is no list"},
		"Item": {"An item is named by its index.", `{resources: [{name: db}, db]}`, `input.resources[1]: "db" is no object`},
		"NoName": {
			"A target has a name or a kind.", `{resources: [{profile: nano}]}`,
			"input.resources[0].name: is missing; give the name of a desired resource, a kind, or both",
		},
		"TwoSources": {
			"A profile has one source.", `{resources: [{name: db, profile: nano, profileFrom: spec.size}]}`,
			"input.resources[0].profileFrom: stands beside profile; give one of them",
		},
		"ItemTypo": {
			"An item's misspelt field is refused.", `{resources: [{nam: db, kind: x}]}`,
			"input.resources[0].nam: unknown field; did you mean input.resources[0].name?",
		},
		"Negative": {"A negative figure is refused.", `{profiles: {small: {vcpu: -1}}}`, "input.profiles.small.vcpu: -1 is not allowed; allowed is 0.1 to 128"},
		"Unit": {
			"So is memory in MiB.", `{profiles: {small: {memoryGiB: 4096}}}`,
			"input.profiles.small.memoryGiB: 4096 is not allowed; allowed is 0.125 to 1024",
		},
		"Disk":     {"So is a disk of parts of a GiB.", `{profiles: {small: {storageGiB: 32.5}}}`, "input.profiles.small.storageGiB: 32.5 is no whole number"},
		"Quantity": {"So is a quantity.", `{profiles: {small: {memoryGiB: 4Gi}}}`, `input.profiles.small.memoryGiB: "4Gi" is no number; give GiB, such as 4`},
		"ProfileTypo": {
			"So is a misspelt figure.", `{profiles: {small: {cpu: 4}}}`,
			"input.profiles.small.cpu: unknown field; did you mean input.profiles.small.vcpu?",
		},
		"SKU": {
			"So is a cloud that there is not.", `{profiles: {small: {skus: {azure: x}}}}`,
			"input.profiles.small.skus.azure: unknown field; the fields here are aws, awsCache, awsNode, azureCache, azureMySQL, azureNode, azurePostgres, " +
				"azureQueue, gcp, gcpCache, gcpNode, ibm, ibmCache, ibmGen2, ibmNode, ibmQueue",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			in := fromYAML(t, tc.input)
			_, err := readInput(in)
			got := ""
			if err != nil {
				got = err.Error()
			}
			if got != tc.want {
				t.Errorf("\n%s\nreadInput(): want %q, got %q", tc.reason, tc.want, got)
			}
			if byCRD := refused(in.AsMap()); byCRD != (tc.want != "") {
				t.Errorf("\n%s\nthe CRD refuses it: %t; the function says %q", tc.reason, byCRD, got)
			}
		})
	}
}

// TestInputSKUs holds that the CRD knows each cloud's sizes that a profile can name.
func TestInputSKUs(t *testing.T) {
	refused := schemaOf(t, "package/input/profile-sizer.fn.platform.victor.onl_sizes.yaml")
	for _, key := range settings.SKUKeys {
		if refused(fromYAML(t, "{profiles: {tiny: {skus: {"+key+": a}}}}").AsMap()) {
			t.Errorf("the CRD refuses input.profiles.tiny.skus.%s, which the function reads", key)
		}
	}
}

func TestInputKind(t *testing.T) {
	_, err := readInput(fromYAML(t, "{apiVersion: pt.fn.crossplane.io/v1beta1, kind: Resources}"))
	want := `input.apiVersion: "pt.fn.crossplane.io/v1beta1" is not allowed; allowed are ` + inputVersion +
		`; and input.kind: "Resources" is not allowed; allowed are Sizes`
	if err == nil || err.Error() != want {
		t.Errorf("readInput() of another function's input: want %q, got %v", want, err)
	}
}

// schemaOf returns whether the only version of a CRD refuses an object.
func schemaOf(t *testing.T, path string) func(map[string]any) bool {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	crd := &v1.CustomResourceDefinition{}
	if err := yaml.UnmarshalStrict(b, crd); err != nil {
		t.Fatal(err)
	}
	if got := crd.Spec.Group + "/" + crd.Spec.Versions[0].Name + " " + crd.Spec.Names.Kind; got != inputVersion+" "+inputKind {
		t.Fatalf("the CRD is of %s", got)
	}
	internal := &apiextensions.JSONSchemaProps{}
	if err := v1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(crd.Spec.Versions[0].Schema.OpenAPIV3Schema, internal, nil); err != nil {
		t.Fatal(err)
	}
	structural, err := schema.NewStructural(internal)
	if err != nil {
		t.Fatal(err)
	}
	validator, _, err := validation.NewSchemaValidator(internal)
	if err != nil {
		t.Fatal(err)
	}
	return func(o map[string]any) bool {
		invalid := len(validation.ValidateCustomResource(nil, o, validator)) > 0
		unknown := pruning.PruneWithOptions(o, structural, true, schema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})
		return invalid || len(unknown) > 0
	}
}
