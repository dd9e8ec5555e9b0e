//go:build tofu

package tofu

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
)

const (
	key   = "crn:v1:bluemix:public:kms:eu-de:a/0:1:key:2"
	group = "0123456789abcdef0123456789abcdef"
)

var classic = variables{
	"name": "ibm-payments-prod-main", "location": "eu-de", "service": "databases-for-postgresql", "plan": "standard",
	"engine_version": "17", "host_flavor": "multitenant", "memory_mb": 8192, "disk_mb": 20480,
	"tags": []string{"project:payments", "env:prod"}, "deletion_protection": true,
}

var gen2 = classic.with(variables{"plan": "standard-gen2", "host_flavor": "bx3d.4x20", "memory_mb": nil, "resource_group_id": group, "key_protect_key": key})

func TestClassicEdits(t *testing.T) {
	edits(t, live(t, modules.Database(), classic), classic, map[string]edit{
		"Nothing":     {"a quiet reconcile changes nothing, the password neither", nil, 0, ""},
		"Bigger":      {"size and disk change in place", variables{"host_flavor": "b3c.8x32.encrypted", "memory_mb": nil, "disk_mb": 40960}, 1, ""},
		"Version":     {"Classic upgrades in place", variables{"engine_version": "18"}, 1, ""},
		"Tags":        {"tags change in place", variables{"tags": []string{"project:payments"}}, 1, ""},
		"Unprotected": {"the protection is lifted in place", variables{"deletion_protection": false}, 1, ""},
		"AsItIs":      {"a disk that the cloud grew is left alone", variables{"disk_mb": nil, "engine_version": nil}, 1, ""},
		"Plan": {
			"the plan is chosen once",
			variables{"plan": "standard-gen2", "host_flavor": "bx3d.4x20", "memory_mb": nil},
			0,
			"plan is standard and cannot become standard-gen2",
		},
		"Service": {
			"the engine stays",
			variables{"service": "databases-for-mysql"},
			0,
			"service is databases-for-postgresql and cannot become databases-for-mysql",
		},
		"Location": {"the database stays in its region", variables{"location": "us-south"}, 0, "location is eu-de and cannot become us-south"},
		"Name":     {"a name never changes", variables{"name": "other"}, 0, "name is ibm-payments-prod-main and cannot become other"},
		"Group": {
			"the resource group stays",
			variables{"resource_group_id": group},
			0,
			"resource_group_id is 00000000000000000000000000000000 and cannot become " + group,
		},
		"SameGroup": {"the group that it is in may be said later", variables{"resource_group_id": strings.Repeat("0", 32)}, 0, ""},
		"Key":       {"a key cannot be added later", variables{"key_protect_key": key}, 0, "key_protect_key is not set and cannot become " + key},
		"BackupKey": {"nor one for the backups", variables{"backup_encryption_key_crn": key}, 0, "backup_encryption_key_crn is not set and cannot become"},
		"Gen2Host": {
			"a host size of the other plan",
			variables{"host_flavor": "bx3d.4x20", "memory_mb": nil},
			0,
			"host_flavor bx3d.4x20 is not offered on plan standard:",
		},
		"NoHost":        {"a new database has a host that somebody chose", variables{"host_flavor": nil, "memory_mb": nil}, 0, "host_flavor is required"},
		"MemoryMissing": {"a shared host without memory", variables{"memory_mb": nil}, 0, "memory_mb is required with host_flavor multitenant"},
		"CPUOfDedicated": {
			"CPUs of a dedicated host", variables{"host_flavor": "b3c.4x16.encrypted", "memory_mb": nil, "cpu_count": 4}, 0, "cpu_count must be null",
		},
	})
}

func TestGen2Edits(t *testing.T) {
	edits(t, live(t, modules.Database(), gen2), gen2, map[string]edit{
		"Nothing":   {"the version in full is no change", nil, 0, ""},
		"Bigger":    {"size and disk change in place", variables{"host_flavor": "bx3d.8x40", "disk_mb": 40960, "members": 3}, 1, ""},
		"Version":   {"Gen2 has no upgrade in place", variables{"engine_version": "18"}, 0, "engine_version is 17.5 and cannot become 18"},
		"NoVersion": {"settings that no longer say a version change nothing", variables{"engine_version": nil}, 0, ""},
		"NoGroup":   {"nor those that no longer say a group or key", variables{"resource_group_id": nil, "key_protect_key": nil}, 0, ""},
		"Key":       {"another key", variables{"key_protect_key": key + "3"}, 0, "key_protect_key is " + key + " and cannot become " + key + "3"},
		"Plan": {
			"the plan is chosen once",
			variables{"plan": "standard", "host_flavor": "b3c.4x16.encrypted"},
			0,
			"plan is standard-gen2 and cannot become standard",
		},
		"ClassicHost": {
			"a host size of the other plan",
			variables{"host_flavor": "b3c.4x16.encrypted"},
			0,
			"host_flavor b3c.4x16.encrypted is not offered on plan standard-gen2",
		},
		"BackupKey":    {"Gen2 has no key for backups", variables{"backup_encryption_key_crn": key}, 0, "must be null on plan standard-gen2"},
		"MultiTenant":  {"Gen2 has no shared hosts", variables{"host_flavor": "multitenant", "memory_mb": 8192}, 0, "host_flavor multitenant is not offered"},
		"MemoryOfHost": {"a dedicated host brings its own memory", variables{"memory_mb": 8192}, 0, "must be null with a dedicated host"},
	})
}

// TestDestroy deletes nothing that is protected, also when the variable says
// otherwise but was never applied.
func TestDestroy(t *testing.T) {
	t.Parallel()
	w := live(t, modules.Database(), classic)
	unprotected := classic.with(variables{"deletion_protection": false})
	w.plan(t, unprotected)
	if out, _ := w.outputs(t); out["deletion_protection"] != true {
		t.Error("it is told to be unprotected before that was applied")
	}
	if r := w.destroy(t, unprotected); len(r.errors) != 1 || !strings.Contains(r.errors[0], "Deletion protection is enabled") {
		t.Errorf("a protected database: want one refusal, got %s", r)
	}
	if w.state(t, "ibm_database.classic[0]") == nil {
		t.Fatal("a protected database is gone")
	}
	if r := w.apply(t, unprotected); len(r.errors) > 0 || r.change != 1 {
		t.Errorf("the protection is lifted: want one change, got %s", r)
	}
	if out, _ := w.outputs(t); out["deletion_protection"] != false {
		t.Error("it is still told to be protected")
	}
	if r := w.destroy(t, unprotected); len(r.errors) > 0 {
		t.Errorf("a database that may be deleted: want it deleted, got %s", r)
	}
}

func TestOutputs(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		reason string
		vars   variables
		want   map[string]any
	}{
		"Classic": {"the admin, at the private endpoint", classic, map[string]any{
			"host": "db.private.databases.appdomain.cloud", "port": 31000.0, "username": "admin", "plan": "standard", "engine_version": "17",
			// Two members have 40960 MB together.
			"disk_mb": 20480.0,
		}},
		"MySQL": {"the other engine's connection", classic.with(variables{"service": "databases-for-mysql", "engine_version": "8.4"}), map[string]any{
			"host": "db.private.databases.appdomain.cloud", "port": 31000.0, "username": "admin", "plan": "standard", "engine_version": "8.4",
			"service": "databases-for-mysql", "disk_mb": 20480.0,
		}},
		"Gen2": {"the credential's user", gen2, map[string]any{
			"host": "key.private.databases.appdomain.cloud", "port": 31001.0, "username": "ibm_1", "plan": "standard-gen2", "engine_version": "17.5",
			"resource_group_id": group, "disk_mb": 40960.0,
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := live(t, modules.Database(), tc.vars)
			// The provider plans again, and applies what the cloud says meanwhile.
			if r := w.apply(t, tc.vars); r.String() != (result{}).String() {
				t.Fatalf("a quiet reconcile: want nothing, got %s", r)
			}
			got, secret := w.outputs(t)
			if diff := cmp.Diff([]string{"password"}, secret); diff != "" {
				t.Errorf("secret outputs: -want, +got:\n%s", diff)
			}
			password, _ := got["password"].(string)
			if len(password) < 15 {
				t.Errorf("%s: want a password, got %d characters", tc.reason, len(password))
			}
			want := variables{
				"name": "ibm-payments-prod-main", "location": "eu-de", "service": "databases-for-postgresql", "members": 2.0, "database": "ibmclouddb",
				"resource_group_id": strings.Repeat("0", 32), "crn": "crn:v1:bluemix:public:databases-for-postgresql:eu-de:a/0:1::",
				"ca_crt": "-----BEGIN CERTIFICATE-----", "password": password,
				"host_flavor": "multitenant", "tags": []any{"env:prod", "project:payments"}, "deletion_protection": true,
				"memory_mb": 8192.0, "cpu_count": 0.0,
			}.with(tc.want)
			if diff := cmp.Diff(want, variables(got)); diff != "" {
				t.Errorf("%s: -want, +got:\n%s", tc.reason, diff)
			}
			if r := w.apply(t, tc.vars.with(variables{"disk_mb": 40960})); len(r.errors) > 0 || r.change != 1 {
				t.Fatalf("a bigger disk: want one change, got %s", r)
			}
			if again, _ := w.outputs(t); again["password"] != password {
				t.Errorf("%s: the password changed with the disk", tc.reason)
			}
		})
	}
}
