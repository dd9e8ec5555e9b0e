package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestCacheDestroyed holds what an update of Azure's would delete the database by: whatever
// becomes of claim, settings and record, the three fields are as Azure reports them, and the
// database is asked for.
func TestCacheDestroyed(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, reports string // status.atProvider.defaultDatabase, beside what was asked for
		want            map[string]any
	}{
		"Nothing": {"A cache of this claim's has none of the three but the policy.", `{}`, map[string]any{"clusteringPolicy": "EnterpriseCluster"}},
		"Clustering": {
			"Somebody made its database anew with another policy.", `{clusteringPolicy: OSSCluster}`, map[string]any{"clusteringPolicy": "OSSCluster"},
		},
		"NoCluster": {"A database without a cluster stays one.", `{clusteringPolicy: NoCluster}`, map[string]any{"clusteringPolicy": "NoCluster"}},
		"Modules": {
			"Somebody gave it modules.", `{module: [{name: RedisJSON, args: "", version: "2.8"}, {name: RedisBloom, args: ERROR_RATE 0.1, version: "2.8"}]}`,
			map[string]any{
				"clusteringPolicy": "EnterpriseCluster",
				"module":           []any{map[string]any{"name": "RedisJSON"}, map[string]any{"name": "RedisBloom", "args": "ERROR_RATE 0.1"}},
			},
		},
		"GeoGroup": {
			"Somebody joined it to a group of regions.", `{geoReplicationGroupName: world}`,
			map[string]any{"clusteringPolicy": "EnterpriseCluster", "geoReplicationGroupName": "world"},
		},
	}
	edits := map[string]func(*testing.T, *live){
		"None":     func(*testing.T, *live) {},
		"Eviction": func(t *testing.T, l *live) { l.edit(t, "allkeys-lru", "noeviction") },
		"Settings": func(t *testing.T, l *live) { l.settle(t, "") },
		"Record":   func(_ *testing.T, l *live) { losses["Annotations"](l) },
		"Both":     func(_ *testing.T, l *live) { losses["Both"](l) },
		"Unseen": func(_ *testing.T, l *live) { // for once, of what was composed by the report before
			delete(object.Struct(l.instance(), "status", "atProvider").GetFields(), "defaultDatabase")
		},
		"Silent": func(_ *testing.T, l *live) { delete(object.Struct(l.instance(), "status").GetFields(), "atProvider") },
	}
	for name, tc := range cases {
		for edit, do := range edits {
			t.Run(name+"/"+edit, func(t *testing.T) {
				t.Parallel()
				l := aliveCache(t, "azure", settingsCache)
				db := object.Struct(l.instance(), "status", "atProvider", "defaultDatabase")
				merge(db, fromYAML(t, tc.reports))
				object.Set(l.instance(), composed(l.run(t)), "spec", "forProvider")
				do(t, l)
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatalf("\n%s\n%s", tc.reason, got)
				}
				body, _ := cacheAt(rsp, "defaultDatabase").(map[string]any)
				got := map[string]any{}
				for _, field := range []string{"clusteringPolicy", "module", "geoReplicationGroupName"} {
					if body[field] != nil {
						got[field] = body[field]
					}
				}
				if diff := cmp.Diff(tc.want, got); diff != "" {
					t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
				}
				if _, persists := body["persistenceRedisDatabaseBackupFrequency"]; persists && body["geoReplicationGroupName"] != nil {
					t.Errorf("\n%s\na group of regions takes no persistence", tc.reason)
				}
			})
		}
	}
}

// TestCacheUnfit holds what is not taken over: what an update would destroy, or what takes
// clients without TLS.
func TestCacheUnfit(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ reason, provider, reports, want string }{
		"Modules": {"A module is lost by the next update.", "azure", `{defaultDatabase: {module: [{name: RedisJSON}]}}`, "has modules"},
		"GeoGroup": {
			"To leave a group deletes the database.", "azure", `{defaultDatabase: {geoReplicationGroupName: world}}`, `is of the geo-replication group "world"`,
		},
		"PlainAzure": {"Clients without TLS would be locked out.", "azure", `{defaultDatabase: {clientProtocol: Plaintext}}`, "takes clients without TLS"},
		"PlainAWS":   {"Clients without TLS would be locked out.", "aws", `{transitEncryptionEnabled: false}`, "takes clients without TLS"},
		"Shards":     {"Its clients speak the cluster protocol.", "aws", `{clusterEnabled: true}`, "has its keys on several shards"},
		"Global":     {"Its primary is elsewhere.", "aws", `{globalReplicationGroupId: g}`, "is of a global datastore"},
		"PlainGCP":   {"Memorystore turns TLS on at creation only.", "gcp", `{transitEncryptionMode: DISABLED}`, `has the transitEncryptionMode "DISABLED"`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, adopt := range []string{"Observe", "Manage"} {
				l := adoptedCache(t, tc.provider, adopt, tc.reports)
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatalf("\n%s\n%s", tc.reason, got)
				}
				if c := composedAs(rsp); c.GetReason() != "Differs" || !strings.Contains(c.GetMessage(), tc.want) {
					t.Errorf("\n%s\n%s: Composed is %s: %s", tc.reason, adopt, c.GetReason(), c.GetMessage())
				}
				o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
				if diff := cmp.Diff([]any{"Observe"}, object.Get(o, "spec", "managementPolicies").AsInterface()); diff != "" {
					t.Errorf("\n%s\n%s: -want, +got:\n%s", tc.reason, adopt, diff)
				}
			}
		})
	}
}

// TestCacheEmptied holds that no size reaches a cache of Azure's that scaling would empty,
// where it is protected; elsewhere the claim is told.
func TestCacheEmptied(t *testing.T) {
	t.Parallel()
	const protected = "policy: {deletionProtection: true}\n  providers:"
	cases := map[string]struct {
		reason    string
		available bool
		settings  string
		edit      []string
		allowed   bool   // by the annotation
		refused   string // how the fatal result begins
		kept      string // the record by which the step that sizes changes nothing
		says      string
	}{
		"Edit": {
			reason: "Another profile would empty what is protected.", settings: protected, edit: []string{"small", "large"},
			refused: `spec.profile: "small" cannot become "large" on a live cache that is protected and has no high availability`,
		},
		"Unchanged": {reason: "A size of the settings' would empty it as well.", settings: protected, kept: "kept", says: "loses all of its keys"},
		"Allowed": {
			reason: "Who lets the cache go may lose its keys.", settings: protected, edit: []string{"small", "large"}, allowed: true, says: "loses all of its keys",
		},
		"Unprotected": {reason: "Outside protection the claim is told.", settings: "providers:", edit: []string{"small", "large"}, says: "loses all of its keys"},
		"Outlives": {
			reason: "What outlives its claim keeps its size without protection, too.", settings: "policy: {deletionPolicy: Orphan}\n  providers:",
			edit: []string{"small", "large"}, kept: "kept", says: "loses all of its keys",
		},
		"OutlivesAllowed": {
			reason: "What outlives a claim that may delete it keeps its size.", settings: protected,
			edit: []string{"  region: eu-west\n", "  region: eu-west\n  deletionPolicy: Orphan\n"}, allowed: true, kept: "kept", says: "loses all of its keys",
		},
		"Available": {reason: "With a second node nothing is lost.", available: true, settings: protected, edit: []string{"small", "large"}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := strings.Replace(settingsCache, "providers:", tc.settings, 1)
			l := aliveCache(t, "azure", settings, "highAvailability: true", "highAvailability: "+map[bool]string{true: "true", false: "false"}[tc.available])
			if tc.edit != nil {
				l.edit(t, tc.edit...)
			}
			if tc.allowed {
				object.Set(l.xr(), "true", "metadata", "annotations", "platform.victor.onl/allow-delete")
			}
			rsp := l.run(t)
			if got := fatal(rsp); !strings.HasPrefix(got, tc.refused) || (got == "") != (tc.refused == "") {
				t.Fatalf("\n%s\nRunFunction(): want %q, got %q", tc.reason, tc.refused, got)
			}
			if tc.refused != "" {
				return
			}
			o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
			if got := object.String(o, "metadata", "annotations", requested+"size"); got != tc.kept {
				t.Errorf("\n%s\nthe size is %q, want %q", tc.reason, got, tc.kept)
			}
			if got := composedAs(rsp).GetMessage(); !strings.Contains(got, tc.says) || tc.says == "" && strings.Contains(got, "loses") {
				t.Errorf("\n%s\nComposed says %q", tc.reason, got)
			}
		})
	}
}

// TestCacheEndpoint holds how the endpoint goes to another subnet: the older one is told to
// go at Azure too, then goes, and only then another is made. Nothing of the cache changes.
func TestCacheEndpoint(t *testing.T) {
	t.Parallel()
	for _, env := range []string{"staging", "prod"} {
		l := aliveCache(t, "azure", settingsCache, "env: staging", "env: "+env)
		before := composed(l.run(t))
		l.settle(t, strings.Replace(settingsCache, "/subnets/endpoints", "/subnets/other", 1))
		var seen []string
		for range 4 {
			rsp := l.settled(t, 1)
			var step []string
			for name, r := range rsp.GetDesired().GetResources() {
				if strings.HasPrefix(name, "endpoint-") {
					stays := map[bool]string{true: " stays", false: " goes"}[orphaned(r.GetResource())]
					step = append(step, object.String(r.GetResource(), "spec", "forProvider", "subnetId")+stays)
				}
			}
			seen = append(seen, strings.Join(step, ", "))
			if diff := cmp.Diff(before, composed(rsp)); diff != "" {
				t.Errorf("%s: the cache changes: %s", env, diff)
			}
		}
		want := map[string][]string{
			"staging": {"", "/subnets/other goes", "/subnets/other goes", "/subnets/other goes"},
			"prod":    {"/subnets/endpoints goes", "", "/subnets/other stays", "/subnets/other stays"},
		}[env]
		if diff := cmp.Diff(want, seen); diff != "" {
			t.Errorf("%s: -want, +got:\n%s", env, diff)
		}
	}
}

// TestCacheKey holds that a cache is never asked for a key without a version, which databases
// take, and caches do not.
func TestCacheKey(t *testing.T) {
	t.Parallel()
	const bare, versioned = "https://v.vault.azure.net/keys/k", "https://v.vault.azure.net/keys/k/0123456789abcdef"
	cases := map[string]struct {
		reason, settings, refused string
	}{
		"Versioned": {"A key of one version is taken.", "cache: {kmsKeyID: '" + versioned + "', kmsIdentityID: /id}", ""},
		"Own": {
			"A key for caches has to name its version.", "cache: {kmsKeyID: '" + bare + "', kmsIdentityID: /id}",
			"settings providers.azure.regions.westeurope.cache.kmsKeyID: \"" + bare + "\" has no version",
		},
		"Databases": {
			"The key of databases is no key for caches where it has no version.", "kmsKeyID: " + bare + ", kmsIdentityID: /id",
			"settings providers.azure.regions.westeurope.kmsKeyID: \"" + bare + "\" has no version",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := "metadata: {name: platform-staging}\ndata: {providers: {azure: {resourceGroup: rg, regions: {westeurope: {" + tc.settings + "}}}}}"
			rsp := run(t, request(t, xrHead+strings.Replace(specCache, "gcp", "azure", 1), settings, nil))
			if got := fatal(rsp); !strings.HasPrefix(got, tc.refused) || tc.refused == "" && got != "" {
				t.Errorf("\n%s\ngot %q, want %q", tc.reason, got, tc.refused)
			}
		})
	}
	l := aliveCache(t, "azure", settingsCache)
	before := object.Struct(l.instance(), "spec", "forProvider", "customerManagedKey")
	l.settle(t, strings.Replace(settingsCache, "kmsKeyID: key, kms", "kmsKeyID: "+bare+", kms", 1))
	rsp := l.run(t)
	if diff := cmp.Diff(before.AsMap(), cacheAt(rsp, "customerManagedKey")); diff != "" || fatal(rsp) != "" {
		t.Errorf("a live cache is asked for another key: %s\n%s", fatal(rsp), diff)
	}
	if got := rsp.GetConditions()[0].GetMessage(); !strings.Contains(got, "a key without a version, which caches do not take") {
		t.Errorf("nobody is told: %v", rsp.GetConditions())
	}
}

// TestCacheUnresolved holds that a live cache whose endpoint has no zone stays, and that the
// platform is told.
func TestCacheUnresolved(t *testing.T) {
	t.Parallel()
	l := aliveCache(t, "azure", "metadata: {name: p}\ndata: {}")
	l.settle(t, "metadata: {name: p}\ndata: {providers: {azure: {regions: {westeurope: {cache: {subnetID: /s}}}}}}")
	const want = "settings providers.azure.regions.westeurope.cache.privateDNSZoneID is not set: nobody resolves the host"
	if got := composedAs(l.settled(t, 3)).GetMessage(); !strings.Contains(got, want) {
		t.Errorf("Composed says %q, without %q", got, want)
	}
}
