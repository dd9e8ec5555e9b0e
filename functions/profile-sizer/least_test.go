package profilesizer

import (
	"strconv"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

func TestAtLeast(t *testing.T) {
	cases := map[string]struct {
		reason, annotation string
		want               int
	}{
		"None":    {"A database that is new has its profile's disk.", "", 128},
		"Smaller": {"Data that fits changes nothing.", "100", 128},
		"Larger":  {"A disk on which the data does not fit is made larger.", "200", 200},
		"Text":    {"What is no number asks for nothing.", "many", 128},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			o := object.New(object.Map{"metadata": object.Map{"annotations": object.Map{leastAnnotation: tc.annotation}}})
			p := &profile{name: "medium", storageGiB: 128}
			if got := p.atLeast(o).storageGiB; got != tc.want {
				t.Errorf("\n%s\nwant %d, got %s", tc.reason, tc.want, strconv.Itoa(got))
			}
			if p.storageGiB != 128 {
				t.Errorf("\n%s\nthe profile itself is %d now", tc.reason, p.storageGiB)
			}
		})
	}
}
