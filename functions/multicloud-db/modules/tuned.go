package modules

import (
	_ "embed"
	"sync"
)

var (
	//go:embed tuned/variables.tf
	tunedVariables string
	//go:embed tuned/classic.tf
	tunedClassic string
)

// follows are the edits by which ibm_database.classic follows a configuration.
func follows() []edit {
	return []edit{
		{"users, configuration, ", "users, "},
		{protection, protection + indented(tunedClassic)},
	}
}

func tuning(module string) string { return join(edited(module, follows()...), tunedVariables) }

var tuningOf = sync.OnceValue(func() map[string]string {
	return map[string]string{Database(): tuning(Database()), DatabaseAllowing(): tuning(DatabaseAllowing())}
})

// Tuning is one of the modules that make a database of plan standard, for one whose configuration
// follows the variable configuration. A Workspace that gets the other module again changes nothing:
// there the configuration is ignored.
func Tuning(module string) string { return tuningOf()[module] }
