package settings

import "testing"

// TestSpelt holds that a namespace's id comes to its provider in the words that it reads, and with
// the names as they were written.
func TestSpelt(t *testing.T) {
	t.Parallel()
	const want = "/subscriptions/S/resourceGroups/Rg/providers/Microsoft.ServiceBus/namespaces/Space"
	for _, id := range []string{
		want, "/subscriptions/S/resourcegroups/Rg/providers/Microsoft.ServiceBus/namespaces/Space",
		"/SUBSCRIPTIONS/S/RESOURCEGROUPS/Rg/PROVIDERS/MICROSOFT.SERVICEBUS/NAMESPACES/Space",
	} {
		if got := spelt(id); got != want || !namespaceIDForm.MatchString(id) {
			t.Errorf("spelt(%q) is %q", id, got)
		}
	}
	if got := spelt(""); got != "" {
		t.Errorf("no id is spelt %q", got)
	}
}
