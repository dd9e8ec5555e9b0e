package multiclouddb

import (
	"encoding/base64"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

var instanceKinds = []string{"DatabaseInstance", "Instance", "FlexibleServer", "Workspace"}

// database is the one that the claim has in the cloud.
func (w *copyWorld) database() copied {
	for name, c := range w.things {
		kind, _, _ := strings.Cut(name, "/")
		if slices.Contains(instanceKinds, kind) {
			return *c
		}
	}
	return copied{}
}

// opens is the password that opens the database as the claim's login.
func (w *copyWorld) opens(rsp *fnv1.RunFunctionResponse) string {
	login := string(rsp.GetDesired().GetComposite().GetConnectionDetails()["username"])
	if user := w.things["User/"+login]; user != nil {
		return user.password
	}
	return w.database().password
}

// TestRestore plays a restore through on each cloud and engine: made, the provider restarted,
// the claim deleted and made again over what it left, the control plane rebuilt. Nothing is
// restored twice, no update is refused, and what is found has nothing that restores.
func TestRestore(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		for _, engine := range cloud.Engines {
			t.Run(provider+"/"+engine, func(t *testing.T) {
				t.Parallel()
				const from = `name: orders, pointInTime: "2026-11-26T09:30:00+01:00"`
				w := newCopyWorld(t, provider, engine, from)
				rsp := w.rounds()
				first := w.database()
				if first.restores != 1 || !strings.Contains(first.data, "2026-11-26T08:30:00Z") || !strings.Contains(first.data, sourceAt(provider, engine)) {
					t.Fatalf("it is made of %q, restored %d times", first.data, first.restores)
				}
				w.publishes(rsp)
				for _, happens := range []struct {
					reason string
					do     func()
				}{
					{"The provider starts again, and remembers nothing.", w.restart},
					{"The claim is deleted and made again: what it left is found.", func() { w.claim(engine, from) }},
					{"The plane is rebuilt from Git, and everything is observed anew.", func() { w.claim(engine, from) }},
					{"The provider starts again after that.", w.restart},
				} {
					happens.do()
					rsp = w.rounds()
					now := w.database()
					if diff := cmp.Diff([]any{first.data, 1, []string(nil)}, []any{now.data, now.restores, w.blocked}); diff != "" {
						t.Errorf("\n%s\ndata, restores, refused updates: -want, +got:\n%s", happens.reason, diff)
					}
				}
				o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
				if got := wantsCopy(o); got != "" {
					t.Errorf("what was found has what restores: %s", got)
				}
			})
		}
	}
}

// publishes checks that what the claim publishes opens the database.
func (w *copyWorld) publishes(rsp *fnv1.RunFunctionResponse) {
	w.t.Helper()
	details := rsp.GetDesired().GetComposite().GetConnectionDetails()
	password := base64.StdEncoding.EncodeToString(details["password"])
	if w.provider == "ibm" {
		return // whose state has it
	}
	if len(details["password"]) == 0 || password != w.opens(rsp) {
		w.t.Errorf("the published password %q of %q does not open the database, which takes %q", password, details["username"], w.opens(rsp))
	}
}

// sourceAt is how a cloud is told the source.
func sourceAt(provider, engine string) string {
	return map[string]string{
		"gcp": "gcp-payments-prod-orders", "aws": "aws-payments-prod-orders", "azure": serverOf(engine), "ibm": crnOf(engine),
	}[provider]
}

// TestRestorePolicies holds that what restores stands in a managed resource that may make and
// not change, and that the one which may change is asked for what was read back.
func TestRestorePolicies(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			w := newCopyWorld(t, provider, "postgres", "name: orders")
			for range 8 {
				rsp := run(t, proto.CloneOf(w.request))
				o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
				main := w.request.GetObserved().GetResources()[keyInstance].GetResource()
				policies := strings.Join(list(o, "spec", "managementPolicies"), ",")
				there := object.Get(main, "status", "atProvider") != nil
				updates := policies == "" || strings.Contains(policies, "Update") || policies == "*"
				if updates && !there {
					t.Errorf("an update is allowed before the provider has told: %s", policies)
				}
				if updates && askedOf(o).version != "16" {
					t.Errorf("version %q is asked for, and 16 is there", askedOf(o).version)
				}
				if policies == "Observe" && wantsCopy(o) != "" {
					t.Errorf("what only looks has what restores: %s", wantsCopy(o))
				}
				w.goOn(rsp)
			}
		})
	}
}

// TestRestoreKilled has the provider forget everything after each round. RDS and Cloud SQL
// still get the password; Azure's provider takes the Secret of now for what it has sent, which
// the claim says.
func TestRestoreKilled(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			w := newCopyWorld(t, provider, "postgres", "name: orders")
			w.kills = true
			rsp := w.rounds()
			if got := w.database().restores; got != 1 || len(w.blocked) > 0 {
				t.Errorf("restored %d times, refused: %v", got, w.blocked)
			}
			if provider != cloud.Azure {
				w.publishes(rsp)
				return
			}
			c := rsp.GetConditions()[0]
			if !strings.Contains(c.GetMessage(), "write another one into the Secret payments-prod-infra/azure-payments-prod-cloudsql-main-password") {
				t.Errorf("nothing tells that the password may be lost: %s: %s", c.GetReason(), c.GetMessage())
			}
			w.kills = false
			w.rounds() // the process remembers the Secret that it takes for sent
			w.request.GetObserved().GetResources()[keyPassword].GetResource().GetFields()["data"] = structpb.NewStructValue(fromYAML(t, "{password: YW5vdGhlcg==}"))
			w.publishes(w.rounds())
		})
	}
}

// TestRestoreLost holds that a database which somebody deletes at the cloud is made again of
// what it was made of at first, by the managed resource that made it.
func TestRestoreLost(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			w := newCopyWorld(t, provider, "postgres", `name: orders, pointInTime: "2026-11-26T08:30:00Z"`)
			w.rounds()
			first := w.database().data
			clear(w.things)
			w.rounds()
			if got := w.database().data; got != first {
				t.Errorf("it is made of %q, and not of %q again", got, first)
			}
		})
	}
}

// TestRestoreFirst holds that the first call of a claim, which has no answers, is not fatal on
// any cloud, and asks for settings and source: after a fatal result Crossplane looks for nothing.
func TestRestoreFirst(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		for _, from := range []string{"name: orders", "externalName: theirs", "name: orders, backup: theirs", "name: orders, env: dev"} {
			if provider == cloud.GCP || provider == cloud.Azure {
				from = strings.Replace(from, ", backup: theirs", "", 1)
			}
			w := newCopyWorld(t, provider, "postgres", from)
			for _, answered := range []string{"", "settings", "settings-env"} {
				req := proto.CloneOf(w.request)
				req.RequiredResources = map[string]*fnv1.Resources{}
				if answered != "" {
					req.RequiredResources[answered] = w.request.GetRequiredResources()[answered]
				}
				if answered == "settings" { // Crossplane answers all that was asked, or nothing
					req.RequiredResources["settings-env"] = w.request.GetRequiredResources()["settings-env"]
				}
				rsp, err := (&Function{}).RunFunction(t.Context(), req)
				if err != nil {
					t.Fatal(err)
				}
				if got := fatal(rsp); got != "" && answered == "" {
					t.Errorf("%s from %s, with nothing answered: %s", provider, from, got)
				}
				asks := rsp.GetRequirements().GetResources()
				if strings.HasPrefix(from, "name") && (asks["restore-source"] == nil || asks["restore-managed"] == nil || asks["settings-env"] == nil) {
					t.Errorf("%s from %s: it does not ask for its source: %v", provider, from, slices.Collect(maps.Keys(asks)))
				}
			}
		}
	}
}

// TestRestoreAsks holds how a source is asked for in both scopes: by the labels of its claim,
// and in its namespace by its name.
func TestRestoreAsks(t *testing.T) {
	t.Parallel()
	w := newCopyWorld(t, "gcp", "postgres", "name: orders, env: staging")
	asks := run(t, w.asking("[staging]").request).GetRequirements().GetResources()
	xr, main := asks["restore-source"], asks["restore-managed"]
	want := map[string]string{"crossplane.io/claim-name": "orders", "crossplane.io/claim-namespace": "payments-staging-infra"}
	if diff := cmp.Diff([]any{"XResource", "DatabaseInstance", want, want}, []any{
		xr.GetKind(), main.GetKind(), xr.GetMatchLabels().GetLabels(), main.GetMatchLabels().GetLabels(),
	}); diff != "" {
		t.Errorf("of a claim: -want, +got:\n%s", diff)
	}
	w.edit(func(text string) string {
		text = strings.Replace(text, "kind: XResource", "kind: Resource", 1)
		text = strings.Replace(text, "labels: {team", "namespace: payments-prod-infra, labels: {team", 1)
		head, rest, _ := strings.Cut(text, "  claimRef")
		_, spec, _ := strings.Cut(rest, "\n")
		return head + spec
	})
	asks = run(t, w.request).GetRequirements().GetResources()
	xr, main = asks["restore-source"], asks["restore-managed"]
	if diff := cmp.Diff([]any{
		"Resource", "orders", "payments-staging-infra", "sql.gcp.m.upbound.io/v1beta1", "payments-staging-infra",
		map[string]string{"crossplane.io/composite": "orders"},
	}, []any{
		xr.GetKind(), xr.GetMatchName(), xr.GetNamespace(), main.GetApiVersion(), main.GetNamespace(), main.GetMatchLabels().GetLabels(),
	}); diff != "" {
		t.Errorf("of a namespaced XR: -want, +got:\n%s", diff)
	}
}
