package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// again makes a claim anew under settings, where its cloud has all that an earlier one left.
// The providers tell of some parts later than of others: of those in late, in the third call.
func again(t *testing.T, left *live, settings string, late ...string) *fnv1.RunFunctionResponse {
	t.Helper()
	l := &live{provider: left.provider, spec: left.spec}
	l.request = request(t, xrHead+l.spec, settings, nil)
	var rsp *fnv1.RunFunctionResponse
	for call := range 5 {
		rsp = l.run(t)
		if got := fatal(rsp); got != "" {
			t.Fatalf("call %d: %s", call, got)
		}
		for name, r := range rsp.GetDesired().GetResources() {
			o := proto.CloneOf(r.GetResource())
			there := left.request.GetObserved().GetResources()[name].GetResource()
			if status := object.Struct(there, "status"); status != nil && (call >= 2 || !has(late, name)) {
				object.Set(o, status, "status")
			}
			l.request.Observed.Resources[name] = &fnv1.Resource{Resource: o}
			writes := strings.Join(list(o, "spec", "managementPolicies"), " ")
			if call >= 1 && has(late, name) && call < 2 && (writes == "" || strings.Contains(writes, "Update")) {
				t.Errorf("%s is changed before anybody knows what it is: %q", name, writes)
			}
		}
		if status := object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status"); status != nil {
			object.Set(l.xr(), status, "status")
		}
	}
	return rsp
}

func has(words []string, word string) bool {
	return strings.Contains(" "+strings.Join(words, " ")+" ", " "+word+" ")
}

// A keep is a field of a part that what was found keeps.
type keep struct {
	part string
	path []string
	want any
}

// TestAgainOtherSettings holds that a claim which is made again under other settings, or under
// none, asks for what its cloud has: a network or a key that no update changes would be refused
// by the provider for good, and one that an update does change would be another.
func TestAgainOtherSettings(t *testing.T) {
	t.Parallel()
	const unknown = "its password is not known here" // which is said before all else
	const network = "projects/acme/global/networks/prod"
	const gone = "metadata: {name: p}\ndata: {}"
	const groups = "metadata: {name: p}\ndata: {providers: {aws: {regions: {eu-west-1: {cache: {subnetGroup: one, securityGroupIDs: [sg-1], " +
		`kmsKeyID: "` + keyARN + `main"}}}}}}`
	const sqs = "metadata: {name: p}\ndata: {providers: {aws: {accountID: \"123456789012\", regions: {eu-west-1: {}}}}}"
	const sqsLent = "metadata: {name: p}\ndata: {providers: {aws: {accountID: \"123456789012\", regions: {eu-west-1: {kmsKeyID: k}}}}}"
	const group = "metadata: {name: p}\ndata: {providers: {azure: {resourceGroup: rg}}}"
	ids := settingsIDs("sku: Standard")
	alive := func(provider string) func(*testing.T, string) *live {
		return func(t *testing.T, s string) *live { t.Helper(); return aliveDatabase(t, provider, "postgres", s) }
	}
	cache := func(provider string) func(*testing.T, string) *live {
		return func(t *testing.T, s string) *live { t.Helper(); return aliveCache(t, provider, s) }
	}
	queue := func(provider string) func(*testing.T, string) *live {
		return func(t *testing.T, s string) *live { t.Helper(); return aliveQueue(t, provider, s) }
	}
	const cloudSQL = "metadata: {name: p}\ndata: {providers: {gcp: {network: " + network + ", regions: {europe-west1: {kmsKeyID: key}}}}}"
	private := body("settings", "ipConfiguration", "privateNetwork")
	vault := body("customerManagedKey", "keyVaultKeyId")
	cases := map[string]struct {
		reason       string
		alive        func(*testing.T, string) *live
		before, then string
		late         []string
		keeps        []keep
		says         string
	}{
		"DatabaseNetwork": {
			"Cloud SQL stays in its network.", alive("gcp"), cloudSQL, strings.Replace(cloudSQL, "networks/prod", "networks/other", 1), nil,
			[]keep{{keyInstance, private, network}},
			unknown,
		},
		"DatabaseKey": {
			"Cloud SQL keeps its key.", alive("gcp"), cloudSQL, strings.Replace(cloudSQL, "kmsKeyID: key", "kmsKeyID: other", 1), nil,
			[]keep{{keyInstance, body("encryptionKeyName"), "key"}},
			unknown,
		},
		"DatabaseGone": {
			"Cloud SQL stays as it is without settings.", alive("gcp"), cloudSQL, gone, nil,
			[]keep{{keyInstance, private, network}, {keyInstance, body("encryptionKeyName"), "key"}},
			unknown,
		},
		"DatabaseSubnet": {
			"A server of Azure stays in its subnet.", alive("azure"), ids, strings.Replace(ids, "SUBNET/Db", "SUBNET/Other", 1),
			nil,
			[]keep{{keyInstance, body("delegatedSubnetId"), "SUBNET/Db"}},
			unknown,
		},
		"DatabaseVault": {
			"A server of Azure keeps its key.", alive("azure"), ids, strings.ReplaceAll(ids, "keys/Main", "keys/Other"), nil,
			[]keep{{keyInstance, vault, "https://Vault.vault.azure.net/keys/Main/0b"}},
			unknown,
		},
		"CacheNetwork": {
			"Memorystore stays in its network.", cache("gcp"), settingsCache, strings.Replace(settingsCache, "networks/prod", "networks/other", 1), nil,
			[]keep{{keyInstance, body("authorizedNetwork"), network}, {keyInstance, body("customerManagedKey"), "key"}},
			"settings providers.gcp.network (for new caches only)",
		},
		"CacheKey": {
			"Memorystore keeps its key.", cache("gcp"), settingsCache, strings.Replace(settingsCache, "{kmsKeyID: key}", "{kmsKeyID: other}", 1), nil,
			[]keep{{keyInstance, body("customerManagedKey"), "key"}},
			"kmsKeyID (for new caches only)",
		},
		"CacheGroup": {
			"A cache of AWS stays in its subnet group, and has the security groups of that network.", cache("aws"), groups,
			strings.NewReplacer("subnetGroup: one", "subnetGroup: two", "sg-1", "sg-2").Replace(groups), nil,
			[]keep{{keyInstance, body("subnetGroupName"), "one"}, {keyInstance, body("securityGroupIds"), []any{"sg-1"}}},
			unknown,
		},
		"CacheARN": {
			"A cache of AWS keeps its key.", cache("aws"), groups, strings.Replace(groups, "key/main", "key/other", 1), nil,
			[]keep{{keyInstance, body("kmsKeyId"), keyARN + "main"}},
			unknown,
		},
		"CacheAWSGone": {
			"A cache of AWS stays as it is without settings.", cache("aws"), groups, gone, nil,
			[]keep{{keyInstance, body("kmsKeyId"), keyARN + "main"}, {keyInstance, body("subnetGroupName"), "one"}},
			unknown,
		},
		"CacheVaultGone": {
			"A cache of Azure keeps its key without settings.", cache("azure"), settingsCache, group, nil,
			[]keep{{keyInstance, vault, "key"}},
			"cache.kmsKeyID",
		},
		"TopicsGone": {
			"Both topics keep their key without settings.", queue("gcp"), settingsQueue, gone, nil,
			[]keep{{keyTopic, body("kmsKeyName"), "key"}, {"dead-letter-topic", body("kmsKeyName"), "key"}},
			"queue.kmsKeyID",
		},
		"TopicLate": {
			"Dead letters keep their key, although the topic is seen after them.", queue("gcp"), settingsQueue, gone,
			[]string{keyTopic, keyInstance},
			[]keep{{keyTopic, body("kmsKeyName"), "key"}, {"dead-letter-topic", body("kmsKeyName"), "key"}},
			"queue.kmsKeyID",
		},
		"SQSGone": {
			"Both queues keep their key without settings.", queue("aws"), settingsQueue, sqs, nil,
			[]keep{{keyInstance, body("kmsMasterKeyId"), keyARN + "main"}, {keyDeadLetters, body("kmsMasterKeyId"), keyARN + "main"}},
			"queue.kmsKeyID",
		},
		"SQSNone": {
			"No queue that was found is given the key of databases.", queue("aws"), sqs, sqsLent, nil,
			[]keep{{keyInstance, body("kmsMasterKeyId"), nil}, {keyInstance, body("sqsManagedSseEnabled"), true}},
			"kmsKeyID (for new queues only)",
		},
		"PremiumGone": {
			"A Premium namespace stays Premium, closed and encrypted without settings.", queue("azure"), settingsPremium,
			group, nil,
			[]keep{
				{keyNamespace, body("sku"), "Premium"},
				{keyNamespace, body("publicNetworkAccessEnabled"), false},
				{keyNamespace, vault, "key"},
				{keyNamespace, body("customerManagedKey", "identityId"), "/id"},
			},
			"queue.sku",
		},
		"PremiumLater": {
			"A Standard namespace stays Standard and open.", queue("azure"), group, settingsPremium, nil,
			[]keep{{keyNamespace, body("sku"), "Standard"}, {keyNamespace, body("publicNetworkAccessEnabled"), true}},
			"queue.sku (for new queues only)",
		},
		"PremiumSubnet": {
			"An endpoint stays in its subnet.", queue("azure"), settingsPremium, strings.Replace(settingsPremium, "/subnets/a", "/subnets/b", 1), nil,
			[]keep{{"endpoint", body("subnetId"), "/subnets/a"}},
			"queue.subnetID (for new queues only)",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rsp := again(t, tc.alive(t, tc.before), tc.then, tc.late...)
			for _, k := range tc.keeps {
				got := object.Get(rsp.GetDesired().GetResources()[k.part].GetResource(), k.path...).AsInterface()
				if diff := cmp.Diff(k.want, got); diff != "" {
					t.Errorf("\n%s\n%s %s: -want, +got:\n%s", tc.reason, k.part, strings.Join(k.path, "."), diff)
				}
			}
			if c := composedAs(rsp); !strings.Contains(c.GetMessage(), tc.says) {
				t.Errorf("\n%s\nComposed: want %q in %s: %s", tc.reason, tc.says, c.GetReason(), c.GetMessage())
			}
		})
	}
}
