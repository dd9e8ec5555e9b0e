package multiclouddb

import (
	"encoding/base64"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// remade is a claim of dev that was deleted, and at once made again: what it had is still there for a
// while, and its provider finds it.
type remade struct{ *live }

func newRemade(t *testing.T, provider string) remade {
	t.Helper()
	xr := strings.ReplaceAll(specOf(provider, "postgres"), "payments-prod", "payments-dev")
	r := remade{&live{provider: provider, request: request(t, xr, "", nil)}}
	r.goOn(t)
	return r
}

// goOn has what is composed be observed, with the status that is there.
func (r remade) goOn(t *testing.T) *fnv1.RunFunctionResponse {
	t.Helper()
	rsp := r.run(t)
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	for name, desired := range rsp.GetDesired().GetResources() {
		o, was := proto.CloneOf(desired.GetResource()), r.request.GetObserved().GetResources()[name]
		if status := object.Struct(was.GetResource(), "status"); status != nil {
			object.Set(o, status, "status")
		}
		for key, v := range object.Struct(was.GetResource(), "metadata", "annotations").GetFields() {
			if strings.HasPrefix(key, "crossplane.io/external-create") {
				object.Set(o, v.GetStringValue(), "metadata", "annotations", key)
			}
		}
		r.request.Observed.Resources[name] = &fnv1.Resource{Resource: o, ConnectionDetails: was.GetConnectionDetails()}
	}
	object.Set(r.xr(), object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status"), "status")
	return rsp
}

func (r remade) reports(status string) {
	object.Set(r.instance(), status, "status", "atProvider", "status")
}

func (r remade) secret() (password, mark string) {
	o := r.request.GetObserved().GetResources()[keyPassword].GetResource()
	return object.String(o, "data", passwordKey), object.String(o, "metadata", "annotations", passwordMark)
}

// TestFoundGoing holds that a claim which is made again while RDS still deletes what it had gets its database:
// the password that was made stays, or is made anew where it was taken out, and is that of the next
// one. Without a password RDS makes none, and nobody is asked for that of what is gone.
func TestFoundGoing(t *testing.T) {
	t.Parallel()
	for name, first := range map[string]string{"Deleting": "deleting", "Available": "available"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRemade(t, "aws")
			made, _ := r.secret()
			seen(t, r.request, "aws", "17")
			r.reports(first)
			r.goOn(t)
			if password, mark := r.secret(); first == "available" && (password != "" || mark != passwordWanted) {
				t.Fatalf("of what may stay the password is asked for: %q", mark)
			}
			r.reports("deleting")
			for range 2 {
				rsp := r.goOn(t)
				if c := composedAs(rsp); !strings.Contains(c.GetMessage(), "its cloud is deleting it") {
					t.Errorf("Composed is %s: %s", c.GetReason(), c.GetMessage())
				}
				policies := strings.Join(list(r.instance(), "spec", "managementPolicies"), ",")
				if !strings.Contains(policies, "Create") || strings.Contains(policies, "Update") || strings.Contains(policies, "Delete") {
					t.Errorf("its provider may do %s", policies)
				}
				if n := len(rsp.GetDesired().GetComposite().GetConnectionDetails()); n > 0 {
					t.Errorf("%d connection details are published of what is going", n)
				}
			}
			password, _ := r.secret()
			if password == "" || first == "deleting" && password != made {
				t.Fatalf("there is no password to make the next one with, or another one than was made")
			}
			object.Set(r.instance(), "2026-11-25T00:00:00Z", "metadata", "annotations", createSucceeded)
			r.reports("available")
			rsp := r.goOn(t)
			if after, mark := r.secret(); after != password || mark != "" {
				t.Errorf("the password that it was made with is another one, or marked %q", mark)
			}
			want, err := base64.StdEncoding.DecodeString(password)
			if err != nil {
				t.Fatal(err)
			}
			if got := string(rsp.GetDesired().GetComposite().GetConnectionDetails()["password"]); got != string(want) {
				t.Error("the password that it was made with is not published")
			}
			if c := rsp.GetConditions()[1]; first == "deleting" && c.GetReason() == "MadeAgain" {
				t.Errorf("what the claim never had was made again: %s", c.GetMessage())
			}
		})
	}
}

// TestFoundGone holds that a claim tells what is missing where what it found is gone, and its provider
// tries to make another one without a password.
func TestFoundGone(t *testing.T) {
	t.Parallel()
	for _, provider := range []string{"aws", "azure"} {
		r := newRemade(t, provider)
		seen(t, r.request, provider, "17")
		r.goOn(t)
		for _, a := range []string{"pending", "failed"} {
			object.Set(r.instance(), "2026-11-25T00:00:00Z", "metadata", "annotations", "crossplane.io/external-create-"+a)
		}
		failed := object.Map{"type": "LastAsyncOperation", "status": "False", "reason": "AsyncCreateFailure", "message": "a password is required"}
		object.Set(r.instance(), []any{failed}, "status", "conditions")
		rsp := r.goOn(t)
		c := composedAs(rsp)
		if want := "write it into the Secret payments-dev-infra/"; c.GetReason() != "PasswordUnknown" || !strings.Contains(c.GetMessage(), want) {
			t.Errorf("%s: Composed is %s: %s", provider, c.GetReason(), c.GetMessage())
		}
		if policies := strings.Join(list(r.instance(), "spec", "managementPolicies"), ","); policies != "" && !strings.Contains(policies, "Delete") {
			t.Errorf("%s: what the claim makes outlives it, by %s", provider, policies)
		}
		object.Set(r.request.GetObserved().GetResources()[keyPassword].GetResource(), "cGFzcw==", "data", passwordKey)
		object.Set(r.instance(), []any{}, "status", "conditions")
		if c := composedAs(r.goOn(t)); c.GetStatus() != fnv1.Status_STATUS_CONDITION_TRUE {
			t.Errorf("%s: with a password Composed is %s: %s", provider, c.GetReason(), c.GetMessage())
		}
	}
}

// TestFoundUser holds that no user is made on Cloud SQL before there is a password for it: the instance was
// found, its password is not known, and somebody may have dropped the user since. With a password it is made.
func TestFoundUser(t *testing.T) {
	t.Parallel()
	r := newRemade(t, "gcp")
	user := func() string {
		o := r.request.GetObserved().GetResources()[keyUser].GetResource()
		return strings.Join(list(o, "spec", "managementPolicies"), ",")
	}
	if got := user(); !strings.Contains(got, "Create") {
		t.Fatalf("the user of a new instance is made by %s", got)
	}
	seen(t, r.request, "gcp", "17")
	for range 2 {
		r.goOn(t)
		if password, _ := r.secret(); password != "" || user() != "Observe" {
			t.Errorf("the user is looked at alone: want Observe, got %s", user())
		}
	}
	object.Set(r.request.GetObserved().GetResources()[keyPassword].GetResource(), "cGFzcw==", "data", passwordKey)
	r.goOn(t)
	if got := user(); got != "" && !strings.Contains(got, "Create") {
		t.Errorf("with a password the user is made: got %s", got)
	}
}
