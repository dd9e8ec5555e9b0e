package profilesizer

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDefaults holds what the built-in profiles pick, by offer, without high availability and
// with it: a size that the catalog learns is for those who name it.
func TestDefaults(t *testing.T) {
	want := map[string][2][]string{
		"Cloud SQL ENTERPRISE": {
			{"db-g1-small", "db-custom-2-4096", "db-custom-4-16384", "db-custom-8-32768", "db-custom-16-65536"},
			{"db-custom-1-3840", "db-custom-2-4096", "db-custom-4-16384", "db-custom-8-32768", "db-custom-16-65536"},
		},
		"Cloud SQL ENTERPRISE_PLUS": twice(
			"db-perf-optimized-N-2", "db-perf-optimized-N-2", "db-perf-optimized-N-4", "db-perf-optimized-N-8", "db-perf-optimized-N-16",
		),
		"RDS": twice("db.t4g.small", "db.t4g.medium", "db.m7g.xlarge", "db.m7g.2xlarge", "db.m7g.4xlarge"),
		"Azure PostgreSQL": {
			{"B_Standard_B1ms", "B_Standard_B2s", "GP_Standard_D4ds_v5", "GP_Standard_D8ds_v5", "GP_Standard_D16ds_v5"},
			{"GP_Standard_D2ds_v5", "GP_Standard_D2ds_v5", "GP_Standard_D4ds_v5", "GP_Standard_D8ds_v5", "GP_Standard_D16ds_v5"},
		},
		"Azure MySQL": {
			{"B_Standard_B1ms", "B_Standard_B2s", "GP_Standard_D4ads_v5", "GP_Standard_D8ads_v5", "GP_Standard_D16ads_v5"},
			{"GP_Standard_D2ads_v5", "GP_Standard_D2ads_v5", "GP_Standard_D4ads_v5", "GP_Standard_D8ads_v5", "GP_Standard_D16ads_v5"},
		},
		"IBM Classic": twice("multitenant", "multitenant", "b3c.4x16.encrypted", "b3c.8x32.encrypted", "b3c.16x64.encrypted"),
		"IBM Gen2":    twice("bx3d.4x20", "bx3d.4x20", "bx3d.4x20", "bx3d.8x40", "bx3d.16x80"),

		"Memorystore for Redis":  twice("1 GiB", "3 GiB", "6 GiB", "12 GiB", "50 GiB"),
		"ElastiCache":            twice("cache.t4g.micro", "cache.t4g.medium", "cache.m7g.large", "cache.r7g.large", "cache.r7g.2xlarge"),
		"Azure Managed Redis":    twice("Balanced_B0", "Balanced_B3", "Balanced_B5", "Balanced_B10", "Balanced_B50"),
		"IBM Redis":              twice("multitenant", "multitenant", "multitenant", "b3c.4x16.encrypted", "b3c.16x64.encrypted"),
		"Service Bus Premium":    twice("1 MU", "1 MU", "1 MU", "2 MU", "4 MU"),
		"GKE":                    twice("e2-medium", "e2-standard-2", "n4-standard-4", "n4-standard-8", "n4-standard-16"),
		"EKS":                    twice("t3.medium", "m7i.large", "m7i.xlarge", "m7i.2xlarge", "m7i.4xlarge"),
		"AKS":                    twice("Standard_D4ds_v5", "Standard_D4ds_v5", "Standard_D4ds_v5", "Standard_D8ds_v5", "Standard_D16ds_v5"),
		"IBM Kubernetes Service": twice("cx2.2x4", "bx2.2x8", "bx2.4x16", "bx2.8x32", "bx2.16x64"),
		"IBM RabbitMQ":           twice("multitenant", "multitenant", "b3c.4x16.encrypted", "b3c.8x32.encrypted", "b3c.16x64.encrypted"),
	}
	means := map[string]func(*profile) *profile{
		forCaches: cacheOf, offerQueueAzure.key: unitsOf, offerQueueIBM.key: queueOf, forDatabases: func(p *profile) *profile { return p },
		forClusters: nodeOf,
	}
	got := map[string][2][]string{}
	for _, o := range catalog {
		editions := []string{""}
		if o == offerGCP {
			editions = []string{enterprise, enterprisePlus}
		}
		for _, edition := range editions {
			title := o.Title
			if edition != "" {
				title += " " + edition
			}
			var picked [2][]string
			for i, ha := range []bool{false, true} {
				for _, b := range builtin {
					of := means[o.For]
					if of == nil {
						of = means[o.key]
					}
					s, err := chooseGCP(o, of(&b), need{ha: ha, edition: edition, diskGiB: b.storageGiB})
					if err != nil {
						t.Fatal(title, err)
					}
					picked[i] = append(picked[i], s.Name)
				}
			}
			got[title] = picked
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what the profiles pick: -want, +got:\n%s", diff)
	}
}

func twice(names ...string) [2][]string { return [2][]string{names, names} }
