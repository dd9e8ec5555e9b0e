package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// askedFor has the claim of an adopted cache ask for a connection Secret, or for none, in either scope.
func (l *live) askedFor(t *testing.T, isNamespaced bool, asked string) {
	t.Helper()
	ref := ""
	if asked != "" {
		ref = ", spec: {writeConnectionSecretToRef: {name: " + asked + "}}"
	}
	claim := fromYAML(t, "{apiVersion: platform.victor.onl/v1alpha1, kind: Resource, metadata: {uid: claim-1}"+ref+"}")
	l.request.RequiredResources["claim"] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: claim}}}
	xr := xrHead + l.spec + "  writeConnectionSecretToRef: {name: 1-2-3, namespace: crossplane-system}\n"
	if isNamespaced {
		delete(l.request.GetRequiredResources(), "claim")
		xr = namespaced(xrHead+l.spec, asked)
		if asked == "" {
			xr, _, _ = strings.Cut(xr, "  writeConnectionSecretToRef")
		}
		head, rest, _ := strings.Cut(xr, "  claimRef:")
		_, rest, _ = strings.Cut(rest, "\n")
		xr = head + rest
	}
	l.request.Observed.Composite.Resource = fromYAML(t, xr)
}

// TestCacheAdoptedLogin holds that the claim of an adopted cache which asks for a connection Secret
// is not ready without one, and says why, and that its owner says the token that no cloud tells.
func TestCacheAdoptedLogin(t *testing.T) {
	t.Parallel()
	const (
		gcp, azure = "{authEnabled: false}", "{defaultDatabase: {accessKeysAuthenticationEnabled: false}}"
		noSecret   = "no connection is published: the Secret payments-prod-infra/theirs-password "
		nobody     = ", and no Secret without a password is made; leave out spec.writeConnectionSecretToRef"
		writes     = "; write the login of theirs there, with the key password, which is only read"
	)
	cases := map[string]struct {
		reason, provider, otherwise, asked string
		secret                             map[string]string
		by                                 string // the type of the Secret
		awaits, uri                        string
	}{
		"Missing": {"AWS tells nobody the token.", "aws", "{}", "app", nil, "", noSecret + "is not there" + writes, ""},
		"Empty": {
			"A Secret without the token says nothing.", "aws", "{}", "app",
			map[string]string{"username": "u"},
			"",
			noSecret + "has nothing under its key password" + writes, "",
		},
		"Crossplane": {
			"What Crossplane has made is no owner's.", "aws", "{}", "app",
			map[string]string{"password": "a/b=c"},
			"connection.crossplane.io/v1alpha1",
			noSecret + "is made by Crossplane, and is no owner's" + writes, "",
		},
		"Token": {
			"A token opens the cache for everybody who knows it.", "aws", "{}", "app",
			map[string]string{"password": "a/b=c"},
			"Opaque",
			"", "rediss://:a%2Fb=c@master.theirs:6380/0",
		},
		"User": {
			"Of a user of its own both are needed.", "aws", "{}", "app",
			map[string]string{"password": "abc", "username": "me"},
			"Opaque",
			"", "rediss://me:abc@master.theirs:6380/0",
		},
		"OtherHost": {
			"A database of the same name that another claim adopts has the same Secret, and says where it is reached.", "aws", "{}", "app",
			map[string]string{"password": "of-a-database", "username": "me", "host": "db.theirs"},
			"Opaque",
			noSecret + "has another host under its key host than the endpoint in status.resource, so that its login is of another one" + writes, "",
		},
		"Database": {
			"A cache has one logical database here, whatever else the Secret says.", "aws", "{}", "app",
			map[string]string{"password": "abc", "database": "7"},
			"Opaque", "", "rediss://:abc@master.theirs:6380/0",
		},
		"Unasked": {"Who asks for no Secret waits for none.", "aws", "{}", "", nil, "", "", ""},
		"Open": {
			"A cache without a password is not said to be reached.", "gcp", gcp, "app", nil, "",
			"no connection is published: theirs asks its clients for no password" + nobody, "",
		},
		"OpenUnasked": {"Who asks for no Secret is ready without.", "gcp", gcp, "", nil, "", "", ""},
		"Entra": {
			"Nor is one that knows its clients by identity.", "azure", azure, "app", nil, "",
			"no connection is published: theirs lets its clients in by Entra ID, and has no password" + nobody, "",
		},
	}
	for name, tc := range cases {
		for scope, isNamespaced := range map[string]bool{"Claim": false, "Namespaced": true} {
			t.Run(name+"/"+scope, func(t *testing.T) {
				t.Parallel()
				l := adoptedCache(t, tc.provider, "Manage", tc.otherwise)
				l.askedFor(t, isNamespaced, tc.asked)
				l.request.RequiredResources[keyPassword] = &fnv1.Resources{}
				if tc.secret != nil {
					s := l.writes(t, tc.secret)
					object.Set(s, "theirs-password", "metadata", "name")
					object.Set(s, tc.by, "type")
				}
				for range 2 { // what the takeover composes is composed and observed
					for name, r := range l.run(t).GetDesired().GetResources() {
						o := made(r.GetResource())
						if was := l.request.GetObserved().GetResources()[name].GetResource(); was != nil {
							object.Set(o, object.Get(was, "status"), "status")
						}
						l.request.Observed.Resources[name] = &fnv1.Resource{
							Resource: o, ConnectionDetails: l.request.GetObserved().GetResources()[name].GetConnectionDetails(),
						}
					}
				}
				rsp := l.run(t)
				is := provisioned(t, rsp)
				if got := is.GetReason() == "AwaitingPassword"; got != (tc.awaits != "") || got && is.GetMessage() != tc.awaits {
					t.Errorf("\n%s\nProvisioned is %s: %s\nwant %q", tc.reason, is.GetReason(), is.GetMessage(), tc.awaits)
				}
				if isUnready(rsp) != (tc.awaits != "") {
					t.Errorf("\n%s\nit is not ready: %t", tc.reason, isUnready(rsp))
				}
				if diff := cmp.Diff(tc.uri, publishedBy(t, rsp)["uri"]); diff != "" {
					t.Errorf("\n%s\nuri: -want, +got:\n%s", tc.reason, diff)
				}
				for _, c := range rsp.GetConditions() {
					for _, value := range tc.secret {
						if len(value) > 2 && strings.Contains(c.GetMessage(), value) {
							t.Errorf("%s tells the login: %s", c.GetType(), c.GetMessage())
						}
					}
				}
				if _, composed := rsp.GetDesired().GetResources()[keyPassword]; composed {
					t.Error("the owner's Secret is composed")
				}
			})
		}
	}
}
