package multiclouddb

import (
	"maps"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// publish runs the function, and has what it publishes and shows be observed from then on.
func (l *live) publish(t *testing.T) map[string]string {
	t.Helper()
	rsp := l.run(t)
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	if r := rsp.GetDesired().GetResources()[keyConnection]; r != nil {
		l.request.Observed.Resources[keyConnection] = &fnv1.Resource{Resource: proto.CloneOf(r.GetResource())}
	}
	l.request.Observed.Composite.ConnectionDetails = rsp.GetDesired().GetComposite().GetConnectionDetails()
	object.Set(l.xr(), object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status"), "status")
	return publishedBy(t, rsp)
}

// TestConnectionGap holds that a report which lacks one thing for once, or a provider's Secret that
// somebody deleted, changes nothing of what apps read: not the port, and not the CA by which they know the server.
func TestConnectionGap(t *testing.T) {
	t.Parallel()
	there := []string{"status", "atProvider"}
	cases := map[string]struct {
		reason, provider string
		lose             func(*live)
		goes             string // of what is published
	}{
		"CA": {
			"The provider writes its Secret again at its next look, minutes later.", "gcp",
			func(l *live) { l.request.Observed.Resources[keyInstance].ConnectionDetails = nil }, "",
		},
		"CAElsewhere": {
			"Another host may have another CA.", "gcp", func(l *live) {
				l.request.Observed.Resources[keyInstance].ConnectionDetails = nil
				object.Set(l.instance(), "other", append(there, "privateIpAddress")...)
			}, "ca.crt",
		},
		"Port": {
			"RDS has this one at a port of its own.", "aws", func(l *live) { delete(object.Struct(l.instance(), there...).GetFields(), "port") }, "",
		},
	}
	for name, tc := range cases {
		for scope, isNamespaced := range map[string]bool{"Claim": false, "Namespaced": true} {
			t.Run(name+"/"+scope, func(t *testing.T) {
				t.Parallel()
				l := takenOverBy(t, tc.provider, "postgres", isNamespaced, "app")
				l.writes(t, ownersLogin())
				want := maps.Clone(l.publish(t))
				if len(want) == 0 {
					t.Fatal("nothing is published")
				}
				tc.lose(l)
				got := l.publish(t)
				if tc.goes != "" {
					if _, is := got[tc.goes]; is || got["password"] != want["password"] {
						t.Errorf("\n%s\npublished: %v", tc.reason, got)
					}
					return
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("\n%s\npublished: -before, +after:\n%s", tc.reason, diff)
				}
			})
		}
	}
}
