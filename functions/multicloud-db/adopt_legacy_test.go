package multiclouddb

import (
	"encoding/base64"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestAdoptedByLegacy holds that Crossplane 1.20, which looks for nothing in a namespace, is asked
// for the owner's Secret by a label that has its namespace, and publishes it; without it the claim is
// ready as before, since nobody can tell whether it asks for a connection, and says what is missing.
func TestAdoptedByLegacy(t *testing.T) {
	t.Parallel()
	for _, provider := range []string{"gcp", "aws", "azure"} {
		l := takenOverBy(t, provider, "postgres", false, "app")
		delete(l.request.GetRequiredResources(), "claim")
		l.request.RequiredResources[keyPassword] = &fnv1.Resources{}
		rsp := run(t, legacy(proto.CloneOf(l.request)))
		s := rsp.GetRequirements().GetExtraResources()[keyPassword] //nolint:staticcheck // Crossplane 1.20 knows no other.
		label := map[string]string{"platform.victor.onl/password-of": "payments-prod-infra.old-password"}
		if diff := cmp.Diff(label, s.GetMatchLabels().GetLabels()); diff != "" || len(rsp.GetRequirements().GetResources()) > 0 {
			t.Errorf("%s: it is asked for %v: -want, +got:\n%s", provider, rsp.GetRequirements(), diff)
		}
		says := "no connection is published: the Secret payments-prod-infra/old-password is not there; write the login of old there, with the keys username, " +
			"password and database, and the label platform.victor.onl/password-of: payments-prod-infra.old-password, which are only read"
		if got := rsp.GetConditions()[0].GetMessage(); isUnready(rsp) || !strings.HasSuffix(got, says) {
			t.Errorf("%s: without the Secret it is not ready %t, and says %s", provider, isUnready(rsp), got)
		}
		mine := l.writes(t, ownersLogin())
		theirs := proto.CloneOf(mine)
		object.Set(theirs, "blog-prod-infra", "metadata", "namespace")
		object.Set(theirs, base64.StdEncoding.EncodeToString([]byte("of-another")), "data", "password")
		l.request.RequiredResources[keyPassword].Items = []*fnv1.Resource{{Resource: theirs}, {Resource: mine}}
		rsp = run(t, legacy(proto.CloneOf(l.request)))
		if got := publishedBy(t, rsp)["password"]; got != "s3cret-of-theirs" || isUnready(rsp) {
			t.Errorf("%s: it publishes the password %q, of %v", provider, got, rsp.GetConditions())
		}
		l.request.RequiredResources[keyPassword].Items = []*fnv1.Resource{{Resource: theirs}}
		if got := publishedBy(t, run(t, legacy(proto.CloneOf(l.request)))); len(got) > 0 {
			t.Errorf("%s: the Secret of another namespace is published", provider)
		}
		data := ownersLogin()
		data["host"] = "elsewhere.example.org"
		l.writes(t, data)
		rsp = run(t, legacy(proto.CloneOf(l.request)))
		says = "has another host under its key host than the endpoint in status.resource"
		if got := rsp.GetConditions()[0].GetMessage(); len(publishedBy(t, rsp)) > 0 || isUnready(rsp) || !strings.Contains(got, says) {
			t.Errorf("%s: the login of another host is published, or it is not ready, and says %s", provider, got)
		}
	}
}

// TestAdoptedAsksVersion holds that an XR whose settings came by the pipeline, which does not tell
// Crossplane's version, asks for it: 1.20 finds the owner's Secret by its label only.
func TestAdoptedAsksVersion(t *testing.T) {
	t.Parallel()
	l := takenOverBy(t, "gcp", "mysql", false, "app")
	l.request.Context = fromYAML(t, "{apiextensions.crossplane.io/environment: {policy: {adopt: manage, adoptNames: [old]}}}")
	l.request.RequiredResources = nil
	if got := l.run(t).GetRequirements().GetExtraResources()["crossplane-version"]; got == nil { //nolint:staticcheck // As Crossplane 1.20 is asked.
		t.Errorf("it does not ask for Crossplane's version: %v", l.run(t).GetRequirements())
	}
	l.request.ExtraResources = map[string]*fnv1.Resources{"crossplane-version": {}} //nolint:staticcheck // As Crossplane 1.20 answers.
	s := l.run(t).GetRequirements().GetExtraResources()[keyPassword]                //nolint:staticcheck // As Crossplane 1.20 is asked.
	if s.GetMatchLabels() == nil {
		t.Errorf("Crossplane 1.20 is asked for %v", l.run(t).GetRequirements())
	}
}

// TestAdoptedDelivery holds that the connection of an adopted database is pushed to the platform's
// store once it is published, and that what is asked for is the same before and after the claim is
// known, also to ask for no connection: what is asked for later costs a call.
func TestAdoptedDelivery(t *testing.T) {
	t.Parallel()
	for _, asked := range []string{"app", ""} {
		l := takenOverBy(t, "azure", "postgres", false, asked)
		setSettings(t, l, strings.Replace(settingsAdopt, "\ndata: {", "\ndata: {delivery: {store: vault}, ", 1))
		able(t, l, true)
		if asked != "" {
			asks(t, l, asked, "claim-1")
		}
		l.request.RequiredResources[keyPassword] = &fnv1.Resources{}
		without := l.run(t)
		l.writes(t, ownersLogin())
		with := l.run(t)
		if without.GetDesired().GetResources()[lifecycle.DeliveryPart] != nil {
			t.Errorf("asks for %q: what is not published is pushed", asked)
		}
		if got := with.GetDesired().GetResources()[lifecycle.DeliveryPart] != nil; got != (asked != "") {
			t.Errorf("asks for %q: it is pushed %t: %s", asked, got, delivered(with))
		}
		l.request.RequiredResources = map[string]*fnv1.Resources{
			"settings": l.request.GetRequiredResources()["settings"], "settings-env": l.request.GetRequiredResources()["settings-env"],
		}
		before, after := l.run(t).GetRequirements().GetResources(), with.GetRequirements().GetResources()
		delete(after, "published") // which the claim alone names
		if diff := cmp.Diff(slices.Sorted(maps.Keys(after)), slices.Sorted(maps.Keys(before))); diff != "" {
			t.Errorf("-after the claim is known, +before:\n%s", diff)
		}
	}
}
