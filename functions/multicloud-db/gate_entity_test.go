package multiclouddb

import (
	"strings"
	"testing"
)

// TestEntity holds to which entity a claim of payments may have its costs read.
func TestEntity(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, entity, policy string
		refused                bool
	}{
		"Own":       {"An entity of the claim's own project is its own, in another env too.", "resource:default/aws-payments-dev-main", "{}", false},
		"Component": {"What a component of the catalog belongs to no form says.", "component:default/shop-prod-main", "{}", false},
		"Other":     {"An entity of the form that another project's claims have is refused.", "resource:default/aws-shop-prod-main", "{}", true},
		"Capitals":  {"The catalog takes capitals for small letters.", "Resource:Default/AWS-Shop-Prod-Main", "{}", true},
		"Longer": {
			"A project whose name goes on is another one.", "resource:default/gcp-paymentsteam-prod-main", "{}", true,
		},
		"EnvInName": {
			"The words of an env may stand in the name of a claim.", "resource:default/gcp-payments-prod-shop-dev-main", "{}", false,
		},
		"Overridden": {
			"Where claims may name another project, they may name its entity.", "resource:default/aws-shop-prod-main", "{overrides: {project: true}}", false,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := fatal(run(t, gated(t, saying("entity: "+tc.entity), tc.policy, nil)))
			if refused := strings.HasPrefix(got, "spec.entity: "); refused != tc.refused || !refused && got != "" {
				t.Errorf("\n%s\ngot %q", tc.reason, got)
			}
		})
	}
}
