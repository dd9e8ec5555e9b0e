//go:build tofu

package tofu

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
)

// found is a server that somebody made before, to be taken over in the size that it has.
func (s serverCase) found() variables {
	crn := "crn:v1:bluemix:public:" + s.vars["service"].(string) + ":eu-de:a/0:1::"
	return variables{
		"name": "Legacy_DB", "location": "eu-de", "service": s.vars["service"], "crn": crn, "tags": []string{}, "deletion_protection": true,
	}
}

// TestServerObserve looks, and makes nothing.
func TestServerObserve(t *testing.T) {
	t.Parallel()
	for name, tc := range serverCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, tc.Observe())
			if r := w.apply(t, variables{"name": "Legacy_DB", "location": "eu-de", "service": tc.vars["service"]}); r.String() != (result{}).String() {
				t.Errorf("a look: want nothing, got %s", r)
			}
			got, secret := w.outputs(t)
			want := []any{tc.found()["crn"], "Legacy_DB", tc.vars["service"], "standard", tc.version, tc.members, "multitenant", 5120.0}
			if diff := cmp.Diff(want, []any{
				got["crn"], got["name"], got["service"], got["plan"], got["engine_version"], got["members"], got["host_flavor"], got["disk_mb"],
			}); diff != "" || len(secret) > 0 {
				t.Errorf("outputs, and %q secret ones: -want, +got:\n%s", secret, diff)
			}
		})
	}
}

// TestServerImport takes a server over as it is: its size, allowlist, endpoints and
// configuration, of which the provider reads nothing.
func TestServerImport(t *testing.T) {
	t.Parallel()
	for name, tc := range serverCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, v := newWorkspace(t, tc.Import()), tc.found()
			// Added are the service credential and two records of OpenTofu's own.
			if r := w.apply(t, v); r.String() != (result{add: 3, change: 1, imported: 1}).String() {
				t.Fatalf("taken over: %s", r)
			}
			quiet(t, w, v)
			state := w.state(t, atServer)
			if diff := cmp.Diff([]any{nil, nil, 1, "public", v["crn"]}, []any{
				state["adminpassword"], state["configuration"], len(state["allowlist"].([]any)), state["service_endpoints"], state["id"],
			}); diff != "" {
				t.Errorf("password, configuration, allowlist, endpoints, id: -want, +got:\n%s", diff)
			}
			out, _ := w.outputs(t)
			if diff := cmp.Diff([]any{"ibm_1", "key.private.databases.appdomain.cloud", 31001.0}, []any{out["username"], out["host"], out["port"]}); diff != "" {
				t.Errorf("the credential's user: -want, +got:\n%s", diff)
			}
			w.use(t, tc.Make(false))
			if r := w.plan(t, v.with(variables{"host_flavor": "multitenant", "memory_mb": 8192})); !r.says("must keep its module") {
				t.Errorf("the module that makes one: want a refusal, got %s", r)
			}
		})
	}
}

// TestCacheImportConfigured sends an adopted cache what its claim says, and no more.
func TestCacheImportConfigured(t *testing.T) {
	t.Parallel()
	v := serverCases["Cache"].found().with(variables{"eviction_policy": "noeviction"})
	w := live(t, modules.Cache.Import(), v)
	if diff := cmp.Diff(`{"maxmemory-policy":"noeviction"}`, w.state(t, atServer)["configuration"]); diff != "" {
		t.Errorf("configuration: -want, +got:\n%s", diff)
	}
}

// TestServerImportOfNone shows that taking over never makes a server.
func TestServerImportOfNone(t *testing.T) {
	t.Parallel()
	for name, tc := range serverCases {
		for reason, edit := range map[string]struct {
			edit variables
			want string
		}{
			"a CRN of no server":         {variables{"crn": strings.Replace(tc.found()["crn"].(string), "a/0:1", "a/0:gone", 1)}, "Cannot import non-existent"},
			"a CRN of another service":   {variables{"crn": crn}, "crn must be the CRN of a server instance"},
			"a server of another name":   {variables{"name": "other"}, "name is Legacy_DB and cannot become other"},
			"a server of another region": {variables{"location": "us-south"}, "location is eu-de and cannot become us-south"},
		} {
			t.Run(name+": "+reason, func(t *testing.T) {
				t.Parallel()
				w := newWorkspace(t, tc.Import())
				if r := w.apply(t, tc.found().with(edit.edit)); !r.says(edit.want) || w.state(t, atServer) != nil {
					t.Errorf("%s: want an error with %q and no server, got %s", reason, edit.want, r)
				}
			})
		}
	}
}

// TestServerStates shows that a state which another module began is left as it is.
func TestServerStates(t *testing.T) {
	t.Parallel()
	all := map[string]struct {
		module string
		vars   variables
	}{
		"database": {modules.Database(), classic}, "cache": {modules.Cache.Make(false), cacheVars}, "queue": {modules.Queue.Make(false), queueVars},
	}
	for began, then := range map[string]string{"database": "cache", "cache": "queue", "queue": "database"} {
		t.Run(began+", then "+then, func(t *testing.T) {
			t.Parallel()
			first, second := all[began], all[then]
			w := live(t, first.module, first.vars)
			before := string(w.tofu(t, "show", "-json"))
			w.use(t, second.module)
			if r := w.apply(t, second.vars); len(r.errors) == 0 {
				t.Errorf("want an error, got %s", r)
			}
			if diff := cmp.Diff(before, string(w.tofu(t, "show", "-json"))); diff != "" {
				t.Errorf("the state changed: -want, +got:\n%s", diff)
			}
		})
	}
}
