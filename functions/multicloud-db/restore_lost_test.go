package multiclouddb

import (
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

const copyingAt = "platform.victor.onl/requested-copying"

// TestRestoreRecordLost holds that a copy whose record somebody took away stays what it is: by
// its managed resource, which says what made it. Its claim may say so still, or not.
func TestRestoreRecordLost(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ reason, edit, report string }{
		"Said":      {"The claim says what it was made of.", "", ""},
		"Unsaid":    {"The claim says nothing of a source any more.", ", restoreFrom: {name: orders}", ""},
		"SaidGap":   {"The provider's report is gone for a call as well.", "", "gone"},
		"UnsaidGap": {"Neither claim nor report tell anything.", ", restoreFrom: {name: orders}", "gone"},
	}
	for name, tc := range cases {
		for _, provider := range cloud.Providers {
			t.Run(name+"/"+provider, func(t *testing.T) {
				t.Parallel()
				w := newCopyWorld(t, provider, "postgres", "name: orders")
				before := w.rounds().GetDesired().GetResources()
				o := w.request.GetObserved().GetResources()[keyInstance].GetResource()
				delete(o.GetFields()["metadata"].GetStructValue().GetFields()["annotations"].GetStructValue().GetFields(), copyingAt)
				if tc.report != "" {
					delete(o.GetFields()["status"].GetStructValue().GetFields(), "atProvider")
				}
				w.edit(func(s string) string { return strings.Replace(s, tc.edit, "", 1) })
				rsp := run(t, proto.CloneOf(w.request))
				if got := fatal(rsp); got != "" {
					t.Fatalf("\n%s\nit is refused: %s", tc.reason, got)
				}
				after := rsp.GetDesired().GetResources()
				for part, r := range before {
					if after[part] == nil {
						t.Errorf("\n%s\n%s is composed no more", tc.reason, part)
					} else if part == keyInstance {
						was, is := blockOf(r.GetResource(), "spec", "initProvider"), blockOf(after[part].GetResource(), "spec", "initProvider")
						if was != is || !mayChange(after[part].GetResource()) {
							t.Errorf("\n%s\nwhat made it was %q and is %q, by policies %v", tc.reason, was, is, list(after[part].GetResource(), "spec", "managementPolicies"))
						}
					}
				}
				w.rounds()
				if now := w.database(); now.restores != 1 || len(w.blocked) > 0 {
					t.Errorf("\n%s\nrestored %d times, refused: %v", tc.reason, now.restores, w.blocked)
				}
			})
		}
	}
}

// TestRestoreGiven holds that no database which is there is given a source: made by the claim,
// found by it, or not seen for a call.
func TestRestoreGiven(t *testing.T) {
	t.Parallel()
	const want = "spec.database.restoreFrom: cannot be given to a live database, which nothing is written over; take it out, and give it to a second claim"
	for _, life := range []string{"made", "found", "unseen"} {
		for _, provider := range cloud.Providers {
			t.Run(life+"/"+provider, func(t *testing.T) {
				t.Parallel()
				w := newCopyWorld(t, provider, "postgres", "")
				w.rounds()
				if life == "found" {
					secret := w.request.GetObserved().GetResources()[keyPassword]
					w.claim("postgres", "")
					if secret != nil {
						w.request.Observed.Resources[keyPassword] = secret
					}
					w.rounds()
				}
				if life == "unseen" {
					delete(w.request.GetObserved().GetResources()[keyInstance].GetResource().GetFields(), "status")
				}
				w.edit(func(s string) string {
					return strings.Replace(s, "{engine: postgres}", "{engine: postgres, restoreFrom: {name: orders}}", 1)
				})
				if got := fatal(run(t, w.request)); got != want {
					t.Errorf("want %s\ngot  %q", want, got)
				}
			})
		}
	}
}

// TestRestoreForgotten holds that a claim whose managed resource is gone is judged as a new one:
// the data of others is not had by having had a database once.
func TestRestoreForgotten(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			theirs := map[string]string{"ibm": `"` + theirsAt("ibm") + `"`, "azure": theirsAt("azure")}[provider]
			if theirs == "" {
				theirs = "theirs"
			}
			w := newCopyWorld(t, provider, "postgres", "externalName: "+theirs)
			w.edit(func(s string) string {
				return strings.Replace(s, "{engine: postgres", `{engine: postgres, version: "16"`, 1)
			})
			shown := object.Map{"name": provider + "-payments-prod-cloudsql-main", "made": true, "provider": provider, "endpoint": "h"}
			object.Set(w.request.GetObserved().GetComposite().GetResource(), shown, "status", "resource")
			for range 4 {
				rsp := run(t, proto.CloneOf(w.request))
				if strings.Contains(fatal(rsp), "is not allowed by settings policy.restoreFrom") {
					return
				}
				if fatal(rsp) != "" {
					t.Fatal(fatal(rsp))
				}
				w.goOn(rsp)
			}
			t.Errorf("it is made of %q", w.database().data)
		})
	}
}
