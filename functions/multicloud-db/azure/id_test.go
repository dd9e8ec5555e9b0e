package azure

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGroupIn(t *testing.T) {
	cases := map[string]struct{ reason, id, want string }{
		"Azure":  {"An id as the portal shows it has its group.", "/subscriptions/0/resourceGroups/Rg/providers/Microsoft.ServiceBus/namespaces/n", "Rg"},
		"Lower":  {"An API may answer in lower case.", "/subscriptions/0/resourcegroups/rg/providers/microsoft.servicebus/namespaces/n", "rg"},
		"Alone":  {"The id of a group is in the group.", "/subscriptions/0/RESOURCEGROUPS/rg", "rg"},
		"None":   {"An id of a subscription has no group.", "/subscriptions/0/providers/Microsoft.Authorization/locks/l", ""},
		"Empty":  {"What is not known yet has no group.", "", ""},
		"Script": {"A group may have letters that change their length with their case.", "/subscriptions/İ/resourceGroups/İ/providers", "İ"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, GroupIn(tc.id)); diff != "" {
				t.Errorf("\n%s\nGroupIn(%q): -want, +got:\n%s", tc.reason, tc.id, diff)
			}
		})
	}
}
