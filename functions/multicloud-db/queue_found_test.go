package main

import (
	"slices"
	"testing"

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
