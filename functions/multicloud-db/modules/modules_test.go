package modules

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/zclconf/go-cty/cty"

	"github.com/victor-onl/crossplane-resources/test/moduletest"
)

// TestModules holds the modules against the providers' schemas, for each
// engine and plan, since the attributes that are read depend on them.
func TestModules(t *testing.T) {
	for name, module := range map[string]string{
		"database": Database(), "database that allows": DatabaseAllowing(), "database with a rule": DatabaseRestricted(),
		"import of classic": ImportClassic(), "observe": Observe(), "restore": Restoring(Database()), "restore that allows": Restoring(DatabaseAllowing()),
		"restore with a rule": Restoring(DatabaseRestricted()), "tuned": Tuning(Database()), "tuned that allows": Tuning(DatabaseAllowing()),
		"tuned restore": Restoring(Tuning(Database())), "tuned restore that allows": Restoring(Tuning(DatabaseAllowing())),
	} {
		for _, service := range []string{"databases-for-postgresql", "databases-for-mysql"} {
			for _, plan := range []string{"standard", "standard-gen2"} {
				known := map[string]cty.Value{"service": cty.StringVal(service), "plan": cty.StringVal(plan)}
				if diff := cmp.Diff([]string(nil), moduletest.Problems(t, module, known)); diff != "" {
					t.Errorf("%s of %s on %s: -want, +got problems:\n%s", name, service, plan, diff)
				}
			}
		}
	}
}

// TestDatabaseAllowing holds that the allowlist is followed on plan Classic, and that the
// module without networks knows nothing of it: Workspaces have its text.
func TestDatabaseAllowing(t *testing.T) {
	const ignored = "allowlist, users, "
	for says, want := range map[string][2]int{ignored: {1, 0}, `dynamic "allowlist"`: {0, 1}, `variable "allowlist"`: {0, 1}} {
		got := [2]int{strings.Count(Database(), says), strings.Count(DatabaseAllowing(), says)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s in the module, and in the one that allows: -want, +got:\n%s", says, diff)
		}
	}
}

// TestCheck shows that the check finds what it is there for.
func TestCheck(t *testing.T) {
	for name, tc := range map[string]struct{ reason, old, replacement, want string }{
		"UnknownAttribute": {
			"an argument that the provider does not have", `service_endpoints         = "private"`, `service_endpoint = "private"`,
			"no attribute service_endpoint",
		},
		"Computed": {
			"an attribute that only the provider sets", `plan                      = "standard"`, "plan = \"standard\"\n adminuser = \"root\"",
			"adminuser cannot be set",
		},
		"Required":       {"a required argument that is missing", "service                   = var.service\n", "", "attribute service is required"},
		"NestedRequired": {"a required argument of a nested block", "        id = host_flavor.value\n", "", "attribute id is required"},
		"UnknownBlock":   {"a nested block that the provider does not have", "  group {\n", "  flavor {\n", "no block flavor"},
		"DynamicBlock":   {"a dynamic block that the provider does not have", `dynamic "cpu"`, `dynamic "cpus"`, "no block cpus"},
		"TooMany": {
			"more blocks than there may be", "    dynamic \"host_flavor\" {",
			"    host_flavor {\n id = \"multitenant\"\n }\n host_flavor {\n id = \"multitenant\"\n }\n    dynamic \"host_flavor\" {",
			"3 blocks host_flavor",
		},
		"Type":      {"an argument of another type", "deletion_protection       = var.deletion_protection", "deletion_protection = var.tags", "want bool"},
		"Variable":  {"a variable that is not declared", "= var.key_protect_key\n", "= var.key\n", "Unsupported attribute"},
		"Reference": {"an attribute that a data source does not have", "hosts[0].hostname : ", "hosts[0].name : ", "Unsupported attribute"},
		"Local": {
			"an attribute that a resource does not have", "value       = local.database.version", "value = local.database.engine_version",
			"Unsupported attribute",
		},
		"Ignore":   {"ignore_changes of what is not there", "adminpassword, key_protect_key", "admin_password, key_protect_key", "admin_password"},
		"Unpinned": {"a provider of any version", `version = "2.5.0"`, `version = ">= 2.5.0"`, "not pinned"},
		"Kind": {
			"a resource that is not in the schema", `resource "ibm_resource_key" "user"`, `resource "ibm_resource_keys" "user"`,
			"no resource ibm_resource_keys",
		},
		"After": {
			"an order after what is not there", "  length      = 32\n", "length = 32\n depends_on = [terraform_data.made]\n",
			"Unsupported attribute",
		},
		"Loop": {
			"a local that refers to itself", "gen2     = terraform_data.created.input.plan",
			"gen2 = local.admin ? local.gen2 : terraform_data.created.input.plan", "refers to itself",
		},
		"Twice": {"an output that is there already", `output "port"`, `output "host"`, "declared twice"},
	} {
		t.Run(name, func(t *testing.T) {
			broken := strings.Replace(Database(), tc.old, tc.replacement, 1)
			if broken == Database() {
				t.Fatalf("%s: the module does not have %q", tc.reason, tc.old)
			}
			known := map[string]cty.Value{"service": cty.StringVal("databases-for-mysql"), "plan": cty.StringVal("standard")}
			problems := moduletest.Problems(t, broken, known)
			if !slices.ContainsFunc(problems, func(p string) bool { return strings.Contains(p, tc.want) }) {
				t.Errorf("%s: want a problem with %q, got %q", tc.reason, tc.want, problems)
			}
		})
	}
}
