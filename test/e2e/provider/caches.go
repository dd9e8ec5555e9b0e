package provider

import (
	"fmt"
	"maps"
	"regexp"
	"strconv"
	"strings"
)

// caches are the kinds of caches by group, without scope and domain, and kind: facts are from
// the providers' CRDs and connection functions, and what no update changes from the resources
// of Terraform's providers (resource_redis_instance.go, replication_group.go,
// managed_redis_resource.go, private_endpoint_resource.go).
var caches = map[string]kind{
	"redis.gcp/Instance": {
		told: true,
		fixed: []string{
			"region", "location_id", "alternative_location_id", "authorized_network", "connect_mode", "reserved_ip_range", "customer_managed_key", "tier",
			"transit_encryption_mode",
		},
		forbids: neverLower("redis_version"),
		// What a provider that may fill in would then fight over with Google.
		late: func(body) map[string]any {
			return map[string]any{"maintenanceVersion": "20260101_00_00", "locationId": "europe-west1-b", "reservedIpRange": "10.9.8.0/29"}
		},
		status: func(b body, t Thing) map[string]any {
			return map[string]any{
				"id": "projects/" + project(t.ID) + "/locations/" + b.text("region") + "/instances/" + t.ID, "project": project(t.ID),
				"host": "10.9.8.7", "port": float64(6378),
				"currentLocationId": "europe-west1-b", "effectiveLabels": b["labels"],
			}
		},
		details: func(b body, t Thing) map[string]string {
			out := map[string]string{"host": "10.9.8.7", "port": "6378", "server_ca_certs_0_cert": caCertificate}
			if flag("authEnabled")(b) {
				out["attribute.auth_string"] = "made-by-google-" + t.ID
			}
			return out
		},
	},
	"elasticache.aws/ReplicationGroup": {
		told: true,
		fixed: []string{
			"at_rest_encryption_enabled", "kms_key_id", "port", "subnet_group_name", "network_type", "data_tiering_enabled", "snapshot_name",
			"global_replication_group_id", "cluster_mode",
		},
		forbids: forbidsGroup,
		late: func(b body) map[string]any {
			return map[string]any{"replicasPerNodeGroup": b.number("numCacheClusters") - 1, "numNodeGroups": float64(1)}
		},
		inside: func(b body) (string, string) { return "ParameterGroup", b.text("parameterGroupName") },
		status: func(b body, t Thing) map[string]any {
			host := t.ID + ".abcdef.euw1.cache.amazonaws.com"
			return map[string]any{
				"id": t.ID, "arn": "arn:aws:elasticache:" + b.text("region") + ":" + awsAccount + ":replicationgroup:" + t.ID, "clusterEnabled": false,
				"primaryEndpointAddress": "master." + host, "readerEndpointAddress": "replica." + host, "engineVersionActual": b.text("engineVersion") + ".1",
				"tagsAll": b["tags"],
			}
		},
		details: func(b body, t Thing) map[string]string {
			return map[string]string{
				"primary_endpoint_address": "master." + t.ID + ".abcdef.euw1.cache.amazonaws.com", "port": strconv.Itoa(int(b.number("port"))),
				"attribute.auth_token": t.Password,
			}
		},
	},
	"elasticache.aws/ParameterGroup": {
		told: true, fixed: []string{"name", "family", "description"}, status: id,
		keeps: func(_ body, t Thing, c *Cloud) string {
			for key, group := range c.things {
				if strings.HasPrefix(key, "ReplicationGroup/") && group.has.text("parameterGroupName") == t.ID {
					return failed("delete", "InvalidCacheParameterGroupState: One or more cache clusters are still members of this parameter group "+t.ID)
				}
			}
			return ""
		},
	},
	"elasticache.aws/SubnetGroup": {told: true, fixed: []string{"name"}, status: id},
	"cache.azure/ManagedRedis": {
		told:     true,
		fixed:    []string{"resource_group_name", "location", "high_availability_enabled"},
		forbids:  forbidsScaling,
		destroys: destroysDatabase,
		keeps:    lockedAt(managedID),
		taken:    failed("create", "NameNotAvailable: The name is already taken"),
		status: func(b body, t Thing) map[string]any {
			db, _ := b["defaultDatabase"].(map[string]any)
			db = maps.Clone(db)
			if db != nil {
				db["id"], db["port"] = managedID(b, t)+"/databases/default", float64(10000)
			}
			return map[string]any{"id": managedID(b, t), "hostname": t.ID + "." + b.text("location") + ".redis.azure.net", "defaultDatabase": db}
		},
		details: func(b body, t Thing) map[string]string {
			out := map[string]string{}
			if on, _ := b.at("defaultDatabase", "accessKeysAuthenticationEnabled").(bool); on {
				out["attribute.default_database.0.primary_access_key"] = "made+by/azure/" + t.ID + "="
				out["attribute.default_database.0.secondary_access_key"] = "second+of/" + t.ID + "="
			}
			return out
		},
	},
	"network.azure/PrivateEndpoint": {
		told: true, fixed: []string{"location", "resource_group_name", "subnet_id", "private_service_connection"},
		inside: func(b body) (string, string) {
			to, _ := b.at("privateServiceConnection", "privateConnectionResourceId").(string)
			if strings.Contains(to, "/Microsoft.ServiceBus/") {
				return "ServiceBusNamespace", lastOf(to)
			}
			return "ManagedRedis", lastOf(to)
		},
		status: func(b body, t Thing) map[string]any {
			return map[string]any{"id": azureAt(b, "Network/privateEndpoints/") + t.ID}
		},
	},
}

// neverLower forbids an older version, which Terraform would replace the server for.
func neverLower(argument string) func(has, asked body) string {
	return func(has, asked body) string {
		was, is := has.text(camel(argument)), asked.text(camel(argument))
		if is == "" || versionOf(is) >= versionOf(was) {
			return ""
		}
		return replaces(argument, was, is)
	}
}

var digits = regexp.MustCompile(`\d+`)

// versionOf makes 8.2 and REDIS_7_2 a number that is larger for a newer one.
func versionOf(text string) float64 {
	n := digits.FindAllString(text, -1)
	if len(n) == 0 {
		return 0
	}
	v, err := strconv.ParseFloat(strings.Join(append(n, "0")[:2], "."), 64)
	if err != nil {
		return 0
	}
	return v
}

// forbidsGroup is what the plan of a replication group fails at: high availability in one
// place or with one node, and an older version.
func forbidsGroup(has, asked body) string {
	switch {
	case flag("multiAzEnabled")(asked) && !flag("automaticFailoverEnabled")(asked):
		return failed("observe", "automatic_failover_enabled must be true if multi_az_enabled is true")
	case flag("automaticFailoverEnabled")(asked) && asked.number("numCacheClusters") < 2:
		return failed("observe", `"num_cache_clusters": must be at least 2 if automatic_failover_enabled is true`)
	case has.text("engine") == "valkey" && asked.text("engine") != "valkey":
		return replaces("engine", has.text("engine"), asked.text("engine"))
	}
	return neverLower("engine_version")(has, asked)
}

// forbidsScaling is an Azure that lists no smaller size to scale to, which azurerm replaces
// the cache for.
func forbidsScaling(has, asked body) string {
	was, is := has.text("skuName"), asked.text("skuName")
	if family(was) == family(is) && versionOf(is) >= versionOf(was) {
		return ""
	}
	return replaces("sku_name", was, is)
}

func family(sku string) string { return digits.ReplaceAllString(sku, "") }

// destroysDatabase is what deletes the database of a cache in an update, and makes another
// one, and what empties it: managed_redis_resource.go calls DeleteThenPoll, and a cache
// without a second node is scaled by making it anew.
func destroysDatabase(has, asked body) string {
	for _, field := range []string{"clusteringPolicy", "geoReplicationGroupName", "module"} {
		if was, is := has.at("defaultDatabase", field), asked.at("defaultDatabase", field); fmt.Sprint(was) != fmt.Sprint(is) {
			return "database by " + field
		}
	}
	if has["defaultDatabase"] != nil && asked["defaultDatabase"] == nil {
		return "database"
	}
	if available, said := has["highAvailabilityEnabled"].(bool); said && !available && has.text("skuName") != asked.text("skuName") {
		return "keys by skuName"
	}
	return ""
}

func managedID(b body, t Thing) string { return azureAt(b, "Cache/redisEnterprise/") + t.ID }

// azureAt begins the id of what is in a resource group.
func azureAt(b body, kind string) string {
	return "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/" + b.text("resourceGroupName") + "/providers/Microsoft." + kind
}

// lockedAt says that a thing has a lock, or what it is in: a lock keeps all below it.
func lockedAt(idOf func(body, Thing) string) func(body, Thing, *Cloud) string {
	return func(_ body, t Thing, c *Cloud) string {
		id := idOf(t.has, t)
		for key := range c.things {
			on, isLock := strings.CutPrefix(key, "ManagementLock/") // and the lock's own name
			if at := strings.LastIndex(on, "/"); isLock && at > 0 && strings.HasPrefix(id+"/", on[:at+1]) {
				return failed("delete", "ScopeLocked: The scope '"+id+"' cannot perform delete operation because following scope(s) are locked")
			}
		}
		return ""
	}
}

// outputsOfServer are those that the modules on IBM Cloud have of one service alone: what
// was applied last of a cache's configuration, which nobody reads back.
func outputsOfServer(v body) map[string]any {
	switch v.text("service") {
	case "databases-for-redis":
		grown, said := v["disk_grown"].(bool)
		return map[string]any{
			"database": float64(0), "memory_mb": v["memory_mb"], "eviction_policy": v["eviction_policy"],
			"persistence": flag("persistence")(v) && (grown || !said),
		}
	case "messages-for-rabbitmq":
		return map[string]any{"memory_mb": v["memory_mb"], "management": "console.private.databases.appdomain.cloud:31235"}
	}
	return map[string]any{"database": "ibmclouddb"}
}
