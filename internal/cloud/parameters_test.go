package cloud

import (
	"strings"
	"testing"
)

// TestGuarded holds which parameters no settings say, with the reason that they are told.
func TestGuarded(t *testing.T) {
	t.Parallel()
	for why, names := range map[string]string{
		"TLS":           "ssl require_secure_transport rds.force_ssl tls_version ssl_min_protocol_version",
		"statements":    "log_statement log_min_error_statement general_log log_raw pgaudit.log_parameter",
		"passwords are": "password_encryption scram_iterations mysql_default_authentication_plugin default_password_lifetime password_reuse_interval",
		"gets in": "cloudsql.allow_passwordless_local_connections cloudsql.pg_authid_select_role cloudsql.pg_shadow_select_role " +
			"init_replica plugin_load jit_provider",
		"a crash loses":    "fsync synchronous_commit innodb_flush_log_at_trx_commit innodb_doublewrite_files default_storage_engine sync_relay_log_info",
		"point in time is": "expire_logs_days binlog_expire_logs_seconds log_bin archive_mode",
		"": "wal_level binlog_format binlog_row_image innodb_redo_log_capacity shared_preload_libraries auto_explain.log_min_duration pgaudit.log " +
			"log_min_messages archive_timeout azure.extensions rds.logical_replication cloudsql.enable_pgaudit sql_mode work_mem",
	} {
		for name := range strings.FieldsSeq(names) {
			if got := Guarded(name); why == "" && got != "" || !strings.Contains(got, why) {
				t.Errorf("%s: want a reason with %q, got %q", name, why, got)
			}
		}
	}
}
