package multiclouddb

import (
	"fmt"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// namespaced is a claim's XR as a namespaced one, which names its connection Secret.
func namespaced(xr, secret string) string {
	return strings.NewReplacer(
		"XResource", "Resource", "metadata: {", "metadata: {uid: xr-1, namespace: payments-prod-infra, ", "cloudsql-main-x7k2p", "cloudsql-main",
	).Replace(strings.Replace(xr, "  writeConnectionSecretToRef: {name: files}\n", "", 1)) + fmt.Sprintf("  writeConnectionSecretToRef: {name: %q}\n", secret)
}

// TestConnectionNames holds that a name which no Secret can have is refused on each cloud, of
// each type, new and live, before anything is composed.
func TestConnectionNames(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		for what, xr := range claimsOf(provider) {
			for _, name := range []string{"My_Secret", "Orders DB", "a/b", "orders-", "-orders", "a..b", "orders.", "Orders"} {
				for _, req := range []*structpb.Struct{fromYAML(t, namespaced(xr, name))} {
					for _, l := range []*live{{request: request(t, xr, keyed(provider, "", ""), nil)}, settled(t, provider, xr, keyed(provider, "", ""))} {
						l.request.Observed.Composite.Resource = req
						rsp := l.run(t)
						want := "spec.writeConnectionSecretToRef.name: " + fmt.Sprintf(claim.SecretNameMistake, name)
						if got := fatal(rsp); got != want || rsp.GetConditions()[0].GetReason() != "InvalidClaim" {
							t.Errorf("%s %s: want %q, got %s: %q", provider, what, want, rsp.GetConditions()[0].GetReason(), got)
						}
					}
				}
			}
		}
	}
}

// TestConnectionTaken holds that the connection is written into no Secret that is made for
// the resource already: the password's, and those that providers write.
func TestConnectionTaken(t *testing.T) {
	t.Parallel()
	taken := 0
	for _, provider := range cloud.Providers {
		xr := claimsOf(provider)["Database"]
		first := desiredParts(t, request(t, namespaced(xr, "app"), keyed(provider, "", ""), nil))
		names := map[string]bool{}
		for _, r := range first {
			if name := object.String(r.GetResource(), "spec", "writeConnectionSecretToRef", "name"); name != "" {
				names[name] = true
			}
			if object.String(r.GetResource(), "kind") == "Secret" {
				names[object.String(r.GetResource(), "metadata", "name")] = true
			}
		}
		for name := range names {
			taken++
			want := fmt.Sprintf("spec.writeConnectionSecretToRef.name: %q is the name of a Secret that is made for the database already; choose another", name)
			if got := fatal(run(t, request(t, namespaced(xr, name), keyed(provider, "", ""), nil))); got != want {
				t.Errorf("%s: want %q, got %q", provider, want, got)
			}
		}
	}
	if taken < 5 {
		t.Errorf("%d names were tried", taken)
	}
}

// TestConnectionStays holds that a connection which is published keeps its Secret, that status
// shows it, and that a name which nothing was published under may change.
func TestConnectionStays(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		for what, xr := range claimsOf(provider) {
			l := settled(t, provider, namespaced(xr, "app"), keyed(provider, "", ""))
			known := serving(t, provider, "").request.GetObserved().GetResources()[keyInstance]
			l.request.Observed.Resources[keyInstance].ConnectionDetails = known.GetConnectionDetails()
			rsp := l.step(t)
			if got := object.String(rsp.GetDesired().GetComposite().GetResource(), "status", "resource", "connectionSecret"); fatal(rsp) != "" || got != "app" {
				t.Errorf("%s %s: status shows the Secret %q: %s", provider, what, got, fatal(rsp))
				continue
			}
			for _, edit := range []string{namespaced(xr, "other"), strings.Replace(namespaced(xr, "x"), "  writeConnectionSecretToRef: {name: \"x\"}\n", "", 1)} {
				req := proto.CloneOf(l.request)
				req.Observed.Composite.Resource = fromYAML(t, edit)
				rsp := run(t, req)
				if got := fatal(rsp); !strings.HasPrefix(got, "spec.writeConnectionSecretToRef.name: cannot change on a live claim") ||
					rsp.GetConditions()[0].GetReason() != "Refused" {
					t.Errorf("%s %s: a published connection goes elsewhere: %s: %q", provider, what, rsp.GetConditions()[0].GetReason(), got)
				}
			}
			delete(l.request.GetObserved().GetResources(), keyConnection)
			l.request.Observed.Composite.Resource = fromYAML(t, namespaced(xr, "other"))
			if got := fatal(l.run(t)); got != "" {
				t.Errorf("%s %s: a name that nothing was published under stays: %s", provider, what, got)
			}
		}
	}
}
