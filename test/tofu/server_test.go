//go:build tofu

package tofu

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
)

const atServer = "ibm_database.classic[0]"

// A serverCase is a service whose module differs from a database's.
type serverCase struct {
	modules.Server

	vars    variables // of one in prod
	version string
	members float64
	own     variables // outputs that only it has
}

var (
	cacheVars = variables{
		"name": "ibm-payments-prod-sessions", "location": "eu-de", "service": "databases-for-redis", "engine_version": "8.2",
		"host_flavor": "multitenant", "memory_mb": 8192, "disk_mb": 16384, "eviction_policy": "allkeys-lru", "persistence": true,
		"tags": []string{"project:payments", "env:prod"}, "deletion_protection": true,
	}
	queueVars = variables{
		"name": "ibm-payments-prod-orders", "location": "eu-de", "service": "messages-for-rabbitmq", "engine_version": "4.2",
		"host_flavor": "multitenant", "memory_mb": 8192, "disk_mb": 20480,
		"tags": []string{"project:payments", "env:prod"}, "deletion_protection": true,
	}
	serverCases = map[string]serverCase{
		"Cache": {
			modules.Cache, cacheVars, "8.2", 2,
			variables{"database": 0.0, "eviction_policy": "allkeys-lru", "persistence": true, "disk_mb": 16384.0},
		},
		"Queue": {modules.Queue, queueVars, "4.2", 3, variables{"management": "db.private.databases.appdomain.cloud:31000", "disk_mb": 20480.0}},
	}
)

// TestServerOutputs makes a server, and reads its outputs after a reconcile that does nothing.
func TestServerOutputs(t *testing.T) {
	t.Parallel()
	for name, tc := range serverCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, tc.Make(false))
			// Added are the server, its password, and two records of OpenTofu's own.
			if r := w.apply(t, tc.vars); r.String() != (result{add: 4}).String() {
				t.Fatalf("a new server: want 4 to add, got %s", r)
			}
			quiet(t, w, tc.vars)
			got, secret := w.outputs(t)
			if diff := cmp.Diff([]string{"password"}, secret); diff != "" {
				t.Errorf("secret outputs: -want, +got:\n%s", diff)
			}
			want := variables{
				"host": "db.private.databases.appdomain.cloud", "port": 31000.0, "username": "admin", "password": got["password"],
				"ca_crt": "-----BEGIN CERTIFICATE-----", "crn": "crn:v1:bluemix:public:" + tc.vars["service"].(string) + ":eu-de:a/0:1::",
				"name": tc.vars["name"], "location": "eu-de", "service": tc.vars["service"], "plan": "standard", "engine_version": tc.version,
				"resource_group_id": strings.Repeat("0", 32), "members": tc.members, "host_flavor": "multitenant", "memory_mb": 8192.0, "cpu_count": 0.0,
				"tags": []any{"env:prod", "project:payments"}, "deletion_protection": true,
			}.with(tc.own)
			if diff := cmp.Diff(want, variables(got)); diff != "" {
				t.Errorf("outputs: -want, +got:\n%s", diff)
			}
		})
	}
}

// TestServerPassword holds that no plan and no apply prints the password, which is kept in
// the state, and stays. What IBM Cloud says after a change is an output by the next apply.
func TestServerPassword(t *testing.T) {
	t.Parallel()
	for name, tc := range serverCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := live(t, tc.Make(false), tc.vars)
			out, _ := w.outputs(t)
			password := out["password"].(string)
			if len(password) != 32 || password != w.state(t, atServer)["adminpassword"] {
				t.Fatalf("want the admin's password of 32 characters, got %d", len(password))
			}
			b, err := json.Marshal(tc.vars.with(variables{"disk_mb": 40960}))
			if err != nil {
				t.Fatal(err)
			}
			write(t, w.dir+"/claim.tfvars.json", string(b))
			for _, args := range [][]string{{"plan"}, {"plan", "-json"}, {"apply", "-auto-approve"}, {"apply", "-auto-approve"}, {"output"}} {
				if args[0] != "output" {
					args = append(args, "-input=false", "-no-color", "-var-file=claim.tfvars.json")
				}
				if strings.Contains(string(w.tofu(t, args...)), password) {
					t.Errorf("tofu %s prints the password", args[0])
				}
			}
			again, _ := w.outputs(t)
			if diff := cmp.Diff([]any{password, 40960.0}, []any{again["password"], again["disk_mb"]}); diff != "" {
				t.Errorf("the password, and a larger disk: -want, +got:\n%s", diff)
			}
		})
	}
}

// TestServerEdits plays each edit of what is live: in place, or refused, and never something
// destroyed.
func TestServerEdits(t *testing.T) {
	for name, tc := range serverCases {
		edits(t, live(t, tc.Make(false), tc.vars), tc.vars, map[string]edit{
			name + "Nothing":   {"a quiet reconcile changes nothing", nil, 0, ""},
			name + "Bigger":    {"memory and disk grow in place", variables{"memory_mb": 16384, "disk_mb": 32768}, 1, ""},
			name + "Dedicated": {"another host is taken in place", variables{"host_flavor": "b3c.4x16.encrypted", "memory_mb": nil}, 1, ""},
			name + "DiskDown":  {"a disk never shrinks", variables{"disk_mb": 5120}, 0, "can not scale member group disk"},
			name + "MemoryLow": {"less memory than the service has", variables{"memory_mb": 2048}, 0, "member group memory must be >="},
			name + "Tags":      {"tags change in place", variables{"tags": []string{"project:payments"}}, 1, ""},
			name + "Unguarded": {"the protection is lifted in place", variables{"deletion_protection": false}, 1, ""},
			name + "Version": {
				"a version that the service would be restored for", variables{"engine_version": "9.0"}, 0, "engine_version is " + tc.version + " and cannot become 9.0",
			},
			name + "NoVersion": {"a version that nobody says", variables{"engine_version": nil}, 0, ""},
			name + "Service":   {"another service", variables{"service": "databases-for-postgresql"}, 0, "service must be"},
			name + "Plan":      {"the plan without an admin", variables{"plan": "standard-gen2"}, 0, "plan must be standard"},
			name + "Location":  {"another region", variables{"location": "us-south"}, 0, "location is eu-de and cannot become us-south"},
			name + "Name":      {"another name", variables{"name": "other"}, 0, "cannot become other"},
			name + "Group":     {"another resource group", variables{"resource_group_id": group}, 0, "cannot become " + group},
			name + "Key":       {"a key that comes later", variables{"key_protect_key": key}, 0, "key_protect_key is not set and cannot become " + key},
			name + "BackupKey": {"a key for backups that comes later", variables{"backup_encryption_key_crn": key}, 0, "backup_encryption_key_crn is not set"},
			name + "Gen2Host":  {"a host of the other plan", variables{"host_flavor": "bx3d.4x20", "memory_mb": nil}, 0, "is not offered on plan standard:"},
		})
	}
}

// TestServerMovedByIBM holds that a server which IBM Cloud moved to newer versions, time after
// time, is left alone by the version that it was made with, and by any that it had.
func TestServerMovedByIBM(t *testing.T) {
	t.Parallel()
	made := cacheVars.with(variables{"engine_version": "7.2"})
	w := live(t, modules.Cache.Make(false), made)
	for _, move := range [][2]string{{"7.2", "8.2"}, {"8.2", "8.10.1"}} {
		w.edit(t, `"version":"`+move[0]+`","version_upgrade`, `"version":"`+move[1]+`","version_upgrade`)
		w.apply(t, made) // reads the output
		for _, asked := range []string{"7.2", "8.2"} {
			quiet(t, w, cacheVars.with(variables{"engine_version": asked}))
		}
		if out, _ := w.outputs(t); out["engine_version"] != move[1] {
			t.Errorf("want the version that runs told, got %v", out["engine_version"])
		}
	}
	for _, newer := range []string{"8.11", "10.0"} {
		if r := w.plan(t, cacheVars.with(variables{"engine_version": newer})); !r.says("engine_version is 8.10.1 and cannot become " + newer) {
			t.Errorf("a newer version than runs: want a refusal, got %s", r)
		}
	}
}

// TestServerDestroy deletes nothing that is protected, also when the variable says otherwise
// but was never applied.
func TestServerDestroy(t *testing.T) {
	t.Parallel()
	for name, tc := range serverCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, open := live(t, tc.Make(false), tc.vars), tc.vars.with(variables{"deletion_protection": false})
			if r := w.destroy(t, open); !r.says("Deletion protection is enabled") || w.state(t, atServer) == nil {
				t.Fatalf("a protected server: want a refusal, got %s", r)
			}
			if r := w.apply(t, open); len(r.errors) > 0 {
				t.Fatalf("the protection is lifted: %s", r)
			}
			if r := w.destroy(t, open); len(r.errors) > 0 || w.state(t, atServer) != nil {
				t.Errorf("a server that may be deleted: want it deleted, got %s", r)
			}
		})
	}
}

// TestServerAllowlist plays the networks of a live server: they come, change, and stay where
// the module no longer has them.
func TestServerAllowlist(t *testing.T) {
	t.Parallel()
	for name, tc := range serverCases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := live(t, tc.Make(false), tc.vars)
			for _, step := range []struct {
				reason          string
				allows          bool
				networks        []string
				change, entries int
			}{
				{"networks are let in", true, []string{"10.0.0.0/16", "10.1.0.0/16"}, 1, 2},
				{"a network goes", true, []string{"10.0.0.0/16"}, 1, 1},
				{"a module without networks leaves them", false, nil, 0, 1},
			} {
				v := tc.vars
				if w.use(t, tc.Make(step.allows)); step.networks != nil {
					v = v.with(variables{"allowlist": step.networks})
				}
				r := w.apply(t, v)
				entries := len(w.state(t, atServer)["allowlist"].([]any))
				if r.String() != (result{change: step.change}).String() || entries != step.entries {
					t.Fatalf("%s: want %d changed and %d networks, got %s and %d", step.reason, step.change, step.entries, r, entries)
				}
			}
		})
	}
}
