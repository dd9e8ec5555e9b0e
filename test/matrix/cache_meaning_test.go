package matrix

import (
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A cacheMeaning is what a cache is, whatever cloud it is on, read back from what was emitted.
type cacheMeaning struct {
	tls       bool   // no client comes in without
	password  bool   // nor without one
	private   bool   // no network but the platform's reaches it
	plain     bool   // clients without the cluster protocol reach all keys
	eviction  string // in Redis's words
	available bool   // a replica takes over
	persists  bool   // keys outlive a restart
	encrypted bool   // by the platform's key
	orphan    bool
	elsewhere bool // it is in another region
}

// readCache reads a meaning back.
func (c cell) readCache(t *testing.T, desired map[string]*fnv1.Resource) cacheMeaning {
	t.Helper()
	body := func(part string) *structpb.Struct {
		return object.Struct(desired[part].GetResource(), "spec", "forProvider")
	}
	main := body("instance")
	says := func(path ...string) string { return object.String(main, path...) }
	is := func(path ...string) bool { b, _ := object.Bool(main, path...); return b }
	m := cacheMeaning{orphan: orphaned(desired["instance"].GetResource())}
	switch c.provider {
	case "gcp":
		m.tls, m.password = says("transitEncryptionMode") == "SERVER_AUTHENTICATION", is("authEnabled")
		m.private = says("authorizedNetwork") != "" && says("connectMode") == "PRIVATE_SERVICE_ACCESS"
		m.plain, m.eviction = true, says("redisConfigs", "maxmemory-policy")
		m.available = says("tier") == "STANDARD_HA"
		m.persists = says("persistenceConfig", "persistenceMode") == "RDB" && says("persistenceConfig", "rdbSnapshotPeriod") != ""
		m.encrypted, m.elsewhere = says("customerManagedKey") != "", says("region") != "europe-west1"
	case "aws":
		m.tls = is("transitEncryptionEnabled")
		ref := says("authTokenSecretRef", "name")
		m.password = ref != "" && ref == object.String(desired["password"].GetResource(), "metadata", "name")
		m.private = says("subnetGroupName") != "" && len(object.Get(main, "securityGroupIds").GetListValue().GetValues()) > 0
		m.plain = object.Get(main, "numNodeGroups") == nil && object.Get(main, "replicasPerNodeGroup") == nil
		m.eviction = parameter(desired, says("parameterGroupName"), "maxmemory-policy")
		nodes, _ := object.Number(main, "numCacheClusters")
		m.available = nodes > 1
		if m.available != is("automaticFailoverEnabled") || m.available != is("multiAzEnabled") {
			t.Error("nodes, failover and zones are not of one mind")
		}
		days, _ := object.Number(main, "snapshotRetentionLimit")
		m.persists, m.encrypted = days > 0, says("atRestEncryptionEnabled") == "true" && says("kmsKeyId") != ""
		m.elsewhere = says("region") != "eu-west-1"
		if final := says("finalSnapshotIdentifier"); (final != "") != (c.env == "prod" || c.env == "mgmt") {
			t.Errorf("a last snapshot in %s: %q", c.env, final)
		}
	case "azure":
		db := func(field string) string { return says("defaultDatabase", field) }
		m.tls, m.password = db("clientProtocol") == "Encrypted", is("defaultDatabase", "accessKeysAuthenticationEnabled")
		m.private = says("publicNetworkAccess") == "Disabled" && endpointOf(desired, says("resourceGroupName"))
		m.plain = db("clusteringPolicy") == "EnterpriseCluster"
		m.eviction = map[string]string{"AllKeysLRU": "allkeys-lru", "VolatileTTL": "volatile-ttl"}[db("evictionPolicy")]
		m.available, m.persists = is("highAvailabilityEnabled"), db("persistenceRedisDatabaseBackupFrequency") != ""
		m.encrypted, m.elsewhere = says("customerManagedKey", "keyVaultKeyId") != "", says("location") != "westeurope"
		if lock := desired["lock"].GetResource(); (lock != nil) != (c.env == "prod" || c.env == "mgmt") {
			t.Errorf("a lock in %s: %v", c.env, lock != nil)
		}
	case "ibm":
		server := c.readServer(t, desired)
		m.tls, m.plain = server.protocol == "rediss", true
		m.password, m.private = server.password, server.private
		m.eviction, m.available = says("varmap", "eviction_policy"), true // see docs/cache.md: two members, always
		m.persists = is("varmap", "persistence") && is("varmap", "disk_grown")
		m.encrypted, m.elsewhere = server.key != "", server.elsewhere
		if m.eviction == "" || !strings.Contains(object.String(main, "module"), "maxmemory-policy") {
			t.Error("the module is told of no eviction policy")
		}
	}
	return m
}

// parameter is what a parameter group of a name is made with, or is asked for.
func parameter(desired map[string]*fnv1.Resource, group, name string) string {
	for part, r := range desired {
		o := r.GetResource()
		if !strings.HasPrefix(part, "parameter-group-") || object.String(o, "metadata", "annotations", "crossplane.io/external-name") != group {
			continue
		}
		for _, at := range []string{"forProvider", "initProvider"} {
			for _, v := range object.Get(o, "spec", at, "parameter").GetListValue().GetValues() {
				if object.String(v.GetStructValue(), "name") == name {
					return object.String(v.GetStructValue(), "value")
				}
			}
		}
	}
	return ""
}

// endpointOf reports whether there is one endpoint, in the group, to the cache.
func endpointOf(desired map[string]*fnv1.Resource, group string) bool {
	var found []bool
	for part, r := range desired {
		if strings.HasPrefix(part, "endpoint-") {
			body := object.Struct(r.GetResource(), "spec", "forProvider")
			found = append(found, object.String(body, "resourceGroupName") == group && object.String(body, "subnetId") == "/subnets/endpoints" &&
				object.String(body, "privateServiceConnection", "privateConnectionResourceId") != "")
		}
	}
	return slices.Equal(found, []bool{true})
}

// memory is what the cache has, in GiB, by the size that was written.
func (c cell) memory(t *testing.T, desired map[string]*fnv1.Resource) float64 {
	t.Helper()
	main := object.Struct(desired["instance"].GetResource(), "spec", "forProvider")
	size, sizes := "", map[string]float64{
		"cache.t4g.micro": 0.5, "cache.t4g.medium": 3.09, "cache.m7g.large": 6.38, "cache.r7g.large": 13.07, "cache.r7g.2xlarge": 52.82,
		"Balanced_B0": 0.5, "Balanced_B3": 3, "Balanced_B5": 6, "Balanced_B10": 12, "Balanced_B50": 60,
	}
	switch c.provider {
	case "gcp":
		gib, _ := object.Number(main, "memorySizeGb")
		return gib
	case "aws":
		size = object.String(main, "nodeType")
	case "azure":
		size = object.String(main, "skuName")
	case "ibm":
		return serverMemory(main)
	}
	if sizes[size] == 0 {
		t.Errorf("the size %q is none that a profile comes to", size)
	}
	return sizes[size]
}
