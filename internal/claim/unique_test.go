package claim

import "testing"

// TestUnique holds that a name which is unique worldwide is told from others by whatever salt it
// was made, and that no other claim's name is taken for it.
func TestUnique(t *testing.T) {
	t.Parallel()
	of := func(project, name string) *Claim {
		return &Claim{Provider: "azure", Project: project, Env: "dev", Name: name, Namespace: project + "-dev-infra"}
	}
	orders, long := of("shop", "orders"), of("shop", "orders-of-all-shops-in-the-world-and-beyond-it")
	for name, tc := range map[string]struct {
		reason, name string
		claim        *Claim
		most         int
		want         bool
	}{
		"Own":     {"A name by one salt is the claim's own.", orders.Unique("acme", 50), orders, 50, true},
		"Other":   {"A name by another salt is the claim's own, too.", orders.Unique("other", 50), orders, 50, true},
		"Long":    {"A name that was cut is the claim's own.", long.Unique("acme", 50), long, 50, true},
		"Cut":     {"A name that was cut at another length is of another kind.", long.Unique("acme", 50), long, 63, false},
		"Plain":   {"A name without a hash is by no salt.", "azure-shop-dev-orders", orders, 50, false},
		"Project": {"Another project's name is not the claim's.", of("crm", "orders").Unique("acme", 50), orders, 50, false},
		"Name":    {"Another claim's name is not the claim's.", of("shop", "order").Unique("acme", 50), orders, 50, false},
		"Digits":  {"A tail of other signs is no hash.", "azure-shop-dev-orders-0a1b2c3x", orders, 50, false},
		"None":    {"A type without such names has none.", orders.Unique("acme", 50), orders, 0, false},
		"Empty":   {"No name is no name.", "", orders, 50, false},
	} {
		if got := tc.claim.IsUnique(tc.name, tc.most); got != tc.want {
			t.Errorf("%s: %s IsUnique(%q, %d) is %t", name, tc.reason, tc.name, tc.most, got)
		}
	}
}
