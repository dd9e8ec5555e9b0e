package multiclouddb

import (
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/database"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// provisioned is the condition Provisioned of an answer.
func provisioned(t *testing.T, rsp *fnv1.RunFunctionResponse) *fnv1.Condition {
	t.Helper()
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	for _, c := range rsp.GetConditions() {
		if c.GetType() == conditionProvisioned {
			return c
		}
	}
	t.Fatal("Provisioned is not set")
	return nil
}

const (
	isTrue  = fnv1.Status_STATUS_CONDITION_TRUE
	isFalse = fnv1.Status_STATUS_CONDITION_FALSE
	unknown = fnv1.Status_STATUS_CONDITION_UNKNOWN
)

// TestStates holds what becomes of each word by which a cloud reports how a database is.
// The words stand here once more, apart from the function's rows; ~ is a space in one.
func TestStates(t *testing.T) {
	t.Parallel()
	cases := []struct {
		provider, says string
		status         fnv1.Status
		reason, words  string
	}{
		{"aws", `RDS reports "WORD"`, isFalse, "Unavailable", `failed inaccessible-encryption-credentials
			inaccessible-encryption-credentials-recoverable incompatible-create incompatible-network incompatible-option-group
			incompatible-parameters incompatible-restore incompatible-something-new insufficient-capacity restore-error storage-full`},
		{"aws", `RDS reports "WORD"`, isFalse, "Stopped", "stopped stopping"},
		{"aws", `RDS reports "WORD"`, isFalse, "Deleting", "deleting delete-precheck"},
		{"aws", `is not ready, and "WORD" is under way`, isFalse, "Changing", "creating starting"},
		{"aws", `is available, and "WORD" is under way`, isTrue, "Changing", `backing-up configuring-enhanced-monitoring
			configuring-iam-database-auth configuring-log-exports configuring-something-new converting-to-vpc maintenance modifying
			moving-to-vpc rebooting renaming resetting-master-credentials storage-config-upgrade storage-initialization
			storage-optimization upgrading`},
		{"aws", "", isTrue, "Available", "available"},
		{"aws", `RDS reports "WORD", which is not known here`, unknown, "UnknownState", "xyz Available degraded"},
		{"gcp", "", isTrue, "Available", "ALWAYS ON_DEMAND"},
		{"gcp", `Cloud SQL reports the activationPolicy "WORD"`, isFalse, "Stopped", "NEVER"},
		{"gcp", `"WORD", which is not known here`, unknown, "UnknownState", "SOMETIMES"},
		{"ibm", "", isTrue, "Available", "active"},
		{"ibm", `IBM Cloud reports "WORD"`, isFalse, "Unavailable", "failed"},
		{"ibm", `IBM Cloud reports "WORD"`, isFalse, "Stopped", "inactive"},
		{"ibm", `IBM Cloud reports "WORD"`, isFalse, "Deleting", "removed pending_reclamation"},
		{"ibm", `"WORD" is under way`, isFalse, "Changing", "provisioning in~progress"},
		{"ibm", `"WORD", which is not known here`, unknown, "UnknownState", "xyz"},
	}
	for provider, own := range database.Type.Clouds {
		var words []string
		for _, tc := range cases {
			if tc.provider == provider {
				for word := range strings.FieldsSeq(tc.words) {
					words = append(words, strings.ReplaceAll(word, "~", " "))
				}
			}
		}
		for _, main := range own.Mains {
			for _, row := range main.States.Words {
				for _, word := range row {
					if !slices.ContainsFunc(words, func(w string) bool { return w == word || strings.HasSuffix(word, "-") && strings.HasPrefix(w, word) }) {
						t.Errorf("%s has a row of the word %q, which no case tries", provider, word)
					}
				}
			}
		}
	}
	path := map[string][]string{"aws": {"status"}, "gcp": {"settings", "activationPolicy"}, "ibm": {"outputs", "status"}}
	for _, adopt := range []string{"", "  externalName: old\n"} {
		for _, tc := range cases {
			for word := range strings.FieldsSeq(tc.words) {
				word := strings.ReplaceAll(word, "~", " ")
				t.Run(tc.provider+"/"+word+adopt, func(t *testing.T) {
					t.Parallel()
					says := strings.Replace(tc.says, "WORD", word, 1)
					l := serving(t, tc.provider, adopt)
					published := len(l.run(t).GetDesired().GetComposite().GetConnectionDetails())
					object.Set(l.instance(), word, append([]string{"status", "atProvider"}, path[tc.provider]...)...)
					rsp := l.run(t)
					c := provisioned(t, rsp)
					if c.GetStatus() != tc.status || c.GetReason() != tc.reason || !strings.Contains(c.GetMessage(), says) {
						t.Errorf("Provisioned is %s %s: %q, want %s %s with %q", c.GetStatus(), c.GetReason(), c.GetMessage(), tc.status, tc.reason, says)
					}
					if r := rsp.GetDesired().GetResources()[keyInstance]; r.GetReady() != fnv1.Ready_READY_TRUE {
						t.Error("the instance is no longer ready, though its provider says so")
					}
					if got := len(rsp.GetDesired().GetComposite().GetConnectionDetails()); got != published {
						t.Errorf("%d connection details are published instead of %d", got, published)
					}
				})
			}
		}
	}
}

// serving is a live database whose every resource is ready, or one that is looked at.
func serving(t *testing.T, provider, adopt string) *live {
	t.Helper()
	if adopt == "" {
		l := alive(t, provider)
		l.request.Observed.Resources[keyInstance].ConnectionDetails = map[string][]byte{
			"host": []byte("main.ibm"), "port": []byte("31234"), "username": []byte("u"), "password": []byte("secret-1"), "database": []byte("d"),
		}
		return l
	}
	spec := strings.Replace(specGCP, "gcp", provider, 1) + adopt
	l := &live{provider: provider, request: request(t, xrHead+spec, "metadata: {name: p}\ndata: {providers: {azure: {resourceGroup: rg}}}", nil)}
	l.step(t)
	object.Set(l.instance(), fromYAML(t, atProvider(provider, "17", 128)), "status", "atProvider")
	object.Set(l.instance(), fromYAML(t, "{"+strings.Replace(readyLive, "%", "", 1)+"}").GetFields()["conditions"], "status", "conditions")
	return l
}

// TestStandings holds which of several states is the reason, on each cloud and of each
// part, and that all of them are said.
func TestStandings(t *testing.T) {
	t.Parallel()
	type marks = map[string]string // by path, as YAML
	deleted := marks{"metadata": "{deletionTimestamp: \"2026-11-25T00:00:00Z\", finalizers: [finalizer.managedresource.crossplane.io, keep/it]}"}
	annotated := marks{"metadata": "{annotations: {crossplane.io/paused: \"true\"}}"}
	emptied := marks{"spec": "{managementPolicies: []}"}
	stale := marks{"status": "{conditions: [{type: Ready, status: \"True\"}, {type: Synced, status: \"False\", reason: ReconcilePaused}]}"}
	failed := marks{"status": "{conditions: [{type: Ready, status: \"True\"}, {type: Synced, status: \"False\", message: quota}]}"}
	cases := map[string]struct {
		why    string
		on     []marks
		reason string
		says   []string
	}{
		"Deleted": {"What somebody deleted says so, and what keeps it.", []marks{deleted}, "Deleting", []string{"is being deleted", "waits for keep/it"}},
		"Annotated": {
			"A pause is no error, and says how it ends.",
			[]marks{annotated, stale},
			"Paused",
			[]string{"is paused by its annotation crossplane.io/paused"},
		},
		"NotYetSeen": {"A pause holds before the provider has seen it.", []marks{annotated}, "Paused", []string{"is paused by its annotation"}},
		"Policies":   {"Empty management policies pause as well.", []marks{emptied, stale}, "Paused", []string{`spec.managementPolicies`, `["*"]`}},
		"Unpaused":   {"A pause that was just ended is no error of the provider's.", []marks{stale}, "Paused", []string{"was paused, and goes on"}},
		"Failed":     {"An error stays an error.", []marks{failed}, "ProviderError", []string{": quota"}},
		"DeletedAndFailed": {
			"A deletion that fails is a deletion, with the error.", []marks{deleted, failed}, "Deleting", []string{"is being deleted", "quota"},
		},
		"DeletedAndPaused": {
			"A deletion that waits for a pause is a deletion, and the pause is said.",
			[]marks{deleted, annotated},
			"Deleting",
			[]string{"is being deleted", "is paused"},
		},
		"PausedAndFailed": {
			"A pause comes before the error that was there when it began, and hides none.",
			[]marks{annotated, failed},
			"Paused",
			[]string{"is paused", "quota"},
		},
	}
	for _, provider := range []string{"gcp", "aws", "azure", "ibm"} {
		for part := range alive(t, provider).request.GetObserved().GetResources() {
			if part == keyPassword {
				continue
			}
			for name, tc := range cases {
				t.Run(provider+"/"+part+"/"+name, func(t *testing.T) {
					t.Parallel()
					l := serving(t, provider, "")
					o := l.request.GetObserved().GetResources()[part].GetResource()
					for _, m := range tc.on {
						for at, fields := range m {
							merge(object.Ensure(o, at), fromYAML(t, fields))
						}
					}
					before := proto.CloneOf(o)
					c := provisioned(t, l.run(t))
					if c.GetReason() != tc.reason || c.GetStatus() != isFalse {
						t.Errorf("\n%s\nProvisioned is %s %s: %q, want %s", tc.why, c.GetStatus(), c.GetReason(), c.GetMessage(), tc.reason)
					}
					for _, says := range append(tc.says, part+" ("+object.String(before, "kind")) {
						if !strings.Contains(c.GetMessage(), says) {
							t.Errorf("\n%s\nProvisioned says %q, and not %q", tc.why, c.GetMessage(), says)
						}
					}
				})
			}
		}
	}
}

// merge puts the fields of one object into another; of objects their fields.
func merge(into, from *structpb.Struct) {
	for key, v := range from.GetFields() {
		if inner := v.GetStructValue(); inner != nil && into.GetFields()[key].GetStructValue() != nil {
			merge(into.GetFields()[key].GetStructValue(), inner)
			continue
		}
		into.Fields[key] = v
	}
}

// TestStandingsInOrder holds which of two that hold gives the reason, and that both are
// said. An instance has one status, so that full and stopped never meet.
func TestStandingsInOrder(t *testing.T) {
	t.Parallel()
	inOrder := []struct {
		reason, says string
		mark         func(*structpb.Struct)
	}{
		{"Deleting", "is being deleted", func(o *structpb.Struct) { object.Set(o, "2026-11-25T00:00:00Z", "metadata", "deletionTimestamp") }},
		{"MadeAgain", `since "` + secondMade + `" and not "` + firstMade, func(o *structpb.Struct) {
			object.Set(o, secondMade, "metadata", "annotations", createdAt)
		}},
		{"Unavailable", `RDS reports "storage-full"`, func(o *structpb.Struct) { object.Set(o, "storage-full", "status", "atProvider", "status") }},
		{"Stopped", `RDS reports "stopped"`, func(o *structpb.Struct) { object.Set(o, "stopped", "status", "atProvider", "status") }},
		{"Paused", "is paused", func(o *structpb.Struct) { object.Set(o, "true", "metadata", "annotations", "crossplane.io/paused") }},
		{"ProviderError", "no rights", func(o *structpb.Struct) {
			object.Set(o, fromYAML(t, `{c: [{type: Ready, status: "True"}, {type: LastAsyncOperation, status: "False", message: no rights}]}`).
				GetFields()["c"], "status", "conditions")
		}},
	}
	for i, first := range inOrder {
		for _, second := range inOrder[i+1:] {
			if first.reason == "Unavailable" && second.reason == "Stopped" {
				continue
			}
			t.Run(first.reason+"/"+second.reason, func(t *testing.T) {
				t.Parallel()
				l := serving(t, "aws", "")
				object.Set(l.xr(), firstMade, "status", "resource", "since")
				object.Set(l.instance(), firstMade, "metadata", "annotations", createdAt)
				first.mark(l.instance())
				second.mark(l.instance())
				c := provisioned(t, l.run(t))
				if c.GetReason() != first.reason {
					t.Errorf("the reason is %s, want %s: %s", c.GetReason(), first.reason, c.GetMessage())
				}
				for _, says := range []string{first.says, second.says} {
					if !strings.Contains(c.GetMessage(), says) {
						t.Errorf("%q is not said: %s", says, c.GetMessage())
					}
				}
			})
		}
	}
}

// TestStandingsOfBuckets holds that each part of a bucket says that it is being deleted, or
// paused, and that the connection stays published.
func TestStandingsOfBuckets(t *testing.T) {
	t.Parallel()
	for _, provider := range []string{"gcp", "aws", "azure", "ibm"} {
		for part := range aliveBucket(t, provider, settingsBucket).request.GetObserved().GetResources() {
			for reason, mark := range map[string]string{
				"Deleting": `{deletionTimestamp: "2026-11-25T00:00:00Z"}`, "Paused": `{annotations: {crossplane.io/paused: "true"}}`,
			} {
				t.Run(provider+"/"+part+"/"+reason, func(t *testing.T) {
					t.Parallel()
					l := aliveBucket(t, provider, settingsBucket)
					before := len(l.run(t).GetDesired().GetComposite().GetConnectionDetails())
					merge(object.Ensure(l.request.GetObserved().GetResources()[part].GetResource(), "metadata"), fromYAML(t, mark))
					rsp := l.run(t)
					if c := provisioned(t, rsp); c.GetReason() != reason || !strings.HasPrefix(c.GetMessage(), part+" (") {
						t.Errorf("Provisioned is %s: %q, want %s of %s", c.GetReason(), c.GetMessage(), reason, part)
					}
					if after := len(rsp.GetDesired().GetComposite().GetConnectionDetails()); after != before || after == 0 {
						t.Errorf("%d connection details are published instead of %d", after, before)
					}
				})
			}
		}
	}
}
