// Package modules holds the OpenTofu modules that stand for a database on IBM
// Cloud. A Workspace takes a module as one string, and everything that is of one
// claim through its varmap: no module is ever put together from a claim's values.
//
// Each folder is read by people and by tofu fmt as a module's files are. The
// allow module is the database module with the two files of allow in it; the
// import module is the database module with import.tf, and the import block of plan
// standard, in place of create.tf; the observe module shares place.tf with it.
package modules

import (
	_ "embed"
	"strings"
)

var (
	//go:embed database/versions.tf
	versions string
	//go:embed database/place.tf
	place string
	//go:embed database/variables.tf
	variables string
	//go:embed database/create.tf
	create string
	//go:embed database/main.tf
	main string
	//go:embed database/outputs.tf
	outputs string
	//go:embed allow/variables.tf
	allowVariables string
	//go:embed allow/allowlist.tf
	allowlist string
	//go:embed import/import.tf
	adopt string
	//go:embed import/classic.tf
	adoptClassic string
	//go:embed observe/main.tf
	look string
	//go:embed observe/outputs.tf
	lookOutputs string
)

var (
	databaseModule = join(versions, place, variables, create, main, outputs)
	importClassic  = join(versions, place, variables, adopt, adoptClassic, main, outputs)
	observeModule  = join(look, place, lookOutputs)
)

// databaseAllowing is the database module with an allowlist that is followed.
var databaseAllowing = strings.NewReplacer(
	"      allowlist, users, ", "      users, ",
	"  deletion_protection       = var.deletion_protection\n", "  deletion_protection       = var.deletion_protection\n\n"+allowlist,
).Replace(join(databaseModule, allowVariables))

// DatabaseAllowing is the module Database for a database of plan standard whose allowlist
// follows the variable allowlist.
func DatabaseAllowing() string { return databaseAllowing }

// Database is the module that makes a database and keeps it.
func Database() string { return databaseModule }

// ImportClassic is the module that takes an existing database of plan standard
// over by its CRN. It makes no database, and leaves the users that exist as they
// are. There is none for plan standard-gen2, which IBM's provider cannot import.
func ImportClassic() string { return importClassic }

// Observe is the module that looks at an existing database by its name, and
// changes nothing.
func Observe() string { return observeModule }

func join(files ...string) string { return strings.Join(files, "\n") }
