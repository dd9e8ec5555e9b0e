package cloud

import (
	"regexp"
	"strings"
)

// ParameterName is the form of a parameter's name as engines have them: one of an extension has
// the extension's name before a dot.
var ParameterName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}(\.[a-z][a-z0-9_]{0,62})?$`)

// ParameterValue is the form of a parameter's value: no quote, no line end and nothing that ends
// a statement. RDS takes formulas, such as {DBInstanceClassMemory/9531392}.
var ParameterValue = regexp.MustCompile(`^[A-Za-z0-9 _.,:/+*%={}()-]{1,200}$`)

// guarded are the parameters that no settings say, with what they would do. A name that ends in a
// star stands for all that begin so.
var guarded = []struct {
	why   string
	names []string
}{
	{"decides on TLS, which is always on", []string{
		"rds.force_ssl", "require_secure_transport", "ssl*", "tls_*", "admin_ssl_*", "admin_tls_*", "mysqlx_ssl*",
	}},
	// What logs whole statements logs the password of a CREATE ROLE as well.
	{"decides which statements are logged with their text, in which passwords may stand; slowQueryThreshold of a claim is for that", []string{
		"log_statement", "log_min_duration_statement", "log_min_duration_sample", "log_statement_sample_rate", "log_transaction_sample_rate",
		"log_parameter_max_length*", "log_raw", "general_log*", "debug_print_*", "pgaudit.log_parameter", "long_query_time", "slow_query_log*",
		"log_min_error_statement", // from error on down to every statement that says a notice
	}},
	{"decides how passwords are kept and checked", []string{
		"password_encryption", "authentication_*", "default_authentication_plugin", "mysql_native_password*", "validate_password*", "krb_*",
		"azure.accepted_password_auth_method", "rds.accepted_password_auth_method", "rds.restrict_password_commands",
		"cloudsql.iam_authentication", "cloudsql_iam_authentication", "mysql_default_authentication_plugin", "scram_iterations",
		"caching_sha2_password_*", "sha256_password_*", "old_passwords", "secure_auth", "generated_random_password_length",
		"default_password_lifetime", "disconnect_on_expired_password", "password_history", "password_re*", "credcheck.*", "passwordcheck.*",
	}},
	{"decides who gets in, or what code runs for them", []string{
		"skip_grant_tables", "listen_addresses", "bind_address", "port", "local_infile", "secure_file_priv", "init_*", "admin_address", "admin_port",
		"automatic_sp_privileges", "row_security", "allow_system_table_mods", "session_preload_libraries", "local_preload_libraries", "archive_command",
		"archive_library", "archive_cleanup_command", "restore_command", "recovery_end_command", "dynamic_library_path", "extension_control_path",
		"jit_provider", "plugin_*", "early_plugin_load", "allow_suspicious_udfs", "lo_compat_privileges", "db_user_namespace", "hba_file", "ident_file",
		"mandatory_roles", "activate_all_roles_on_login", "partial_revokes",
		// Who may read the hashes of passwords, and who logs in without one (Configure database flags, Cloud SQL for PostgreSQL).
		"cloudsql.pg_authid_select_role", "cloudsql.pg_shadow_select_role", "cloudsql.allow_passwordless_local_connections",
	}},
	{"decides on what a crash loses, or on what a point in time is restored from", []string{
		"fsync", "full_page_writes", "ignore_checksum_failure", "zero_damaged_pages", "archive_mode", "innodb_doublewrite*", "sync_binlog", "log_bin*",
		"binlog_expire_logs_*", "expire_logs_days", "binlog_do_db", "binlog_ignore_db",
		"synchronous_commit", "synchronous_standby_names", "wal_sync_method", "data_sync_retry", "ignore_invalid_pages",
		"ignore_system_indexes", "recovery_target*", "innodb_flush_log_at_*", "innodb_flush_method", "innodb_checksum*", "innodb_force_recovery",
		"innodb_fast_shutdown", "innodb_use_fdatasync", "default_storage_engine", "sync_relay_log*", "sync_source_info", "sync_master_info",
	}},
}

// Guarded says why no settings say a parameter, as a clause, or "".
func Guarded(parameter string) string {
	for _, g := range guarded {
		for _, name := range g.names {
			if begin, all := strings.CutSuffix(name, "*"); parameter == name || all && strings.HasPrefix(parameter, begin) {
				return g.why
			}
		}
	}
	return ""
}
