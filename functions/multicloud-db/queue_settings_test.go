package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestQueueSettings holds what becomes of a live queue whose settings are edited: what its
// cloud cannot change is refused, what is gone stays, and what is about new queues is told.
func TestQueueSettings(t *testing.T) {
	t.Parallel()
	const gone = "metadata: {name: p}\ndata: {}"
	cases := map[string]struct {
		reason, provider, first, then string
		refuse                        string // how the result begins, of an edit that is refused
		says                          string // in the condition Composed, of one that is not
		part                          string
		path                          []string
		want                          any
	}{
		"SKU": {
			"No namespace becomes Premium.", "azure", settingsQueue, strings.Replace(settingsQueue, "sku: Standard", "sku: Premium", 1),
			`settings providers.azure.regions.westeurope.queue.sku: "Standard" cannot become "Premium" on a live queue`, "", "", nil, nil,
		},
		"SKUByDefault": {
			"A namespace that is Standard without a word becomes none either.", "azure", gone,
			"metadata: {name: p}\ndata: {providers: {azure: {regions: {westeurope: {queue: {sku: Premium}}}}}}",
			`settings providers.azure.regions.westeurope.queue.sku: "Standard" cannot become "Premium" on a live queue`, "", "", nil, nil,
		},
		"SKUBack": {
			"No namespace becomes Standard.", "azure", settingsPremium, strings.Replace(settingsPremium, "sku: Premium", "sku: Standard", 1),
			`settings providers.azure.regions.westeurope.queue.sku: "Premium" cannot become "Standard" on a live queue`, "", "", nil, nil,
		},
		"SKUGone": {
			"A Premium namespace stays Premium.", "azure", settingsPremium, gone, "", "queue.sku", keyNamespace, body("sku"), "Premium",
		},
		"ClosedStays": {
			"No namespace is opened by settings that are gone.", "azure", settingsPremium, gone, "", "queue.subnetID", keyNamespace,
			body("publicNetworkAccessEnabled"), false,
		},
		"ZoneStays": {
			"Who resolves the endpoint goes on to.", "azure", settingsPremium, gone, "", "queue.privateDNSZoneID", "endpoint",
			body("privateDnsZoneGroup", "privateDnsZoneIds"),
			[]any{"/zones/a"},
		},
		"Shared": {
			"A queue with a namespace of its own moves into no other.", "azure", gone, settingsShared,
			`settings providers.azure.regions.westeurope.queue.namespaceID: the live queue has a namespace of its own, and cannot move`, "", "", nil, nil,
		},
		"SharedGone": {
			"A queue in the platform's namespace stays there.", "azure", settingsShared, gone, "", "queue.namespaceID", keyInstance,
			body("namespaceId"), sharedID,
		},
		"SharedOther": {
			"A queue moves from no namespace of the platform's to another.", "azure", settingsShared,
			strings.Replace(settingsShared, "/shared", "/other", 1),
			`settings providers.azure.regions.westeurope.queue.namespaceID: "` + sharedID + `" cannot become`, "", "", nil, nil,
		},
		"Subnet": {
			"A namespace that is open is not closed behind its apps.", "azure",
			strings.Replace(settingsPremium, "subnetID: /subnets/a, privateDNSZoneID: /zones/a, ", "", 1), settingsPremium, "", "queue.subnetID", keyNamespace,
			body("publicNetworkAccessEnabled"), true,
		},
		"ProjectID": {
			"Another project has other topics.", "gcp", settingsQueue, strings.Replace(settingsQueue, "acme-prod", "other-prod", 1),
			`settings providers.gcp.projectID: "acme-prod" cannot become "other-prod" on a live queue`, "", "", nil, nil,
		},
		"ProjectNumber": {
			"Another number is another project's Pub/Sub.", "gcp", settingsQueue, strings.Replace(settingsQueue, "123456789012", "210987654321", 1),
			`settings providers.gcp.projectNumber: "123456789012" cannot become "210987654321" on a live queue`, "", "", nil, nil,
		},
		"ProjectNumberLater": {
			"Dead letters come once the settings say whose Pub/Sub forwards them.", "gcp", strings.Replace(settingsQueue, `projectNumber: "123456789012", `, "", 1),
			settingsQueue, "", "the endpoint is public", "dead-letter-publisher", body("role"), "roles/pubsub.publisher",
		},
		"ProjectNumberGone": {
			"Dead letters stay without the settings.", "gcp", settingsQueue, gone, "", "projectNumber", "dead-letter-publisher", body("role"),
			"roles/pubsub.publisher",
		},
		"Account": {
			"Another account has other queues.", "aws", settingsQueue, strings.ReplaceAll(settingsQueue, "123456789012", "210987654321"),
			`settings providers.aws.accountID: "123456789012" `, "", "", nil, nil,
		},
		"AccountLater": {
			"A queue whose account was read off its ARN agrees with the settings.", "aws", gone, settingsQueue, "", "", keyDeadLetters, body("redriveAllowPolicy"), nil,
		},
		"AccountWrong": {
			"An account that is not the queue's would make a second one.", "aws", gone,
			`{metadata: {name: p}, data: {providers: {aws: {accountID: "210987654321"}}}}`, `settings providers.aws.accountID: "`, "", "", nil, nil,
		},
		"KeyGCP": {
			"A key is changed in place.", "gcp", settingsQueue, strings.Replace(settingsQueue, "kmsKeyID: key", "kmsKeyID: new", 1), "", "",
			keyTopic, body("kmsKeyName"), "new",
		},
		"KeyAWS": {
			"A key is changed in place.", "aws", settingsQueue, strings.Replace(settingsQueue, "key/main", "key/new", 1), "", "", keyInstance,
			body("kmsMasterKeyId"), "arn:aws:kms:eu-west-1:123456789012:key/new",
		},
		"KeyAzure": {
			"A key is changed in place.", "azure", settingsPremium, strings.Replace(settingsPremium, "kmsKeyID: key", "kmsKeyID: new", 1), "", "",
			keyNamespace, body("customerManagedKey", "keyVaultKeyId"), "new",
		},
		"KeyGone": {"A key that is gone from the settings stays in force.", "gcp", settingsQueue, gone, "", "kmsKeyID", keyTopic, body("kmsKeyName"), "key"},
		"KeyGoneAWS": {
			"A key that is gone from the settings stays in force.", "aws", settingsQueue, gone, "", "kmsKeyID", keyInstance, body("kmsMasterKeyId"),
			"arn:aws:kms:eu-west-1:123456789012:key/main",
		},
		"KeyGoneAzure": {
			"A key that is gone from the settings stays in force.", "azure", settingsPremium, gone, "", "kmsKeyID", keyNamespace,
			body("customerManagedKey", "keyVaultKeyId"), "key",
		},
		"KeyLater": {"A queue may be given a key.", "gcp", gone, settingsQueue, "", "", "dead-letter-topic", body("kmsKeyName"), "key"},
		"KeyOfTheRegion": {
			"The region's key stays a queue's.", "aws", "metadata: {name: p}\ndata: {providers: {aws: {regions: {eu-west-1: {kmsKeyID: k}}}}}", gone, "",
			"", keyDeadLetters, body("kmsMasterKeyId"), "k",
		},
		"Config": {
			"Another account's config finds no queue.", "gcp", "metadata: {name: p}\ndata: {providers: {gcp: {providerConfig: a}}}",
			"metadata: {name: p}\ndata: {providers: {gcp: {providerConfig: b}}}", `settings providers.gcp.providerConfig: "a" cannot become "b"`, "", "", nil,
			nil,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := aliveQueue(t, tc.provider, tc.first)
			before := l.run(t).GetDesired().GetResources()
			l.settle(t, tc.then)
			rsp := l.run(t)
			if got := fatal(rsp); !strings.HasPrefix(got, tc.refuse) || (got == "") != (tc.refuse == "") {
				t.Fatalf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, cmp.Diff(tc.refuse, got))
			}
			if tc.refuse != "" {
				return
			}
			desired := rsp.GetDesired().GetResources()
			if said := rsp.GetConditions()[0].GetMessage(); !strings.Contains(said, tc.says) {
				t.Errorf("\n%s\nComposed says %q, without %q", tc.reason, said, tc.says)
			}
			if got := object.Get(desired[tc.part].GetResource(), tc.path...).AsInterface(); tc.want != nil && cmp.Diff(tc.want, got) != "" {
				t.Errorf("\n%s\n%s of %s: -want, +got:\n%s", tc.reason, strings.Join(tc.path, "."), tc.part, cmp.Diff(tc.want, got))
			}
			for part := range before {
				if desired[part] == nil {
					t.Errorf("\n%s\n%s is no longer desired", tc.reason, part)
				}
			}
		})
	}
}

// TestQueueNewSettings holds what new queues are refused by settings that do not go together.
func TestQueueNewSettings(t *testing.T) {
	t.Parallel()
	azure := func(queue string) string {
		return "metadata: {name: p}\ndata: {providers: {azure: {regions: {westeurope: {queue: {" + queue + "}}}}}}"
	}
	cases := map[string]struct{ reason, provider, settings, want string }{
		"StandardSubnet": {
			"A Standard namespace has no private way in.", "azure", azure("subnetID: s, privateDNSZoneID: z"),
			`settings providers.azure.regions.westeurope.queue.subnetID: "s" is not allowed for a Standard namespace`,
		},
		"HalfANetwork": {
			"An endpoint that nobody resolves is reached by nobody.", "azure", azure("sku: Premium, subnetID: s"),
			"settings providers.azure.regions.westeurope.queue: subnetID and privateDNSZoneID go together",
		},
		"HalfAKey": {
			"A key that nobody may use encrypts nothing.", "azure", azure("sku: Premium, kmsKeyID: k"),
			"settings providers.azure.regions.westeurope.queue: kmsKeyID and kmsIdentityID go together",
		},
		"Basic": {
			"Basic lacks what may come later.", "azure", azure("sku: Basic"),
			`settings platform-staging: data.providers.azure.regions.westeurope.queue.sku: "Basic" is not allowed; allowed are Standard, Premium`,
		},
		"Namespace": {
			"A name is no id.", "azure", azure("namespaceID: shared"),
			`settings platform-staging: data.providers.azure.regions.westeurope.queue.namespaceID: "shared" is not allowed`,
		},
		"Number": {
			"A number without quotes loses digits elsewhere.", "gcp", "metadata: {name: p}\ndata: {providers: {gcp: {projectNumber: 123456789012}}}",
			"settings platform-staging: data.providers.gcp.projectNumber: ",
		},
		"Account": {
			"An account has twelve digits.", "aws", "metadata: {name: p}\ndata: {providers: {aws: {accountID: '123'}}}",
			`settings platform-staging: data.providers.aws.accountID: "123" is not allowed`,
		},
		"Pattern": {
			"A pattern that cannot be read allows nobody.", "gcp", "metadata: {name: p}\ndata: {policy: {allowed: {principals: ['[a']}}}",
			`settings platform-staging: data.policy.allowed.principals[0]: "[a" is no pattern`,
		},
		"NoPattern": {
			"An empty list could be meant to allow nobody, or everybody.", "gcp", "metadata: {name: p}\ndata: {policy: {allowed: {principals: []}}}",
			"settings platform-staging: data.policy.allowed.principals: is empty",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := fatal(newQueue(t, tc.provider, strings.Replace(tc.settings, "name: p}", "name: platform-prod}", 1)).run(t)); !strings.HasPrefix(got, tc.want) {
				t.Errorf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, cmp.Diff(tc.want, got))
			}
		})
	}
}

// TestQueueNetwork holds that a Premium namespace of the queue's own, and nothing else, waits
// for a network where one is required.
func TestQueueNetwork(t *testing.T) {
	t.Parallel()
	required := func(settings string) string { return settings + "  policy: {requireNetwork: true}\n" }
	open := strings.Replace(settingsPremium, "subnetID: /subnets/a, privateDNSZoneID: /zones/a, ", "", 1)
	for name, tc := range map[string]struct {
		reason, provider, settings string
		waits                      bool
	}{
		"GCP":      {"Pub/Sub takes no network.", "gcp", settingsQueue, false},
		"AWS":      {"SQS takes no network.", "aws", settingsQueue, false},
		"Standard": {"A Standard namespace takes no network.", "azure", settingsQueue, false},
		"Shared":   {"The platform's namespace has the platform's network.", "azure", strings.TrimSuffix(settingsShared, "\n"), false},
		"Closed":   {"A Premium namespace with an endpoint has one.", "azure", settingsPremium, false},
		"Open":     {"A Premium namespace without an endpoint has none.", "azure", open, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := required(tc.settings)
			if name == "Shared" {
				settings = strings.Replace(tc.settings, "data: {", "data: {policy: {requireNetwork: true}, ", 1)
			}
			rsp := newQueue(t, tc.provider, settings).run(t)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			if waits := len(rsp.GetDesired().GetResources()) == 0; waits != tc.waits {
				t.Errorf("\n%s\nit waits: %t, want %t: %v", tc.reason, waits, tc.waits, rsp.GetConditions())
			}
		})
	}
}
