package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestQueueStrangers holds that a name which only looks like one of the queue's own account is
// a stranger's. What a cloud takes for no policy at all would stop every other edit of a queue.
func TestQueueStrangers(t *testing.T) {
	t.Parallel()
	const pools = "principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/"
	cases := map[string]struct{ reason, provider, principal string }{
		"China":      {"An account of another partition is another account.", "aws", "arn:aws-cn:iam::123456789012:role/app"},
		"Government": {"An account of the government's partition is another account.", "aws", "arn:aws-us-gov:iam::123456789012:user/app"},
		"NoRole":     {"A role has a name.", "aws", "arn:aws:iam::123456789012:role/"},
		"PathAlone":  {"A path names no role.", "aws", "arn:aws:iam::123456789012:role/a/"},
		"Behind": {
			"What stands behind a workload is another domain's account.", "gcp",
			"serviceAccount:acme-prod.svc.id.goog[a/b]x@evil.iam.gserviceaccount.com",
		},
		"AnyPod":     {"A star is no workload.", "gcp", "serviceAccount:acme-prod.svc.id.goog[*/*]"},
		"Nobody":     {"A service account has a name.", "gcp", "serviceAccount:@acme-prod.iam.gserviceaccount.com"},
		"Cyrillic":   {"A letter that looks like an a is another one.", "gcp", "serviceAccount:\u0430pp@acme-prod.iam.gserviceaccount.com"},
		"Upwards":    {"A path that goes up leaves the project.", "gcp", "principal://iam.googleapis.com/projects/123456789012/../../organizations/1"},
		"WholePool":  {"A star stands for all of a pool.", "gcp", pools + "p/*"},
		"AnySubject": {"A star is no subject.", "gcp", pools + "p/subject/*"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			entry := "  queue: {access: [{principal: '" + tc.principal + "', role: receive}], "
			if got := fatal(newQueue(t, tc.provider, settingsQueue, "  queue: {", entry).run(t)); !strings.HasPrefix(got, "spec.queue.access[0].principal: ") {
				t.Errorf("\n%s\n%s is let in, or refused otherwise: %q", tc.reason, tc.principal, got)
			}
		})
	}
}

// TestQueueCase holds that two workloads of Google Cloud whose names differ in case are two, as
// IAM takes them (iamMemberIsCaseSensitive of terraform-provider-google): an edit from one to
// the other makes another grant, since no update changes whom a grant is for.
func TestQueueCase(t *testing.T) {
	t.Parallel()
	const head = "principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/gh/subject/repo:"
	granted := func(l *live) map[string]string {
		out := map[string]string{}
		for name, r := range l.run(t).GetDesired().GetResources() {
			if strings.HasPrefix(name, "sender-") {
				out[name] = object.String(r.GetResource(), "spec", "forProvider", "member")
			}
		}
		return out
	}
	l := aliveQueue(t, "gcp", settingsQueue, "  queue: {", "  queue: {access: [{principal: '"+head+"Acme/App', role: send}], ")
	before := granted(l)
	l.edit(t, "repo:Acme/App", "repo:acme/app")
	after := granted(l)
	for name, member := range after {
		if was, there := before[name]; there && was != member {
			t.Errorf("%s was for %s, and is asked for %s", name, was, member)
		}
	}
	if !slices.Contains(slices.Collect(maps.Values(after)), head+"acme/app") {
		t.Errorf("the other one is not let in: %v", after)
	}
	both := "  queue: {access: [{principal: '" + head + "Acme/App', role: send}, {principal: '" + head + "acme/app', role: send}], "
	if got := fatal(newQueue(t, "gcp", settingsQueue, "  queue: {", both).run(t)); got != "" {
		t.Errorf("two workloads are taken for one: %s", got)
	}
}

// TestQueueNeverGranted holds that an entry which Azure never granted, as of a mistyped id, can
// be put right below a lock too: there is nothing that the lock keeps.
func TestQueueNeverGranted(t *testing.T) {
	t.Parallel()
	const wrong, right = "11111111-2222-3333-4444-555555555555", "22222222-2222-3333-4444-555555555555"
	l := aliveQueue(t, "azure", settingsQueue, "env: staging", "env: prod", "  queue: {", "  queue: {access: [{principal: "+wrong+", role: send}], ")
	for name, r := range l.request.GetObserved().GetResources() {
		if strings.HasPrefix(name, "sender-") {
			o := r.GetResource()
			object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "False"}, {type: Ready, status: "False"}]}`), "status")
			delete(object.Struct(o, "metadata", "annotations").GetFields(), createSucceeded)
			object.Set(o, "2026-11-25T00:00:00Z", "metadata", "annotations", "crossplane.io/external-create-failed")
		}
	}
	l.edit(t, wrong, right)
	rsp := l.run(t)
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	var who []string
	for name, r := range rsp.GetDesired().GetResources() {
		if strings.HasPrefix(name, "sender-") {
			who = append(who, object.String(r.GetResource(), "spec", "forProvider", "principalId"))
		}
	}
	if diff := cmp.Diff([]string{right}, who); diff != "" {
		t.Errorf("let in: -want, +got:\n%s", diff)
	}
}
