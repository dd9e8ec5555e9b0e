package spend

import "testing"

func TestEntity(t *testing.T) {
	cases := map[string]struct{ reason, claim, entity, known, want string }{
		"Usual": {
			"An entity that no claim names has a name of its claim's.", "main", "resource_default_gcp-shop-prod-main", "",
			"resource:default/gcp-shop-prod-main",
		},
		"Known": {
			"A claim may have a dot, which Google Cloud does not take.", "a_b", "resource_default_gcp-shop-prod-a_b", "resource:default/gcp-shop-prod-a.b",
			"resource:default/gcp-shop-prod-a.b",
		},
		"Dot": {
			"What a claim with a dot is named nobody can know without it.", "a_b", "resource_default_gcp-shop-prod-a_b", "",
			"resource_default_gcp-shop-prod-a_b",
		},
		"Missing": {"A tag that is missing names nothing.", "main", "", "", ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s := New(Options{})
			s.cells[key{}] = &Cell{Cloud: "gcp", Place: Place{Domain: "shop", Env: "prod", Claim: tc.claim, Entity: tc.entity}}
			s.Name(Known{Entities: []string{tc.known}})
			if got := s.cells[key{}].Place.Entity; got != tc.want {
				t.Errorf("\n%s\nName(): %q, want %q", tc.reason, got, tc.want)
			}
		})
	}
}
