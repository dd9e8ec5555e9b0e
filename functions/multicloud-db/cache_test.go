package multiclouddb

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestCacheConnection holds what the connection Secret has on each cloud, whole or not at
// all, and that it stays while a provider says less.
func TestCacheConnection(t *testing.T) {
	t.Parallel()
	want := map[string]map[string]string{
		"gcp": {
			"host": "10.0.0.5", "port": "6378", "username": "default", "password": "made by/google=", "database": "0", "tls": "true",
			"uri": "rediss://:made%20by%2Fgoogle=@10.0.0.5:6378/0", "ca.crt": "first\nsecond\n",
		},
		"aws": {
			"host": "master.x.euw1.cache.amazonaws.com", "port": "6379", "username": "default", "database": "0", "tls": "true",
		},
		"azure": {
			"host": "x.westeurope.redis.azure.net", "port": "10000", "username": "default", "password": "made/by+azure=", "database": "0", "tls": "true",
			"uri": "rediss://:made%2Fby+azure=@x.westeurope.redis.azure.net:10000/0",
		},
		"ibm": {
			"host": "x.private.databases.appdomain.cloud", "port": "31000", "username": "admin", "password": "MadeByTheModule0", "database": "0", "tls": "true",
			"uri": "rediss://admin:MadeByTheModule0@x.private.databases.appdomain.cloud:31000/0", "ca.crt": "pem",
		},
	}
	for provider, keys := range want {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			l := aliveCache(t, provider, settingsCache)
			rsp := l.run(t)
			got := map[string]string{}
			for key, value := range rsp.GetDesired().GetComposite().GetConnectionDetails() {
				got[key] = string(value)
			}
			if provider == "aws" { // whose password is made at random
				password := got["password"]
				delete(got, "password")
				if got["uri"] != "rediss://:"+password+"@master.x.euw1.cache.amazonaws.com:6379/0" || len(password) != 32 {
					t.Errorf("the uri is of another form, or the password: %d characters", len(password))
				}
				delete(got, "uri")
			}
			if diff := cmp.Diff(keys, got); diff != "" {
				t.Errorf("-want, +got:\n%s", diff)
			}
			if ready := rsp.GetDesired().GetComposite().GetReady(); ready == fnv1.Ready_READY_FALSE {
				t.Error("it is not ready")
			}

			delete(object.Struct(l.instance(), "status").GetFields(), "atProvider") // before it was told
			l.request.Observed.Resources[keyInstance].ConnectionDetails = nil
			rsp = l.run(t)
			if n := len(rsp.GetDesired().GetComposite().GetConnectionDetails()); n != 0 {
				t.Errorf("%d keys are published of a cache that nobody knows the address of", n)
			}
			if ready := rsp.GetDesired().GetComposite().GetReady(); ready != fnv1.Ready_READY_FALSE {
				t.Error("it is ready without a connection")
			}
		})
	}
}

// TestCacheNetwork holds what is composed without a network of the platform's, and that the
// claim is told what that means.
func TestCacheNetwork(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, provider, settings string
		want                       map[string]any // nil for a field that is not asked for
		says                       []string
	}{
		"GCP": {
			"It is where its project puts it.", "gcp", "{}",
			map[string]any{"authorizedNetwork": nil, "connectMode": nil},
			[]string{"settings providers.gcp.network is not set", "can never move"},
		},
		"AWS": {
			"It is in the default VPC.", "aws", "{}",
			map[string]any{"subnetGroupName": nil, "securityGroupIds": nil},
			[]string{"settings providers.aws.regions.eu-west-1.cache.subnetGroup is not set", "default VPC", "can never move"},
		},
		"Azure": {
			"It is closed.", "azure", "{}",
			map[string]any{"publicNetworkAccess": "Disabled"},
			[]string{"settings providers.azure.regions.westeurope.cache.subnetID is not set", "nobody reaches it"},
		},
		"IBM": {
			"Its private endpoint is every account's.", "ibm", "{}", nil,
			[]string{"settings providers.ibm.regions.eu-es.allowedCIDRs is not set", "the private network of every IBM Cloud account reaches its endpoint"},
		},
		"AWSOfRDS": {
			"A subnet group of RDS takes no cache.", "aws", "{aws: {regions: {eu-west-1: {subnetGroup: rds}}}}",
			map[string]any{"subnetGroupName": nil},
			[]string{"cache.subnetGroup is not set"},
		},
		"AWSOfDatabases": {
			"Groups of databases hardly let its port in.", "aws",
			"{aws: {regions: {eu-west-1: {securityGroupIDs: [sg-db], cache: {subnetGroup: caches}}}}}",
			map[string]any{"subnetGroupName": "caches", "securityGroupIds": []any{"sg-db"}},
			[]string{"6379"},
		},
		"AWSOwn": {
			"Groups of caches are for them.", "aws",
			"{aws: {regions: {eu-west-1: {securityGroupIDs: [sg-db], cache: {subnetGroup: caches, securityGroupIDs: [sg-cache]}}}}}",
			map[string]any{"subnetGroupName": "caches", "securityGroupIds": []any{"sg-cache"}},
			nil,
		},
		"AWSShared": {
			"Subnets and VPC of the region are for every type.", "aws",
			"{aws: {regions: {eu-west-1: {subnetIDs: [a, b], vpcID: v, allowedCIDRs: [10.0.0.0/8]}}}}",
			map[string]any{"securityGroupIdSelector": map[string]any{"matchControllerRef": true}},
			nil,
		},
		"AWSVPC": {
			"A VPC that is said of caches means a group of their own.", "aws",
			"{aws: {regions: {eu-west-1: {securityGroupIDs: [sg-db], cache: {subnetGroup: caches, vpcID: v}}}}}",
			map[string]any{"securityGroupIds": nil, "securityGroupIdSelector": map[string]any{"matchControllerRef": true}},
			nil,
		},
		"AWSNoGroup": {
			"Without a group of the platform's the VPC has one.", "aws", "{aws: {regions: {eu-west-1: {cache: {subnetGroup: caches}}}}}",
			map[string]any{"securityGroupIds": nil},
			[]string{"default security group"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rsp := run(t, request(t, xrHead+strings.Replace(specCache, "gcp", tc.provider, 1), "metadata: {name: p}\ndata: {providers: "+tc.settings+"}", nil))
			if got := fatal(rsp); got != "" {
				t.Fatalf("\n%s\n%s", tc.reason, got)
			}
			for field, v := range tc.want {
				if diff := cmp.Diff(v, composed(rsp)[field]); diff != "" {
					t.Errorf("\n%s\n%s: -want, +got:\n%s", tc.reason, field, diff)
				}
			}
			c := composedAs(rsp)
			for _, says := range tc.says {
				if !strings.Contains(c.GetMessage(), says) {
					t.Errorf("\n%s\nComposed says %q, and not %q", tc.reason, c.GetMessage(), says)
				}
			}
			if want := map[bool]string{true: "Composed", false: "NoNetwork"}[tc.says == nil]; c.GetReason() != want {
				t.Errorf("\n%s\nComposed is %s: %s", tc.reason, c.GetReason(), c.GetMessage())
			}
		})
	}
}

// TestCacheNeedsNetwork holds that nothing new is composed in prod without a network, and
// that what lives there stays.
func TestCacheNeedsNetwork(t *testing.T) {
	t.Parallel()
	const needs = "metadata: {name: p}\ndata: {policy: {requireNetwork: true}, providers: {azure: {resourceGroup: rg}}}"
	for _, provider := range cacheClouds() {
		l := &live{provider: provider, spec: strings.NewReplacer("gcp", provider, "env: staging", "env: prod").Replace(specCache)}
		l.request = request(t, xrHead+l.spec, needs, nil)
		rsp := l.run(t)
		c := composedAs(rsp)
		if n := len(rsp.GetDesired().GetResources()); n != 0 || c.GetReason() != "NoNetwork" || c.GetStatus() != fnv1.Status_STATUS_CONDITION_FALSE {
			t.Errorf("%s: %d resources, Composed is %s: %s", provider, n, c.GetReason(), c.GetMessage())
		}
		l = aliveCache(t, provider, settingsCache, "env: staging", "env: prod")
		before := l.run(t)
		l.settle(t, needs)
		if diff := cmp.Diff(bodies(before), bodies(l.run(t))); diff != "" {
			t.Errorf("%s: what lives changes: -before, +after:\n%s", provider, diff)
		}
	}
}

// TestCacheProtected holds that what is protected outlives its claim on each cloud, also where
// the cloud can refuse no deletion, and that settings which say less change nothing.
func TestCacheProtected(t *testing.T) {
	t.Parallel()
	const less = "policy: {deletionPolicy: Delete, deletionProtection: false}\n  providers:"
	for _, provider := range cacheClouds() {
		for env, keeps := range map[string]bool{"prod": true, "mgmt": true, "staging": false, "dev": false} {
			t.Run(provider+"/"+env, func(t *testing.T) {
				t.Parallel()
				l := aliveCache(t, provider, settingsCache, "env: staging", "env: "+env)
				check := func(when string, orphan bool) {
					t.Helper()
					rsp := l.settled(t, 2)
					if got := orphaned(rsp.GetDesired().GetResources()[keyInstance].GetResource()); got != orphan {
						t.Errorf("%s: it outlives its claim: %t", when, got)
					}
					if got := rsp.GetDesired().GetResources()[keyLock] != nil; provider == "azure" && got != orphan {
						t.Errorf("%s: it is locked: %t", when, got)
					}
				}
				check("by default", keeps)
				l.settle(t, strings.Replace(settingsCache, "providers:", less, 1))
				check("with settings that say less", keeps)
				object.Set(l.xr(), "true", "metadata", "annotations", "platform.victor.onl/allow-delete")
				check("with the annotation", false)
			})
		}
		// Settings may protect a cache outside prod, which keeps it too.
		l := aliveCache(t, provider, strings.Replace(settingsCache, "providers:", "policy: {deletionProtection: true}\n  providers:", 1))
		rsp := l.run(t)
		outlives := orphaned(rsp.GetDesired().GetResources()[keyInstance].GetResource())
		if want := provider == "gcp" || provider == "aws"; outlives != want { // the others refuse the deletion
			t.Errorf("%s: protected by the settings it outlives its claim: %t", provider, outlives)
		}
		if says := composedAs(rsp).GetMessage(); strings.Contains(says, "outlives its claim") != outlives {
			t.Errorf("%s: Composed says %q", provider, says)
		}
	}
}

// TestCacheSnapshots holds that Memorystore's snapshots are not deleted where the cache is
// protected.
func TestCacheSnapshots(t *testing.T) {
	t.Parallel()
	l := aliveCache(t, "gcp", settingsCache, "env: staging", "env: prod")
	l.edit(t, "persistence: true", "persistence: false")
	if got := fatal(l.run(t)); !strings.HasPrefix(got, `spec.cache.persistence: "true" cannot become "false" on a live cache that is protected`) {
		t.Errorf("protected: %q", got)
	}
	object.Set(l.xr(), "true", "metadata", "annotations", "platform.victor.onl/allow-delete")
	if got := fatal(l.run(t)); got != "" {
		t.Errorf("with the annotation: %q", got)
	}
	never := aliveCache(t, "gcp", settingsCache, "env: staging", "env: prod", "persistence: true", "persistence: false")
	rsp := never.run(t)
	if got := composed(rsp)["persistenceConfig"]; fatal(rsp) != "" || got != nil {
		t.Errorf("a cache that never had snapshots is told of some: %v %s", got, fatal(rsp))
	}
}

// TestCacheFinalSnapshot holds that an XR that is made anew names its last snapshot anew,
// and its parts as before.
func TestCacheFinalSnapshot(t *testing.T) {
	t.Parallel()
	prod := []string{"env: staging", "env: prod"}
	first := aliveCache(t, "aws", settingsCache, prod...)
	second := &live{provider: "aws", spec: first.spec, request: request(t, strings.Replace(xrHead, "x7k2p", "zzzzz", 1)+first.spec, settingsCache, nil)}
	second.settled(t, 2)
	one, two := flat(composed(first.run(t))), flat(composed(second.run(t)))
	name, _ := one["finalSnapshotIdentifier"].(string)
	if name == "" || name == two["finalSnapshotIdentifier"] {
		t.Errorf("the last snapshots are called %q and %q", name, two["finalSnapshotIdentifier"])
	}
	delete(one, "finalSnapshotIdentifier")
	delete(two, "finalSnapshotIdentifier")
	if diff := cmp.Diff(one, two); diff != "" {
		t.Errorf("-first, +second:\n%s", diff)
	}
	dev := aliveCache(t, "aws", settingsCache, "env: staging", "env: dev")
	if got := cacheAt(dev.run(t), "finalSnapshotIdentifier"); got != nil {
		t.Errorf("in dev a last snapshot is taken: %v", got)
	}
}

// TestCacheLateInitialize holds for each kind whether its provider fills in what is left out:
// it has to where the cloud assigns the id, and must not elsewhere.
func TestCacheLateInitialize(t *testing.T) {
	t.Parallel()
	fills := map[string]bool{"SecurityGroup": true, "SecurityGroupIngressRule": true, "Workspace": true} // whose name is its state's
	for _, provider := range cacheClouds() {
		for name, r := range aliveCache(t, provider, settingsCache).run(t).GetDesired().GetResources() {
			kind := object.String(r.GetResource(), "kind")
			policies := object.Get(r.GetResource(), "spec", "managementPolicies").GetListValue().GetValues()
			var said []string
			for _, v := range policies {
				said = append(said, v.GetStringValue())
			}
			if kind == "Secret" {
				continue
			}
			if got := policies == nil || slices.Contains(said, "LateInitialize"); got != fills[kind] {
				t.Errorf("%s: %s (%s) is filled in: %t, by %v", provider, name, kind, got, said)
			}
		}
	}
}
