package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// expiryAt is for how many days each cloud is told to keep old versions; 0 for ever.
func expiryAt(desired map[string]*fnv1.Resource, provider string) float64 {
	body := func(part string) *structpb.Struct {
		return object.Struct(desired[part].GetResource(), "spec", "forProvider")
	}
	var days float64
	each := func(list *structpb.Value, path ...string) {
		for _, v := range list.GetListValue().GetValues() {
			for _, key := range path {
				if items := v.GetListValue().GetValues(); len(items) > 0 {
					v = items[0]
				}
				v = v.GetStructValue().GetFields()[key]
			}
			days = max(days, v.GetNumberValue())
		}
	}
	switch provider {
	case cloud.GCP:
		each(object.Get(body(keyInstance), "lifecycleRule"), "condition", "daysSinceNoncurrentTime")
	case cloud.AWS:
		each(object.Get(body(partExpiry), "rule"), "noncurrentVersionExpiration", "noncurrentDays")
	case cloud.Azure:
		each(object.Get(body(partExpiry), "rule"), "actions", "version", "deleteAfterDaysSinceCreation")
	case cloud.IBM:
		days, _ = object.Number(body(keyInstance), "varmap", "retention_days")
	}
	return days
}

// TestBucketByHand holds that versions which somebody turned on at the cloud are deleted by
// no rule of a claim that did not ask for them, in that call and the ones after.
func TestBucketByHand(t *testing.T) {
	t.Parallel()
	const section, not = "bucket: {versioning: true, retentionDays: 20}", "versioning is on, though not by this claim"
	cases := map[string]struct {
		reason, section, later string
		byHand, never          bool
		want                   float64
	}{
		"Silent":  {"A claim in dev that says nothing deletes none.", "bucket: {}", "", true, true, 0},
		"Off":     {"A claim that says no deletes none.", "bucket: {versioning: false}", "", true, true, 0},
		"Days":    {"A claim that says days alone deletes none.", "bucket: {retentionDays: 3}", "", true, true, 0},
		"Asked":   {"A claim that turned them on deletes the old ones.", "bucket: {versioning: true}", "", true, false, 1},
		"Later":   {"A claim that asks for them later says how long.", "bucket: {}", "bucket: {versioning: true, retentionDays: 9}", true, false, 9},
		"Without": {"A bucket without versions has none to delete.", "bucket: {}", "", false, false, 0},
	}
	for _, provider := range cloud.Providers {
		for name, tc := range cases {
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				l := aliveBucket(t, provider, settingsBucket, "env: staging", "env: dev", section, tc.section)
				if tc.later != "" {
					l.edit(t, tc.section, tc.later)
				}
				for range 3 {
					if tc.byHand {
						object.Set(l.instance(), bucketOf(t, provider, bucketTags[provider]), "status", "atProvider")
					}
					rsp := l.run(t)
					if got := fatal(rsp); got != "" {
						t.Fatalf("\n%s\nRunFunction(): %s", tc.reason, got)
					}
					desired := rsp.GetDesired().GetResources()
					if got := expiryAt(desired, provider); got != tc.want {
						t.Errorf("\n%s\nold versions are deleted after %g days, want %g", tc.reason, got, tc.want)
					}
					if message := rsp.GetConditions()[0].GetMessage(); strings.Contains(message, not) != tc.never {
						t.Errorf("\n%s\nComposed: %q in %q is not %t", tc.reason, not, message, tc.never)
					}
					observeBucket(t, l, desired, made)
				}
			})
		}
	}
}

// rulesThere are lifecycle rules as a provider reports them: one that somebody added, and
// behind it the one that deletes old versions, with a condition of somebody's.
var rulesThere = map[string]string{
	"gcp": `[{action: {type: SetStorageClass, storageClass: NEARLINE}, condition: {age: 0, daysSinceNoncurrentTime: 200, withState: ANY}},
		{action: {type: Delete, storageClass: ""}, condition: {age: 0, daysSinceNoncurrentTime: 90, numNewerVersions: 3, withState: ARCHIVED, matchesPrefix: []}}]`,
	"aws": `[{id: mine, status: Enabled, prefix: "", noncurrentVersionExpiration: [{noncurrentDays: 200}]},
		{id: noncurrent, status: Enabled, prefix: "", filter: [{prefix: ""}], transition: [],
			noncurrentVersionExpiration: [{noncurrentDays: 90, newerNoncurrentVersions: 3}]}]`,
}

// foundRules is a claim in dev that finds its bucket with versions and rules.
func foundRules(t *testing.T, provider, section string) *live {
	t.Helper()
	l := foundBucket(t, provider, bucketTags[provider])
	l.spec = strings.Replace(l.spec, "bucket: {versioning: true, retentionDays: 20}", section, 1)
	// As it was composed while nobody knew of the bucket: by the claim as it is.
	looked := l.request.GetObserved().GetResources()[keyInstance].GetResource().GetFields()["status"]
	l.request = request(t, xrHead+l.spec, settingsBucket, nil)
	for name, r := range l.run(t).GetDesired().GetResources() {
		if name == keyInstance {
			object.Put(r.GetResource(), looked, "status")
		}
		l.request.Observed.Resources[name] = &fnv1.Resource{Resource: r.GetResource()}
	}
	part, at := keyInstance, "lifecycleRule"
	if provider == cloud.AWS {
		part, at = partExpiry, "rule"
	}
	rules := fromYAML(t, "{rules: "+rulesThere[provider]+"}").GetFields()["rules"]
	object.Put(l.request.GetObserved().GetResources()[part].GetResource(), rules, "status", "atProvider", at)
	return l
}

// TestBucketFoundRule holds that the rule which deletes the old versions of a bucket that
// was found stays as it is where the claim did not ask for versions, and keeps them for no
// fewer days where it did; and that a rule in front of it hides nothing.
func TestBucketFoundRule(t *testing.T) {
	t.Parallel()
	kept := map[string]any{
		"gcp": map[string]any{
			"action":    map[string]any{"type": "Delete"},
			"condition": map[string]any{"daysSinceNoncurrentTime": 90.0, "numNewerVersions": 3.0, "withState": "ARCHIVED", "sendAgeIfZero": false},
		},
		"aws": map[string]any{
			"id": "noncurrent", "status": "Enabled", "filter": []any{map[string]any{"prefix": ""}},
			"noncurrentVersionExpiration": []any{map[string]any{"noncurrentDays": 90.0, "newerNoncurrentVersions": 3.0}},
		},
	}
	cases := map[string]struct {
		reason, section string
		want            float64
		asItIs          bool
	}{
		"Silent": {"A claim that did not ask for versions leaves their rule alone.", "bucket: {}", 90, true},
		"Asked":  {"A claim in dev that asks for versions does not bring a day with it.", "bucket: {versioning: true}", 90, false},
		"Days":   {"A claim that says for how long is heard.", "bucket: {versioning: true, retentionDays: 20}", 20, false},
	}
	for provider := range rulesThere {
		for name, tc := range cases {
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				l := foundRules(t, provider, tc.section)
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatalf("\n%s\nRunFunction(): %s", tc.reason, got)
				}
				desired := rsp.GetDesired().GetResources()
				if got := expiryAt(desired, provider); got != tc.want {
					t.Errorf("\n%s\nold versions are deleted after %g days, want %g", tc.reason, got, tc.want)
				}
				rules, _ := bucketAt(desired, map[string]string{"gcp": keyInstance, "aws": partExpiry}[provider],
					map[string]string{"gcp": "lifecycleRule", "aws": "rule"}[provider]).([]any)
				if len(rules) != 2 {
					t.Fatalf("\n%s\nthere are %d rules, want one and that of uploads", tc.reason, len(rules))
				}
				if diff := cmp.Diff(kept[provider], rules[0]); tc.asItIs && diff != "" {
					t.Errorf("\n%s\nthe rule: -want, +got:\n%s", tc.reason, diff)
				}
			})
		}
	}
}

// TestBucketRuleInFront holds that the days for which a live bucket was asked to keep old
// versions are found behind a rule that somebody put in front of it.
func TestBucketRuleInFront(t *testing.T) {
	t.Parallel()
	for provider, at := range map[string][2]string{"gcp": {keyInstance, "lifecycleRule"}, "aws": {partExpiry, "rule"}} {
		l := aliveBucket(t, provider, settingsBucket+"  policy: {backupRetentionDays: 90}\n", ", retentionDays: 20", "")
		list := object.Get(l.request.GetObserved().GetResources()[at[0]].GetResource(), "spec", "forProvider", at[1]).GetListValue()
		front := fromYAML(t, "{rules: "+rulesThere[provider]+"}").GetFields()["rules"].GetListValue().GetValues()[0]
		list.Values = append([]*structpb.Value{front}, list.GetValues()...)
		l.settle(t, settingsBucket)
		rsp := l.run(t)
		if got := fatal(rsp); got != "" {
			t.Fatal(got)
		}
		if got := expiryAt(rsp.GetDesired().GetResources(), provider); got != 90 {
			t.Errorf("%s: old versions are deleted after %g days, want 90", provider, got)
		}
	}
}

// TestBucketAdoptCosts holds that a bucket of IBM Cloud which was taken over says under
// which tags its costs are.
func TestBucketAdoptCosts(t *testing.T) {
	t.Parallel()
	rsp := run(t, adoptedBucket(t, cloud.IBM, specBucket+"  adopt: Manage\n", strings.Replace(bucketStatus["ibm"], "TAGS", bucketTags["ibm"], 1)))
	const want = "what it costs is counted under the tags of that instance, which stay as they are"
	if message := rsp.GetConditions()[0].GetMessage(); !strings.Contains(message, want) {
		t.Errorf("want %q in %q", want, message)
	}
}
