package claim

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"
	"sigs.k8s.io/yaml"
)

func TestKubernetesID(t *testing.T) {
	cases := map[string]struct{ reason, entity, want string }{
		"Default":   {"The entity that a claim has where it names none gives its name.", "resource:default/aws-payments-dev-main", "aws-payments-dev-main"},
		"Namespace": {"Kind and namespace of an entity are not in the label, since the annotation of the entity has its name alone.", "component:shop/cart", "cart"},
		"KindOnly":  {"An entity may leave its namespace out.", "component:cart", "cart"},
		"NameOnly":  {"An entity may leave its kind out too.", "cart", "cart"},
		"Illegal":   {"What Kubernetes takes in no label is replaced, with a hash behind.", "resource:default/a b", "a_b-c8687a08"},
		"NoName":    {"Where the entity has no name, there is no label.", "resource:default/", ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			c := &Claim{Entity: tc.entity}
			if diff := cmp.Diff(tc.want, c.KubernetesID()); diff != "" {
				t.Errorf("\n%s\nKubernetesID(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestExamples holds that Backstage finds every claim that people copy.
func TestExamples(t *testing.T) {
	files, err := filepath.Glob("../../examples/claims/*/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no examples: %v", err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		xr := &structpb.Struct{}
		j, err := yaml.YAMLToJSON(b)
		if err == nil {
			err = protojson.Unmarshal(j, xr)
		}
		if err != nil {
			t.Fatal(err)
		}
		c, err := FromXR(xr)
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if diff := cmp.Diff(c.KubernetesID(), c.Labels[KubernetesID]); diff != "" {
			t.Errorf("%s: label %s: -want, +got:\n%s", file, KubernetesID, diff)
		}
	}
}

func FuzzLabelValue(f *testing.F) {
	form := regexp.MustCompile(`^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$`)
	for _, v := range []string{"team-payments", "group:default/x", strings.Repeat("x", 64), "-", "é", "a_"} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, v string) {
		if got := LabelValue(v); v != "" && !form.MatchString(got) {
			t.Errorf("LabelValue(%q) = %q is not legal", v, got)
		}
	})
}
