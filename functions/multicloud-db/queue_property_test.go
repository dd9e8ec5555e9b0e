package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// queueEdits are what may become of a queue's claim or its XR; "" takes a field away.
var queueEdits = [][2]string{
	{"spec.provider", "gcp"},
	{"spec.provider", "azure"},
	{"spec.type", "bucket"},
	{"spec.type", ""},
	{"spec.profile", "huge"},
	{"spec.region", "eu-central"},
	{"spec.region", ""},
	{"spec.project", "other"},
	{"spec.env", "prod"},
	{"spec.env", "dev"},
	{"spec.queue", ""},
	{"spec.queue", "x"},
	{"spec.queue.visibilityTimeoutSeconds", "n300"},
	{"spec.queue.visibilityTimeoutSeconds", ""},
	{"spec.queue.retentionDays", "n1"},
	{"spec.queue.retentionDays", "n14"},
	{"spec.queue.retentionDays", ""},
	{"spec.queue.maxDeliveryAttempts", "n0"},
	{"spec.queue.maxDeliveryAttempts", "n100"},
	{"spec.queue.access", "x"},
	{"spec.queue.access", ""},
	{"spec.deletionPolicy", "Delete"},
	{"spec.deletionPolicy", "Orphan"},
	{"spec.externalName", "other"},
	{"spec.adopt", "Manage"},
	{"spec.claimRef.name", "other"},
	{"metadata.annotations.allow", "true"},
	{"status", ""},
	{"status", "x"},
}

// queueSettings are what settings may come to be.
func queueSettings(c *choices) string {
	return pick(c, "", settingsQueue, settingsPremium, settingsShared, "metadata: {name: p}\ndata: {}",
		strings.ReplaceAll(settingsQueue, "acme-prod", "other-prod"), strings.ReplaceAll(settingsQueue, "123456789012", "210987654321"),
		strings.ReplaceAll(settingsQueue, "key", "other"), strings.ReplaceAll(settingsQueue, "resourceGroup: rg", "resourceGroup: other"),
		strings.ReplaceAll(settingsQueue, "{projectID", "{providerConfig: other, projectID"),
		"metadata: {name: p}\ndata: {policy: {deletionPolicy: Delete, deletionProtection: false, backupRetentionDays: 1}}",
		"metadata: {name: p}\ndata: {providers: []}")
}

// TestQueueNothingLost plays random cases of fixed seeds: whatever happens to claim,
// settings and what is observed, a live queue, its dead letters and all that they work with
// stay desired, in place and named as they were; or the result is fatal, with nothing.
func TestQueueNothingLost(t *testing.T) {
	t.Parallel()
	playCases(t, 1000, 10, queueHolds)
}

// FuzzQueueNothingLost looks for others.
func FuzzQueueNothingLost(f *testing.F) {
	for i := range byte(8) {
		f.Add([]byte{i, i / 3, i, i, 7 * i, 3, 5 * i, 11 * i, 13 * i, 2, i, i, i, 1, i, i})
	}
	f.Fuzz(func(t *testing.T, bytes []byte) { queueHolds(t, &choices{bytes}) })
}

func queueHolds(t *testing.T, c *choices) (refused bool) {
	t.Helper()
	provider := queueClouds[c.below(len(queueClouds))]
	first := settingsQueue
	if provider == "azure" {
		first = pick(c, settingsQueue, settingsPremium, settingsShared)
	}
	l := aliveQueue(
		t, provider, first, "env: staging", "env: "+pick(c, "prod", "staging", "dev"), "  queue: {",
		pick(c, "  queue: {", "  queue: {"+accessOf[provider]+", "),
	)
	before := l.run(t).GetDesired().GetResources()
	var done []string
	for range c.below(4) {
		e := queueEdits[c.below(len(queueEdits))]
		done = append(done, e[0]+"="+e[1])
		change(l.xr(), e[0], e[1])
	}
	settings := queueSettings(c)
	l.settle(t, settings)
	parts := slices.Sorted(maps.Keys(before))
	for range c.below(3) {
		part := pick(c, append([]string{keyInstance, keyInstance}, parts...)...)
		if o := l.request.GetObserved().GetResources()[part]; o != nil {
			i := c.below(len(happensTo))
			done = append(done, part+" "+string(rune('0'+i)))
			happensTo[i](c, o)
		}
	}
	rsp := l.run(t)
	desired := rsp.GetDesired().GetResources()
	if fatal(rsp) != "" {
		if len(desired) != 0 {
			t.Errorf("%s: a fatal result with resources, by %v", provider, done)
		}
		return true
	}
	if !managed.Exists(l.instance()) {
		return false // nothing lives
	}
	allowed := object.String(l.xr(), "metadata", "annotations", claim.AllowDelete) == "true"
	for name := range before {
		grant := strings.HasPrefix(name, "sender-") || strings.Contains(name, "receiver-")
		if desired[name] == nil && !grant && (name != keyLock || !allowed) {
			t.Errorf("%s: %s is no longer desired, by %v and settings %q", provider, name, done, settings)
		}
		if was, is := placeOfQueue(before)[name], placeOfQueue(desired)[name]; desired[name] != nil && isAsked(l, name) && isAsked(l, keyNamespace) {
			if diff := cmp.Diff(was, is); diff != "" {
				t.Errorf("%s: %s is another, by %v and settings %q: -before, +after:\n%s", provider, name, done, settings, diff)
			}
		}
	}
	return false
}

// isAsked reports whether a part that is observed shows what it was asked for.
func isAsked(l *live, part string) bool {
	r := l.request.GetObserved().GetResources()[part]
	return r == nil || len(object.Struct(r.GetResource(), "spec", "forProvider").GetFields()) > 0 && isWhole(r)
}

// isWhole reports whether a part has the annotations by which it is known.
func isWhole(r *fnv1.Resource) bool {
	return object.String(r.GetResource(), externalNameAt...) != "" || object.Struct(r.GetResource(), "metadata", "annotations") != nil
}
