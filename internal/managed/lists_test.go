package managed

import (
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

func TestListsOfOne(t *testing.T) {
	cases := map[string]struct {
		reason string
		want   bool
	}{
		"sql.gcp.upbound.io/v1beta1":             {"The old version of a cluster-scoped kind has lists.", true},
		"dbformysql.azure.upbound.io/v1beta1":    {"On every cloud.", true},
		"sql.gcp.upbound.io/v1beta2":             {"A newer version has objects.", false},
		"rds.aws.upbound.io/v1beta3":             {"The newest version has objects.", false},
		"sql.gcp.m.upbound.io/v1beta1":           {"The first version of a namespaced kind has objects.", false},
		"opentofu.upbound.io/v1beta1":            {"A Workspace has never had lists.", false},
		"apps/v1":                                {"A Deployment is no managed resource.", false},
		"database.example.org/v1beta1":           {"Another vendor's kind is unknown.", false},
		"":                                       {"An object of no version is unknown.", false},
		"sql.gcp.upbound.io.example.org/v1beta1": {"A group that only begins like a provider's is another vendor's.", false},
	}
	for apiVersion, tc := range cases {
		t.Run(apiVersion, func(t *testing.T) {
			if got := ListsOfOne(object.New(object.Map{"apiVersion": apiVersion})); got != tc.want {
				t.Errorf("\n%s\nListsOfOne(): want %t, got %t", tc.reason, tc.want, got)
			}
		})
	}
}
