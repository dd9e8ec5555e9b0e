package claim

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/apis/v1alpha1"
)

// xr of a claim in dev with that spec.
func xr(t *testing.T, spec string) *structpb.Struct {
	t.Helper()
	j, err := yaml.YAMLToJSON([]byte("metadata: {name: main, namespace: payments-dev-infra}\nspec: {" + spec + "}"))
	if err != nil {
		t.Fatal(err)
	}
	s := &structpb.Struct{}
	if err := protojson.Unmarshal(j, s); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestFromXR holds what is said of a claim as a whole; each field's own sentence is
// tried by test/input.
func TestFromXR(t *testing.T) {
	const good = "provider: gcp, profile: small, "
	cases := map[string]struct{ reason, spec, want string }{
		"Database": {"A database says its engine.", good + "database: {engine: postgres}", "<nil>"},
		"NoType": {
			"A bucket section beside no type says which type to set, and nothing about what a database needs.",
			"provider: gcp, bucket: {versioning: true}",
			`spec.bucket: belongs to type bucket, and spec.type is "database"; set spec.type: bucket, or take spec.bucket out`,
		},
		"Bucket": {"A bucket needs neither profile nor section.", "provider: gcp, type: bucket", "<nil>"},
		"Stream": {
			"A type that there is not lists those that there are, and nothing about sections.",
			"provider: gcp, type: stream", `spec.type: "stream" is not allowed; allowed are database, bucket, cache, queue, cluster`,
		},
		"NoProfile": {
			"A database without a profile lists those that every platform has.",
			"provider: gcp, database: {engine: mysql}",
			"spec.profile: is missing; allowed for a database are nano, small, medium, large, xlarge, and those that the settings add",
		},
		"Misspelt": {
			"A misspelt section is all that is said.",
			good + "databse: {engine: postgres}", "spec.databse: unknown field; did you mean spec.database?",
		},
		"NotIndented": {
			"Fields beside their section say where they belong.",
			good + `database: {}, engine: postgres, version: "17"`,
			"spec.engine: unknown field; it belongs under spec.database; and spec.version: unknown field; it belongs under spec.database",
		},
		"Indented": {
			"Fields of the spec in a section say where they belong.",
			"provider: gcp, database: {engine: postgres, profile: small}", "spec.database.profile: unknown field; it belongs under spec",
		},
		"OfABucket": {
			"A field of another type's section is named with that section.",
			good + "database: {engine: postgres}, versioning: true", "spec.versioning: unknown field; it belongs under spec.bucket",
		},
		"Capitals": {
			"All words in capitals are told at once.", "provider: GCP, profile: Small, region: EU-West, database: {engine: MySQL}",
			`spec.provider: "GCP" is not allowed; allowed are gcp, aws, azure, ibm; did you mean "gcp"?` +
				`; and spec.region: "EU-West" is not allowed; allowed is lowercase letters, digits and hyphens; did you mean "eu-west"?` +
				`; and spec.profile: "Small" is not allowed; allowed are nano, small, medium, large, xlarge; did you mean "small"?` +
				`; and spec.database.engine: "MySQL" is not allowed; allowed are postgres, mysql; did you mean "mysql"?`,
		},
		"OwnProfile": {"A profile in capitals may be one of the settings.", "provider: gcp, profile: Small, database: {engine: mysql}", "<nil>"},
		"Elsewhere": {
			"The Secret of a namespaced XR is in its namespace.",
			good + "writeConnectionSecretToRef: {name: a, namespace: apps}, database: {engine: mysql}",
			`spec.writeConnectionSecretToRef.namespace: "apps" is not allowed; the Secret is made in the claim's own namespace, so take the field out`,
		},
		"Crossplane": {
			"Crossplane itself writes a namespace for the Secret into the XR of a claim.",
			good + "claimRef: {name: main, namespace: a-dev-infra}, writeConnectionSecretToRef: {name: a, namespace: crossplane-system}, database: {engine: mysql}",
			"<nil>",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			o := xr(t, tc.spec)
			if strings.Contains(tc.spec, "claimRef") {
				delete(o.GetFields()["metadata"].GetStructValue().GetFields(), "namespace")
			}
			_, err := FromXR(o)
			if diff := cmp.Diff(tc.want, fmt.Sprint(err)); diff != "" {
				t.Errorf("\n%s\nFromXR(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestSection holds that whoever composes a type refuses what stands in its section and
// in those of other types.
func TestSection(t *testing.T) {
	cases := map[string]struct{ reason, spec, want string }{
		"Empty": {"A section may be left out.", "", "<nil>"},
		"Unknown": {
			"A field that the section has not is unknown.",
			", bucket: {size: 5}", "spec.bucket.size: unknown field; the fields here are versioning",
		},
		"Foreign": {
			"The section of a database is none of a bucket's.",
			", database: {engine: mysql}", `spec.database: belongs to type database, and spec.type is "bucket"; set spec.type: database, or take spec.database out`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			c, err := FromXR(xr(t, "provider: gcp, type: bucket"+tc.spec))
			if err != nil {
				t.Fatal(err)
			}
			r := c.Section()
			r.Bool("versioning")
			r.Done()
			if diff := cmp.Diff(tc.want, fmt.Sprint(r.Err())); diff != "" {
				t.Errorf("\n%s\nErr(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestTypes holds that the API has a section of every type, whose fields are known here.
func TestTypes(t *testing.T) {
	spec := reflect.TypeFor[v1alpha1.ResourceSpec]()
	sections := map[string]bool{}
	for f := range spec.Fields() {
		if f.Type.Kind() == reflect.Pointer && f.Type.Elem().Kind() == reflect.Struct {
			name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			sections[name] = true
		}
	}
	for _, name := range Types {
		if !sections[name] || len(sectionFields[name]) == 0 {
			t.Errorf("type %s has no section", name)
		}
		delete(sections, name)
	}
	if len(sections) > 0 {
		t.Errorf("sections without a type: %v", sections)
	}
}
