package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestAdoptedConnection holds that an adopted database whose owner says its login publishes the keys
// of any database, and that no managed resource of it is another one by that: the login is never
// sent to its cloud, nor composed. On IBM Cloud the module makes a login, and no owner is asked.
func TestAdoptedConnection(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, provider, engine string, isNamespaced bool) {
		l := takenOverBy(t, provider, engine, isNamespaced, "app")
		before := l.run(t)
		l.writes(t, ownersLogin())
		rsp := l.run(t)
		if got := fatal(rsp); got != "" {
			t.Fatal(got)
		}
		mode := map[string]string{"postgres": "require", "mysql": "REQUIRED"}[engine]
		scheme := map[string]string{"postgres": "postgresql", "mysql": "mysql"}[engine]
		query := map[string]string{"postgres": "sslmode", "mysql": "ssl-mode"}[engine]
		port := map[string]string{
			"gcp/postgres": "5432", "gcp/mysql": "3306", "azure/postgres": "5432", "azure/mysql": "3306", "aws/postgres": "6432", "aws/mysql": "6306",
		}
		want := map[string]string{
			"host": "h", "port": port[provider+"/"+engine], "username": "boss", "password": "s3cret-of-theirs", "database": "orders", "sslmode": mode,
			"uri": scheme + "://boss:s3cret-of-theirs@h:" + port[provider+"/"+engine] + "/orders?" + query + "=" + mode,
		}
		switch provider {
		case "gcp":
			want["ca.crt"] = "CA"
		case "ibm":
			want = map[string]string{
				"host": "h", "port": "1", "username": "made", "password": "made-here", "database": "ibmclouddb", "sslmode": mode,
				"uri": scheme + "://made:made-here@h:1/ibmclouddb?" + query + "=" + mode,
			}
		}
		if diff := cmp.Diff(want, publishedBy(t, rsp)); diff != "" {
			t.Errorf("published: -want, +got:\n%s", diff)
		}
		if isUnready(rsp) {
			t.Errorf("it publishes its connection, and is not ready: %v", rsp.GetConditions())
		}
		for name, r := range rsp.GetDesired().GetResources() {
			switch {
			case name == keyConnection:
			case object.String(r.GetResource(), "kind") == "Secret":
				t.Errorf("the Secret %s is composed, and is the owner's", name)
			default:
				if diff := cmp.Diff(before.GetDesired().GetResources()[name].GetResource(), r.GetResource(), protocmp.Transform()); diff != "" {
					t.Errorf("%s: -without the owner's Secret, +with it:\n%s", name, diff)
				}
			}
		}
		if text := rsp.String(); provider != "ibm" {
			for _, c := range rsp.GetConditions() {
				if strings.Contains(c.GetMessage(), "s3cret-of-theirs") || strings.Contains(c.GetMessage(), "boss") {
					t.Errorf("%s tells the login: %s", c.GetType(), c.GetMessage())
				}
			}
			if strings.Contains(text, "ownerReferences") {
				t.Error("something is made somebody's")
			}
		}
	})
}

// TestAdoptedSecret holds that the claim of an adopted database which asks for a connection Secret is
// not ready before its owner has said the login, and says which Secret is awaited, with which keys,
// and that one which asks for none is ready as it was.
func TestAdoptedSecret(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, provider, engine string, isNamespaced bool) {
		for asked, want := range map[string]string{
			"": "", "app": "no connection is published: the Secret payments-prod-infra/old-password is not there; write the login of old there, with " +
				"the keys username, password and database, which are only read",
		} {
			l := takenOverBy(t, provider, engine, isNamespaced, asked)
			l.request.RequiredResources[keyPassword] = &fnv1.Resources{}
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			composed, provisioned := rsp.GetConditions()[0], rsp.GetConditions()[1]
			awaits := asked != "" && provider != "ibm"
			if isUnready(rsp) != awaits {
				t.Errorf("asks for %q: is not ready %t, want %t", asked, isUnready(rsp), awaits)
			}
			reason, message := "Available", ""
			if awaits {
				reason, message = "AwaitingPassword", want
			}
			if diff := cmp.Diff([]string{reason, message}, []string{provisioned.GetReason(), provisioned.GetMessage()}); diff != "" {
				t.Errorf("asks for %q: Provisioned: -want, +got:\n%s", asked, diff)
			}
			if composed.GetReason() != "Adopted" || strings.Contains(composed.GetMessage(), "connection") != awaits {
				t.Errorf("asks for %q: Composed is %s: %s", asked, composed.GetReason(), composed.GetMessage())
			}
			if got := publishedBy(t, rsp); provider != "ibm" && len(got) > 0 {
				t.Errorf("asks for %q: %v is published", asked, slices.Sorted(maps.Keys(got)))
			}
		}
	})
}

// TestAdoptedLater holds that what is published follows the owner's Secret, and stays as it is where
// that goes away: the XR is not ready then, and says so.
func TestAdoptedLater(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, provider, engine string, isNamespaced bool) {
		if provider == "ibm" {
			return // whose module has the login
		}
		l := takenOverBy(t, provider, engine, isNamespaced, "app")
		keep := func(rsp *fnv1.RunFunctionResponse) map[string]string {
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			if r := rsp.GetDesired().GetResources()[keyConnection]; r != nil {
				l.request.Observed.Resources[keyConnection] = &fnv1.Resource{Resource: proto.CloneOf(r.GetResource())}
			}
			l.request.Observed.Composite.ConnectionDetails = rsp.GetDesired().GetComposite().GetConnectionDetails()
			return publishedBy(t, rsp)
		}
		l.writes(t, ownersLogin())
		first := keep(l.run(t))
		changed := ownersLogin()
		changed["password"] = "rotated-by-its-owner"
		l.writes(t, changed)
		rsp := l.run(t)
		second := keep(rsp)
		if first["password"] != "s3cret-of-theirs" || second["password"] != "rotated-by-its-owner" || isUnready(rsp) {
			t.Errorf("the published password does not follow the owner's: %q, then %q", first["password"], second["password"])
		}
		for name, goes := range map[string]func(){
			"Gone":  func() { l.request.RequiredResources[keyPassword] = &fnv1.Resources{} },
			"Empty": func() { l.writes(t, nil) },
			"Unasked": func() { // as each reconcile begins, also after a restart
				delete(l.request.GetRequiredResources(), keyPassword)
				delete(l.request.GetRequiredResources(), "claim")
			},
			"Lost": func() { // the managed resource was deleted, and is only looked at until its provider has told of it
				l.request.RequiredResources[keyPassword] = &fnv1.Resources{}
				delete(l.request.GetObserved().GetResources(), keyInstance)
			},
		} {
			was := proto.CloneOf(l.request)
			goes()
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatal(name, got)
			}
			if name != "Lost" || isNamespaced { // Crossplane takes nothing out of the Secret of an XR that says nothing of it
				if diff := cmp.Diff(second, publishedBy(t, rsp)); diff != "" {
					t.Errorf("%s: what was published goes: -before, +after:\n%s", name, diff)
				}
			}
			if name != "Lost" && !isUnready(rsp) {
				t.Errorf("%s: the owner's Secret is not there, and the XR is ready", name)
			}
			says := rsp.GetConditions()[1].GetMessage()
			if name != "Lost" && !strings.HasPrefix(says, "the connection stays as it was published last: the Secret payments-prod-infra/old-password ") {
				t.Errorf("%s: a connection is published, and Provisioned says %s", name, says)
			}
			l.request = was
		}
	})
}
