package multiclouddb

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// rotatedOf is the condition Rotated of an answer, as status, reason and message, or "".
func rotatedOf(rsp *fnv1.RunFunctionResponse) string { return (&rotateWorld{rsp: rsp}).rotated() }

// word gives an XR the annotation that asks for another password.
func word(req *fnv1.RunFunctionRequest, said string) {
	object.Set(req.GetObserved().GetComposite().GetResource(), said, "metadata", "annotations", claim.RotatePassword)
}

// TestRotateNot holds that a claim whose password no word replaces says so, and why, and that the word
// has counted: no newer version of this function replaces the password for it later.
func TestRotateNot(t *testing.T) {
	t.Parallel()
	live := func(provider string) func(*testing.T) *fnv1.RunFunctionRequest {
		return func(t *testing.T) *fnv1.RunFunctionRequest {
			t.Helper()
			return alive(t, provider).request
		}
	}
	claimed := func(text string) func(*testing.T) *fnv1.RunFunctionRequest {
		return func(t *testing.T) *fnv1.RunFunctionRequest {
			t.Helper()
			return request(t, xrHead+text, settingsProd, nil)
		}
	}
	for name, tc := range map[string]struct {
		reason, want string
		request      func(*testing.T) *fnv1.RunFunctionRequest
	}{
		"GCP":   {"A provider that starts again takes the Secret of now for what it has sent.", "NotSupported on Google Cloud nobody can know", live("gcp")},
		"Azure": {"The same holds on Azure.", "NotSupported on Azure nobody can know", live("azure")},
		"IBM":   {"A state has what an update that failed did not set.", "NotSupported on IBM Cloud a new password that did not reach", live("ibm")},
		"New":   {"The word of a new claim counts for nothing.", `NotCounted the word "word" was there`, claimed(specRotated)},
		"Adopted": {
			"An adopted database has an owner.", "NotSupported the database was there before its claim, and its owner",
			func(t *testing.T) *fnv1.RunFunctionRequest {
				t.Helper()
				return takenOverBy(t, "aws", "postgres", true, "app").request
			},
		},
		"Looked": {
			"What is only looked at is not changed.", "NotSupported what is only looked at keeps its password",
			claimed(specRotated + "  externalName: old\n  adopt: Observe\n"),
		},
		"Cache": {
			"A word is for databases.", "NotSupported no password of a cache is replaced by a word",
			claimed("  provider: aws\n  type: cache\n  profile: medium\n  region: eu-west\n"),
		},
		"Bucket": {
			"A bucket has none.", "NotSupported no password of a bucket is replaced by a word",
			func(t *testing.T) *fnv1.RunFunctionRequest {
				t.Helper()
				return request(t, xrHead+"  provider: aws\n  type: bucket\n  region: eu-west\n", settingsBucket, nil)
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req := tc.request(t)
			word(req, "word")
			rsp := run(t, req)
			want := "FALSE " + strings.Replace(tc.want, " ", " annotation "+claim.RotatePassword+": ", 1)
			if got := rotatedOf(rsp); !strings.HasPrefix(got, want) || fatal(rsp) != "" {
				t.Errorf("%s\nRotated: want %q, got %q %s", tc.reason, want, got, fatal(rsp))
			}
			main := rsp.GetDesired().GetResources()[keyInstance].GetResource()
			if got := object.String(main, "metadata", "annotations", requested+"rotate-password"); got != "word" {
				t.Errorf("%s\nthe word is recorded as %q", tc.reason, got)
			}
			if secret := rsp.GetDesired().GetResources()[keyPassword].GetResource(); object.String(secret, "data", "next") != "" {
				t.Errorf("%s\nanother password is made", tc.reason)
			}
		})
	}
}

// TestRotateWaits holds that no other password is made while the database cannot take one, that the
// word then counts, and that a claim without a word says nothing of it any more.
func TestRotateWaits(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		reason, why   string
		hinder, allow func(*rotateWorld)
	}{
		"Stopped": {
			"RDS refuses every change of an instance that is stopped.", "RDS reports the status stopped",
			func(w *rotateWorld) { w.status = "stopped" }, func(w *rotateWorld) { w.status = "" },
		},
		"Changing": {
			"A change that is under way ends first.", "RDS reports the status modifying",
			func(w *rotateWorld) { w.status = "modifying" }, func(w *rotateWorld) { w.status = "" },
		},
		"Kept": {
			"RDS refuses a password while it keeps one itself.", "RDS keeps the password itself, in Secrets Manager",
			func(w *rotateWorld) {
				w.provide(round{})
				object.Set(w.object(keyInstance), []any{map[string]any{"secretArn": "arn", "secretStatus": "active"}}, "status", "atProvider", "masterUserSecret")
			},
			func(w *rotateWorld) {
				if got := conditionOf(w.rsp, "Composed").GetMessage(); !strings.Contains(got, "is published does not open the database once RDS has replaced it") {
					w.t.Errorf("Composed does not say that what is published may not open the database: %s", got)
				}
				object.Remove(w.object(keyInstance), "status", "atProvider", "masterUserSecret")
			},
		},
		"Paused": {
			"Nothing reaches the cloud while somebody has paused the managed resource.", "its managed resource is paused",
			func(w *rotateWorld) {
				w.provide(round{})
				object.Set(w.object(keyInstance), "true", "metadata", "annotations", "crossplane.io/paused")
			},
			func(w *rotateWorld) {
				object.Remove(w.object(keyInstance), "metadata", "annotations", "crossplane.io/paused")
			},
		},
		"Refused": {
			"A provider that cannot change it would not send a password either.", "its provider cannot change it",
			func(w *rotateWorld) {
				w.provide(round{})
				condition(w.object(keyInstance), "False", "InvalidParameterCombination")
			},
			func(w *rotateWorld) { condition(w.object(keyInstance), "True", "") },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newRotate(t)
			w.word = "word"
			tc.hinder(w)
			if w.status != "" {
				w.provide(round{})
			}
			w.reconcile()
			if got := w.rotated(); !strings.HasPrefix(got, "FALSE Waiting") || !strings.Contains(got, tc.why) {
				t.Errorf("%s\nRotated: %q", tc.reason, got)
			}
			if object.String(w.object(keyPassword), "data", "next") != "" {
				t.Errorf("%s\nanother password is made", tc.reason)
			}
			tc.allow(w)
			w.settle()
			w.isRotated("word", 2)
			w.word = ""
			delete(w.req.GetObserved().GetComposite().GetResource().GetFields(), "status")
			object.Set(w.req.GetObserved().GetComposite().GetResource(), []any{map[string]any{"type": "Rotated", "status": "True"}}, "status", "conditions")
			w.reconcile()
			if got := w.rotated(); got != "FALSE NotAsked the claim has no annotation "+claim.RotatePassword+" any more" {
				t.Errorf("%s\nwithout a word Rotated says %q", tc.reason, got)
			}
		})
	}
}

// TestRotateRestored replaces the password of a database that was restored, whose provider is given it
// with a version from the beginning.
func TestRotateRestored(t *testing.T) {
	t.Parallel()
	w := newRotate(t)
	o := w.object(keyInstance)
	object.Set(o, "done", "metadata", "annotations", requested+"copying")
	object.Set(o, 1, "spec", "forProvider", "passwordWoVersion")
	object.Set(o, object.Get(o, "spec", "forProvider", "passwordSecretRef"), "spec", "forProvider", "passwordWoSecretRef")
	object.Remove(o, "spec", "forProvider", "passwordSecretRef")
	object.Set(o, 1, "status", "atProvider", "passwordWoVersion")
	w.process = nil
	w.reconcile()
	w.holds("the restore")
	for i, said := range []string{"one", "two"} {
		w.word = said
		w.goesOn(10)
		w.isRotated(said, i+2)
	}
	if object.Get(w.object(keyInstance), "spec", "forProvider", "passwordSecretRef") != nil {
		t.Error("the password is also given as one that is compared")
	}
}

// TestRotateClaimAgain has a claim deleted in the middle of a rotation, with a database that stays, and
// made again, with a Secret that somebody kept: nothing is published before it is known which of both
// passwords opens the database.
func TestRotateClaimAgain(t *testing.T) {
	t.Parallel()
	for at := range 6 {
		w := midway(t, at)
		data := object.Struct(w.object(keyPassword), "data")
		again := &rotateWorld{t: t, id: w.id, word: "word", opens: w.opens, req: request(t, xrHead+specRotated, settingsProd, nil)}
		again.kept = fromYAML(t, "{apiVersion: v1, kind: Secret}")
		object.Set(again.kept, data, "data")
		for range 14 {
			again.reconcile()
			if got := fatal(again.rsp); got != "" {
				t.Fatalf("at %d: %s", at, got)
			}
			switch c := conditionOf(again.rsp, "Provisioned"); {
			case again.published() != "" || !strings.HasPrefix(again.rotated(), "FALSE Rotating the "):
			case again.object(keyInstance) != nil && c.GetReason() == "Creating" && strings.Contains(c.GetMessage(), "where the database is reached"):
				t.Errorf("at %d: RDS has said where the database is reached: %s", at, c.GetMessage())
			}
			if got := again.published(); got != "" && got != again.db() && object.String(data, "next") != "" {
				t.Fatalf("at %d: a password is published that does not open the database", at)
			}
			again.provide(round{})
		}
		if again.published() != again.db() || len(object.Struct(again.object(keyPassword), "data").GetFields()) != 1 {
			t.Errorf("at %d: the connection has not the password of the database: %s", at, again.rotated())
		}
		again.word = "next"
		again.settle()
		again.isRotated("next", len(again.opens))
	}
}

// TestRotateFaulty holds that a value that somebody wrote under the key of the new password is refused
// where it is none, and not shown.
func TestRotateFaulty(t *testing.T) {
	t.Parallel()
	for _, value := range []string{base64.StdEncoding.EncodeToString([]byte("my-secret\n")), "no base64"} {
		w := newRotate(t)
		object.Set(w.object(keyPassword), value, "data", "next")
		w.reconcile()
		if got := fatal(w.rsp); !strings.Contains(got, "key next that is no password; take the key out") || strings.Contains(got, "my-secret") {
			t.Errorf("it says %q", got)
		}
		object.Remove(w.object(keyPassword), "data", "next")
		w.reconcile()
		if got := fatal(w.rsp); got != "" {
			t.Errorf("without it: %s", got)
		}
	}
}

// TestRotateUnanswered holds that a provider is told the same while Crossplane has not looked yet for a
// Secret that is gone: an update without its version would be one that RDS refuses.
func TestRotateUnanswered(t *testing.T) {
	t.Parallel()
	for at := range 7 {
		w := midway(t, at)
		was := object.Struct(w.object(keyInstance), "spec", "forProvider")
		req := request(t, xrHead+specRotated, settingsProd, nil)
		req.Observed.Resources = w.req.GetObserved().GetResources()
		delete(req.GetObserved().GetResources(), keyPassword)
		delete(req.GetRequiredResources(), keyPassword)
		rsp := run(t, req)
		now := object.Struct(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "forProvider")
		for _, field := range []string{"passwordWoVersion", "passwordWoSecretRef", "passwordSecretRef"} {
			if diff := cmp.Diff(object.Get(was, field).AsInterface(), object.Get(now, field).AsInterface()); diff != "" || fatal(rsp) != "" {
				t.Errorf("at %d %s: -want, +got:\n%s%s", at, field, diff, fatal(rsp))
			}
		}
	}
}
