package modules

import (
	_ "embed"
	"strings"
	"sync"
)

var (
	//go:embed restrict/variables.tf
	restrictVariables string
	//go:embed restrict/rule.tf
	rule string
)

// userOf is the last line that makes the credential depend on the database.
const userOf = "  resource_instance_id = local.database.id\n"

// databaseRestricted is the database module with a rule, before which nobody gets a login.
var databaseRestricted = sync.OnceValue(func() string {
	return strings.Replace(
		join(Database(), restrictVariables, rule), userOf, userOf+"  depends_on           = [ibm_cbr_rule.clients]\n", 1,
	)
})

// DatabaseRestricted is the module Database for a database of plan standard-gen2 that a rule
// of context-based restrictions is on, whose zone follows the variable allowlist. Its outputs
// have what was let in: a Workspace that had this module and gets Database would lose the
// rule, since OpenTofu destroys what a module no longer has.
func DatabaseRestricted() string { return databaseRestricted() }
