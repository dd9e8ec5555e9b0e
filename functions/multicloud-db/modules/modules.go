// Package modules holds the OpenTofu modules that stand for a server of IBM Cloud
// Databases: a database, a cache or a queue. A Workspace takes a module as one string,
// and everything that is of one claim through its varmap: no module is ever put together
// from a claim's values.
//
// Each folder is read by people and by tofu fmt as a module's files are. What the types
// share stands in database, once. The allow module is the database module with the two
// files of allow in it; the import module is the database module with import.tf, and the
// import block of plan standard, in place of create.tf; the observe module shares place.tf
// with it. Server makes the modules of cache and queue from the same files.
package modules

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

var (
	//go:embed database/versions.tf
	versions string
	//go:embed database/place.tf
	place string
	//go:embed database/service.tf
	service string
	//go:embed database/variables.tf
	variables string
	//go:embed database/create.tf
	create string
	//go:embed database/about.tf
	about string
	//go:embed database/main.tf
	main string
	//go:embed database/password.tf
	password string
	//go:embed database/classic.tf
	classic string
	//go:embed database/gen2.tf
	gen2 string
	//go:embed database/unchanged.tf
	unchanged string
	//go:embed database/user.tf
	user string
	//go:embed database/connection.tf
	connection string
	//go:embed database/logical.tf
	logical string
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

// Each module is put together once, when the first claim asks for it: where nobody has a claim on
// IBM Cloud none is.
var (
	databaseModule = sync.OnceValue(func() string { return database(create, classic) })
	importClassic  = sync.OnceValue(func() string { return database(join(adopt, adoptClassic), classic) })
	observeModule  = sync.OnceValue(func() string { return join(look, place, lookOutputs) })
)

// databaseAllowing is the database module with an allowlist that is followed.
var databaseAllowing = sync.OnceValue(func() string { return join(database(create, edited(classic, allows...)), allowVariables) })

// database is a module of a database that begins in this way, and has this for one of
// plan standard.
func database(begin, classic string) string {
	return join(versions, place, service, variables, begin, about, main, password, classic, gen2, unchanged, user, connection, logical, outputs)
}

// allows are the edits by which ibm_database.classic follows an allowlist.
var allows = []edit{
	{"      allowlist, users, ", "      users, "},
	{protection, protection + "\n" + allowlist},
}

// protection is the last argument of ibm_database.classic, behind which others go.
const protection = "  deletion_protection       = var.deletion_protection\n"

// DatabaseAllowing is the module Database for a database of plan standard whose allowlist
// follows the variable allowlist.
func DatabaseAllowing() string { return databaseAllowing() }

// Database is the module that makes a database and keeps it.
func Database() string { return databaseModule() }

// ImportClassic is the module that takes an existing database of plan standard
// over by its CRN. It makes no database, and leaves the users that exist as they
// are. There is none for plan standard-gen2, which IBM's provider cannot import.
func ImportClassic() string { return importClassic() }

// Observe is the module that looks at an existing database by its name, and
// changes nothing.
func Observe() string { return observeModule() }

func join(files ...string) string { return strings.Join(files, "\n") }

// An edit is a text that stands once in a file, and what a module has in its place.
type edit struct{ old, new string }

// edited is a file after edits. One that finds nothing, or more than one place, would
// leave out what a server is protected by.
func edited(file string, edits ...edit) string {
	for _, e := range edits {
		if n := strings.Count(file, e.old); n != 1 {
			panic(fmt.Sprintf("%q stands %d times in a module that is edited", e.old, n)) // the files are ours
		}
		file = strings.Replace(file, e.old, e.new, 1)
	}
	return file
}
