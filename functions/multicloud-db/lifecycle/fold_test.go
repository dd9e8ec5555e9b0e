package lifecycle

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

func TestFolded(t *testing.T) {
	cases := map[string]struct {
		reason, provider string
		q                question
		said, was        string
	}{
		"Letters":   {"An id in other letters is the live resource's own.", cloud.Azure, question{life: Made, said: "/SUBNET", was: "/Subnet"}, "/Subnet", "/Subnet"},
		"Other":     {"Another id stays another one.", cloud.Azure, question{life: Made, said: "/other", was: "/Subnet"}, "/other", "/Subnet"},
		"Elsewhere": {"Other clouds tell names apart by case.", cloud.AWS, question{life: Made, said: "KEY", was: "key"}, "KEY", "key"},
		"Found": {
			"What was found is asked for in the letters that Azure reports.", cloud.Azure,
			question{life: Found, said: "/SUBNET", was: "/SUBNET", is: "/subnet"},
			"/subnet", "/subnet",
		},
		"Made": {
			"What was made is asked for in the letters of its claim.", cloud.Azure,
			question{life: Made, said: "/SUBNET", was: "/Subnet", is: "/subnet"},
			"/Subnet", "/Subnet",
		},
		"Part": {
			"A part of what was made may have been found, in the letters that Azure reports.", cloud.Azure,
			question{life: Made, known: true, said: "/subnet", was: "/Subnet", is: "/SUBNET"},
			"/SUBNET", "/SUBNET",
		},
		"Unsaid": {"A setting that is gone is not said.", cloud.Azure, question{life: Made, was: "/subnet"}, "", "/subnet"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got := tc.q.folded(tc.provider)
			if diff := cmp.Diff([]string{tc.said, tc.was}, []string{got.said, got.was}); diff != "" {
				t.Errorf("\n%s\nfolded(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestNamedAnywhere holds that a name of Azure's is allowed to be taken over in any letters, and
// one of another cloud in its own.
func TestNamedAnywhere(t *testing.T) {
	policy := settings.Policy{AdoptNames: []string{"Legacy-*", "Space/*"}}
	for _, tc := range []struct {
		reason, provider, name string
		want                   bool
	}{
		{"Azure's names have no case.", cloud.Azure, "legacy-1", true},
		{"Azure's namespaces have no case.", cloud.Azure, "SPACE/q", true},
		{"A name that no pattern has is refused in any letters.", cloud.Azure, "other", false},
		{"Names of RDS are as they are written.", cloud.AWS, "legacy-1", false},
		{"A name as the pattern has it is allowed everywhere.", cloud.IBM, "Legacy-1", true},
	} {
		if got := mayBeAdopted(policy, tc.provider, tc.name); got != tc.want {
			t.Errorf("%s mayBeAdopted(%s, %q) is %t", tc.reason, tc.provider, tc.name, got)
		}
	}
}
