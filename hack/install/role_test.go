package main

import "testing"

func TestFamily(t *testing.T) {
	cases := map[string]struct{ reason, group, want string }{
		"Service":    {"A service's managed resources have the provider configs of its cloud.", "sql.gcp.upbound.io", "gcp.upbound.io"},
		"Namespaced": {"Namespaced ones have their own provider configs.", "rds.aws.m.upbound.io", "aws.m.upbound.io"},
		"Family":     {"A family's own kinds are in the group of its provider configs.", "azure.m.upbound.io", "azure.m.upbound.io"},
		"One":        {"A provider of one package has one group for all.", "opentofu.upbound.io", "opentofu.upbound.io"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got := family(tc.group); got != tc.want {
				t.Errorf("\n%s\nfamily(): %q, want %q", tc.reason, got, tc.want)
			}
		})
	}
}
