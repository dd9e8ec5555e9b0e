package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// granted are the members, principals and ARNs that a claim's queue lets in, with how.
func granted(desired map[string]*fnv1.Resource) []string {
	var out []string
	for name, r := range desired {
		o := r.GetResource()
		word, _, _ := strings.Cut(name, "-")
		who := object.String(o, body("member")...) + object.String(o, body("principalId")...)
		if word == "sender" || word == "receiver" || strings.HasPrefix(name, "dead-letter-receiver-") {
			out = append(out, strings.TrimSuffix(name[:strings.LastIndex(name, "-")], "-")+" "+who)
		}
		for _, role := range []string{"app", "other"} {
			if strings.Contains(object.String(o, body("policy")...), "role/"+role+`"`) {
				out = append(out, name+" "+role)
			}
		}
	}
	slices.Sort(out)
	return out
}

// TestQueueAccess holds what an entry of access comes to on each cloud, and that what is
// taken out is let in no more, also where all of the queue outlives its claim.
func TestQueueAccess(t *testing.T) {
	t.Parallel()
	const (
		sa  = "serviceAccount:app@acme-prod.iam.gserviceaccount.com"
		id  = "11111111-2222-3333-4444-555555555555"
		arn = "arn:aws:iam::123456789012:role/app"
	)
	cases := map[string]struct {
		principal       string
		sends, receives []string
	}{
		"gcp":   {sa, []string{"sender " + sa}, []string{"dead-letter-receiver " + sa, "receiver " + sa}},
		"aws":   {arn, []string{keyInstance + " app"}, []string{keyDeadLetters + " app", keyInstance + " app"}},
		"azure": {id, []string{"sender " + id}, []string{"receiver " + id}},
	}
	for provider, tc := range cases {
		for _, env := range []string{"prod", "dev"} {
			for role, want := range map[string][]string{"send": tc.sends, "receive": tc.receives} {
				t.Run(provider+"/"+env+"/"+role, func(t *testing.T) {
					t.Parallel()
					entry := "access: [{principal: '" + tc.principal + "', role: " + role + "}], "
					l := aliveQueue(t, provider, settingsQueue+"  policy: {deletionProtection: false}\n", "env: staging", "env: "+env, "  queue: {", "  queue: {"+entry)
					if diff := cmp.Diff(want, granted(l.run(t).GetDesired().GetResources())); diff != "" {
						t.Errorf("let in: -want, +got:\n%s", diff)
					}
					if diff := cmp.Diff(slices.Sorted(maps.Keys(l.next(t).GetDesired().GetResources())),
						slices.Sorted(maps.Keys(l.next(t).GetDesired().GetResources()))); diff != "" {
						t.Errorf("an unchanged claim composes other parts: %s", diff)
					}
					for name, r := range l.request.GetObserved().GetResources() {
						if o := r.GetResource(); object.String(o, externalNameAt...) == "" { // which its provider makes
							object.Set(o, "made/"+name, externalNameAt...)
						}
					}
					l.edit(t, entry, "")
					for range 2 { // told not to stay behind, and then left out
						for name, r := range l.next(t).GetDesired().GetResources() {
							grant := strings.HasPrefix(name, "sender-") || strings.HasPrefix(name, "receiver-") || strings.HasPrefix(name, "dead-letter-receiver-")
							if grant && orphaned(r.GetResource()) {
								t.Errorf("%s would stay behind in the cloud", name)
							}
						}
					}
					if got := granted(l.run(t).GetDesired().GetResources()); len(got) > 0 {
						t.Errorf("still let in: %v", got)
					}
				})
			}
		}
	}
}

// TestQueueAccessLocked holds that nothing below a lock is asked to go: Azure would refuse it
// for ever, and the queue stays as it is.
func TestQueueAccessLocked(t *testing.T) {
	t.Parallel()
	const entry = "access: [{principal: 11111111-2222-3333-4444-555555555555, role: send}], "
	l := aliveQueue(t, "azure", settingsQueue, "env: staging", "env: prod", "  queue: {", "  queue: {"+entry)
	if l.run(t).GetDesired().GetResources()[keyLock] == nil {
		t.Fatal("a queue in prod has no lock")
	}
	l.edit(t, entry, "")
	const want = `spec.queue.access: "11111111-2222-3333-4444-555555555555" cannot be taken out while the lock keeps the queue, below which Azure ` +
		`deletes nothing; put it back, or set spec.deletionPolicy: Orphan and then the annotation platform.victor.onl/allow-delete: "true" on ` +
		`the claim until the entry is gone`
	if got := fatal(l.run(t)); !strings.HasPrefix(got, want) {
		t.Errorf("-want, +got:\n%s", cmp.Diff(want, got))
	}
	l.edit(t, entry, "", "  queue: {", "  deletionPolicy: Orphan\n  queue: {")
	object.Set(l.xr(), "true", "metadata", "annotations", "platform.victor.onl/allow-delete")
	for call := range 4 {
		desired := l.next(t).GetDesired().GetResources()
		if !orphaned(desired["instance"].GetResource()) {
			t.Errorf("call %d: the queue would go with its claim meanwhile", call)
		}
		if len(granted(desired)) == 0 && desired[keyLock] != nil && call > 0 {
			t.Errorf("call %d: the grant goes before the lock", call)
		}
	}
	if got := granted(l.run(t).GetDesired().GetResources()); len(got) > 0 {
		t.Errorf("still let in: %v", got)
	}
}

// TestQueueAccessAgain holds that a role assignment which outlived its claim is found by the
// claim that is made again: Azure takes no second one.
func TestQueueAccessAgain(t *testing.T) {
	t.Parallel()
	ids := func() []string {
		var out []string
		l := aliveQueue(t, "azure", settingsQueue, "env: staging", "env: prod", "  queue: {", "  queue: {"+accessOf["azure"]+", ")
		for name, r := range l.run(t).GetDesired().GetResources() {
			if strings.HasPrefix(name, "sender-") || strings.HasPrefix(name, "receiver-") {
				out = append(out, object.String(r.GetResource(), externalNameAt...)+" "+object.String(r.GetResource(), body("name")...))
			}
		}
		slices.Sort(out)
		return out
	}
	first := ids()
	if diff := cmp.Diff(first, ids()); diff != "" {
		t.Errorf("made again: -before, +after:\n%s", diff)
	}
	for _, id := range first {
		id, name, _ := strings.Cut(id, " ")
		if name == "" || !strings.HasSuffix(id, "/providers/Microsoft.Authorization/roleAssignments/"+name) {
			t.Errorf("%q is not the id of the assignment %q", id, name)
		}
	}
}

// TestQueuePrincipals holds who is of a queue's own account, and that the settings alone let
// in others.
func TestQueuePrincipals(t *testing.T) {
	t.Parallel()
	const project = "serviceAccount:a@acme-prod.iam.gserviceaccount.com"
	allows := func(patterns string) string {
		return settingsQueue + "  policy: {allowed: {principals: [" + patterns + "]}}\n"
	}
	cases := map[string]struct {
		reason, provider, principal, settings string
		own                                   bool
	}{
		"Own":       {"A service account of the queue's project.", "gcp", project, settingsQueue, true},
		"Foreign":   {"A service account of another project.", "gcp", "serviceAccount:a@other-prod.iam.gserviceaccount.com", settingsQueue, false},
		"Lookalike": {"A project whose name ends like the own.", "gcp", "serviceAccount:a@not-acme-prod.iam.gserviceaccount.com", settingsQueue, false},
		"Suffix":    {"A domain that begins like the own.", "gcp", project + ".example.com", settingsQueue, false},
		"Allowed": {
			"A pattern lets in another project.", "gcp", "serviceAccount:a@other-prod.iam.gserviceaccount.com",
			allows(`"serviceAccount:*@other-prod.iam.gserviceaccount.com"`), true,
		},
		"AllowedAll": {"No platform opens a queue to the world.", "gcp", "allUsers", allows("allUsers"), false},
		"Wildcard":   {"A pattern for any name is none for everybody.", "gcp", "allUsers", allows("'*'"), false},
		"WildcardSignedIn": {
			"Who is signed in anywhere is everybody, whatever the pattern.", "gcp", "allAuthenticatedUsers", allows("'all*'"), false,
		},
		"WildcardPool": {
			"A whole pool is as large as somebody elsewhere makes it.", "gcp",
			"principalSet://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/p/*",
			allows("'principalSet://*/*/*/*/*/*/*/*', 'principalSet://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/p/\\*'"),
			false,
		},
		"WildcardWorkforce": {
			"All people of a pool are many.", "gcp", "principalSet://iam.googleapis.com/locations/global/workforcePools/p/*",
			allows("'principalSet://iam.googleapis.com/locations/global/workforcePools/p/*'"), false,
		},
		"WildcardAWS": {"A star is everybody on AWS.", "aws", "*", allows("'*', '\\*', '?'"), false},
		"AllowedSet": {
			"A part of a pool that the settings name is let in.", "gcp",
			"principalSet://iam.googleapis.com/projects/210987654321/locations/global/workloadIdentityPools/p/group/apps",
			allows("'principalSet://iam.googleapis.com/projects/210987654321/locations/global/workloadIdentityPools/p/group/*'"), true,
		},
		"AllowedDomain":  {"A domain is let in by a pattern.", "gcp", "domain:example.com", allows("'*'"), true},
		"AllowedAccount": {"A whole account is let in by its name.", "aws", "210987654321", allows("'210987654321'"), true},
		"Everybody":      {"Who is signed in anywhere is everybody.", "gcp", "allAuthenticatedUsers", settingsQueue, false},
		"Domain":         {"A domain is many people.", "gcp", "domain:example.com", settingsQueue, false},
		"Group":          {"Who is in a group nobody can tell.", "gcp", "group:apps@example.com", settingsQueue, false},
		"Workload": {
			"A workload of a cluster of the project.", "gcp",
			"principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/acme-prod.svc.id.goog/subject/ns/a/sa/b",
			settingsQueue, true,
		},
		"OtherWorkload": {
			"A workload of another project's cluster.", "gcp",
			"principal://iam.googleapis.com/projects/1234567890123/locations/global/workloadIdentityPools/x.svc.id.goog/subject/ns/a/sa/b", settingsQueue,
			false,
		},
		"Pool": {
			"All workloads of a pool are many.", "gcp", "principalSet://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/p/*",
			settingsQueue, false,
		},
		"Unknown":   {"Without the project's id nobody can tell.", "gcp", project, "metadata: {name: p}", false},
		"Role":      {"A role of the queue's account.", "aws", "arn:aws:iam::123456789012:role/a/app", settingsQueue, true},
		"OtherRole": {"A role of another account.", "aws", "arn:aws:iam::210987654321:role/app", settingsQueue, false},
		"Root":      {"The root of the own account is everybody in it.", "aws", "arn:aws:iam::123456789012:root", settingsQueue, false},
		"Account":   {"An account is everybody in it.", "aws", "123456789012", settingsQueue, false},
		"AllowedRole": {
			"A pattern lets in roles of another account.", "aws", "arn:aws:iam::210987654321:role/app", allows(`"arn:aws:iam::210987654321:role/*"`), true,
		},
		"UnknownRole": {"Without the account's id nobody can tell.", "aws", "arn:aws:iam::123456789012:role/app", "metadata: {name: p}", false},
		"Object":      {"Azure takes objects of its own tenant only.", "azure", "11111111-2222-3333-4444-555555555555", settingsQueue, true},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			entry := "  queue: {access: [{principal: '" + tc.principal + "', role: receive}], "
			got := fatal(newQueue(t, tc.provider, tc.settings, "  queue: {", entry).run(t))
			if tc.own != (got == "") || got != "" && !strings.HasPrefix(got, "spec.queue.access[0].principal: ") {
				t.Errorf("\n%s\nlet in: want %t, got %q", tc.reason, tc.own, got)
			}
		})
	}
}

// TestQueuePrincipalStays holds that who was let in once stays, and is told of, where the
// settings no longer allow it; and that nobody else comes in beside.
func TestQueuePrincipalStays(t *testing.T) {
	t.Parallel()
	allowed := settingsQueue + "  policy: {allowed: {principals: [\"domain:*\", \"arn:aws:iam::210987654321:role/*\"]}}\n"
	for provider, principal := range map[string]string{"gcp": "domain:example.com", "aws": "arn:aws:iam::210987654321:role/app"} {
		entry := "  queue: {access: [{principal: '" + principal + "', role: receive}], "
		l := aliveQueue(t, provider, allowed, "  queue: {", entry)
		l.settle(t, settingsQueue)
		rsp := l.run(t)
		var all strings.Builder
		for _, c := range rsp.GetConditions() {
			all.WriteString(c.GetMessage())
		}
		said := all.String()
		if got := fatal(rsp); got != "" || !strings.Contains(said, "policy.allowed.principals") || len(granted(rsp.GetDesired().GetResources())) == 0 {
			t.Errorf("%s: %q, said: %s", provider, got, said)
		}
		l.edit(t, "role: receive}", "role: receive}, {principal: '"+principal+"', role: send}")
		if got := fatal(l.run(t)); !strings.HasPrefix(got, "spec.queue.access[1].principal: ") {
			t.Errorf("%s: another role comes in beside: %q", provider, got)
		}
	}
}

// TestQueueEverybodyStays holds that a live queue which lets everybody in, as older versions
// of this function let settings allow, is no reason to refuse its claim: it is told of.
func TestQueueEverybodyStays(t *testing.T) {
	t.Parallel()
	const role = "arn:aws:iam::123456789012:role/app"
	l := aliveQueue(t, "aws", settingsQueue, "  queue: {", "  queue: {access: [{principal: '"+role+"', role: receive}], ")
	policy := object.String(l.instance(), body("policy")...)
	object.Set(l.instance(), strings.ReplaceAll(policy, role, "*"), body("policy")...)
	l.edit(t, role, "*")
	rsp := l.run(t)
	if got, says := fatal(rsp), rsp.GetConditions()[0].GetMessage(); got != "" || !strings.Contains(says, `"*" is everybody, and no settings allow that`) {
		t.Errorf("%q, said: %s", got, says)
	}
}
