package settings

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// TestAllowedCIDRs holds through the layers of settings that a list which lets in nobody is told
// from one that is gone: on AWS the first takes every network out, and the second none.
func TestAllowedCIDRs(t *testing.T) {
	t.Parallel()
	of := func(list string) string {
		return `{"providers":{"aws":{"regions":{"eu-west-1":{"vpcID":"vpc-1"` + list + `}}}}}`
	}
	const said, empty, null = `,"allowedCIDRs":["10.0.0.0/16"]`, `,"allowedCIDRs":[]`, `,"allowedCIDRs":null`
	for name, tc := range map[string]struct {
		reason string
		layers []string
		want   []string // nil of a list that is gone
	}{
		"Said":       {"A list is as it is said.", []string{of(said)}, []string{"10.0.0.0/16"}},
		"Gone":       {"A region without the key has no list.", []string{of("")}, nil},
		"Empty":      {"An empty list is a list.", []string{of(empty)}, []string{}},
		"Null":       {"A null says no list.", []string{of(null)}, nil},
		"Below":      {"A stronger layer without the key leaves an empty list as it is.", []string{of(empty), of("")}, []string{}},
		"Over":       {"An empty list of a stronger layer replaces one that has networks.", []string{of(said), of(empty)}, []string{}},
		"Refilled":   {"A list of a stronger layer replaces an empty one.", []string{of(empty), of(said)}, []string{"10.0.0.0/16"}},
		"NullOver":   {"A null of a stronger layer takes the list away, and says none.", []string{of(said), of(null)}, nil},
		"NullAgain":  {"An empty list over a null is a list.", []string{of(said), of(null), of(empty)}, []string{}},
		"RegionNull": {"A region that is taken away has no list.", []string{of(said), `{"providers":{"aws":{"regions":{"eu-west-1":null}}}}`}, nil},
		"NoRegions":  {"Settings without regions have no list.", []string{`{"providers":{"aws":{}}}`}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, _, err := (&Known{}).ParseLayers(layersOf(t, tc.layers...), cloud.AWS)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, s.Providers[cloud.AWS].Regions["eu-west-1"].AllowedCIDRs); diff != "" {
				t.Errorf("%s -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
