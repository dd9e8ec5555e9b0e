package multiclouddb

import (
	"slices"
	"strings"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestQueueForeign holds that nothing of a queue that was there under the claim's own name,
// and is another's by its tags, is changed: neither the queue nor what it stands in.
func TestQueueForeign(t *testing.T) {
	t.Parallel()
	const theirs = "{project: blog, env: staging, service: cloudsql-main}"
	for provider, parts := range map[string][]string{
		"gcp": {keyInstance, keyTopic, "dead-letter-topic", "dead-letter-subscription"}, "aws": {keyInstance, keyDeadLetters}, "azure": {keyNamespace},
	} {
		for _, part := range parts {
			t.Run(provider+"/"+part, func(t *testing.T) {
				t.Parallel()
				l := newQueue(t, provider, settingsQueue)
				l.next(t)
				for _, r := range l.request.GetObserved().GetResources() { // found, not made
					delete(object.Struct(r.GetResource(), "metadata", "annotations").GetFields(), createSucceeded)
				}
				o := l.request.GetObserved().GetResources()[part].GetResource()
				for _, at := range []string{"effectiveLabels", "tags"} {
					object.Set(o, fromYAML(t, theirs), "status", "atProvider", at)
				}
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				if c := rsp.GetConditions()[0]; c.GetReason() != "NotAllowed" {
					t.Errorf("Composed is %s: %s", c.GetReason(), c.GetMessage())
				}
				for name, r := range rsp.GetDesired().GetResources() {
					if policies := list(r.GetResource(), "spec", "managementPolicies"); !slices.Equal(policies, []string{"Observe"}) {
						t.Errorf("%s is more than looked at: %v", name, policies)
					}
				}
			})
		}
	}
}

// TestQueueAgain holds that a queue which outlived its claim keeps its messages for as long
// as it did, and that its parts are changed once they are known to be this claim's only.
func TestQueueAgain(t *testing.T) {
	t.Parallel()
	days := map[string]string{"gcp": "1209600s", "aws": "1209600", "azure": "P14D"}
	path := map[string]string{"gcp": "messageRetentionDuration", "aws": "messageRetentionSeconds", "azure": "defaultMessageTtl"}
	for _, provider := range queueClouds {
		l := newQueue(t, provider, settingsQueue, "retentionDays: 10, ", "")
		for name, r := range l.next(t).GetDesired().GetResources() {
			policies := list(r.GetResource(), "spec", "managementPolicies")
			with := slices.Contains([]string{keyInstance, keyTopic, "dead-letter-topic", "dead-letter-subscription", keyDeadLetters, keyNamespace}, name)
			if with && (len(policies) == 0 || slices.Contains(policies, "Update") || slices.Contains(policies, "*")) {
				t.Errorf("%s: %s would be changed before anybody knows whose it is: %v", provider, name, policies)
			}
		}
		for _, r := range l.request.GetObserved().GetResources() {
			delete(object.Struct(r.GetResource(), "metadata", "annotations").GetFields(), createSucceeded)
		}
		value := object.Get(fromYAML(t, "{v: "+days[provider]+"}"), "v")
		object.Set(l.instance(), value, "status", "atProvider", path[provider])
		rsp := l.run(t)
		if got := fatal(rsp); got != "" {
			t.Fatal(got)
		}
		const earlier = "whoever an earlier claim let in is let in still"
		if got := composedAs(rsp).GetMessage(); strings.Contains(got, earlier) != (provider != "aws") {
			t.Errorf("%s: of the rights that are there Composed says %q", provider, got)
		}
		if _, got, _ := queueSays(rsp.GetDesired().GetResources(), provider); got != days[provider] {
			t.Errorf("%s: a claim made again keeps messages for %s, and the queue had %s", provider, got, days[provider])
		}
	}
}

// TestQueueProtected holds that what the settings protect is kept, where the cloud refuses no
// deletion by outliving its claim, and that settings that are gone lower nothing.
func TestQueueProtected(t *testing.T) {
	t.Parallel()
	for _, provider := range queueClouds {
		l := aliveQueue(t, provider, settingsQueue+"  policy: {deletionProtection: true}\n")
		for _, settings := range []string{"", settingsQueue} {
			if settings != "" {
				l.settle(t, settings)
			}
			desired := l.run(t).GetDesired().GetResources()
			if kept := orphaned(desired[keyInstance].GetResource()) || desired[keyLock] != nil; !kept {
				t.Errorf("%s: nothing keeps a protected queue in staging, settings gone: %t", provider, settings != "")
			}
		}
		l.edit(t, "retentionDays: 10", "retentionDays: 3")
		if got := fatal(l.run(t)); got == "" {
			t.Errorf("%s: a protected queue loses messages by an edit", provider)
		}
	}
}

// TestQueueShared holds that a queue which was there in a namespace of the platform's is only
// looked at, in whatever way it was found: it has no tags that would tell whose it is. One
// that the claim made, and whose managed resource was lost, is the claim's.
func TestQueueShared(t *testing.T) {
	t.Parallel()
	const pending, failed = "crossplane.io/external-create-pending", "crossplane.io/external-create-failed"
	found := func(l *live, created ...string) {
		for _, r := range l.request.GetObserved().GetResources() {
			annotations := object.Struct(r.GetResource(), "metadata", "annotations").GetFields()
			delete(annotations, createSucceeded)
			for _, name := range created {
				object.Set(r.GetResource(), "2026-11-25T00:00:00Z", "metadata", "annotations", name)
			}
		}
	}
	cases := map[string]struct {
		reason string
		then   func(*testing.T, *live)
		says   string // where it is only looked at
	}{
		"Made":  {"A queue that the claim made is its own.", func(*testing.T, *live) {}, ""},
		"Found": {"A queue that was there may be anybody's.", func(_ *testing.T, l *live) { found(l) }, "spec.externalName: shared/azure-shop-staging-cloudsql-main"},
		"LostARace": {
			"A queue that could not be made since it was there may be anybody's.", func(_ *testing.T, l *live) { found(l, pending, failed) }, "has no tags",
		},
		"Forgotten": {
			"A queue that the XR says was made is its own, also under another managed resource.", func(_ *testing.T, l *live) {
				found(l)
				object.Set(l.xr(), true, "status", "resource", "made")
			}, "",
		},
	}
	for name, tc := range cases {
		for _, env := range []string{"staging", "prod"} {
			t.Run(name+"/"+env, func(t *testing.T) {
				t.Parallel()
				l := newQueue(t, "azure", settingsShared, "env: staging", "env: "+env)
				if l.next(t).GetDesired().GetResources()[keyRule] != nil {
					t.Error("a key is made before anybody knows whose the queue is")
				}
				object.Set(l.xr(), fromYAML(t, "{}"), "status", "resource")
				tc.then(t, l)
				for range 3 {
					rsp := l.run(t)
					if got := fatal(rsp); got != "" {
						t.Fatal(got)
					}
					o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
					looks := slices.Equal(list(o, "spec", "managementPolicies"), []string{"Observe"})
					if says := strings.ReplaceAll(tc.says, "staging", env); looks != (says != "") || !strings.Contains(rsp.GetConditions()[0].GetMessage(), says) {
						t.Errorf("\n%s\nonly looked at: %t; Composed: %v", tc.reason, looks, rsp.GetConditions()[0])
					}
					if (rsp.GetDesired().GetResources()[keyRule] == nil) != looks {
						t.Errorf("\n%s\nits key is desired: %t", tc.reason, looks)
					}
					object.Put(l.instance(), object.Get(o, "spec"), "spec")
					for key, v := range object.Struct(o, "metadata", "annotations").GetFields() {
						object.Put(l.instance(), v, "metadata", "annotations", key)
					}
					object.Set(l.xr(), object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status"), "status")
				}
			})
		}
	}
}

// TestQueueFoundUnfit holds that what no claim may take over by its name is not taken over
// under the claim's own name either.
func TestQueueFoundUnfit(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ reason, provider, there, want string }{
		"Push":        {"A push subscription delivers its messages itself.", "gcp", "pushConfig: {pushEndpoint: https://a}", "has a pushConfig"},
		"FIFO":        {"A FIFO queue has an order.", "aws", "fifoQueue: true", "is a FIFO queue"},
		"Sessions":    {"Consumers do not compete where there are sessions.", "azure", "requiresSession: true", "requires sessions"},
		"Forwards":    {"A queue that forwards keeps nothing.", "azure", "forwardTo: other", "forwards its messages"},
		"Partitioned": {"No update changes partitions.", "azure", "partitioningEnabled: true", "is partitioned"},
		"Duplicates":  {"No update changes whether duplicates are found.", "azure", "requiresDuplicateDetection: true", "requires duplicate detection"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newQueue(t, tc.provider, settingsQueue)
			l.next(t)
			for _, r := range l.request.GetObserved().GetResources() {
				delete(object.Struct(r.GetResource(), "metadata", "annotations").GetFields(), createSucceeded)
			}
			object.Set(l.xr(), fromYAML(t, "{}"), "status", "resource")
			for field, v := range fromYAML(t, "{"+tc.there+"}").GetFields() {
				object.Put(l.instance(), v, "status", "atProvider", field)
			}
			rsp := l.run(t)
			if c := rsp.GetConditions()[0]; c.GetReason() != "NotAllowed" || !strings.Contains(c.GetMessage(), tc.want) {
				t.Errorf("\n%s\nComposed is %s: %s", tc.reason, c.GetReason(), c.GetMessage())
			}
			for name, r := range rsp.GetDesired().GetResources() {
				if policies := list(r.GetResource(), "spec", "managementPolicies"); !slices.Equal(policies, []string{"Observe"}) {
					t.Errorf("\n%s\n%s is more than looked at: %v", tc.reason, name, policies)
				}
			}
		})
	}
}

// TestQueueSharedAdopted holds that the tags of a namespace of the platform's tell nothing of
// a queue in it, so that its name has to be allowed.
func TestQueueSharedAdopted(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		reason, tags, policy string
		takes                bool
	}{
		"Named": {"A name that the platform allows is taken over.", "{project: platform}", ", policy: {adoptNames: ['shared/*']}", true},
		"Unnamed": {
			"A name that nobody allows is not, whatever the namespace's tags.", "{project: shop, env: staging, service: cloudsql-main}",
			", policy: {adoptNames: ['other/*']}", false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := strings.Replace(settingsShared, "}}}}}}", "}}}}}"+tc.policy+"}", 1)
			l := newQueue(t, "azure", settings, "  region:", "  externalName: shared/old\n  adopt: Manage\n  region:")
			var rsp *fnv1.RunFunctionResponse
			for range 3 {
				if rsp = l.run(t); fatal(rsp) != "" {
					break
				}
				for part, r := range rsp.GetDesired().GetResources() {
					o, there := r.GetResource(), queueThere["azure"]
					if part == keyNamespace {
						there = "{id: " + sharedID + ", location: westeurope, sku: Standard, tags: " + tc.tags + "}"
					}
					object.Set(o, fromYAML(t, "{atProvider: "+there+"}"), "status")
					l.request.Observed.Resources[part] = &fnv1.Resource{Resource: o}
				}
			}
			takes := fatal(rsp) == "" && rsp.GetConditions()[0].GetReason() == "Adopted"
			if takes != tc.takes || !takes && !strings.Contains(fatal(rsp), "policy.adoptNames") {
				t.Errorf("\n%s\ntaken over: %t; %s %v", tc.reason, takes, fatal(rsp), rsp.GetConditions())
			}
		})
	}
}
