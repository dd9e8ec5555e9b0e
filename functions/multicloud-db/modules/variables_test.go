package modules

import (
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"

	"github.com/victor-onl/crossplane-resources/test/moduletest"
)

func TestAllowlist(t *testing.T) {
	null, text, networks := moduletest.Null, cty.StringVal, moduletest.List
	moduletest.Variables(t, allowVariables, map[string]moduletest.Variable{
		"allowlist": {
			Reason:  "IPv4 networks, or none",
			Takes:   []cty.Value{networks(), networks("10.0.0.0/16", "192.168.1.1/32")},
			Refuses: []cty.Value{null, text("10.0.0.0/16"), networks("10.0.0.1"), networks("fd00::/8"), networks("world")},
		},
	})
}

func TestRestore(t *testing.T) {
	null, text, number := moduletest.Null, cty.StringVal, cty.NumberIntVal(5)
	const crn = "crn:v1:bluemix:public:databases-for-mysql:eu-de:a/0:1:"
	moduletest.Variables(t, restoreVariables, map[string]moduletest.Variable{
		"restore_from": {
			Reason: "a database's CRN, or none", Takes: []cty.Value{null, text(crn + ":")}, Refuses: []cty.Value{text(""), text(crn + "backup:2"), text(key)},
		},
		"restore_time": {
			Reason:  "a time in UTC, or the latest",
			Takes:   []cty.Value{text(""), text("2026-11-26T09:30:00Z")},
			Refuses: []cty.Value{null, number, text("2026-11-26T09:30:00+01:00"), text("2026-11-26")},
		},
		"restore_backup": {
			Reason: "a backup's CRN, or none", Takes: []cty.Value{null, text(crn + "backup:2")}, Refuses: []cty.Value{text(""), text(crn + ":"), text(key)},
		},
	})
}

// TestRestoring holds that what restores counts at creation alone.
func TestRestoring(t *testing.T) {
	for name, module := range map[string]string{"plain": Database(), "allowing": DatabaseAllowing(), "restricted": DatabaseRestricted()} {
		got := Restoring(module)
		if n := strings.Count(got, "= var.restore_") - strings.Count(got, "condition     = var.restore_"); n != 4 {
			t.Errorf("%s: %d arguments restore, and not 3 of plan standard and 1 of the other", name, n)
		}
		for _, argument := range []string{"backup_id", "point_in_time_recovery_deployment_id", "point_in_time_recovery_time"} {
			ignored := strings.Count(got[strings.LastIndex(got, "ignore_changes"):], argument) + strings.Count(module, argument)
			if ignored == 0 {
				t.Errorf("%s: a change of %s is not ignored", name, argument)
			}
		}
		if Restoring(got) != "" {
			t.Errorf("%s: a module restores twice", name)
		}
	}
}

const key = "crn:v1:bluemix:public:kms:eu-de:a/0:1:key:2"

func TestVariables(t *testing.T) {
	null, text := moduletest.Null, cty.StringVal
	moduletest.Variables(t, ImportClassic(), sharedRows(), map[string]moduletest.Variable{
		"service": {
			Reason:  "the two engines",
			Takes:   []cty.Value{text("databases-for-postgresql"), text("databases-for-mysql")},
			Refuses: []cty.Value{null, text("databases-for-redis"), text("postgres")},
		},
		"plan": {
			Reason:  "the two plans",
			Takes:   []cty.Value{text("standard"), text("standard-gen2")},
			Refuses: []cty.Value{null, text("enterprise"), text("")},
		},
		"crn": {
			Reason:  "a database's CRN",
			Takes:   []cty.Value{text("crn:v1:bluemix:public:databases-for-mysql:eu-de:a/0:1::")},
			Refuses: []cty.Value{null, text(""), text("Legacy_DB"), text(key)},
		},
	})
}

// sharedRows are the variables that databases, caches and queues share.
func sharedRows() map[string]moduletest.Variable {
	null, text, tags := moduletest.Null, cty.StringVal, moduletest.List
	return map[string]moduletest.Variable{
		"name": {
			Reason:  "a name as IBM Cloud takes it, also one that its console or somebody else chose",
			Takes:   []cty.Value{text("ibm-payments-prod-main"), text("Legacy_DB.1"), text("Databases for PostgreSQL-76"), text("a:b"), text("Zürich")},
			Refuses: []cty.Value{null, text(""), text("a/b"), text("a\nb"), text("a\tb"), text("a\"b"), text(strings.Repeat("a", 181))},
		},
		"location": {
			Reason:  "a region",
			Takes:   []cty.Value{text("eu-de"), text("us-south"), text("oslo01")},
			Refuses: []cty.Value{null, text(""), text("eu-de\"}"), text("EU-DE"), text("eu_de")},
		},
		"resource_group_id": {
			Reason:  "an ID, or the default group",
			Takes:   []cty.Value{null, text(strings.Repeat("0a", 16))},
			Refuses: []cty.Value{text(""), text("default")},
		},
		"engine_version": {
			Reason:  "a major version, or IBM's choice",
			Takes:   []cty.Value{null, text("17"), text("8.4"), cty.NumberIntVal(17)},
			Refuses: []cty.Value{text(""), text("17.5.1"), text("latest")},
		},
		"members": {
			Reason:  "two at least, or IBM's number",
			Takes:   []cty.Value{null, cty.NumberIntVal(2), cty.NumberIntVal(3)},
			Refuses: []cty.Value{cty.NumberIntVal(1), cty.NumberFloatVal(2.5), text("two")},
		},
		"host_flavor": {
			Reason:  "a host size, or the one that is there",
			Takes:   []cty.Value{null, text("multitenant"), text("b3c.4x16.encrypted"), text("bx3d.4x20"), text("bxf.4x16")},
			Refuses: []cty.Value{text(""), text("large"), text("b3c.4x16.plain")},
		},
		"memory_mb": {
			Reason:  "whole MB, or the host's own",
			Takes:   []cty.Value{null, cty.NumberIntVal(4096)},
			Refuses: []cty.Value{cty.NumberIntVal(512), cty.NumberFloatVal(4096.5)},
		},
		"cpu_count": {
			Reason:  "whole CPUs, or a share",
			Takes:   []cty.Value{null, cty.Zero, cty.NumberIntVal(3)},
			Refuses: []cty.Value{cty.NumberIntVal(-1), cty.NumberFloatVal(0.5)},
		},
		"disk_mb": {
			Reason:  "whole GB, which Gen2 counts in",
			Takes:   []cty.Value{null, cty.NumberIntVal(5120), cty.NumberIntVal(20480)},
			Refuses: []cty.Value{cty.NumberIntVal(4096), cty.NumberIntVal(20000)},
		},
		"key_protect_key": {
			Reason:  "a key's CRN, or IBM's key",
			Takes:   []cty.Value{null, text(key)},
			Refuses: []cty.Value{text(""), text("my-key"), text("crn:v1:bluemix:public:kms:eu-de:a/0:1::")},
		},
		"backup_encryption_key_crn": {
			Reason:  "a key's CRN, or IBM's key",
			Takes:   []cty.Value{null, text(key)},
			Refuses: []cty.Value{text(""), text("my-key")},
		},
		"tags": {
			Reason:  "what IBM takes as a tag",
			Takes:   []cty.Value{tags(), tags("project:payments", "team:team payments")},
			Refuses: []cty.Value{null, text("a"), tags("a/b"), tags(""), tags(strings.Repeat("a", 129))},
		},
		"deletion_protection": {
			Reason:  "yes or no",
			Takes:   []cty.Value{cty.True, cty.False},
			Refuses: []cty.Value{null, text("maybe")},
		},
	}
}

func TestTuned(t *testing.T) {
	null, text := moduletest.Null, cty.StringVal
	moduletest.Variables(t, tunedVariables, map[string]moduletest.Variable{
		"configuration": {
			Reason:  "a JSON object",
			Takes:   []cty.Value{text(`{}`), text(`{"max_connections":500,"sql_mode":"ANSI_QUOTES"}`)},
			Refuses: []cty.Value{null, text(""), text("max_connections=500"), text("5"), text("[1]")},
		},
	})
}

// TestTuning holds that the configuration is followed by the one module and ignored by the other, and
// that plan standard-gen2 has none.
func TestTuning(t *testing.T) {
	for name, module := range map[string]string{"plain": Database(), "allowing": DatabaseAllowing()} {
		got := Tuning(module)
		for says, want := range map[string][2]int{"users, configuration, ": {1, 0}, "configuration = var.configuration": {0, 1}} {
			if n := [2]int{strings.Count(module, says), strings.Count(got, says)}; n != want {
				t.Errorf("%s: %q stands %d times in the module, and in the one that follows: want %d", name, says, n, want)
			}
		}
	}
	if Tuning(DatabaseRestricted()) != "" {
		t.Error("the module of plan standard-gen2 has no configuration")
	}
}
