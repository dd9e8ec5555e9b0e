package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"sigs.k8s.io/yaml"
)

// A server validates specs as an API server does.
type server struct {
	structural *schema.Structural
	schema     validation.SchemaValidator
	rules      *cel.Validator
}

func newServer(t *testing.T, path string) *server {
	t.Helper()
	internal := &apiextensions.JSONSchemaProps{}
	if err := extv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(spec(t, path), internal, nil); err != nil {
		t.Fatal(err)
	}
	v, _, err := validation.NewSchemaValidator(internal)
	if err != nil {
		t.Fatal(err)
	}
	s := structural(t, spec(t, path))
	return &server{structural: s, schema: v, rules: cel.NewValidator(s, false, celconfig.PerCallLimit)}
}

// write returns what the server says of a spec that is created, or updated where
// there is one before.
func (s *server) write(t *testing.T, before, after map[string]any) string {
	t.Helper()
	defaulting.Default(after, s.structural)
	errs := validation.ValidateCustomResource(field.NewPath("spec"), after, s.schema)
	var old any
	if before != nil {
		defaulting.Default(before, s.structural)
		old = before
	}
	broken, _ := s.rules.Validate(context.Background(), field.NewPath("spec"), s.structural, after, old, celconfig.RuntimeCELCostBudget)
	if errs = append(errs, broken...); len(errs) == 0 {
		return ""
	}
	return errs.ToAggregate().Error()
}

// decode reads a manifest as the server does: whole numbers are integers.
func decode(t *testing.T, manifest []byte) map[string]any {
	t.Helper()
	b, err := yaml.YAMLToJSONStrict(manifest)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]any{}
	if err := utiljson.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// cannot is what the function's guard says of such a change, too.
func cannot(path, was, asked string) string {
	return fmt.Sprintf("%s: %q cannot become %q on a live database; set it back to %q, or make a second claim and migrate", path, was, asked, was)
}

func TestRules(t *testing.T) {
	const (
		small    = "profile: small, "
		postgres = small + "database: {engine: postgres}"
	)
	// before is "" where the spec is created.
	cases := map[string]struct{ reason, before, after, want string }{
		"Create":            {"The least that a claim says.", "", postgres, ""},
		"NoDatabase":        {"A database says at least its engine.", "", "profile: small", "spec.database is required"},
		"NoEngine":          {"So it does when it says anything else.", "", small + "database: {name: a}", "spec.database.engine: Required value"},
		"NoProfile":         {"There is no size for everybody.", "", "database: {engine: mysql}", "spec.profile: Required value"},
		"Unchanged":         {"A spec may be applied again.", "region: eu-west, " + postgres, "region: eu-west, " + postgres, ""},
		"Profile":           {"A size may change at any time.", postgres, "profile: large, database: {engine: postgres}", ""},
		"Tags":              {"So may tags.", postgres, "tags: {a: b}, " + postgres, ""},
		"Database":          {"A database does not go away by an edit.", postgres, "profile: small", "spec.database"},
		"Engine":            {"Another engine is another database.", postgres, small + "database: {engine: mysql}", cannot("spec.database.engine", "postgres", "mysql")},
		"StorageGrows":      {"A disk may grow.", small + "database: {engine: mysql, storageGiB: 40}", small + "database: {engine: mysql, storageGiB: 50}", ""},
		"StorageAppears":    {"The guard knows what the profile gave.", small + "database: {engine: mysql}", small + "database: {engine: mysql, storageGiB: 50}", ""},
		"StorageShrinks":    {"A disk never shrinks.", small + "database: {engine: mysql, storageGiB: 40}", small + "database: {engine: mysql, storageGiB: 30}", cannot("spec.database.storageGiB", "40", "30")},
		"StorageDisappears": {"The profile's disk may be smaller.", small + "database: {engine: mysql, storageGiB: 40}", small + "database: {engine: mysql}", cannot("spec.database.storageGiB", "40", "")},
		"VersionUp":         {"8.10 is above 8.4: parts are numbers.", small + `database: {engine: mysql, version: "8.4"}`, small + `database: {engine: mysql, version: "8.10"}`, ""},
		"VersionUpMajor":    {"9 is above 8.4.", small + `database: {engine: mysql, version: "8.4"}`, small + `database: {engine: mysql, version: "9"}`, ""},
		"VersionDown":       {"No cloud downgrades.", small + `database: {engine: postgres, version: "17"}`, small + `database: {engine: postgres, version: "16"}`, cannot("spec.database.version", "17", "16")},
		"VersionDownMinor":  {"Nor by a minor version.", small + `database: {engine: mysql, version: "8.4"}`, small + `database: {engine: mysql, version: "8.0"}`, cannot("spec.database.version", "8.4", "8.0")},
		"VersionLess":       {"8 is 8.0.", small + `database: {engine: mysql, version: "8.4"}`, small + `database: {engine: mysql, version: "8"}`, cannot("spec.database.version", "8.4", "8")},
		"VersionDisappears": {"The default may be lower.", small + `database: {engine: mysql, version: "8.4"}`, small + `database: {engine: mysql}`, cannot("spec.database.version", "8.4", "")},
		"VersionAppears":    {"The guard knows which one runs.", small + `database: {engine: mysql}`, small + `database: {engine: mysql, version: "8.4"}`, ""},
		"VersionHuge":       {"A version that is no number breaks no rule.", "", small + `database: {engine: mysql, version: "99999999999999999999"}`, "spec.database.version: Too long"},
	}
	// Fields that stay as they are, there or not.
	for path, values := range map[string][2]string{
		"spec.provider": {"gcp", "aws"}, "spec.region": {"eu-west", "us-east"}, "spec.project": {"a", "b"}, "spec.env": {"dev", "prod"},
		"spec.externalName": {"a", "b"}, "spec.database.name": {"a", "b"},
	} {
		with := func(value string) string {
			if name, ok := strings.CutPrefix(path, "spec.database."); ok {
				return small + "database: {engine: postgres, " + name + ": " + value + "}"
			}
			return strings.TrimPrefix(path, "spec.") + ": " + value + ", " + postgres
		}
		type c = struct{ reason, before, after, want string }
		cases[path+" changes"] = c{"A live database stays where and what it is.", with(values[0]), with(values[1]), cannot(path, values[0], values[1])}
		cases[path+" appears"] = c{"A field that appears is a change.", postgres, with(values[0]), cannot(path, "", values[0])}
		cases[path+" disappears"] = c{"So is one that goes.", with(values[0]), postgres, cannot(path, values[0], "")}
		cases[path+" stays"] = c{"What stays is no change.", with(values[0]), with(values[0]), ""}
	}
	for name, path := range definitions {
		s := newServer(t, path)
		for caseName, tc := range cases {
			t.Run(name+"/"+caseName, func(t *testing.T) {
				var before map[string]any
				if tc.before != "" {
					before = decode(t, []byte("{"+tc.before+"}"))
					if said := s.write(t, nil, before); said != "" {
						t.Fatal("what was there before is refused itself:", said)
					}
				}
				got := s.write(t, before, decode(t, []byte("{"+tc.after+"}")))
				if (got == "") != (tc.want == "") || !strings.Contains(got, tc.want) {
					t.Errorf("\n%s\nwant an error with %q, got %q", tc.reason, tc.want, got)
				}
			})
		}
	}
}

// TestConnectionSecret is about the field that only a namespaced XR has from us;
// a claim has it from Crossplane, which lets it be changed.
func TestConnectionSecret(t *testing.T) {
	s := newServer(t, definitions["namespaced"])
	const rest = "profile: small, database: {engine: mysql}"
	for after, want := range map[string]string{"writeConnectionSecretToRef: {name: b}, ": "cannot change", "": "cannot change", "writeConnectionSecretToRef: {name: a}, ": ""} {
		got := s.write(t, decode(t, []byte("{writeConnectionSecretToRef: {name: a}, "+rest+"}")), decode(t, []byte("{"+after+rest+"}")))
		if (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%q: want an error with %q, got %q", after, want, got)
		}
	}
}

// TestExamples holds that the examples are admitted, in both scopes.
func TestExamples(t *testing.T) {
	files, err := filepath.Glob("../../examples/claims/*/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal("no examples", err)
	}
	for name, path := range definitions {
		s := newServer(t, path)
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			claim := decode(t, b)["spec"].(map[string]any)
			if said := s.write(t, nil, claim); said != "" {
				t.Errorf("%s, %s: %s", name, f, said)
			}
		}
	}
}
