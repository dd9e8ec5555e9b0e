package modules

import (
	_ "embed"
	"regexp"
	"sync"
)

var (
	//go:embed restore/variables.tf
	restoreVariables string
	//go:embed restore/classic.tf
	restoreClassic string
	//go:embed restore/gen2.tf
	restoreGen2 string
)

// protectionGen2 is the last argument of ibm_database.gen2, behind which others go.
const protectionGen2 = "  deletion_protection = var.deletion_protection\n"

// restores are the edits by which a module makes its database of another one's backups.
func restores() []edit {
	return []edit{{protection, protection + indented(restoreClassic)}, {protectionGen2, protectionGen2 + indented(restoreGen2)}}
}

var lineStart = regexp.MustCompile(`(?m)^(\S)`)

// indented are the arguments of a file as they stand in a block. A file of arguments alone has
// none before its lines, by tofu fmt.
func indented(arguments string) string { return lineStart.ReplaceAllString(arguments, "  $1") }

func restoring(module string) string { return join(edited(module, restores()...), restoreVariables) }

var restoringOf = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for _, module := range []string{Database(), DatabaseAllowing(), DatabaseRestricted(), Tuning(Database()), Tuning(DatabaseAllowing())} {
		out[module] = restoring(module)
	}
	return out
})

// Restoring is one of the modules that make a database, for one that is made of another's
// backups. What restores is read when the database is made, and ignored from then on: the
// module without it changes nothing of the database.
func Restoring(module string) string { return restoringOf()[module] }
