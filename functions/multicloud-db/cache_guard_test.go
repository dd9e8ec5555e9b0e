package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// cacheRegions are eu-west and eu-central of each cloud.
var cacheRegions = map[string][2]string{
	"gcp": {"europe-west1", "europe-west3"}, "aws": {"eu-west-1", "eu-central-1"}, "azure": {"westeurope", "germanywestcentral"},
	"ibm": {"eu-es", "eu-de"},
}

// TestCacheGuard holds what a cache is on each cloud, however little is left to judge by.
func TestCacheGuard(t *testing.T) {
	t.Parallel()
	for provider, region := range cacheRegions {
		other := map[bool]string{true: "aws", false: "gcp"}[provider == "gcp"]
		cases := map[string]struct {
			reason string
			edit   []string
			want   string
		}{
			"Provider": {
				"Another cloud has another cache.",
				[]string{"provider: " + provider, "provider: " + other},
				`spec.provider: "` + provider + `" cannot become "` + other + `" on a live cache`,
			},
			"Type": {
				"A cache is no database.",
				[]string{
					"type: cache", "type: database", "cache: {evictionPolicy: allkeys-lru, highAvailability: true, persistence: true}",
					"database: {engine: postgres}",
				},
				`spec.type: "cache" cannot become "database" on a live cache`,
			},
			"Region": {
				"Nothing is ever moved.",
				[]string{"eu-west", "eu-central"},
				`spec.region: "` + region[0] + `" cannot become "` + region[1] + `" on a live cache`,
			},
			"Project": {
				"Whom a cache belongs to is in its name.",
				[]string{"project: shop", "project: other"},
				`spec.project: "shop" cannot become "other" on a live cache`,
			},
			"Env": {
				"The env decides on how a cache is protected.",
				[]string{"env: staging", "env: dev"},
				`spec.env: "staging" cannot become "dev" on a live cache`,
			},
			"ExternalName": {"Another cache is no edit.", []string{"region: eu-west", "region: eu-west\n  externalName: other"}, `spec.externalName: `},
		}
		if provider == "gcp" || provider == "azure" {
			cases["HighAvailability"] = struct {
				reason string
				edit   []string
				want   string
			}{
				"A replica is chosen when the cache is made.",
				[]string{"highAvailability: true", "highAvailability: false"},
				`spec.cache.highAvailability: "true" cannot become "false" on a live cache; set it back to "true"` + migrate,
			}
		}
		for loss, lose := range losses {
			for name, tc := range cases {
				t.Run(provider+"/"+loss+"/"+name, func(t *testing.T) {
					t.Parallel()
					l := aliveCache(t, provider, settingsCache)
					lose(l)
					l.edit(t, tc.edit...)
					rsp := l.run(t)
					if got := fatal(rsp); !strings.HasPrefix(got, tc.want) {
						t.Errorf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, cmp.Diff(tc.want, got))
					}
					if n := len(rsp.GetDesired().GetResources()); n != 0 {
						t.Errorf("\n%s\nRunFunction(): %d resources beside a fatal result", tc.reason, n)
					}
				})
			}
		}
	}
}

// cacheParts are the parts of a live cache by the settings here.
var cacheParts = map[string][]string{
	"gcp":   {keyInstance},
	"aws":   {"ingress-10-0-0-0-16", keyInstance, "parameter-group-valkey8", keyPassword, keySecurityGroup, keySubnetGroup},
	"azure": {"endpoint-7102e495", keyInstance},
	"ibm":   {keyInstance},
}

// TestCacheUnchanged holds that an unchanged claim moves nothing, whatever is left to judge
// by, and keeps each part.
func TestCacheUnchanged(t *testing.T) {
	t.Parallel()
	for provider, parts := range cacheParts {
		for loss, lose := range losses {
			for _, settings := range []string{settingsCache, ""} {
				t.Run(provider+"/"+loss+"/"+map[bool]string{true: "Gone", false: "There"}[settings == ""], func(t *testing.T) {
					t.Parallel()
					l := aliveCache(t, provider, settingsCache)
					before := l.run(t)
					lose(l)
					l.settle(t, settings)
					rsp := l.run(t)
					if got := fatal(rsp); got != "" {
						t.Fatal(got)
					}
					if diff := cmp.Diff(bodies(before), bodies(rsp)); diff != "" {
						t.Errorf("-before, +after:\n%s", diff)
					}
					if diff := cmp.Diff(parts, slices.Sorted(maps.Keys(rsp.GetDesired().GetResources()))); diff != "" {
						t.Errorf("parts: -want, +got:\n%s", diff)
					}
				})
			}
		}
	}
}
