//go:build tofu

package tofu

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
)

const crn = "crn:v1:bluemix:public:databases-for-postgresql:eu-de:a/0:1::"

var adopted = classic.with(variables{"name": "Legacy_DB", "crn": crn})

// TestObserve looks, and makes nothing.
func TestObserve(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, modules.Observe())
	r := w.apply(t, variables{"name": "Legacy_DB", "location": "eu-de"})
	if diff := cmp.Diff(result{}, r, cmp.AllowUnexported(result{})); diff != "" {
		t.Errorf("a look: -want, +got:\n%s", diff)
	}
	got, secret := w.outputs(t)
	want := map[string]any{
		"crn": crn, "name": "Legacy_DB", "location": "eu-de", "service": "databases-for-postgresql", "plan": "standard", "engine_version": "17",
		"resource_group_id": strings.Repeat("0", 32), "members": 2.0, "host_flavor": "multitenant", "memory_mb": 8192.0, "cpu_count": 0.0,
		"disk_mb": 20480.0,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outputs: -want, +got:\n%s", diff)
	}
	if len(secret) > 0 {
		t.Errorf("want no secret outputs, got %q", secret)
	}
}

// TestImport takes a database over as it is.
func TestImport(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		module, address string
		vars            variables
	}{
		"Classic": {modules.ImportClassic(), "ibm_database.classic[0]", adopted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, tc.module)
			// Added are the service credential and two records of OpenTofu's own.
			r := w.apply(t, tc.vars)
			if diff := cmp.Diff(result{add: 3, change: 1, imported: 1}, r, cmp.AllowUnexported(result{})); diff != "" {
				t.Fatalf("taken over: -want, +got:\n%s", diff)
			}
			state := w.state(t, tc.address)
			if state["adminpassword"] != nil {
				t.Error("the admin's password was set")
			}
			if got := len(state["allowlist"].([]any)); name == "Classic" && got != 1 {
				t.Errorf("want the allowlist as it was, got %d entries", got)
			}
			if diff := cmp.Diff([]any{"public", true, tc.vars["crn"]}, []any{state["service_endpoints"], state["deletion_protection"], state["id"]}); diff != "" {
				t.Errorf("endpoints, protection, id: -want, +got:\n%s", diff)
			}
			user := w.state(t, "ibm_resource_key.user[0]")
			if diff := cmp.Diff(map[string]any{"service-endpoints": "public"}, user["parameters"]); diff != "" {
				t.Errorf("the credential's endpoint: -want, +got:\n%s", diff)
			}
			out, _ := w.outputs(t)
			if out["username"] != "ibm_1" || out["password"] == "" {
				t.Errorf("want the credential's user, got %v", out["username"])
			}
			if r := w.plan(t, tc.vars); r.String() != (result{}).String() {
				t.Errorf("a quiet reconcile: want nothing, got %s", r)
			}
			w.use(t, modules.Database())
			if r := w.plan(t, tc.vars); len(r.errors) != 1 || !strings.Contains(r.errors[0], "must keep its module") {
				t.Errorf("the module that makes one: want a refusal, got %s", r)
			}
			// Why to look at a database and to manage it have a state each.
			w.use(t, modules.Observe())
			if r := w.plan(t, tc.vars); r.remove == 0 {
				t.Errorf("the module that looks: want all that is in the state destroyed, got %s", r)
			}
		})
	}
}

// TestImportAsItIs takes a database over in the size that it has: no host, memory or disk is
// said, and none is changed.
func TestImportAsItIs(t *testing.T) {
	t.Parallel()
	w, same := newWorkspace(t, modules.ImportClassic()), adopted.with(variables{"host_flavor": nil, "memory_mb": nil, "disk_mb": nil})
	if r := w.apply(t, same); r.imported != 1 || len(r.errors) > 0 {
		t.Fatalf("want it taken over, got %s", r)
	}
	out, _ := w.outputs(t)
	if diff := cmp.Diff([]any{"multitenant", 8192.0, 0.0, 20480.0}, []any{out["host_flavor"], out["memory_mb"], out["cpu_count"], out["disk_mb"]}); diff != "" {
		t.Errorf("host, memory, CPUs and disk: -want, +got:\n%s", diff)
	}
	if r := w.plan(t, same); r.String() != (result{}).String() {
		t.Errorf("a quiet reconcile: want nothing, got %s", r)
	}
	if r := w.plan(t, same.with(variables{"host_flavor": "multitenant"})); len(r.errors) > 0 {
		t.Errorf("the host that it has, without its memory: want no error, got %s", r)
	}
	if r := w.plan(t, same.with(variables{"host_flavor": "b3c.8x32.encrypted", "disk_mb": 40960})); r.change != 1 {
		t.Errorf("another size, once that is asked for: want one change, got %s", r)
	}
}

// TestImportOfNone shows that taking over never makes a database.
func TestImportOfNone(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		reason string
		edit   variables
		want   string
	}{
		"Gone":     {"a CRN of no database", variables{"crn": strings.Replace(crn, "a/0:1", "a/0:gone", 1)}, "Cannot import non-existent remote object"},
		"Name":     {"a database of another name", variables{"name": "other"}, "name is Legacy_DB and cannot become other"},
		"Location": {"a database elsewhere", variables{"location": "us-south"}, "location is eu-de and cannot become us-south"},
		"Engine":   {"a database of another engine", variables{"service": "databases-for-mysql"}, "service is databases-for-postgresql"},
		"NoCRN":    {"no CRN", variables{"crn": nil}, "crn"},
		"Plan":     {"the module of the other plan", variables{"plan": "standard-gen2", "host_flavor": "bx3d.4x20", "memory_mb": nil}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, modules.ImportClassic())
			r := w.apply(t, adopted.with(tc.edit))
			if len(r.errors) == 0 || !strings.Contains(strings.Join(r.errors, "\n"), tc.want) {
				t.Errorf("%s: want an error with %q, got %s", tc.reason, tc.want, r)
			}
			for _, address := range []string{"ibm_database.classic[0]", "ibm_database.gen2[0]"} {
				if w.state(t, address) != nil {
					t.Errorf("%s: there is a %s", tc.reason, address)
				}
			}
		})
	}
}
