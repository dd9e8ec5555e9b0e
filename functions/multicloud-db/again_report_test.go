package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

const (
	settingsNone  = "metadata: {name: p}\ndata: {}"
	settingsGroup = "metadata: {name: p}\ndata: {providers: {azure: {resourceGroup: rg}}}"
)

// TestAgainReport holds that what was found, once it may be changed, is held to what was asked for
// last: a report that lacks a field for once, or is older than that, undoes nothing.
func TestAgainReport(t *testing.T) {
	t.Parallel()
	const network = "projects/acme/global/networks/prod"
	const lentGCP = `metadata: {name: p}
data: {providers: {gcp: {projectID: acme-prod, projectNumber: "123456789012", regions: {europe-west1: {kmsKeyID: db}}}}}`
	const lentAWS = "metadata: {name: p}\ndata: {providers: {aws: {accountID: \"123456789012\", regions: {eu-west-1: {kmsKeyID: k}}}}}"
	const sqs = "metadata: {name: p}\ndata: {providers: {aws: {accountID: \"123456789012\"}}}"
	const azureKeys = "metadata: {name: p}\ndata: {providers: {azure: {resourceGroup: rg, regions: {westeurope: {kmsKeyID: \"https://v/keys/k/1\", " +
		"kmsIdentityID: /db, MORE}}}}}"
	const groups = "metadata: {name: p}\ndata: {providers: {aws: {regions: {eu-west-1: {cache: {subnetGroup: one, securityGroupIDs: [sg-1], " +
		`kmsKeyID: "` + keyARN + `main"}}}}}}`
	lentPremium := strings.Replace(azureKeys, "MORE", "queue: {sku: Premium, subnetID: /subnets/a, privateDNSZoneID: /zones/a}", 1)
	lentCache := strings.Replace(azureKeys, "MORE", "cache: {subnetID: /subnets/endpoints, privateDNSZoneID: /zones/redis}", 1)
	versionless := strings.Replace(settingsCache, "kmsKeyID: key, kmsIdentityID", "kmsKeyID: https://v/keys/k, kmsIdentityID", 1)
	vault := body("customerManagedKey", "keyVaultKeyId")
	cache := func(provider string, oldNew ...string) func(*testing.T, string) *live {
		return func(t *testing.T, s string) *live { t.Helper(); return aliveCache(t, provider, s, oldNew...) }
	}
	queue := func(provider string) func(*testing.T, string) *live {
		return func(t *testing.T, s string) *live { t.Helper(); return aliveQueue(t, provider, s) }
	}
	silent := func(alive func(*testing.T, string) *live, said string) func(*testing.T, string) *live {
		return func(t *testing.T, s string) *live {
			t.Helper()
			l := alive(t, s)
			if !strings.Contains(l.spec, said) {
				t.Fatalf("%q is not in %s", said, l.spec)
			}
			l.spec = strings.Replace(l.spec, said, "", 1)
			return l
		}
	}
	const queueSaid = "  queue: {visibilityTimeoutSeconds: 90, retentionDays: 10, maxDeliveryAttempts: 8}\n"
	const cacheSaid = "  cache: {evictionPolicy: allkeys-lfu, highAvailability: true, persistence: true}\n"
	persistent := func(provider string) func(*testing.T, string) *live {
		return silent(cache(provider, "allkeys-lru", "allkeys-lfu"), cacheSaid)
	}
	cases := map[string]struct {
		reason       string
		alive        func(*testing.T, string) *live
		before, then string
		change       func(part string, there *structpb.Struct)
		happens      []func(*testing.T, *live)
		keeps        []keep
	}{
		"TopicLacks": {
			"Topics keep their key, of which one report says nothing.", queue("gcp"), settingsQueue, lentGCP, nil,
			[]func(*testing.T, *live){lacks(keyTopic, "kmsKeyName"), lacks("dead-letter-topic", "kmsKeyName")},
			[]keep{{keyTopic, body("kmsKeyName"), "key"}, {"dead-letter-topic", body("kmsKeyName"), "key"}},
		},
		"SQSLacks": {
			"Queues of SQS keep their key, of which one report says nothing.", queue("aws"), settingsQueue, lentAWS, nil,
			[]func(*testing.T, *live){lacks(keyInstance, "kmsMasterKeyId"), lacks(keyDeadLetters, "kmsMasterKeyId")},
			[]keep{
				{keyInstance, body("kmsMasterKeyId"), keyARN + "main"},
				{keyInstance, body("sqsManagedSseEnabled"), nil},
				{keyDeadLetters, body("kmsMasterKeyId"), keyARN + "main"},
			},
		},
		"PremiumLacks": {
			"A Premium namespace keeps its key, of which one report says nothing.", queue("azure"), settingsPremium, lentPremium, nil,
			[]func(*testing.T, *live){lacks(keyNamespace, "customerManagedKey")},
			[]keep{{keyNamespace, vault, "key"}, {keyNamespace, body("customerManagedKey", "identityId"), "/id"}},
		},
		"VaultLacks": {
			"A cache of Azure keeps its key, of which one report says nothing.", cache("azure"), settingsCache, lentCache, nil,
			[]func(*testing.T, *live){lacks(keyInstance, "customerManagedKey")},
			[]keep{{keyInstance, vault, "key"}, {keyInstance, body("customerManagedKey", "userAssignedIdentityId"), "/id"}},
		},
		"NetworkLacks": {
			"Memorystore stays in its network, which the settings no longer say and one report lacks.", cache("gcp"), settingsCache,
			strings.Replace(settingsCache, "networks/prod", "networks/other", 1), nil,
			[]func(*testing.T, *live){lacks(keyInstance, "authorizedNetwork", "customerManagedKey")},
			[]keep{{keyInstance, body("authorizedNetwork"), network}, {keyInstance, body("customerManagedKey"), "key"}},
		},
		"NetworkURL": {
			"Google writes a network's URL, and a report that lacks it is no edit of the settings.", cache("gcp"), settingsCache, settingsCache,
			func(part string, there *structpb.Struct) {
				if part == keyInstance {
					object.Set(there, "https://www.googleapis.com/compute/v1/"+network, "authorizedNetwork")
				}
			},
			[]func(*testing.T, *live){lacks(keyInstance, "authorizedNetwork")},
			[]keep{{keyInstance, body("authorizedNetwork"), network}},
		},
		"ReportEmpty": {
			"A report of nothing changes nothing.", cache("gcp"), settingsCache, strings.Replace(settingsCache, "networks/prod", "networks/other", 1), nil,
			[]func(*testing.T, *live){func(_ *testing.T, l *live) { clear(l.there(keyInstance).GetFields()) }},
			[]keep{{keyInstance, body("authorizedNetwork"), network}, {keyInstance, body("customerManagedKey"), "key"}},
		},
		"GroupLacks": {
			"A cache of AWS stays in its subnet group, with the security groups of that.", cache("aws"), groups,
			strings.NewReplacer("subnetGroup: one", "subnetGroup: two", "sg-1", "sg-2").Replace(groups), nil,
			[]func(*testing.T, *live){lacks(keyInstance, "subnetGroupName", "securityGroupIds")},
			[]keep{{keyInstance, body("subnetGroupName"), "one"}, {keyInstance, body("securityGroupIds"), []any{"sg-1"}}},
		},
		"TopicRotated": {
			"Topics keep the newer key, which Google reports later.", queue("gcp"), settingsQueue, settingsQueue, nil,
			[]func(*testing.T, *live){rotates(settingsQueue, "kmsKeyID: key", "kmsKeyID: key2", settingsNone)},
			[]keep{{keyTopic, body("kmsKeyName"), "key2"}, {"dead-letter-topic", body("kmsKeyName"), "key2"}},
		},
		"SQSRotated": {
			"Queues of SQS keep the newer key, which AWS reports later.", queue("aws"), settingsQueue, settingsQueue, nil,
			[]func(*testing.T, *live){rotates(settingsQueue, "key/main", "key/next", sqs)},
			[]keep{{keyInstance, body("kmsMasterKeyId"), keyARN + "next"}, {keyDeadLetters, body("kmsMasterKeyId"), keyARN + "next"}},
		},
		"PremiumRotated": {
			"A Premium namespace keeps the newer key, which Azure reports later.", queue("azure"), settingsPremium, settingsPremium, nil,
			[]func(*testing.T, *live){rotates(settingsPremium, "kmsKeyID: key", "kmsKeyID: key2", settingsGroup)},
			[]keep{{keyNamespace, vault, "key2"}},
		},
		"VaultRotated": {
			"A cache of Azure keeps the newer key, which Azure reports later.", cache("azure"), settingsCache, settingsCache, nil,
			[]func(*testing.T, *live){rotates(settingsCache, "kmsKeyID: key, kmsIdentityID", "kmsKeyID: key2, kmsIdentityID", settingsGroup)},
			[]keep{{keyInstance, vault, "key2"}},
		},
		"VaultVersionless": {
			"A key that no cache takes does not bring the older one back.", cache("azure"), settingsCache, settingsCache, nil,
			[]func(*testing.T, *live){rotates(settingsCache, "kmsKeyID: key, kmsIdentityID", "kmsKeyID: key2, kmsIdentityID", versionless)},
			[]keep{{keyInstance, vault, "key2"}},
		},
		"Units": {
			"The units of a namespace that were asked for last are more than those that Azure reports yet.", queue("azure"), settingsPremium, settingsPremium,
			func(part string, there *structpb.Struct) {
				if part == keyNamespace {
					object.Set(there, 4.0, "capacity")
				}
			},
			[]func(*testing.T, *live){func(_ *testing.T, l *live) {
				object.Set(l.request.GetObserved().GetResources()[keyNamespace].GetResource(), 8.0, body("capacity")...)
			}},
			[]keep{{keyNamespace, body("capacity"), 8.0}},
		},
		"UnitsFound": {
			"A namespace keeps the units that it was found with.", queue("azure"), settingsPremium, settingsPremium,
			func(part string, there *structpb.Struct) {
				if part == keyNamespace {
					object.Set(there, 4.0, "capacity")
				}
			},
			nil,
			[]keep{{keyNamespace, body("capacity"), 4.0}},
		},
		"DaysGCP": {
			"Pub/Sub keeps messages for as long as before, of which one report says nothing.", silent(queue("gcp"), queueSaid), settingsQueue, settingsQueue, nil,
			[]func(*testing.T, *live){lacks(keyInstance, "messageRetentionDuration")},
			[]keep{{keyInstance, body("messageRetentionDuration"), "864000s"}},
		},
		"DaysAWS": {
			"SQS keeps messages for as long as before, of which one report says nothing.", silent(queue("aws"), queueSaid), settingsQueue, settingsQueue, nil,
			[]func(*testing.T, *live){lacks(keyInstance, "messageRetentionSeconds")},
			[]keep{{keyInstance, body("messageRetentionSeconds"), 864000.0}},
		},
		"DaysAzure": {
			"Service Bus keeps messages for as long as before, of which one report says nothing.", silent(queue("azure"), queueSaid), settingsQueue, settingsQueue, nil,
			[]func(*testing.T, *live){lacks(keyInstance, "defaultMessageTtl")},
			[]keep{{keyInstance, body("defaultMessageTtl"), "P10D"}},
		},
		"SnapshotsGCP": {
			"Memorystore keeps its snapshots and its policy, of which one report says nothing.", persistent("gcp"), settingsCache, settingsCache, nil,
			[]func(*testing.T, *live){lacks(keyInstance, "persistenceConfig", "redisConfigs")},
			[]keep{{keyInstance, body("persistenceConfig", "persistenceMode"), "RDB"}, {keyInstance, body("redisConfigs", "maxmemory-policy"), "allkeys-lfu"}},
		},
		"SnapshotsAzure": {
			"A cache of Azure keeps its policy, of which one report says nothing.", persistent("azure"), settingsCache, settingsCache, nil,
			[]func(*testing.T, *live){func(_ *testing.T, l *live) {
				delete(object.Struct(l.there(keyInstance), "defaultDatabase").GetFields(), "evictionPolicy")
			}},
			[]keep{{keyInstance, body("defaultDatabase", "evictionPolicy"), "AllKeysLFU"}},
		},
	}
	for name, tc := range cases {
		bothScopes(t, name, func(t *testing.T, head string) {
			t.Helper()
			l := foundAgain(t, head, tc.alive(t, tc.before), tc.then, tc.change)
			for _, happen := range tc.happens {
				happen(t, l)
			}
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatalf("\n%s\n%s", tc.reason, got)
			}
			for _, k := range tc.keeps {
				got := object.Get(rsp.GetDesired().GetResources()[k.part].GetResource(), k.path...).AsInterface()
				if diff := cmp.Diff(k.want, got); diff != "" {
					t.Errorf("\n%s\n%s %s: -want, +got:\n%s", tc.reason, k.part, strings.Join(k.path, "."), diff)
				}
			}
		})
	}
}
