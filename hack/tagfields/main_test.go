package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// folder writes CRDs, each a kind of a group with the properties of its
// forProvider.
func folder(t *testing.T, crds ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i, c := range crds {
		kind, properties, _ := strings.Cut(c, ": ")
		group, name, _ := strings.Cut(kind, "/")
		text := fmt.Sprintf(`spec:
  group: %s
  names: {kind: %s}
  versions:
  - {name: v1alpha1, storage: false}
  - name: v1beta1
    storage: true
    schema: {openAPIV3Schema: {properties: {spec: {properties: {forProvider: {properties: %s}}}}}}
`, group, name, properties)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.yaml", i)), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const (
	aMap   = "{additionalProperties: {type: string}}"
	aList  = "{items: {properties: {key: {}, value: {}, propagateAtLaunch: {}}}}"
	noList = "{items: {type: string}}"
)

func TestRead(t *testing.T) {
	cases := map[string]struct {
		reason    string
		folders   [][]string
		want      string
		undecided []string
	}{
		"Top":       {"The cloud's own field", [][]string{{"rds.aws.upbound.io/Instance: {tags: " + aMap + "}"}}, "rds.aws\ntags: Instance\n", nil},
		"Scopes":    {"Both scopes are one kind", [][]string{{"rds.aws.upbound.io/Instance: {tags: " + aMap + "}", "rds.aws.m.upbound.io/Instance: {tags: " + aMap + "}"}}, "rds.aws\ntags: Instance\n", nil},
		"None":      {"A kind without a field is known as well", [][]string{{"rds.aws.upbound.io/Proxy: {name: {}}"}}, "rds.aws\n-: Proxy\n", nil},
		"Network":   {"GCP's tags are no cost tags", [][]string{{"compute.gcp.upbound.io/Instance: {labels: " + aMap + ", tags: " + noList + "}"}}, "compute.gcp\nlabels: Instance\n", nil},
		"Bind":      {"Nor are its maps of tags", [][]string{{"pubsub.gcp.upbound.io/Topic: {labels: " + aMap + ", tags: " + aMap + "}"}}, "pubsub.gcp\nlabels: Topic\n", nil},
		"Selector":  {"Nor are selectors", [][]string{{"s3.aws.upbound.io/BucketMetric: {filter: {properties: {tags: " + aMap + "}}}"}}, "s3.aws\n-: BucketMetric\n", nil},
		"Nested":    {"Through a list, which leaves no trace", [][]string{{"sql.gcp.upbound.io/DatabaseInstance: {settings: {items: {properties: {userLabels: " + aMap + "}}}}"}}, "sql.gcp\n+settings.userLabels: DatabaseInstance\n", nil},
		"Pairs":     {"A list of pairs", [][]string{{"autoscaling.aws.upbound.io/AutoscalingGroup: {tag: " + aList + "}"}}, "autoscaling.aws\ntag=key,value,propagateAtLaunch: AutoscalingGroup\n", nil},
		"Undecided": {"What nobody has decided is named", [][]string{{"rds.aws.upbound.io/Instance: {newTags: " + aMap + "}"}}, "rds.aws\n-: Instance\n", []string{"aws rds.aws/Instance newTags (map)"}},
		"Gone":      {"Older folders fill in the kinds that are gone", [][]string{{"rds.aws.upbound.io/A: {tags: " + aMap + "}"}, {"rds.aws.upbound.io/B: {tags: " + aMap + "}"}}, "rds.aws\ntags: A B\n", nil},
		"Varying":   {"Nobody knows a kind whose versions differ", [][]string{{"rds.aws.upbound.io/A: {tags: " + aMap + "}"}, {"rds.aws.upbound.io/A: {name: {}}"}}, "rds.aws\n*: A\n", nil},
		"Foreign":   {"Other groups are left out", [][]string{{"rds.aws.upbound.io/A: {tags: " + aMap + "}", "rds.aws.example.org/A: {tags: " + aMap + "}"}}, "rds.aws\ntags: A\n", nil},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var folders []string
			for _, crds := range tc.folders {
				folders = append(folders, folder(t, crds...))
			}
			got, undecided, err := read(folders)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(heading+tc.want, got.String()); diff != "" {
				t.Errorf("\n%s\nread(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.undecided, undecided); diff != "" {
				t.Errorf("\n%s\nundecided: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func TestReadNothing(t *testing.T) {
	if _, _, err := read([]string{t.TempDir()}); err == nil || !strings.Contains(err.Error(), "package/crds") {
		t.Errorf("read(): want an error that says which folders, got %v", err)
	}
}

// TestSnapshot holds that the table has of each kind of the snapshot what the
// generator reads in its CRD.
func TestSnapshot(t *testing.T) {
	b, err := os.ReadFile("../../" + out)
	if err != nil {
		t.Fatal(err)
	}
	have := table{}
	group := ""
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSpace(line)
		fields, kinds, ok := strings.Cut(line, ": ")
		if !ok {
			group = line
			have[group] = map[string][]string{}
			continue
		}
		for kind := range strings.FieldsSeq(kinds) {
			have[group][kind] = strings.Fields(strings.TrimPrefix(fields, none))
		}
	}
	want, _, err := read([]string{"../../test/crds/snapshot"})
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, group := range slices.Sorted(maps.Keys(want)) {
		for kind, fields := range want[group] {
			if !slices.Equal(fields, have[group][kind]) {
				t.Errorf("%s of %s: the CRD has %v, the table %v", kind, group, fields, have[group][kind])
			}
			checked++
		}
	}
	if checked < 10 {
		t.Errorf("the snapshot has only %d kinds", checked)
	}
}
