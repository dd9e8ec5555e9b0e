package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestCacheNames holds that names are as short as the cloud takes, and stay two where the
// claims are two.
func TestCacheNames(t *testing.T) {
	t.Parallel()
	for provider, most := range map[string]int{"gcp": 40, "aws": 40, "azure": 63} {
		seen := map[string]bool{}
		for _, name := range []string{"a-name-that-is-rather-long-for-a-cache-one", "a-name-that-is-rather-long-for-a-cache-two", "short"} {
			xr := strings.Replace(xrHead, "name: cloudsql-main,", "name: "+name+",", 1)
			rsp := run(t, request(t, xr+strings.Replace(specCache, "gcp", provider, 1), settingsCache, nil))
			got := object.String(rsp.GetDesired().GetResources()[keyInstance].GetResource(), externalNameAt...)
			if len(got) > most || got == "" || seen[got] {
				t.Errorf("%s: %s is called %q, of %d characters", provider, name, got, len(got))
			}
			seen[got] = true
		}
	}
}

func TestCacheBadInput(t *testing.T) {
	t.Parallel()
	const section = "{evictionPolicy: allkeys-lru, highAvailability: true, persistence: true}"
	with := func(cache string) string { return strings.Replace(specCache, section, cache, 1) }
	cases := map[string]struct{ reason, spec, settings, want string }{
		"Version": {
			"Versions are the platform's.", with(`{version: "7.2"}`), settingsCache,
			"spec.cache.version: is the platform's to choose, which pins one on each cloud",
		},
		"Engine": {
			"Engines are the platform's.", with("{engine: valkey}"), settingsCache,
			"spec.cache.engine: is the platform's to choose, which pins one on each cloud",
		},
		"Eviction": {
			"A policy that not every cloud has is refused.", with("{evictionPolicy: allkeys-random}"), settingsCache,
			`spec.cache.evictionPolicy: "allkeys-random" is not allowed; allowed are allkeys-lru,`,
		},
		"Azures": {
			"A policy in Azure's spelling is refused.", with("{evictionPolicy: AllKeysLRU}"), settingsCache,
			`spec.cache.evictionPolicy: "AllKeysLRU" is not allowed`,
		},
		"Text": {
			"A word for a switch is refused.", with(`{highAvailability: "yes"}`), settingsCache,
			`spec.cache.highAvailability: "yes" is not allowed; allowed are true, false`,
		},
		"Persisted": {"A mode is no switch.", with("{persistence: RDB}"), settingsCache, `spec.cache.persistence: "RDB" is not allowed; allowed are true, false`},
		"Typo": {
			"A field that nobody knows is refused.", with("{eviction: allkeys-lru}"), settingsCache,
			"spec.cache.eviction: unknown field; the fields here are evictionPolicy,",
		},
		"Both": {
			"A section of another type is a mistake.", specCache + "  bucket: {}\n", settingsCache,
			`spec.bucket: belongs to type bucket, and spec.type is "cache"; set spec.type: bucket, or take spec.bucket out`,
		},
		"NoType": {
			"A forgotten type is named.", strings.Replace(specCache, "  type: cache\n", "", 1), settingsCache,
			`spec.cache: belongs to type cache, and spec.type is "database"; set spec.type: cache, or take spec.cache out`,
		},
		"NoProfile": {
			"A cache has a size.", strings.Replace(specCache, "  profile: small\n", "", 1), settingsCache,
			"spec.profile: is missing; allowed for a cache are nano,",
		},
		"HalfAKey": {
			"Half of a key would fail at the cloud only.", strings.Replace(specCache, "gcp", "azure", 1),
			strings.Replace(settingsCache, ", kmsIdentityID: /id", "", 1),
			"settings providers.azure.regions.westeurope.cache: kmsKeyID and kmsIdentityID go together",
		},
		"HalfAWayIn": {
			"An endpoint that nobody resolves is reached by nobody.", strings.Replace(specCache, "gcp", "azure", 1),
			strings.Replace(settingsCache, "privateDNSZoneID: /zones/redis, ", "", 1),
			"settings providers.azure.regions.westeurope.cache: subnetID and privateDNSZoneID go together",
		},
		"OtherHalfAWayIn": {
			"A zone without an endpoint resolves to nothing.", strings.Replace(specCache, "gcp", "azure", 1),
			strings.Replace(settingsCache, "subnetID: /subnets/endpoints, ", "", 1),
			"settings providers.azure.regions.westeurope.cache: subnetID and privateDNSZoneID go together",
		},
		"Alias": {
			"AWS answers with the ARN of a key.", strings.Replace(specCache, "gcp", "aws", 1), strings.Replace(settingsCache, "key/main", "alias/main", 1),
			"settings providers.aws.regions.eu-west-1.kmsKeyID: ",
		},
		"Capitals": {
			"ElastiCache keeps names in lower case.", strings.Replace(specCache, "gcp", "aws", 1),
			strings.Replace(settingsCache, "subnetIDs: [subnet-1, subnet-2]", "subnetGroup: Caches", 1),
			`settings providers.aws.regions.eu-west-1.cache.subnetGroup: "Caches" is not allowed; allowed is the name as ElastiCache has it`,
		},
		"World": {
			"No cache is open to the world.", strings.Replace(specCache, "gcp", "aws", 1), strings.Replace(settingsCache, "10.0.0.0/16", "0.0.0.0/0", 1),
			`settings providers.aws.regions.eu-west-1.allowedCIDRs[0]: "0.0.0.0/0" is not allowed; allowed is an IPv4 network of /8 or narrower`,
		},
		"Setting": {
			"What is of another cloud is no setting of this one.", specCache, strings.Replace(settingsCache, "{kmsKeyID: key}", "{cache: {subnetID: x}}", 1),
			"settings platform-staging: data.providers.gcp.regions.europe-west1.cache.subnetID: unknown field",
		},
		"DeleteProd": {
			"A cache in prod is not deleted by an edit.", strings.Replace(specCache, "env: staging", "deletionPolicy: Delete\n  env: prod", 1), settingsCache,
			`spec.deletionPolicy: "Delete" is refused in prod, where a cache outlives its claim`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rsp := run(t, request(t, xrHead+tc.spec, tc.settings, nil))
			if got := fatal(rsp); !strings.HasPrefix(got, tc.want) {
				t.Errorf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, cmp.Diff(tc.want, got))
			}
			if n := len(rsp.GetDesired().GetResources()); n != 0 {
				t.Errorf("\n%s\nRunFunction(): %d resources beside a fatal result: %v", tc.reason, n, slices.Sorted(maps.Keys(rsp.GetDesired().GetResources())))
			}
		})
	}
}
