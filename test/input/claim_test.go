package input

import (
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// schema of a spec, of the namespaced XRD, which has the fields that a claim gets
// from Crossplane too.
func schema(t *testing.T) *extv1.JSONSchemaProps {
	t.Helper()
	s, err := crds.ClaimSpec(root + "/apis/namespaced/definition.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// walk visits every field below a schema, objects before what they hold.
func walk(s *extv1.JSONSchemaProps, path []string, visit func(*extv1.JSONSchemaProps, []string)) {
	for name, child := range s.Properties {
		at := append(append([]string{}, path...), name)
		visit(&child, at)
		walk(&child, at, visit)
	}
	if s.AdditionalProperties != nil && s.AdditionalProperties.Schema != nil {
		visit(s.AdditionalProperties.Schema, append(append([]string{}, path...), "some"))
	}
}

// refused says whether an API server would refuse a value.
func refused(t *testing.T, s *extv1.JSONSchemaProps, v *structpb.Value) bool {
	t.Helper()
	internal := &apiextensions.JSONSchemaProps{}
	if err := extv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(s, internal, nil); err != nil {
		t.Fatal(err)
	}
	validator, _, err := validation.NewSchemaValidator(internal)
	if err != nil {
		t.Fatal(err)
	}
	b, err := v.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	var o any
	if err := utiljson.Unmarshal(b, &o); err != nil {
		t.Fatal(err)
	}
	return len(validation.ValidateCustomResource(field.NewPath("x"), o, validator)) > 0
}

// TestEveryField writes values of every type into every field of a claim. What an
// API server would refuse, the functions refuse as well: an XR can be written past
// its schema, and a render sees no API server.
func TestEveryField(t *testing.T) {
	xr, fields := fromYAML(t, good), 0
	walk(schema(t), []string{"spec"}, func(s *extv1.JSONSchemaProps, path []string) {
		fields++
		name := strings.Join(path, ".")
		t.Run(name, func(t *testing.T) {
			base := xr
			if strings.HasPrefix(name, "spec.database.restoreFrom.") { // which asks for a name in any case
				base = set(xr, structpb.NewStringValue("orders"), "spec", "database", "restoreFrom", "name")
			}
			for _, v := range values() {
				said := refusal(t, set(base, v, path...), nil)
				if said == "" {
					if !lenient(name, v) && refused(t, s, v) {
						t.Errorf("%s is accepted, and an API server refuses it", brief(v))
					}
					continue
				}
				if section := foreign(name); section != "" {
					if !strings.HasPrefix(said, section+": ") {
						t.Errorf("%s: the section of another type is not named: %.200q", brief(v), said)
					}
					continue
				}
				if !strings.HasPrefix(said, name) && !strings.HasPrefix(said, "spec.compositionSelector") && !strings.HasPrefix(said, strings.TrimSuffix(name, "some")) {
					t.Errorf("%s: the field is not named: %.200q", brief(v), said)
				}
				if !shown(said, v) {
					t.Errorf("%s: the value is not shown: %.200q", brief(v), said)
				}
			}
		})
	})
	if fields < 20 {
		t.Errorf("only %d fields were tried", fields)
	}
}

// foreign returns the section that a field is in where it is not that of the claim which
// the tests start from, or "".
func foreign(name string) string {
	for _, other := range claim.Types {
		if section := "spec." + other; other != claim.TypeDatabase && strings.HasPrefix(name+".", section+".") {
			return section
		}
	}
	return ""
}

// lenient says where the functions take more than an API server does: an empty
// string and a null are as none, a cost tag is cut to what a cloud takes, and of a
// selector only the provider is read.
func lenient(name string, v *structpb.Value) bool {
	if m := v.GetStructValue().GetFields()["none"]; m != nil {
		return true
	}
	s, isString := v.GetKind().(*structpb.Value_StringValue)
	return isString && (s.StringValue == "" || name == "spec.tags.some" || name == "spec.compositionSelector.matchLabels.some")
}

// TestCases are the sentences of the mistakes that people make most.
func TestCases(t *testing.T) {
	cases := map[string]struct{ reason, old, now, want string }{
		"Provider":   {"An unknown provider lists those that exist.", "gcp", "oracle", `spec.provider: "oracle" is not allowed; allowed are gcp, aws, azure, ibm`},
		"NoProvider": {"So does one that is missing.", "provider: gcp, ", "", `spec.provider: is missing; allowed are gcp, aws, azure, ibm`},
		"Type": {
			"An unknown type lists those that exist.", "profile", "type: stream, profile",
			`spec.type: "stream" is not allowed; allowed are database, bucket`,
		},
		"Profile": {
			"An unknown profile lists those that exist.", "small", "huge",
			`spec.profile: "huge" is not allowed; allowed are nano, small, medium, large, xlarge`,
		},
		"NoProfile": {
			"So does one that is missing.", "profile: small, ", "",
			`spec.profile: is missing; allowed for a database are nano, small, medium, large, xlarge, and those that the settings add`,
		},
		"Engine": {
			"An unknown engine lists those that exist.", "postgres", "oracle",
			`spec.database.engine: "oracle" is not allowed; allowed are postgres, mysql`,
		},
		"NoDatabase": {
			"A database says at least its engine.", ", database: {engine: postgres}", "",
			`spec.database.engine: is missing; allowed are postgres, mysql`,
		},
		"Region": {"An unknown region lists those that exist.", "eu-west", "moon", `spec.region: "moon" is `},
		"ForeignRegion": {
			"A region of another cloud is recognised.", "eu-west", "eu-west-1",
			`spec.region: "eu-west-1" is a region of aws, and the claim's provider is gcp`,
		},
		"NoRegion": {"Without settings a claim names its region.", "region: eu-west, ", "", `spec.region: is missing`},
		"Namespace": {
			"A namespace says project and env.", "payments-dev-infra", "payments-dev",
			`metadata.namespace: "payments-dev" is no {project}-{env}-infra with env one of dev, staging, prod, mgmt`,
		},
		"NamespaceEnv": {
			"With an env of the platform.", "payments-dev-infra", "payments-test-infra",
			`metadata.namespace: "payments-test-infra" is no {project}-{env}-infra with env one of dev, staging, prod, mgmt`,
		},
		"Storage": {
			"Storage below the minimum names the range.", "engine", "storageGiB: 5, engine",
			`spec.database.storageGiB: 5 is not allowed; allowed is 20 to 65536`,
		},
		"NoSpec": {
			"An XR without spec names what it needs.", "spec: {", "other: {",
			`spec: is missing; a Resource needs at least spec.provider, spec.profile and spec.database.engine`,
		},
		"Unheard": {
			"A type that there is not lists those that there are.", "profile", "type: stream, profile",
			`spec.type: "stream" is not allowed; allowed are database, bucket`,
		},
		"Typo": {"A misspelt field names the nearest that exists.", "region", "regoin", `spec.regoin: unknown field; did you mean spec.region?`},
		"Strange": {
			"A field that is like none lists those that exist.", "region", "colour",
			`spec.colour: unknown field; the fields here are adopt, bucket, cache, cluster, database,`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			changed := strings.Replace(good, tc.old, tc.now, 1)
			if changed == good {
				t.Fatal("the case changes nothing")
			}
			if said := refusal(t, fromYAML(t, changed), nil); !strings.HasPrefix(said, tc.want) {
				t.Errorf("\n%s\nwant %q, got %q", tc.reason, tc.want, said)
			}
		})
	}
}
