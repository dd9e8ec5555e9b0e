package modules

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/zclconf/go-cty/cty"

	"github.com/victor-onl/crossplane-resources/test/moduletest"
)

var servers = map[string]Server{"databases-for-redis": Cache, "messages-for-rabbitmq": Queue}

// each are the modules of a server by what they do.
func each(s Server) map[string]string {
	return map[string]string{"make": s.Make(false), "make and allow": s.Make(true), "import": s.Import(), "observe": s.Observe()}
}

// TestServers holds the modules of caches and queues against the providers' schemas.
func TestServers(t *testing.T) {
	for service, s := range servers {
		for name, module := range each(s) {
			known := map[string]cty.Value{"service": cty.StringVal(service), "plan": cty.StringVal("standard")}
			if diff := cmp.Diff([]string(nil), moduletest.Problems(t, module, known)); diff != "" {
				t.Errorf("%s of %s: -want, +got problems:\n%s", name, service, diff)
			}
		}
	}
}

// ignored are the arguments that a module ignores changes of, in ibm_database.classic.
func ignored(module string) []string {
	_, block, _ := strings.Cut(module, `resource "ibm_database" "classic"`)
	_, block, _ = strings.Cut(block, "ignore_changes = [")
	block, _, _ = strings.Cut(block, "]")
	names := strings.FieldsFunc(block, func(r rune) bool { return strings.ContainsRune(", \n", r) })
	slices.Sort(names)
	return names
}

// TestServersIgnore holds that each argument by which a server would be replaced, upgraded,
// opened or emptied is ignored, unless its module follows it.
func TestServersIgnore(t *testing.T) {
	base := []string{
		"adminpassword", "backup_encryption_key_crn", "backup_id", "key_protect_instance", "key_protect_key", "location", "logical_replication_slot",
		"name", "plan", "point_in_time_recovery_deployment_id", "point_in_time_recovery_time", "remote_leader_id", "resource_group_id", "service",
		"service_endpoints", "users", "version",
	}
	for service, s := range servers {
		for name, module := range each(s) {
			want := slices.Clone(base)
			if name != "make and allow" {
				want = append(want, "allowlist")
			}
			if service == "messages-for-rabbitmq" {
				want = append(want, "configuration")
			}
			if slices.Sort(want); name == "observe" {
				want = []string{}
			}
			if diff := cmp.Diff(want, ignored(module)); diff != "" {
				t.Errorf("%s of %s: -want, +got ignored:\n%s", name, service, diff)
			}
			if strings.Contains(module, "delete_undefined_queues") {
				t.Errorf("%s of %s: queues that nobody declared are deleted", name, service)
			}
			if strings.Contains(module, "atabase instance") {
				t.Errorf("%s of %s: it is called a database", name, service)
			}
		}
	}
}

// TestEdited holds that an edit which does not fit its file leaves no module half made.
func TestEdited(t *testing.T) {
	for reason, file := range map[string]string{"a text that is not there": "b", "a text that stands twice": "a a"} {
		t.Run(reason, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: want a panic", reason)
				}
			}()
			edited(file, edit{"a", "c"})
		})
	}
	if got := edited("a b", edit{"a", "c"}); got != "c b" {
		t.Errorf("want c b, got %s", got)
	}
}

func TestServerVariables(t *testing.T) {
	null, text, tags := moduletest.Null, cty.StringVal, moduletest.List
	for service, s := range servers {
		rows := map[string]moduletest.Variable{
			"service": {
				Reason:  "its own service only",
				Takes:   []cty.Value{text(service)},
				Refuses: []cty.Value{null, text("databases-for-postgresql"), text("databases-for-valkey"), text("")},
			},
			"plan": {
				Reason:  "the plan with an admin password",
				Takes:   []cty.Value{text("standard")},
				Refuses: []cty.Value{null, text("standard-gen2"), text("")},
			},
			"allowlist": {Reason: "IPv4 networks", Takes: []cty.Value{tags()}, Refuses: []cty.Value{tags("world")}},
		}
		if service == "databases-for-redis" {
			rows["eviction_policy"] = moduletest.Variable{
				Reason:  "a policy of Redis that a claim may say, or as it is",
				Takes:   []cty.Value{null, text("allkeys-lru"), text("allkeys-lfu"), text("volatile-lru"), text("volatile-ttl"), text("noeviction")},
				Refuses: []cty.Value{text(""), text("AllKeysLRU"), text("allkeys-lru, noeviction")},
			}
			rows["persistence"] = moduletest.Variable{
				Reason: "on, off, or as it is", Takes: []cty.Value{null, cty.True, cty.False}, Refuses: []cty.Value{text("yes")},
			}
			rows["disk_grown"] = moduletest.Variable{Reason: "yes or no", Takes: []cty.Value{cty.True, cty.False}, Refuses: []cty.Value{null}}
		}
		moduletest.Variables(t, s.Make(true), sharedRows(), rows)
		rows["crn"] = moduletest.Variable{
			Reason:  "the CRN of a server of its own service",
			Takes:   []cty.Value{text("crn:v1:bluemix:public:" + service + ":eu-de:a/0:1::")},
			Refuses: []cty.Value{null, text("crn:v1:bluemix:public:databases-for-mysql:eu-de:a/0:1::"), text("main")},
		}
		delete(rows, "allowlist")
		moduletest.Variables(t, s.Import(), sharedRows(), rows)
	}
}
