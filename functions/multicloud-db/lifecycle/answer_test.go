package lifecycle

import (
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/structpb"
	"sigs.k8s.io/yaml"
)

// fromYAML makes a protobuf struct of a manifest.
func fromYAML(t *testing.T, manifest string) *structpb.Struct {
	t.Helper()
	j, err := yaml.YAMLToJSON([]byte(manifest))
	if err != nil {
		t.Fatal(err)
	}
	s := &structpb.Struct{}
	if err := protojson.Unmarshal(j, s); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestReady(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, desired, observed string
		want                      bool
	}{
		"Absent":     {"What is not there is not ready.", "{apiVersion: v1, kind: Secret}", "", false},
		"Secret":     {"A Secret is ready when it exists.", "{apiVersion: v1, kind: Secret}", "{}", true},
		"Unreported": {"A kind that no provider reports on is ready when it exists.", "{apiVersion: example.org/v1, kind: Thing}", "{}", true},
		"Managed":    {"A managed resource is when its provider says so.", "{apiVersion: sql.gcp.upbound.io/v1beta1, kind: Database}", "{}", false},
		"Namespaced": {
			"A namespaced managed resource is ready when its provider says so.", "{apiVersion: sql.gcp.m.upbound.io/v1beta1, kind: Database}", "{}",
			false,
		},
		"Says": {
			"A provider that says so makes it ready.", "{apiVersion: sql.gcp.m.upbound.io/v1beta1, kind: Database}",
			"{status: {conditions: [{type: Ready, status: \"True\"}]}}", true,
		},
		"Unknown": {
			"A provider that does not know does not.", "{apiVersion: sql.gcp.m.upbound.io/v1beta1, kind: Database}",
			"{status: {conditions: [{type: Ready, status: Unknown}]}}", false,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var observed *structpb.Struct
			if tc.observed != "" {
				observed = fromYAML(t, tc.observed)
			}
			if got := isReady(observed, fromYAML(t, tc.desired)); got != tc.want {
				t.Errorf("\n%s\nisReady(): want %t, got %t", tc.reason, tc.want, got)
			}
		})
	}
}
