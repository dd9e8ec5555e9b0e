package tagfields

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// reading writes CRDs, each a kind of a group with the properties of its
// forProvider, and reads them.
func reading(t *testing.T, crds ...string) Table {
	t.Helper()
	dir := t.TempDir()
	var files []string
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
		files = append(files, filepath.Join(dir, fmt.Sprintf("%d.yaml", i)))
		if err := os.WriteFile(files[i], []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := Read(files)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

const (
	aMap   = "{additionalProperties: {type: string}}"
	aList  = "{items: {properties: {key: {}, value: {}, propagateAtLaunch: {}}}}"
	noList = "{items: {type: string}}"
)

func TestTable(t *testing.T) {
	cases := map[string]struct {
		reason   string
		versions [][]string
		want     string
	}{
		"Top": {
			reason:   "A map at the top that is called as the cloud's cost tags are holds them.",
			versions: [][]string{{"rds.aws.upbound.io/Instance: {tags: " + aMap + "}"}},
			want:     "rds.aws\ntags: Instance\n",
		},
		"Scopes": {
			reason:   "The CRDs of both scopes are one kind of the table.",
			versions: [][]string{{"rds.aws.upbound.io/Instance: {tags: " + aMap + "}", "rds.aws.m.upbound.io/Instance: {tags: " + aMap + "}"}},
			want:     "rds.aws\ntags: Instance\n",
		},
		"None": {
			reason:   "A kind without a field for tags is in the table as well.",
			versions: [][]string{{"rds.aws.upbound.io/Proxy: {name: {}}"}},
			want:     "rds.aws\n-: Proxy\n",
		},
		"Network": {
			reason:   "GCP's lists of network tags are no cost tags.",
			versions: [][]string{{"compute.gcp.upbound.io/Instance: {labels: " + aMap + ", tags: " + noList + "}"}},
			want:     "compute.gcp\nlabels: Instance\n",
		},
		"Bind": {
			reason:   "GCP's maps of Resource Manager tags are no cost tags.",
			versions: [][]string{{"pubsub.gcp.upbound.io/Topic: {labels: " + aMap + ", tags: " + aMap + "}"}},
			want:     "pubsub.gcp\nlabels: Topic\n",
		},
		"Filter": {
			reason:   "A filter's tags select, and are no cost tags.",
			versions: [][]string{{"s3.aws.upbound.io/BucketMetric: {filter: {properties: {tags: " + aMap + "}}}"}},
			want:     "s3.aws\n-: BucketMetric\n",
		},
		"Selector": {
			reason:   "The labels of a Kubernetes selector are no cost tags.",
			versions: [][]string{{"rds.aws.upbound.io/Proxy: {roleArnSelector: {properties: {matchLabels: " + aMap + "}}}"}},
			want:     "rds.aws\n-: Proxy\n",
		},
		"Nested": {
			reason:   "A list on the way to a field leaves no trace in its path.",
			versions: [][]string{{"sql.gcp.upbound.io/DatabaseInstance: {settings: {items: {properties: {userLabels: " + aMap + "}}}}"}},
			want:     "sql.gcp\n+settings.userLabels: DatabaseInstance\n",
		},
		"Pairs": {
			reason:   "Tags may be a list of objects with key and value.",
			versions: [][]string{{"autoscaling.aws.upbound.io/AutoscalingGroup: {tag: " + aList + "}"}},
			want:     "autoscaling.aws\ntag=key,value,propagateAtLaunch: AutoscalingGroup\n",
		},
		"Gone": {
			reason:   "A kind that only an older version has is in the table.",
			versions: [][]string{{"rds.aws.upbound.io/A: {tags: " + aMap + "}"}, {"rds.aws.upbound.io/B: {tags: " + aMap + "}"}},
			want:     "rds.aws\ntags: A B\n",
		},
		"Varying": {
			reason:   "A kind whose versions differ is marked.",
			versions: [][]string{{"rds.aws.upbound.io/A: {tags: " + aMap + "}"}, {"rds.aws.upbound.io/A: {name: {}}"}},
			want:     "rds.aws\n*: A\n",
		},
		"Foreign": {
			reason:   "Groups of other domains are left out.",
			versions: [][]string{{"rds.aws.upbound.io/A: {tags: " + aMap + "}", "rds.aws.example.org/A: {tags: " + aMap + "}"}},
			want:     "rds.aws\ntags: A\n",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var readings []Table
			for _, crds := range tc.versions {
				readings = append(readings, reading(t, crds...))
			}
			got, err := Decide(readings)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, got.Text("")); diff != "" {
				t.Errorf("\n%s\nDecide(...): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestUndecided holds that a field which looks like tags stops the table until
// somebody decides what it is, and is named.
func TestUndecided(t *testing.T) {
	_, err := Decide([]Table{reading(t, "rds.aws.upbound.io/Instance: {newTags: "+aMap+"}")})
	if err == nil || !strings.HasSuffix(err.Error(), "decisions.go:\naws rds.aws/Instance newTags (map)") {
		t.Errorf("Decide(): want an error that names the field, got %v", err)
	}
}

// TestParse holds that a reading means the same when it is read back.
func TestParse(t *testing.T) {
	want := reading(t,
		"rds.aws.upbound.io/Instance: {tags: "+aMap+", more: {properties: {tag: "+aList+"}}}",
		"rds.aws.upbound.io/Proxy: {name: {}}",
		"s3.aws.upbound.io/Bucket: {tags: "+aMap+"}",
	)
	got := Parse(want.Text("# A heading: of two words.\n"))
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("Parse(): -want, +got:\n%s", diff)
	}
	if d := got.Differing(Table{"rds.aws": {"Instance": {"tags=map"}, "Proxy": nil}}); !cmp.Equal(d, []string{"rds.aws/Instance"}) {
		t.Errorf("Differing(): want only the kind with other words, got %v", d)
	}
}
