package multiclouddb

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// secretOf is a Secret as Crossplane finds it: with a value under a key, of an owner.
func secretOf(t *testing.T, key, value, owner string) *fnv1.Resources {
	t.Helper()
	s := fromYAML(t, "{apiVersion: v1, kind: Secret, metadata: {name: x}, data: {}}")
	object.Set(s, base64.StdEncoding.EncodeToString([]byte(value)), "data", key)
	if owner != "" {
		object.Set(s, fromYAML(t, "{l: [{kind: Deployment, name: app, uid: "+owner+", controller: true}]}").GetFields()["l"], "metadata", "ownerReferences")
	}
	return &fnv1.Resources{Items: []*fnv1.Resource{{Resource: s}}}
}

// TestPasswordFound holds that a password which is there before its Secret is
// composed is used, so that a database that outlived its claim keeps the one it has,
// and that no Secret of somebody else is written over.
func TestPasswordFound(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		reason, key, owner string
		want, refused      string // a password, or how the sentence begins
	}{
		"Restored": {"Somebody put the Secret back before the claim.", "password", "", "kept", ""},
		"Ours":     {"The XR lost sight of its own.", "password", "xr-1", "kept", ""},
		"Foreign": {
			"It belongs to another.",
			"password", "other", "",
			"the Secret payments-prod-infra/aws-payments-prod-cloudsql-main-password, which is to hold the password, belongs to Deployment app",
		},
		"Login": {
			"It is the login of a database that another claim adopts, by a person who has no other copy.",
			"username", "", "",
			"the Secret payments-prod-infra/aws-payments-prod-cloudsql-main-password, which is to hold the password, has a username, as the login of",
		},
		"Empty": {
			"It has another key.",
			"pass", "", "",
			"the Secret payments-prod-infra/aws-payments-prod-cloudsql-main-password, which is to hold the password, has none under the key password",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req := request(t, specOf("aws", "postgres"), "", nil)
			object.Set(req.GetObserved().GetComposite().GetResource(), "xr-1", "metadata", "uid")
			first := run(t, req)
			s := first.GetRequirements().GetResources()[keyPassword]
			if diff := cmp.Diff([]string{"v1", "Secret", "payments-prod-infra"}, []string{s.GetApiVersion(), s.GetKind(), s.GetNamespace()}); diff != "" {
				t.Errorf("asked for: -want, +got:\n%s", diff)
			}
			if diff := cmp.Diff(object.String(first.GetDesired().GetResources()[keyPassword].GetResource(), "metadata", "name"), s.GetMatchName()); diff != "" {
				t.Errorf("asked for: -composed, +asked for:\n%s", diff)
			}

			req.RequiredResources[keyPassword] = secretOf(t, tc.key, "kept", tc.owner)
			rsp := run(t, req)
			if got := fatal(rsp); !strings.HasPrefix(got, tc.refused) || (got == "") != (tc.refused == "") {
				t.Fatalf("\n%s\nRunFunction(): want %q, got %q", tc.reason, tc.refused, got)
			}
			got, err := base64.StdEncoding.DecodeString(object.String(rsp.GetDesired().GetResources()[keyPassword].GetResource(), "data", "password"))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, string(got)); diff != "" {
				t.Errorf("\n%s\npassword: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestPasswordRestored holds that a database whose password is lost gets it back from
// a Secret that somebody restores, and is refused without.
func TestPasswordRestored(t *testing.T) {
	t.Parallel()
	l := alive(t, "aws")
	delete(l.request.GetObserved().GetResources(), keyPassword)
	if got := fatal(l.run(t)); !strings.HasPrefix(got, "cannot find the password of ") {
		t.Errorf("without a Secret: %q", got)
	}
	delete(l.request.GetRequiredResources(), keyPassword)
	early := l.run(t)
	if got := fatal(early); got != "" {
		t.Errorf("before Crossplane has looked for it: %q", got)
	}
	if early.GetDesired().GetResources()[keyPassword] != nil {
		t.Error("before Crossplane has looked for it another password is made")
	}
	l.request.RequiredResources[keyPassword] = secretOf(t, "password", "kept", "")
	rsp := l.run(t)
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	if got := object.String(
		rsp.GetDesired().GetResources()[keyPassword].GetResource(), "data", "password",
	); got != base64.StdEncoding.EncodeToString([]byte("kept")) {
		t.Errorf("the Secret composed has %q", got)
	}
}

// TestConnectionFound holds that a namespaced XR writes its connection into no Secret
// of somebody else, and says so before it makes a database.
func TestConnectionFound(t *testing.T) {
	t.Parallel()
	xr := strings.NewReplacer(
		"XResource", "Resource", "metadata: {", "metadata: {uid: xr-1, namespace: payments-prod-infra, ",
	).Replace(specOf("gcp", "postgres")) + "  writeConnectionSecretToRef: {name: app}\n"
	for name, tc := range map[string]struct{ reason, owner, refused string }{
		"Nobody": {
			"A Secret that was made by hand.",
			"", `spec.writeConnectionSecretToRef.name: the Secret "app" is there already, and belongs to nobody here; choose another name`,
		},
		"Foreign": {"One of another object.", "other", `spec.writeConnectionSecretToRef.name: the Secret "app" is there already, and belongs to Deployment app`},
		"Ours":    {"Its own, which the XR lost sight of.", "xr-1", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req := request(t, xr, "", nil)
			req.RequiredResources[keyConnection] = secretOf(t, "password", "theirs", tc.owner)
			rsp := run(t, req)
			if got := rsp.GetRequirements().GetResources()[keyConnection].GetMatchName(); got != "app" {
				t.Errorf("asked for the Secret %q", got)
			}
			if got := fatal(rsp); !strings.HasPrefix(got, tc.refused) || (got == "") != (tc.refused == "") {
				t.Errorf("\n%s\nRunFunction(): want %q, got %q", tc.reason, tc.refused, got)
			}
			if n := len(rsp.GetDesired().GetResources()); tc.refused != "" && n > 0 {
				t.Errorf("\n%s\n%d resources are composed all the same", tc.reason, n)
			}
		})
	}
}
