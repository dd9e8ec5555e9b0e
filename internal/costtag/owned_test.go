package costtag

import "testing"

func TestIsOwned(t *testing.T) {
	cases := map[string]struct {
		reason, key string
		want        bool
	}{
		"Name":     {"the provider writes the managed resource's name", "crossplane-name", true},
		"Kind":     {"the provider writes the managed resource's kind", "crossplane-kind", true},
		"Config":   {"the provider writes the name of its config", "crossplane-providerconfig", true},
		"Case":     {"AWS tells keys apart by case, so this one is somebody else's", "Crossplane-Name", false},
		"Prefix":   {"a key that only starts as the provider's do is somebody else's", "crossplane-namespace", false},
		"Platform": {"the platform's own tags are not the provider's", "managed-by", false},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got := IsOwned(tc.key); got != tc.want {
				t.Errorf("\n%s\nIsOwned(%q): want %t, got %t", tc.reason, tc.key, tc.want, got)
			}
		})
	}
}
