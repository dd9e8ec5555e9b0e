package profilesizer

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestRaiseTier holds that the tier which the provider fills in does not stop a
// disk from growing.
func TestRaiseTier(t *testing.T) {
	cases := map[string]struct {
		reason      string
		spec, there string
		gib         int
		want        string
	}{
		"New":      {"Azure picks the tier of a new disk.", "", "", 512, ""},
		"Same":     {"A disk that stays keeps its tier.", "P15", "P15", 256, ""},
		"Higher":   {"As it does a higher one, which somebody pays for.", "P30", "P30", 512, ""},
		"Grows":    {"A larger disk takes a higher tier.", "P15", "P15", 512, "P20"},
		"Growing":  {"Until it has it.", "P20", "P15", 512, "P20"},
		"Grown":    {"Then there is nothing to do.", "P20", "P20", 512, ""},
		"Again":    {"Azure has grown it, and the spec still says what was.", "P15", "P20", 512, "P20"},
		"Large":    {"Some sizes are a MiB apart.", "P40", "P40", 4095, "P50"},
		"LargeToo": {"And have the same tier.", "P40", "P40", 4096, "P50"},
		"Strange":  {"A tier that nobody knows is left alone.", "P99", "P99", 512, ""},
		"Smallest": {"The smallest disk has the lowest tier.", "P4", "P4", 32, ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			observed := fromYAML(t, fmt.Sprintf("{spec: {forProvider: {storageTier: %q}}, status: {atProvider: {storageTier: %q}}}", tc.spec, tc.there))
			desired := fromYAML(t, "{spec: {forProvider: {}}}")
			(&sized{storageGiB: tc.gib}).raiseTier(desired, observed)
			if diff := cmp.Diff(tc.want, object.String(desired, azureTier.forProvider...)); diff != "" {
				t.Errorf("\n%s\nstorageTier: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
