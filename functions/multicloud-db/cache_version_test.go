package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// engineVersionAt is where each cloud is asked for the engine's version; Azure has none.
var engineVersionAt = map[string][]string{"gcp": {"redisVersion"}, "aws": {"engineVersion"}, "ibm": {"varmap", "engine_version"}}

// versionReportedAt is where each cloud reports what runs.
func versionReportedAt(provider string) []string {
	if provider == "ibm" {
		return []string{"outputs", "engine_version"}
	}
	return engineVersionAt[provider]
}

// TestCacheVersion holds that a cache keeps the version that it was made with, whatever this
// product pins by now, and is never asked for an older one than runs.
func TestCacheVersion(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason             string
		provider           string
		recorded, reported string // "" for what was composed
		want, shown        string
	}{
		"PinnedGCP":     {"What is new gets the pinned version.", "gcp", "", "", "REDIS_7_2", "7.2"},
		"PinnedAWS":     {"What is new on AWS gets the pinned version.", "aws", "", "", "8.2", "8.2"},
		"OlderGCP":      {"An earlier release of this product pinned an older one.", "gcp", "6.X", "REDIS_6_X", "REDIS_6_X", "6.X"},
		"OlderAWS":      {"An earlier release pinned an older major.", "aws", "7.2", "7.2", "7.2", "7.2"},
		"NewerAWS":      {"A later release pinned a newer one, and this is an older release again.", "aws", "9.0", "9.0", "9.0", "9.0"},
		"MinorByAWS":    {"ElastiCache upgrades a minor by itself, and an older one is refused for good.", "aws", "", "8.3", "8.3", "8.3"},
		"MajorByHand":   {"Somebody upgraded the major.", "aws", "", "9.1", "9.1", "9.1"},
		"ByHandGCP":     {"Somebody upgraded Memorystore.", "gcp", "6.X", "REDIS_7_2", "REDIS_7_2", "7.2"},
		"NotYetApplied": {"A report of before an upgrade lowers nothing.", "aws", "8.2", "8.1", "8.2", "8.2"},
		"PinnedIBM":     {"What is new on IBM Cloud gets the pinned version.", "ibm", "", "", "8.2", "8.2"},
		"OlderIBM":      {"An earlier release pinned an older version on IBM Cloud.", "ibm", "7.2", "7.2", "7.2", "7.2"},
		"MovedByIBM":    {"IBM Cloud moves what is left on an old version by itself.", "ibm", "", "8.4.1", "8.2", "8.4"},
		"Tenth":         {"Ten is more than two.", "aws", "", "8.10", "8.10", "8.10"},
	}
	for name, tc := range cases {
		for loss, lose := range losses {
			if tc.recorded != "" && tc.recorded != tc.reported && loss != "Nothing" && loss != "Status" {
				continue // the record alone says more than runs
			}
			t.Run(name+"/"+loss, func(t *testing.T) {
				t.Parallel()
				field := engineVersionAt[tc.provider]
				l := aliveCache(t, tc.provider, settingsCache)
				if tc.recorded != "" {
					object.Set(l.instance(), tc.recorded, "metadata", "annotations", requested+"version")
					spelt := tc.recorded
					if tc.provider == "gcp" {
						spelt = "REDIS_" + strings.ReplaceAll(tc.recorded, ".", "_")
					}
					object.Set(l.instance(), spelt, append([]string{"spec", "forProvider"}, field...)...)
				}
				if tc.reported != "" {
					l.reported(tc.reported, versionReportedAt(tc.provider)...)
				}
				lose(l)
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatalf("\n%s\n%s", tc.reason, got)
				}
				got := []any{cacheAt(rsp, field...), object.String(rsp.GetDesired().GetComposite().GetResource(), "status", "resource", "version")}
				if diff := cmp.Diff([]any{tc.want, tc.shown}, got); diff != "" {
					t.Errorf("\n%s\nasked for, and shown: -want, +got:\n%s", tc.reason, diff)
				}
			})
		}
	}
}

// TestCacheParameterGroups holds that a new major takes a new parameter group beside the older
// one, which goes once ElastiCache reports the new one, in prod after it is told to go there.
func TestCacheParameterGroups(t *testing.T) {
	t.Parallel()
	for env, want := range map[string][]string{
		"staging": {"7 goes,8 goes", "8 goes", "8 goes"},
		"prod":    {"7 stays,8 stays", "7 goes,8 stays", "8 stays"},
	} {
		l := aliveCache(t, "aws", settingsCache, "env: staging", "env: "+env)
		// As an earlier release made it, which pinned Valkey 7.2.
		resources := l.request.GetObserved().GetResources()
		old := resources["parameter-group-valkey8"]
		delete(resources, "parameter-group-valkey8")
		object.Set(old.GetResource(), "valkey7", "spec", "forProvider", "family")
		resources["parameter-group-valkey7"] = old
		object.Set(l.instance(), "7.2", "metadata", "annotations", requested+"version")
		name, _ := cacheAt(l.run(t), "parameterGroupName").(string)
		l.reported(strings.Replace(name, "valkey8", "valkey7", 1), "parameterGroupName")
		l.reported("8.0", "engineVersion") // somebody upgraded it
		var got []string
		for range 3 {
			rsp := l.run(t)
			var step []string
			for _, major := range []string{"7", "8"} {
				if o := rsp.GetDesired().GetResources()["parameter-group-valkey"+major].GetResource(); o != nil {
					step = append(step, major+map[bool]string{true: " stays", false: " goes"}[orphaned(o)])
				}
			}
			got = append(got, strings.Join(step, ","))
			l.settled(t, 1)
			l.reported("8.0", "engineVersion")
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: -want, +got:\n%s", env, diff)
		}
	}
}

// TestCacheFoundVersion holds that a claim made again keeps what it left: version, eviction
// and persistence, whatever has become the default.
func TestCacheFoundVersion(t *testing.T) {
	t.Parallel()
	for provider, reports := range map[string]string{
		"gcp": `{redisVersion: REDIS_6_X, redisConfigs: {maxmemory-policy: volatile-ttl}, persistenceConfig: {persistenceMode: DISABLED}, tier: BASIC}`,
		"aws": `{engineVersion: "7.2", snapshotRetentionLimit: 0}`,
		"azure": `{highAvailabilityEnabled: false, defaultDatabase: {clusteringPolicy: NoCluster, evictionPolicy: VolatileTTL,
			persistenceRedisDatabaseBackupFrequency: ""}}`,
	} {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			l := aliveCache(t, provider, settingsCache, "{evictionPolicy: allkeys-lru, highAvailability: true, persistence: true}", "{}", "env: staging", "env: prod")
			delete(object.Struct(l.instance(), "metadata", "annotations").GetFields(), createSucceeded)
			object.Set(l.instance(), []any{"Observe", "Create"}, "spec", "managementPolicies") // it is only looked for yet
			merge(object.Struct(l.instance(), "status", "atProvider"), fromYAML(t, reports))
			rsp := l.settled(t, 1)
			body := flat(composed(rsp))
			for field, want := range map[string]map[string]any{
				"gcp": {
					"redisVersion": "REDIS_6_X", "redisConfigs.maxmemory-policy": "volatile-ttl", "tier": "BASIC", "persistenceConfig.persistenceMode": nil,
				},
				"aws": {"engineVersion": "7.2", "snapshotRetentionLimit": 0.0},
				"azure": {
					"highAvailabilityEnabled": false, "defaultDatabase.clusteringPolicy": "NoCluster", "defaultDatabase.evictionPolicy": "VolatileTTL",
					"defaultDatabase.persistenceRedisDatabaseBackupFrequency": nil,
				},
			}[provider] {
				if diff := cmp.Diff(want, body[field]); diff != "" {
					t.Errorf("%s: -want, +got:\n%s", field, diff)
				}
			}
		})
	}
}
