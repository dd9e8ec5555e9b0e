package matrix

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// caches are the settings of a platform that has all that caches can use.
const caches = `
providers:
  gcp: {providerConfig: main, network: projects/acme/global/networks/main, regions: {europe-west1: {kmsKeyID: key}}}
  aws:
    providerConfig: main
    regions: {eu-west-1: {cache: {subnetGroup: main, securityGroupIDs: [sg-1], kmsKeyID: "arn:aws:kms:eu-west-1:123456789012:key/main"}}}
  azure:
    providerConfig: main
    resourceGroup: rg
    regions: {westeurope: {cache: {subnetID: /subnets/endpoints, privateDNSZoneID: /zones/redis, kmsKeyID: key, kmsIdentityID: /id}}}
  ibm: {providerConfig: main, regions: {eu-es: {allowedCIDRs: [10.0.0.0/16], cache: {kmsKeyID: "crn:v1:kms:key:main"}}}}
`

// cacheThere is what each provider reports of a cache that it made, beside what it was asked
// for, and cacheSecrets what it publishes.
var (
	cacheThere = map[string]string{
		"gcp":   `{id: x, host: 10.0.0.5, port: 6378}`,
		"aws":   `{id: x, primaryEndpointAddress: master.main.cache.amazonaws.com, port: 6379}`,
		"azure": `{id: /subscriptions/0/redisEnterprise/x, hostname: x.redis.azure.net, defaultDatabase: {port: 10000, clusteringPolicy: EnterpriseCluster}}`,
		"ibm":   `{outputs: {crn: "crn:v1:redis", status: active, members: 2}}`,
	}
	cacheSecrets = map[string]map[string][]byte{
		"gcp":   {"attribute.auth_string": []byte("secret-1"), "server_ca_certs_0_cert": []byte("pem")},
		"azure": {"attribute.default_database.0.primary_access_key": []byte("secret/1=")},
		"ibm": {
			"host": []byte("x.private.databases.appdomain.cloud"), "port": []byte("31000"), "username": []byte("admin"), "password": []byte("secret-1"),
			"database": []byte("0"), "ca_crt": []byte("pem"),
		},
	}
)

// cacheProfiles are the least that each profile gives, in GiB of memory.
var cacheProfiles = map[string]float64{"nano": 0.5, "small": 3, "medium": 6, "large": 12, "xlarge": 50}

// cacheCells are all clouds, each in both scopes.
func cacheCells() []cell {
	var out []cell
	for _, provider := range slices.Sorted(maps.Keys(cacheThere)) {
		for _, scope := range scopes {
			out = append(out, cell{provider: provider, engine: "cache", scope: scope})
		}
	}
	return out
}

// TestCacheMeaning holds that the same claim means the same on every cloud, in both scopes,
// and that what is emitted passes the providers' CRDs.
func TestCacheMeaning(t *testing.T) {
	checker, err := crds.Load()
	if err != nil {
		t.Fatal(err)
	}
	sizes := slices.Sorted(maps.Keys(cacheProfiles))
	for _, c := range cacheCells() {
		for i, env := range []string{"dev", "staging", "prod", "mgmt"} {
			for _, claimed := range []string{"", "  cache: {evictionPolicy: volatile-ttl, highAvailability: true, persistence: true}\n"} {
				c.env, c.extra, c.profile = env, claimed, sizes[(i+len(claimed)+len(c.scope))%len(sizes)]
				t.Run(c.String()+fmt.Sprintf("/%t", claimed != ""), func(t *testing.T) {
					rsp := c.cacheAlive(t)
					desired := rsp.GetDesired().GetResources()
					for name, r := range desired {
						if err := checker.Check(named(r, name, c.scope)); err != nil {
							t.Errorf("%s: %v", name, err)
						}
					}
					keep := env == "prod" || env == "mgmt"
					want := cacheMeaning{
						tls: true, password: true, private: true, plain: true, encrypted: true, orphan: keep,
						eviction: "allkeys-lru", available: keep, persists: keep,
					}
					if claimed != "" {
						want.eviction, want.available, want.persists = "volatile-ttl", true, true
					}
					if c.provider == "ibm" {
						want.available = true // IBM Cloud has no cache of one member
					}
					if diff := cmp.Diff(want, c.readCache(t, desired), cmp.AllowUnexported(cacheMeaning{})); diff != "" {
						t.Errorf("-want, +got:\n%s", diff)
					}
					if got, least := c.memory(t, desired), cacheProfiles[c.profile]; got < least {
						t.Errorf("%s has %g GiB of memory, less than %g", c.profile, got, least)
					}
					keys := []string{"database", "host", "password", "port", "tls", "uri", "username"}
					if c.provider == "gcp" || c.provider == "ibm" {
						keys = append([]string{"ca.crt"}, keys...)
					}
					if diff := cmp.Diff(keys, c.published(rsp)); diff != "" {
						t.Errorf("keys of the connection secret: -want, +got:\n%s", diff)
					}
					allTrue(t, rsp)
				})
			}
		}
	}
}

// cacheAlive composes a cache until all of it is there.
func (c cell) cacheAlive(t *testing.T) *fnv1.RunFunctionResponse {
	t.Helper()
	observed := map[string]*fnv1.Resource{}
	for range 4 { // made, with what waits for an id, with a Secret, and quiet
		rsp := c.runCache(t, caches, observed)
		if got := render.Fatal(rsp); got != "" {
			t.Fatal(got)
		}
		observed = c.observeCache(t, rsp.GetDesired().GetResources())
	}
	return c.runCache(t, caches, observed)
}

// runCache calls the pipeline for a claim of a cache.
func (c cell) runCache(t *testing.T, settings string, observed map[string]*fnv1.Resource) *fnv1.RunFunctionResponse {
	t.Helper()
	req := c.request(t, settings, observed)
	spec := object.Struct(req.GetObserved().GetComposite().GetResource(), "spec")
	delete(spec.GetFields(), "database")
	object.Set(spec, "cache", "type")
	rsp, err := renderer.Pipeline(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	return rsp
}

// observeCache has desired resources be observed as their providers leave them.
func (c cell) observeCache(t *testing.T, desired map[string]*fnv1.Resource) map[string]*fnv1.Resource {
	t.Helper()
	out := make(map[string]*fnv1.Resource, len(desired))
	for name, r := range desired {
		o := proto.CloneOf(r.GetResource())
		if object.String(o, "kind") != "Secret" {
			object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}], atProvider: {id: x}}`), "status")
			object.Set(o, "main-"+name, "metadata", "name")
			object.Set(o, "2026-11-25T00:00:00Z", "metadata", "annotations", "crossplane.io/external-create-succeeded")
		}
		out[name] = &fnv1.Resource{Resource: o}
	}
	there := fromYAML(t, cacheThere[c.provider])
	if c.provider == "ibm" {
		reportOutputs(there, desired["instance"].GetResource())
	}
	object.Set(out["instance"].GetResource(), there, "status", "atProvider")
	out["instance"].ConnectionDetails = cacheSecrets[c.provider]
	return out
}

// TestCacheSettingsNeverMove holds that whatever becomes of the settings, a live cache keeps
// its name, place, meaning and every part of it; or the result is fatal.
func TestCacheSettingsNeverMove(t *testing.T) {
	variants := []string{
		"", "providers: {}", "policy: {deletionPolicy: Delete, deletionProtection: false, highAvailability: false}", "policy: {backupRetentionDays: 1}",
		strings.ReplaceAll(caches, "providerConfig: main", "providerConfig: other"), strings.ReplaceAll(caches, "networks/main", "networks/other"),
		strings.ReplaceAll(caches, "subnetGroup: main", "subnetGroup: other"), strings.ReplaceAll(caches, "resourceGroup: rg", "resourceGroup: other"),
		strings.ReplaceAll(caches, "kmsKeyID: key", "kmsKeyID: other"), strings.ReplaceAll(caches, "cache: {", "cache: {vpcID: other, "),
		"providers: {aws: {regions: {eu-west-1: {subnetIDs: [a, b], vpcID: v, allowedCIDRs: [10.0.0.0/8]}}}}",
	}
	for _, c := range cacheCells() {
		c.env, c.profile = "prod", "medium"
		t.Run(c.String(), func(t *testing.T) {
			live := c.cacheAlive(t).GetDesired().GetResources()
			was := c.readCache(t, live)
			for _, settings := range variants {
				rsp := c.runCache(t, settings, c.observeCache(t, live))
				if render.Fatal(rsp) != "" {
					continue
				}
				desired := rsp.GetDesired().GetResources()
				if diff := cmp.Diff(slices.Sorted(maps.Keys(live)), slices.Sorted(maps.Keys(desired))); diff != "" {
					t.Errorf("parts after settings %q: -before, +after:\n%s", settings, diff)
				}
				if diff := cmp.Diff(was, c.readCache(t, desired), cmp.AllowUnexported(cacheMeaning{})); diff != "" {
					t.Errorf("after settings %q: -before, +after:\n%s", settings, diff)
				}
				for _, path := range [][]string{{"metadata", "annotations", "crossplane.io/external-name"}, {"spec", "providerConfigRef", "name"}} {
					before, after := object.String(live["instance"].GetResource(), path...), object.String(desired["instance"].GetResource(), path...)
					if before != after {
						t.Errorf("%s was %q, and is %q after settings %q", path[len(path)-1], before, after, settings)
					}
				}
			}
		})
	}
}
