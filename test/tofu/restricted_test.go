//go:build tofu

package tofu

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
)

const (
	zone = "ibm_cbr_zone.clients"
	rule = "ibm_cbr_rule.clients"
)

var restricted = gen2.with(variables{"allowlist": []string{"10.2.0.0/16", "10.1.0.0/16"}})

// TestRestricted holds what a rule says of a new database of plan Gen2, and that it follows
// the networks in place.
func TestRestricted(t *testing.T) {
	t.Parallel()
	w := live(t, modules.DatabaseRestricted(), restricted)
	want := map[string]any{
		"mode": "enabled", "api": "crn:v1:bluemix:public:context-based-restrictions::::api-type:data-plane",
		"accountId": "0", "serviceName": "databases-for-postgresql", "serviceInstance": "1",
		"networkZoneId": w.state(t, zone)["id"], "endpointType": "private",
	}
	if diff := cmp.Diff(want, w.rule(t)); diff != "" {
		t.Errorf("the rule: -want, +got:\n%s", diff)
	}
	z := w.state(t, zone)
	if diff := cmp.Diff([]any{"0", "ibm-payments-prod-main-1"}, []any{z["account_id"], z["name"]}); diff != "" {
		t.Errorf("the zone's account and name: -want, +got:\n%s", diff)
	}
	ids := []any{z["id"], w.state(t, rule)["id"]}
	for _, step := range []struct {
		reason   string
		networks []string
		change   int
		want     []any
	}{
		{"A quiet reconcile changes nothing.", []string{"10.1.0.0/16", "10.2.0.0/16"}, 0, []any{"10.1.0.0/16", "10.2.0.0/16"}},
		{"Networks come and go in place.", []string{"10.3.0.0/16"}, 1, []any{"10.3.0.0/16"}},
		{"The order of the settings is no change.", []string{"10.4.0.0/16", "10.3.0.0/16"}, 1, []any{"10.3.0.0/16", "10.4.0.0/16"}},
	} {
		r := w.apply(t, gen2.with(variables{"allowlist": step.networks}))
		if len(r.errors) > 0 || r.add+r.remove+r.imported > 0 || r.change != step.change {
			t.Fatalf("%s: want %d changed, got %s", step.reason, step.change, r)
		}
		out, _ := w.outputs(t)
		if diff := cmp.Diff(step.want, out["allowlist"]); diff != "" {
			t.Errorf("%s: networks: -want, +got:\n%s", step.reason, diff)
		}
	}
	if diff := cmp.Diff(ids, []any{w.state(t, zone)["id"], w.state(t, rule)["id"]}); diff != "" {
		t.Errorf("zone and rule are others: -before, +after:\n%s", diff)
	}
}

// TestRestrictedEdits holds that a rule makes no other edit of a live database possible.
func TestRestrictedEdits(t *testing.T) {
	edits(t, live(t, modules.DatabaseRestricted(), restricted), restricted, map[string]edit{
		"Nothing":     {"a quiet reconcile changes nothing", nil, 0, ""},
		"Bigger":      {"size and disk change in place", variables{"host_flavor": "bx3d.8x40", "disk_mb": 40960, "members": 3}, 1, ""},
		"Unprotected": {"the protection is lifted, and with it that of the rule", variables{"deletion_protection": false}, 2, ""},
		"Plan":        {"the plan is chosen once", variables{"plan": "standard", "host_flavor": "b3c.4x16.encrypted"}, 0, "cannot become standard"},
		"Name":        {"a name never changes", variables{"name": "other"}, 0, "name is ibm-payments-prod-main and cannot become other"},
		"Nobody":      {"no networks would let nobody in", variables{"allowlist": []string{}}, 0, "allowlist must be 1 to 1000 IPv4 networks"},
		"Null":        {"what settings no longer say is for the function to keep", variables{"allowlist": nil}, 0, "allowlist"},
		"World":       {"a word is no network", variables{"allowlist": []string{"world"}}, 0, "allowlist must be 1 to 1000 IPv4 networks"},
		"Many":        {"a zone is full", variables{"allowlist": networks(1001)}, 0, "allowlist must be 1 to 1000 IPv4 networks"},
		"Full":        {"a zone takes a thousand", variables{"allowlist": networks(1000)}, 1, ""},
	})
}

// TestRestrictedLogin holds that nobody has a login before there is a rule: a rule that IBM
// Cloud refuses leaves a database without any.
func TestRestrictedLogin(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, strings.Replace(modules.DatabaseRestricted(), `"enabled"`, `"report"`, 1))
	if r := w.apply(t, restricted); !r.says("enforcement_mode") {
		t.Fatalf("want the rule refused, got %s", r)
	}
	if w.state(t, "ibm_resource_key.user[0]") != nil {
		t.Error("a login was made before the rule")
	}
	w.use(t, modules.DatabaseRestricted())
	if r := w.apply(t, restricted); len(r.errors) > 0 || w.state(t, "ibm_resource_key.user[0]") == nil {
		t.Errorf("want rule and login made by the next apply, got %s", r)
	}
}

// TestRestrictedGone holds that a rule which somebody deleted is made again.
func TestRestrictedGone(t *testing.T) {
	t.Parallel()
	w := live(t, modules.DatabaseRestricted(), restricted)
	w.env = append(w.env, "STANDIN_GONE=restriction")
	if r := w.plan(t, restricted); len(r.errors) > 0 || r.add != 1 || r.change+r.remove > 0 {
		t.Errorf("want one rule to add, got %s", r)
	}
}

// TestRestrictedDestroy holds that a protected database keeps its rule and its login where a
// destroy is refused, and that rule and zone go with a database that may go.
func TestRestrictedDestroy(t *testing.T) {
	t.Parallel()
	w := live(t, modules.DatabaseRestricted(), restricted)
	unprotected := restricted.with(variables{"deletion_protection": false})
	if r := w.destroy(t, unprotected); len(r.errors) != 1 || !r.says("Deletion protection is enabled") {
		t.Errorf("a protected database: want one refusal, got %s", r)
	}
	for _, address := range []string{"ibm_database.gen2[0]", "ibm_resource_key.user[0]", zone, rule} {
		if w.state(t, address) == nil {
			t.Errorf("a destroy that was refused took %s", address)
		}
	}
	// Added is a record of OpenTofu's own, which no other resource kept from being destroyed.
	if r := w.apply(t, unprotected); len(r.errors) > 0 || r.remove > 0 || r.change != 2 || r.add != 1 {
		t.Fatalf("the protection is lifted: want changes in place, got %s", r)
	}
	if r := w.destroy(t, unprotected); len(r.errors) > 0 {
		t.Errorf("a database that may be deleted: want it deleted, got %s", r)
	}
	left, err := os.ReadDir(w.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range left {
		if strings.HasPrefix(f.Name(), "standin.") {
			t.Errorf("left at the cloud: %s", f.Name())
		}
	}
}

// TestRestrictedRefused holds the module to what IBM Cloud and its provider refuse, and so
// shows that the stand-in refuses it.
func TestRestrictedRefused(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ reason, old, replacement, want string }{
		"Mode":     {"Cloud Databases have no report-only.", `"enabled"`, `"report"`, "is not allowed for Cloud Databases"},
		"API":      {"Cloud Databases have the data plane only.", "api-type:data-plane", "api-type:control-plane", "is not supported by Cloud Databases"},
		"Account":  {"A rule is of one account.", `"accountId"`, `"account"`, "resource attribute accountId is required"},
		"Service":  {"A rule is about one service.", `"serviceName"`, `"service"`, "resource attribute serviceName is required"},
		"Zone":     {"A rule lets in a zone that is there.", "      value = ibm_cbr_zone.clients.id", `      value = "none"`, "zone none is not there"},
		"Name":     {"A zone's name takes few characters.", `"${local.label}-${local.instance}"`, `"${local.label}.${local.instance}"`, `"name" should match`},
		"Long":     {"A zone's name has 128 characters at most.", `"${local.label}-${local.instance}"`, `format("%0129d", 1)`, `"name" should match`},
		"Address":  {"An address has one of five types.", `= "subnet"`, `= "network"`, "unexpected value for discriminator property 'type'"},
		"Subnet":   {"A subnet has a length.", "= addresses.value", `= "10.0.0.1"`, "is no subnet"},
		"Services": {"A zone for Cloud Databases refers to no service.", `= "subnet"`, `= "serviceRef"`, "refers to a service"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			broken := strings.Replace(modules.DatabaseRestricted(), tc.old, tc.replacement, 1)
			if broken == modules.DatabaseRestricted() {
				t.Fatalf("the module does not have %q", tc.old)
			}
			if r := newWorkspace(t, broken).apply(t, restricted); !r.says(tc.want) {
				t.Errorf("%s: want an error with %q, got %s", tc.reason, tc.want, r)
			}
		})
	}
}

// TestRestrictedClassic holds that a database of plan Classic, which has an allowlist of its
// own, is never made with a rule.
func TestRestrictedClassic(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, modules.DatabaseRestricted())
	if r := w.plan(t, classic.with(variables{"allowlist": []string{"10.0.0.0/16"}})); !r.says("plan standard has an allowlist of its own") {
		t.Errorf("want a refusal, got %s", r)
	}
}

// rule is what the rule of a workspace says, flat.
func (w *workspace) rule(t *testing.T) map[string]any {
	t.Helper()
	state := w.state(t, rule)
	said := map[string]any{"mode": state["enforcement_mode"]}
	for _, of := range []string{"resources", "contexts"} {
		for _, block := range state[of].([]any) {
			for _, a := range block.(map[string]any)["attributes"].([]any) {
				a := a.(map[string]any)
				said[a["name"].(string)] = a["value"]
			}
		}
	}
	operations := state["operations"].([]any)[0].(map[string]any)
	said["api"] = operations["api_types"].([]any)[0].(map[string]any)["api_type_id"]
	return said
}

// networks are so many.
func networks(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("10.%d.%d.0/24", i/256, i%256)
	}
	return out
}
