package cloud

import "slices"

// An Extension is one of PostgreSQL that a claim may ask for, and what each cloud has to be told before
// somebody can create it.
type Extension struct {
	Name string
	// Flag is the one by which Cloud SQL loads it, or "".
	Flag string
	// Library is what the server loads at its start, by cloud.
	Library map[string]string
	// Not is why a cloud has none of it.
	Not map[string]string
}

const notOfIBM = "IBM Cloud's list of extensions lacks it"

// extensions, by their names. What reaches other servers or files, such as dblink and postgres_fdw, is
// left out. Sources:
//   - GCP: that cloudsql.enable_pgaudit and cloudsql.enable_pg_cron are flags, Configure database flags of
//     Cloud SQL for PostgreSQL; that the others are there, and need nothing, is from memory.
//   - AWS: Appendix.PostgreSQL.CommonDBATasks.Extensions.md, PostgreSQL_pg_cron.md and PostgreSQL_Partitions.md
//     of awsdocs/amazon-rds-user-guide for what is loaded, and rds.extensions of a default parameter group
//     of PostgreSQL 13 for what is there; hypopg and vector are from memory.
//   - Azure: articles/postgresql/extensions of MicrosoftDocs/azure-databases-docs, its table of PostgreSQL 18,
//     concepts-extensions-considerations.md and how-to-load-libraries.md. That the library of pg_partman is
//     pg_partman_bgw is from memory.
//   - IBM: howto-extensions.md and howto-pg-cron.md of ibm-cloud-docs/databases-for-postgresql.
var extensions = []Extension{
	{Name: "btree_gin"},
	{Name: "btree_gist"},
	{Name: "citext"},
	{Name: "fuzzystrmatch"},
	{Name: "hstore"},
	{Name: "hypopg", Not: map[string]string{IBM: notOfIBM}},
	{Name: "intarray"},
	{Name: "ltree"},
	{Name: "pg_cron", Flag: "cloudsql.enable_pg_cron", Library: map[string]string{AWS: "pg_cron", Azure: "pg_cron"}},
	{Name: "pg_partman", Library: map[string]string{Azure: "pg_partman_bgw"}, Not: map[string]string{IBM: notOfIBM}},
	{Name: "pg_stat_statements", Library: map[string]string{AWS: "pg_stat_statements", Azure: "pg_stat_statements"}},
	{Name: "pg_trgm"},
	{Name: "pgaudit", Flag: "cloudsql.enable_pgaudit", Library: map[string]string{AWS: "pgaudit", Azure: "pgaudit"}},
	{Name: "pgcrypto"},
	{Name: "pgstattuple"},
	{Name: "postgis"},
	{Name: "tablefunc"},
	{Name: "unaccent"},
	{Name: "uuid-ossp"},
	{Name: "vector"},
}

// Extensions are the names of all, in the order that errors list them.
func Extensions() []string {
	names := make([]string, len(extensions))
	for i, e := range extensions {
		names[i] = e.Name
	}
	return names
}

// ExtensionOf finds one by its name.
func ExtensionOf(name string) (Extension, bool) {
	i := slices.IndexFunc(extensions, func(e Extension) bool { return e.Name == name })
	if i < 0 {
		return Extension{}, false
	}
	return extensions[i], true
}
