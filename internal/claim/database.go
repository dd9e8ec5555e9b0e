package claim

import (
	"regexp"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A Database is what a claim says of its database.
type Database struct {
	Engine, Version, Name string
	StorageGiB            int // GiB; 0 takes the profile's
	HighAvailability      *bool
	BackupRetentionDays   int // days; 0 takes the env's
	RestoreFrom           Restore
	Parameters            Parameters
	Extensions            []string
}

var (
	versionForm  = regexp.MustCompile(`^[0-9]{1,3}(\.[0-9]{1,3})?$`)
	databaseForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}$`)
)

// Limits of what a claim may ask for on any cloud.
const (
	minStorageGiB    = 20    // RDS gp3 for PostgreSQL and MySQL
	maxStorageGiB    = 65536 // Cloud SQL and RDS
	maxRetentionDays = 365   // Cloud SQL
)

// ReadDatabase decodes and validates the section of a database. The logical database
// has the project's name where the claim gives none.
func ReadDatabase(r *object.Reader, project string) (Database, error) {
	d := Database{
		Engine:              r.OneOf("engine", cloud.Engines...),
		Version:             r.Match("version", versionForm, `a major version such as "17" or "8.4"`),
		Name:                r.Match("name", databaseForm, "a lowercase letter, then at most 62 lowercase letters, digits or underscores"),
		StorageGiB:          r.Int("storageGiB", minStorageGiB, maxStorageGiB),
		HighAvailability:    r.Bool("highAvailability"),
		BackupRetentionDays: r.Int("backupRetentionDays", 1, maxRetentionDays),
		RestoreFrom:         readRestore(r),
		Parameters:          readParameters(r.Object("parameters")),
	}
	d.Extensions = readExtensions(r, d.Engine)
	if d.Engine == "" {
		r.Missingf("engine", "allowed are %s", strings.Join(cloud.Engines, ", "))
	}
	if cloud.Reserved(d.Engine, d.Name) {
		r.Failf("name", "%q is a word or a database of %s's own; choose another", d.Name, d.Engine)
	}
	if d.Name == "" && project != "" {
		d.Name = logicalName(project, d.Engine)
	}
	r.Done()
	return d, r.Err()
}

// logicalName makes a database name that every engine takes of a project.
func logicalName(project, engine string) string {
	name := strings.ReplaceAll(project, "-", "_")
	if name[0] < 'a' || name[0] > 'z' || cloud.Reserved(engine, name) {
		name = "db_" + name
	}
	return name[:min(len(name), 63)]
}
