package multiclouddb

import (
	"encoding/base64"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// owned has a Secret be controlled by an object of a group.
func owned(t *testing.T, s *structpb.Struct, apiVersion, kind string) {
	t.Helper()
	refs := fromYAML(t, "{l: [{apiVersion: "+apiVersion+", kind: "+kind+", name: other, uid: u, controller: true}]}")
	object.Set(s, refs.GetFields()["l"], "metadata", "ownerReferences")
}

// TestAdoptedFaults holds that nothing is published of a Secret that is not what the owner is asked
// for, in whatever way, that its claim is told why without a value of it, and that the database is
// managed all the while as it was.
func TestAdoptedFaults(t *testing.T) {
	t.Parallel()
	const secret = "the Secret payments-prod-infra/old-password "
	with := func(key, value string) func(*testing.T, *live) {
		return func(t *testing.T, l *live) {
			t.Helper()
			data := ownersLogin()
			data[key] = value
			l.writes(t, data)
		}
	}
	changed := func(change func(*testing.T, *structpb.Struct)) func(*testing.T, *live) {
		return func(t *testing.T, l *live) {
			t.Helper()
			change(t, l.writes(t, ownersLogin()))
		}
	}
	for name, tc := range map[string]struct {
		reason string
		is     func(*testing.T, *live)
		says   string // "" where it is published
	}{
		"Absent": {"Nobody wrote it.", func(*testing.T, *live) {}, secret + "is not there"},
		"Unlooked": {"Crossplane has not looked.", func(_ *testing.T, l *live) {
			delete(l.request.GetRequiredResources(), keyPassword)
		}, secret + "was not looked for yet"},
		"Empty":     {"It has no data.", func(t *testing.T, l *live) { t.Helper(); l.writes(t, nil) }, secret + "has nothing under its key username"},
		"NoUser":    {"Whose password it is nobody can guess.", with("username", ""), secret + "has nothing under its key username"},
		"NoPass":    {"A login without a password.", with("password", ""), secret + "has nothing under its key password"},
		"NoName":    {"Which database there is nobody can guess.", with("database", ""), secret + "has nothing under its key database"},
		"LineEnd":   {"A line end comes from echo.", with("password", "s3cret-of-theirs\n"), secret + "has a value under its key password that has a line end"},
		"NUL":       {"A NUL ends a text of C.", with("password", "s3cret\x00theirs"), secret + "has a value under its key password that has a control character"},
		"NotUTF8":   {"Bytes that are no text.", with("password", "s3cret\xff\xfe"), secret + "has a value under its key password that is no UTF-8"},
		"Mark":      {"An editor writes a byte order mark.", with("username", "\ufeffboss"), secret + "has a value under its key username that has a character"},
		"UserLines": {"A user has one line.", with("username", "boss\nadmin"), secret + "has a value under its key username that has a line end"},
		"NameLines": {"The same of the database.", with("database", "orders\r"), secret + "has a value under its key database that has a line end"},
		"Large":     {"A megabyte is no password.", with("password", strings.Repeat("p", 1<<20)), secret + "has more than 1024 bytes"},
		"NoBase64": {"An API server stores none that is not.", changed(func(_ *testing.T, s *structpb.Struct) {
			object.Set(s, "%%%", "data", "password")
		}), secret + "has no base64 under its key password"},
		"Generated": {"The password that another claim has made is that claim's.", changed(func(t *testing.T, s *structpb.Struct) {
			t.Helper()
			owned(t, s, "platform.victor.onl/v1alpha1", "XResource")
		}), secret + "is made by Crossplane for XResource other, and is no owner's"},
		"Connection": {"What Crossplane has published of another claim is no owner's.", changed(func(_ *testing.T, s *structpb.Struct) {
			object.Set(s, "connection.crossplane.io/v1alpha1", "type")
		}), secret + "is made by Crossplane, and is no owner's"},
		"Elsewhere": {"No Secret of another namespace is read, whoever hands it in.", changed(func(_ *testing.T, s *structpb.Struct) {
			object.Set(s, "blog-prod-infra", "metadata", "namespace")
		}), secret + "is not there"},
		"Another": {"Nor one of another name.", changed(func(_ *testing.T, s *structpb.Struct) {
			object.Set(s, "admin-password", "metadata", "name")
		}), secret + "is not there"},
		"OtherHost": {
			"The Secret is that of another database of the same name, in another region or cloud.", with("host", "elsewhere.example.org"),
			secret + "has another host under its key host than the endpoint in status.resource",
		},
		"HostLines": {"A host has one line.", with("host", "h\nh2"), secret + "has a value under its key host that has a line end"},
		"Host":      {"The host is the database's own, and names are no longer or shorter by their case.", with("host", "H"), ""},
		"External": {"An ExternalSecret or a SealedSecret may keep it.", changed(func(t *testing.T, s *structpb.Struct) {
			t.Helper()
			owned(t, s, "external-secrets.io/v1", "ExternalSecret")
		}), ""},
		"Signs": {"What a URI has signs for is a password as well.", with("password", `p@ss:/?#[]%"' <>&`), ""},
	} {
		for scope, isNamespaced := range map[string]bool{"Claim": false, "Namespaced": true} {
			t.Run(name+"/"+scope, func(t *testing.T) {
				t.Parallel()
				l := takenOverBy(t, "gcp", "postgres", isNamespaced, "app")
				before := l.run(t)
				tc.is(t, l)
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatalf("\n%s\nit is fatal: %s", tc.reason, got)
				}
				for name, r := range before.GetDesired().GetResources() {
					if diff := cmp.Diff(r.GetResource(), rsp.GetDesired().GetResources()[name].GetResource(), protocmp.Transform()); diff != "" {
						t.Errorf("\n%s\n%s is composed otherwise: -before, +after:\n%s", tc.reason, name, diff)
					}
				}
				composed, provisioned := rsp.GetConditions()[0], rsp.GetConditions()[1]
				is, got := publishedBy(t, rsp), slices.Sorted(maps.Keys(publishedBy(t, rsp)))
				switch {
				case tc.says == "" && (isUnready(rsp) || len(got) == 0 || is["password"] == ""):
					t.Errorf("\n%s\nit publishes %v, and says %s", tc.reason, got, provisioned)
				case tc.says != "" && (!isUnready(rsp) || len(got) > 0):
					t.Errorf("\n%s\nit publishes %v, and is not ready: %t", tc.reason, got, isUnready(rsp))
				case tc.says != "" && !strings.HasPrefix(provisioned.GetMessage(), "no connection is published: "+tc.says):
					t.Errorf("\n%s\nProvisioned says %s: %s", tc.reason, provisioned.GetReason(), provisioned.GetMessage())
				case tc.says != "" && !strings.Contains(composed.GetMessage(), tc.says):
					t.Errorf("\n%s\nComposed says %s", tc.reason, composed.GetMessage())
				}
				for _, c := range rsp.GetConditions() {
					if strings.Contains(c.GetMessage(), "s3cret") || len(c.GetMessage()) > 1000 {
						t.Errorf("\n%s\n%s tells of the password: %s", tc.reason, c.GetType(), c.GetMessage())
					}
				}
			})
		}
	}
}

// TestAdoptedNames holds that a claim which asks for its connection in the owner's Secret, or in
// somebody else's, gets none, that nothing is written over, and that this is no fatal result: the
// database is managed as it was.
func TestAdoptedNames(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		reason, asked, there string
		isNamespaced         bool
		says                 string
	}{
		"Own": {
			"The owner's Secret would be written over, as far as Crossplane lets itself.", "old-password", "", false,
			`spec.writeConnectionSecretToRef.name: "old-password" is the name of the Secret that has the login of old; choose another`,
		},
		"OwnNamespaced": {
			"A namespaced XR would compose it.", "old-password", "", true,
			`spec.writeConnectionSecretToRef.name: "old-password" is the name of the Secret that has the login of old; choose another`,
		},
		"Taken": {
			"A Secret of somebody else is there already.", "app", "app", true,
			`spec.writeConnectionSecretToRef.name: the Secret "app" is there already, and belongs to nobody here; choose another name, or delete it`,
		},
		"OwnTaken": {
			"Both at once.", "old-password", "old-password", true,
			`spec.writeConnectionSecretToRef.name: the Secret "old-password" is there already, and belongs to nobody here; choose another name, or delete it`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := takenOverBy(t, "aws", "mysql", tc.isNamespaced, tc.asked)
			l.writes(t, ownersLogin())
			if tc.there != "" {
				s := fromYAML(t, "{apiVersion: v1, kind: Secret, metadata: {name: "+tc.there+", namespace: payments-prod-infra}}")
				l.request.RequiredResources[keyConnection] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: s}}}
			}
			rsp := l.run(t)
			if got := fatal(rsp); got != "" || rsp.GetDesired().GetResources()[keyInstance] == nil {
				t.Fatalf("\n%s\nit is fatal: %q", tc.reason, got)
			}
			if got := publishedBy(t, rsp); len(got) > 0 || !isUnready(rsp) {
				t.Errorf("\n%s\n%d keys are published, and it is not ready: %t", tc.reason, len(got), isUnready(rsp))
			}
			if diff := cmp.Diff("no connection is published: "+tc.says, rsp.GetConditions()[1].GetMessage()); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestAdoptedAsks holds which Secret an adopted database asks Crossplane for: by the name of what is
// adopted, in the claim's own namespace, whatever the claim says, and the same in each call. One
// that is only looked at asks for none.
func TestAdoptedAsks(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ reason, external, want string }{
		"Plain":    {"The name in the cloud, as of every password's Secret.", "old", "old-password"},
		"Capitals": {"RDS's own id has capitals, which no Secret may have.", "db-ABC", "db-abc-c66383cc-password"},
		"Slashes":  {"A path is no way into another namespace.", "../kube-system/root", "kube-system-root-1b106651-password"},
	} {
		for scope, isNamespaced := range map[string]bool{"Claim": false, "Namespaced": true} {
			l := takenOverBy(t, "aws", "postgres", isNamespaced, "app")
			object.Set(l.xr(), tc.external, "spec", "externalName")
			object.Set(l.instance(), tc.external, "metadata", "annotations", requested+"external-name")
			asks := func() string {
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				s := rsp.GetRequirements().GetResources()[keyPassword]
				if s != nil && (s.GetKind() != "Secret" || s.GetNamespace() != "payments-prod-infra") {
					t.Errorf("%s: %s: it asks for %v", scope, tc.reason, s)
				}
				return s.GetMatchName()
			}
			if got := asks(); got != tc.want {
				t.Errorf("%s: %s: it asks for %q, want %q", scope, tc.reason, got, tc.want)
			}
			first := l.run(t).GetRequirements()
			l.request.RequiredResources = map[string]*fnv1.Resources{"settings-env": l.request.GetRequiredResources()["settings-env"]}
			if diff := cmp.Diff(first, l.run(t).GetRequirements(), protocmp.Transform()); diff != "" {
				t.Errorf("%s: before it is answered it asks for something else, which costs a call: -then, +before:\n%s", name, diff)
			}
			object.Set(l.xr(), "Observe", "spec", "adopt")
			delete(object.Struct(l.instance(), "metadata", "annotations").GetFields(), requested+"adopt")
			object.Set(l.instance(), []any{"Observe"}, "spec", "managementPolicies")
			l.writes(t, ownersLogin())
			if got := asks(); got != "" || len(publishedBy(t, l.run(t))) > 0 {
				t.Errorf("%s: what is only looked at asks for %q", scope, got)
			}
			if says := l.run(t).GetConditions()[0].GetMessage(); !strings.Contains(says, "what is only looked at publishes no connection") {
				t.Errorf("%s: the claim is not told that nothing is published: %s", scope, says)
			}
		}
	}
}

// TestAdoptedSaysItself holds that the logical database is the claim's, where the claim says one and
// the owner does not, and the owner's where both do: the claim's cannot change any more.
func TestAdoptedSaysItself(t *testing.T) {
	t.Parallel()
	for owners, want := range map[string]string{"": "shop", "orders": "orders"} {
		l := takenOverBy(t, "azure", "mysql", true, "app")
		object.Set(l.xr(), "shop", "spec", "database", "name")
		object.Set(l.instance(), "shop", "metadata", "annotations", requested+"database")
		data := ownersLogin()
		if data["database"] = owners; owners == "" {
			delete(data, "database")
		}
		l.writes(t, data)
		rsp := l.run(t)
		if got := publishedBy(t, rsp)["database"]; got != want || isUnready(rsp) {
			t.Errorf("the owner says %q: the database is %q, want %q: %v", owners, got, want, rsp.GetConditions())
		}
	}
}

// TestAdoptedErrors holds that a provider which repeats the owner's password is not repeated.
func TestAdoptedErrors(t *testing.T) {
	t.Parallel()
	l := takenOverBy(t, "gcp", "postgres", false, "app")
	l.writes(t, ownersLogin())
	for _, form := range []string{"s3cret-of-theirs", base64.StdEncoding.EncodeToString([]byte("s3cret-of-theirs"))} {
		req := proto.CloneOf(l.request)
		object.Set(req.GetObserved().GetResources()[keyInstance].GetResource(),
			fromYAML(t, `{l: [{type: Synced, status: "False", message: "login with `+form+` refused"}]}`).GetFields()["l"], "status", "conditions")
		rsp := run(t, req)
		c := rsp.GetConditions()[1]
		if c.GetReason() != "ProviderError" || strings.Contains(c.GetMessage(), form) {
			t.Errorf("Provisioned is %s: %s", c.GetReason(), c.GetMessage())
		}
	}
}
