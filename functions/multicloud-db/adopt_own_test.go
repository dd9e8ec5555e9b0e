package multiclouddb

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestOwnIsNotAdopted holds that a claim which has made its resource cannot come to adopt it, by its
// own name, whatever it says of adopt: what was composed beside it, such as a database's parameters
// and the Secret of its password, is of a made one, and nobody would compose it any more. The XRDs
// refuse that by the status, which a restored XR may lack.
func TestOwnIsNotAdopted(t *testing.T) {
	t.Parallel()
	for _, provider := range []string{"gcp", "aws", "azure", "ibm"} {
		for noun, own := range map[string]*live{
			"database": alive(t, provider), "bucket": aliveBucket(t, provider, settingsBucket), "cache": aliveCache(t, provider, settingsCache),
			"queue": aliveQueue(t, provider, settingsQueue),
		} {
			for _, adopt := range []string{"", "Observe", "Manage"} {
				l := &live{request: proto.CloneOf(own.request)}
				name := object.String(l.instance(), "metadata", "annotations", requested+"external-name")
				if name == "" {
					t.Fatalf("%s %s: there is no record of the name", provider, noun)
				}
				object.Set(l.xr(), name, "spec", "externalName")
				if adopt != "" {
					object.Set(l.xr(), adopt, "spec", "adopt")
				}
				l.request.RequiredResources["settings-project"] = &fnv1.Resources{Items: []*fnv1.Resource{{
					Resource: fromYAML(t, `{metadata: {name: p}, data: {policy: {adopt: manage, adoptNames: ["*"]}}}`),
				}}}
				if got := fatal(l.run(t)); !strings.Contains(got, "is to be adopted by a claim that has made a "+noun+" of its own; take the field out") {
					t.Errorf("%s %s: adopt: %q is not refused, or for something else: %q", provider, noun, adopt, got)
				}
			}
		}
	}
}

// TestAdoptedLostKeeps holds that the parts beside a database that was taken over stay as they were
// while its managed resource is lost and only looked for: a lock on Azure that is no longer desired
// would be deleted, and leave the database without.
func TestAdoptedLostKeeps(t *testing.T) {
	t.Parallel()
	for _, isNamespaced := range []bool{true, false} {
		l := takenOverBy(t, "azure", "postgres", isNamespaced, "app")
		setSettings(t, l, strings.Replace(settingsAdopt, "\ndata: {", "\ndata: {policy: {deletionProtection: true}, ", 1))
		l.step(t)
		lock := l.request.GetObserved().GetResources()[keyLock].GetResource()
		if lock == nil {
			t.Fatalf("it has no lock: %v", l.run(t).GetConditions())
		}
		before := l.run(t)
		want := before.GetDesired().GetResources()[keyLock].GetResource()
		delete(l.request.GetObserved().GetResources(), keyInstance)
		never := &live{request: proto.CloneOf(l.request)}
		if never.run(t).GetDesired().GetResources()[keyLock] != nil {
			t.Error("what a creation that came to nothing has left stays for good")
		}
		for call := range 3 { // the status of a call is all that the next one knows of it
			object.Set(l.xr(), object.Struct(before.GetDesired().GetComposite().GetResource(), "status"), "status")
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			got := rsp.GetDesired().GetResources()[keyLock].GetResource()
			if diff := cmp.Diff(object.Struct(want, "spec"), object.Struct(got, "spec"), protocmp.Transform()); diff != "" {
				t.Errorf("namespaced %t: call %d: the lock is not as it was: -before, +while it is lost:\n%s", isNamespaced, call, diff)
			}
			before = rsp
		}
	}
}

// TestAdoptedURI holds that the URI says the same login and the same database as the keys beside it,
// whatever signs an owner's have.
func TestAdoptedURI(t *testing.T) {
	t.Parallel()
	for _, engine := range []string{"postgres", "mysql"} {
		l := takenOverBy(t, "gcp", engine, true, "app")
		for _, value := range []string{
			"plain", "a:b", "a@b", "a/b", "/a", "//a", "/", "a//b", "..", "a%2Fb", "100%", "%00", "a+b", "a b", " ", "ä€𝄞", "a?b#c", "a;b&c=d,e$f", "*",
			`a\b`, "\"'<>[]{}|^`", "!()*'~-_.",
		} {
			l.writes(t, map[string]string{"username": value, "password": value, "database": value})
			uri := publishedBy(t, l.run(t))["uri"]
			u, err := url.Parse(uri)
			if err != nil {
				t.Errorf("%s: of %q the URI cannot be read: %v", engine, value, err)
				continue
			}
			password, _ := u.User.Password()
			got := []string{u.User.Username(), password, strings.TrimPrefix(u.Path, "/"), u.Hostname()}
			if diff := cmp.Diff([]string{value, value, value, "h"}, got); diff != "" {
				t.Errorf("%s: of %q the URI is %s: -want, +got:\n%s", engine, value, uri, diff)
			}
		}
	}
}

// TestAdoptedDeliversItsOwn holds that what is pushed to the store stays the connection that was
// composed, also where that Secret was deleted and the claim names another one meanwhile, of somebody
// else: of an adopted database that is no fatal result, which would have left the delivery alone.
func TestAdoptedDeliversItsOwn(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ reason, asked string }{
		"Another": {"A Secret of somebody else of the namespace.", "others"},
		"Owners":  {"The Secret of the login itself.", "old-password"},
	} {
		l := takenOverBy(t, "aws", "postgres", true, "app")
		setSettings(t, l, strings.Replace(settingsAdopt, "\ndata: {", "\ndata: {delivery: {store: vault}, ", 1))
		able(t, l, true)
		l.writes(t, ownersLogin())
		l.step(t)
		pushes := func() string {
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			return object.String(rsp.GetDesired().GetResources()[lifecycle.DeliveryPart].GetResource(), "spec", "selector", "secret", "name")
		}
		if got := pushes(); got != "app" {
			t.Fatalf("%s: it pushes %q", name, got)
		}
		l.step(t)
		delete(l.request.GetObserved().GetResources(), keyConnection)
		object.Set(l.xr(), tc.asked, "spec", "writeConnectionSecretToRef", "name")
		theirs := fromYAML(t, "{apiVersion: v1, kind: Secret, metadata: {name: "+tc.asked+", namespace: payments-prod-infra}}")
		l.request.RequiredResources[keyConnection] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: theirs}}}
		if got := pushes(); got != "app" {
			t.Errorf("\n%s\nit pushes the Secret %q", tc.reason, got)
		}
	}
}
