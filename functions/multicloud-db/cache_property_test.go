package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// cacheEditsOf are what may become of a cache's claim or its XR; "" takes a field away.
var cacheEditsOf = [][2]string{
	{"spec.provider", "gcp"},
	{"spec.provider", "azure"},
	{"spec.type", "database"},
	{"spec.type", ""},
	{"spec.profile", "large"},
	{"spec.profile", ""},
	{"spec.region", "eu-central"},
	{"spec.region", ""},
	{"spec.project", "other"},
	{"spec.env", "prod"},
	{"spec.env", "dev"},
	{"spec.cache", ""},
	{"spec.cache", "x"},
	{"spec.cache.evictionPolicy", "noeviction"},
	{"spec.cache.evictionPolicy", "x"},
	{"spec.cache.highAvailability", ""},
	{"spec.cache.highAvailability", "x"},
	{"spec.cache.persistence", ""},
	{"spec.cache.version", "9.0"},
	{"spec.deletionPolicy", "Delete"},
	{"spec.deletionPolicy", "Orphan"},
	{"spec.externalName", "other"},
	{"spec.adopt", "Manage"},
	{"spec.entity", "resource:default/x"},
	{"spec.claimRef.name", "other"},
	{"metadata.annotations.allow", "true"},
	{"status", ""},
	{"status", "x"},
}

// cacheSettingsOf are what settings may come to be.
func cacheSettingsOf(c *choices) string {
	return pick(c, "", settingsCache, "metadata: {name: p}\ndata: {}", strings.ReplaceAll(settingsCache, "key", "other"),
		strings.ReplaceAll(settingsCache, "networks/prod", "networks/other"), strings.ReplaceAll(settingsCache, "resourceGroup: rg", ""),
		strings.Replace(settingsCache, "subnetIDs: [subnet-1, subnet-2], vpcID: vpc-1", "subnetGroup: other, securityGroupIDs: [sg-1]", 1),
		strings.Replace(settingsCache, "vpcID: vpc-1", "vpcID: vpc-2", 1), strings.ReplaceAll(settingsCache, "/subnets/endpoints", "/subnets/other"),
		strings.ReplaceAll(settingsCache, "providers:", "policy: {highAvailability: true, requireNetwork: true}\n  providers:"),
		strings.ReplaceAll(settingsCache, "resourceGroup: rg", "providerConfig: other"),
		"metadata: {name: p}\ndata: {policy: {deletionPolicy: Delete, deletionProtection: false, highAvailability: false, backupRetentionDays: 1}}",
		"metadata: {name: p}\ndata: {providers: []}")
}

// cacheHappensTo is what may become of a live cache at its cloud, beside what may become of
// any resource.
var cacheHappensTo = []func(*structpb.Struct){
	func(o *structpb.Struct) {
		object.Set(o, "OSSCluster", "status", "atProvider", "defaultDatabase", "clusteringPolicy")
	},
	func(o *structpb.Struct) {
		object.Set(o, []any{object.Map{"name": "RedisJSON"}}, "status", "atProvider", "defaultDatabase", "module")
	},
	func(o *structpb.Struct) {
		object.Set(o, "world", "status", "atProvider", "defaultDatabase", "geoReplicationGroupName")
	},
	func(o *structpb.Struct) {
		delete(object.Struct(o, "status", "atProvider").GetFields(), "defaultDatabase")
	},
	func(o *structpb.Struct) { object.Set(o, "9.1", "status", "atProvider", "engineVersion") },
	func(o *structpb.Struct) { object.Set(o, "REDIS_8_0", "status", "atProvider", "redisVersion") },
	func(o *structpb.Struct) { object.Set(o, "BASIC", "status", "atProvider", "tier") },
	func(o *structpb.Struct) { object.Set(o, false, "status", "atProvider", "highAvailabilityEnabled") },
	func(*structpb.Struct) {},
}

// placeOfCache says which cache a managed resource stands for, and what of it would take
// another one.
func placeOfCache(o *structpb.Struct) map[string]any {
	out := placeOf(o)
	for _, path := range [][]string{
		body("authorizedNetwork"), body("connectMode"), body("customerManagedKey"), body("transitEncryptionMode"), body("subnetGroupName"), body("port"),
		body("atRestEncryptionEnabled"), body("engine"),
	} {
		if v := object.Get(o, path...); said(v) && (path[2] != "customerManagedKey" || v.GetStructValue() == nil) { // Azure's may change
			out[strings.Join(path, ".")] = v.AsInterface()
		}
	}
	return out
}

// TestCacheNothingLost plays random cases of fixed seeds: whatever happens to claim, settings
// and what is observed, a live cache and each of its parts stay desired, in place, named,
// encrypted and with what would destroy them as they were; or the result is fatal, with
// nothing.
func TestCacheNothingLost(t *testing.T) {
	t.Parallel()
	playCases(t, 1000, 16, cacheHolds)
}

// FuzzCacheNothingLost looks for others.
func FuzzCacheNothingLost(f *testing.F) {
	for i := range byte(16) {
		f.Add([]byte{i, i / 3, i, i, 7 * i, 3, 5 * i, 11 * i, 13 * i, 2, i, i, i, 1, i, i, 29 * i, 17 * i})
	}
	f.Fuzz(func(t *testing.T, bytes []byte) { cacheHolds(t, &choices{bytes}) })
}

func cacheHolds(t *testing.T, c *choices) (refused bool) {
	t.Helper()
	provider := pick(c, cacheClouds()...)
	l := aliveCache(
		t, provider, settingsCache, "env: staging", "env: "+pick(c, "prod", "staging", "dev"), "highAvailability: true, ",
		pick(c, "highAvailability: true, ", "highAvailability: false, ", ""), "persistence: true", pick(c, "persistence: true", "persistence: false"),
	)
	before := l.run(t).GetDesired().GetResources()
	var done []string
	for range c.below(4) {
		e := cacheEditsOf[c.below(len(cacheEditsOf))]
		done = append(done, e[0]+"="+e[1])
		change(l.xr(), e[0], e[1])
	}
	settings := cacheSettingsOf(c)
	l.settle(t, settings)
	for range c.below(3) {
		part := pick(c, append([]string{keyInstance, keyInstance}, cacheParts[provider]...)...)
		if o := l.request.GetObserved().GetResources()[part]; o != nil {
			i := c.below(len(happensTo))
			done = append(done, part+" "+string(rune('0'+i)))
			happensTo[i](c, o)
		}
	}
	i := c.below(len(cacheHappensTo))
	done = append(done, "cloud "+string(rune('0'+i)))
	cacheHappensTo[i](l.instance())

	rsp := l.run(t)
	desired := rsp.GetDesired().GetResources()
	if fatal(rsp) != "" {
		if len(desired) != 0 {
			t.Errorf("%s: a fatal result with resources, by %v", provider, done)
		}
		return true
	}
	there := l.instance()
	if !managed.Exists(there) {
		return false // nothing lives
	}
	known := len(object.Struct(there, "spec", "forProvider").GetFields()) > 0
	if diff := cmp.Diff(placeOfCache(before[keyInstance].GetResource()), placeOfCache(desired[keyInstance].GetResource())); diff != "" && known {
		t.Errorf("%s: it is another cache, by %v and settings %q: -before, +after:\n%s", provider, done, settings, diff)
	}
	holdDatabase(t, provider, there, desired[keyInstance].GetResource(), done)
	for name := range before {
		if desired[name] == nil && !cacheMayGo(l, rsp, name) {
			t.Errorf("%s: %s is no longer desired, by %v and settings %q", provider, name, done, settings)
		}
	}
	return false
}

// holdDatabase holds that an update of Azure's deletes no database.
func holdDatabase(t *testing.T, provider string, there, composed *structpb.Struct, done []string) {
	t.Helper()
	if provider != "azure" {
		return
	}
	is, db := object.Struct(there, "status", "atProvider", "defaultDatabase"), object.Struct(composed, "spec", "forProvider", "defaultDatabase")
	if len(db.GetFields()) == 0 {
		t.Errorf("the database is left out, by %v", done)
	}
	for _, field := range []string{"clusteringPolicy", "module", "geoReplicationGroupName"} {
		diff := cmp.Diff(object.Get(is, field).AsInterface(), object.Get(db, field).AsInterface())
		if whole := object.String(is, "clusteringPolicy") != ""; diff != "" && whole {
			t.Errorf("%s would delete the database, by %v: -there, +composed:\n%s", field, done, diff)
		}
	}
}

// cacheMayGo lists what may go while everything is well.
func cacheMayGo(l *live, rsp *fnv1.RunFunctionResponse, name string) bool {
	o := l.request.GetObserved().GetResources()[name].GetResource()
	desired := rsp.GetDesired().GetResources()
	switch {
	case name == keyLock:
		return object.String(l.xr(), "metadata", "annotations", claim.AllowDelete) == "true"
	case strings.HasPrefix(name, "ingress-"):
		return desired[keySecurityGroup] != nil // the settings name the networks that are let in
	case strings.HasPrefix(name, "parameter-group-"): // another one is in use
		return object.String(l.instance(), "status", "atProvider", "parameterGroupName") != ""
	case strings.HasPrefix(name, "endpoint-"): // it goes before the one in another subnet is made
		return !orphaned(o)
	}
	return false
}
