package multiclouddb

import (
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// errorsOfWaiting are what providers say while another resource is not there: of references, as
// crossplane-runtime words it, and of names, as clouds do.
var errorsOfWaiting = map[string]string{
	"NoMatches": "cannot resolve references: mg.Spec.ForProvider.X: no resources matched selector",
	"NoValue":   "cannot resolve references: mg.Spec.ForProvider.X: referenced field was empty (referenced resource may not yet be ready)",
	"Gone":      "cannot resolve references: mg.Spec.ForProvider.X: cannot get referenced resource: not found",
	"NoSuch":    "create failed: async create failed: NotFound: it does not exist",
}

const (
	errorOfReference = "cannot resolve references: mg.Spec.ForProvider.X: no resources matched selector"
	errorOfQuota     = "create failed: the quota is used up"
)

// worldsOfParts are live resources of several parts, and which of those waits for which: on the
// right what has to be there before. A prefix stands for all parts that begin with it. What is
// inside the main part waits for it silently, and is marked so.
var worldsOfParts = map[string]struct {
	alive func(*testing.T) *live
	waits []string
}{
	"DatabaseGCP": {
		func(t *testing.T) *live { t.Helper(); return alive(t, "gcp") },
		[]string{"database < instance silently", "user < instance silently"},
	},
	"DatabaseAWS": {
		func(t *testing.T) *live {
			t.Helper()
			return aliveDatabase(t, "aws", "postgres", "metadata: {name: p}\ndata: {providers: {aws: {regions: {eu-west-1: "+
				"{vpcID: vpc-1, subnetIDs: [a, b], allowedCIDRs: [10.0.0.0/16]}}}}}")
		},
		[]string{"instance < security-group", "instance < subnet-group", "instance < parameter-group-", "ingress- < security-group"},
	},
	"DatabaseAzure": {
		func(t *testing.T) *live {
			t.Helper()
			return aliveDatabase(t, "azure", "postgres", "metadata: {name: p}\ndata: {}")
		},
		[]string{"instance < resource-group", "database < instance silently"},
	},
	"BucketAWS": {
		func(t *testing.T) *live { t.Helper(); return aliveBucket(t, "aws", settingsBucket) },
		[]string{
			"public-access < instance silently", "ownership < instance silently", "encryption < instance silently",
			"versioning < instance silently", "policy < instance silently", "lifecycle < instance silently",
		},
	},
	"BucketAzure": {
		func(t *testing.T) *live {
			t.Helper()
			return aliveBucket(t, "azure", strings.Replace(settingsBucket, "resourceGroup: rg", "", 1))
		},
		[]string{"instance < resource-group", "container < instance silently", "lifecycle < instance silently"},
	},
	"CacheAWS": {
		func(t *testing.T) *live { t.Helper(); return aliveCache(t, "aws", settingsCache) },
		[]string{"instance < security-group", "instance < subnet-group", "instance < parameter-group-", "ingress- < security-group"},
	},
	"CacheAzure": {
		func(t *testing.T) *live {
			t.Helper()
			return aliveCache(t, "azure", strings.Replace(settingsCache, "resourceGroup: rg", "", 1))
		},
		[]string{"instance < resource-group", "endpoint- < instance"},
	},
	"QueueGCP": {
		func(t *testing.T) *live { t.Helper(); return aliveQueue(t, "gcp", settingsQueue) },
		[]string{
			"instance < topic", "instance < dead-letter-topic", "dead-letter-subscription < dead-letter-topic",
			"dead-letter-publisher < dead-letter-topic", "dead-letter-subscriber < instance",
		},
	},
	"QueueAWS": {
		func(t *testing.T) *live { t.Helper(); return aliveQueue(t, "aws", settingsQueue) },
		[]string{"instance < dead-letter-queue"},
	},
	"QueueAzure": {
		func(t *testing.T) *live {
			t.Helper()
			return aliveQueue(t, "azure", strings.Replace(settingsPremium, "resourceGroup: rg", "", 1))
		},
		[]string{"instance < namespace", "namespace < resource-group", "rule < instance silently", "endpoint < namespace"},
	},
}

// isBefore reports whether one part waits for another by the rows, and whether it does so silently.
func isBefore(rows []string, part, other string) (before, silently bool) {
	for _, row := range rows {
		words := strings.Fields(row)
		if strings.HasPrefix(part, words[0]) && strings.HasPrefix(other, words[2]) && (part == words[0] || strings.HasSuffix(words[0], "-")) &&
			(other == words[2] || strings.HasSuffix(words[2], "-")) {
			return true, len(words) > 3
		}
	}
	return false, false
}

// notReady has a part's provider say of it what it says of one that is not there yet.
func notReady(t *testing.T, o *structpb.Struct, said string) {
	t.Helper()
	synced := `{type: Synced, status: "True"}`
	if said != "" {
		synced = `{type: Synced, status: "False", reason: ReconcileError, message: "` + said + `"}`
	}
	object.Set(o, fromYAML(t, `{c: [`+synced+`, {type: Ready, status: "False", reason: Creating}]}`).GetFields()["c"], "status", "conditions")
}

// TestWaiting holds of each two parts of a resource whether an error of the one is the provider's
// word on something that somebody has to mend, or only says that the other one is not there yet.
func TestWaiting(t *testing.T) {
	t.Parallel()
	for world, w := range worldsOfParts {
		parts := w.alive(t).request.GetObserved().GetResources()
		for part := range parts {
			for other := range parts {
				if part == other || part == keyPassword || other == keyPassword {
					continue
				}
				t.Run(world+"/"+part+"/"+other, func(t *testing.T) {
					t.Parallel()
					waiting, silently := isBefore(w.waits, part, other)
					for name, said := range errorsOfWaiting {
						l := w.alive(t)
						notReady(t, l.request.GetObserved().GetResources()[part].GetResource(), said)
						notReady(t, l.request.GetObserved().GetResources()[other].GetResource(), "")
						c := provisioned(t, l.run(t))
						want, with := "ProviderError", said
						if waiting || strings.HasPrefix(said, "cannot resolve") && waitsAtAll(w.waits, part, parts) {
							want = "Creating"
						}
						if silently {
							with = "is being created"
						}
						if c.GetReason() != want || !strings.Contains(c.GetMessage(), with) || silently && strings.Contains(c.GetMessage(), said) {
							t.Errorf("%s: with %s not ready Provisioned is %s: %q, want %s with %q", name, other, c.GetReason(), c.GetMessage(), want, with)
						}
					}
				})
			}
		}
	}
}

// waitsAtAll reports whether a part waits for any of some others.
func waitsAtAll[V any](rows []string, part string, others map[string]V) bool {
	for other := range others {
		if waiting, _ := isBefore(rows, part, other); waiting && other != part {
			return true
		}
	}
	return false
}

// TestWaitedFor holds what ends a wait: what the provider says of a part whose others are all
// ready is its own error, but for a reference that it has not looked at again; and the error of
// what is waited for is never hidden.
func TestWaitedFor(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		why         string
		part, other string // what each provider says; "" for ready
		ready       bool   // the part was ready, and is
		reason      string
		says        []string
	}{
		"Stale": {
			"A reference is looked at again within a minute of when it leads somewhere.", errorOfReference, "", false,
			"Creating",
			[]string{"instance (", "is being created; instance (", "waits for namespace: " + errorOfReference},
		},
		"Own": {"A quota has nothing to do with the namespace, which is ready.", errorOfQuota, "", false, "ProviderError", []string{errorOfQuota}},
		"Lost": {
			"A live queue whose namespace is ready and not found by its reference stays broken by itself.", errorOfReference, "", true,
			"ProviderError",
			[]string{errorOfReference},
		},
		"LiveAndOther": {
			"What serves keeps its own error also while the namespace fails.", errorOfQuota, "throttled", true,
			"ProviderError",
			[]string{"instance (", errorOfQuota},
		},
		"Other": {
			"Where the namespace fails the error is the namespace's, which says what to mend.", errorOfReference, errorOfQuota, false,
			"ProviderError",
			[]string{"namespace (", errorOfQuota},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := aliveQueue(t, "azure", settingsPremium)
			instance := l.instance()
			notReady(t, instance, tc.part)
			if tc.ready {
				object.Set(instance, fromYAML(t, `{c: [{type: Synced, status: "False", message: "`+tc.part+`"}, {type: Ready, status: "True"}]}`).
					GetFields()["c"], "status", "conditions")
			}
			if tc.other != "" {
				notReady(t, l.request.GetObserved().GetResources()[keyNamespace].GetResource(), tc.other)
			}
			c := provisioned(t, l.run(t))
			if c.GetReason() != tc.reason {
				t.Errorf("\n%s\nProvisioned is %s: %q, want %s", tc.why, c.GetReason(), c.GetMessage(), tc.reason)
			}
			for _, says := range tc.says {
				if !strings.Contains(c.GetMessage(), says) {
					t.Errorf("\n%s\nProvisioned says %q, and not %q", tc.why, c.GetMessage(), says)
				}
			}
		})
	}
}

// TestPasswordFirst holds that a server waits for the Secret of its password, which is composed
// beside it, and that no reference is excused by one that is there.
func TestPasswordFirst(t *testing.T) {
	t.Parallel()
	const said = "connect failed: cannot get credentials: Secret not found"
	for name, tc := range map[string]struct{ why, said, secret, reason string }{
		"NotYet":    {"Crossplane makes the Secret in the same round as the server.", said, "", "Creating"},
		"There":     {"A Secret that is there, and not found, is for somebody to mend.", said, secretLive, "ProviderError"},
		"Reference": {"A Secret is no reference to a managed resource.", errorOfReference, secretLive, "ProviderError"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			observed := map[string]string{
				keyInstance: `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, metadata: {name: main}, status: {conditions: [` +
					`{type: Synced, status: "False", message: "` + tc.said + `"}]}}`,
			}
			if tc.secret != "" {
				observed[keyPassword] = tc.secret
			}
			c := provisioned(t, run(t, request(t, xrHead+specGCP, settingsProd, observed)))
			if c.GetReason() != tc.reason || !strings.Contains(c.GetMessage(), tc.said) {
				t.Errorf("\n%s\nProvisioned is %s: %q, want %s with %q", tc.why, c.GetReason(), c.GetMessage(), tc.reason, tc.said)
			}
		})
	}
}

// TestSelectors holds that each selector of a composed part leads to a part that has to be there
// before it.
func TestSelectors(t *testing.T) {
	t.Parallel()
	kinds := map[string]string{
		"vpcSecurityGroupIdSelector": "SecurityGroup", "securityGroupIdSelector": "SecurityGroup", "serverIdSelector": "FlexibleServer",
		"namespaceIdSelector": "ServiceBusNamespace", "queueIdSelector": "Queue",
	}
	seen := map[string]bool{}
	for world, w := range worldsOfParts {
		parts := w.alive(t).run(t).GetDesired().GetResources()
		for part, r := range parts {
			for field := range object.Struct(r.GetResource(), "spec", "forProvider").GetFields() {
				if !strings.HasSuffix(field, "Selector") {
					continue
				}
				seen[field] = true
				var to []string
				for other, r := range parts {
					if waiting, _ := isBefore(w.waits, part, other); waiting && object.String(r.GetResource(), "kind") == kinds[field] {
						to = append(to, other)
					}
				}
				if len(to) != 1 {
					slices.Sort(to)
					t.Errorf("%s: %s of %s leads to the parts %v, want one that has to be there before", world, field, part, to)
				}
			}
		}
	}
	if len(seen) != len(kinds) {
		t.Errorf("the selectors %v were seen, and %d are known", seen, len(kinds))
	}
}
