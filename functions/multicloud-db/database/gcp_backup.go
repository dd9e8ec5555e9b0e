package database

import (
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// maxLogDays is how many days edition ENTERPRISE keeps logs for point-in-time recovery.
const maxLogDays = 7

// finalBackupDays is how many days the last backup of a deleted instance is kept.
const finalBackupDays = 30

// backupGCP is settings.backupConfiguration.
func backupGCP(in In) any {
	if in.Adopted() {
		return backupFound(in)
	}
	return object.Map{
		"enabled":                     true,
		"startTime":                   backupTimeGCP(in),
		"location":                    lifecycle.Optional(in.Region), // Cloud SQL would choose a continent, which may be another one
		"backupRetentionSettings":     daily(in.Policy.RetentionDays),
		"transactionLogRetentionDays": min(in.Policy.RetentionDays, maxLogDays),
		logGCP(in):                    true,
	}
}

// daily keeps one backup a day, so that a count is one of days.
func daily(days int) object.Map {
	return object.Map{"retentionUnit": "COUNT", "retainedBackups": days}
}

// logGCP is the engine's own kind of log. High availability needs that, and refuses the
// other.
func logGCP(in In) string {
	if in.Want.Engine == cloud.MySQL {
		return "binaryLogEnabled"
	}
	return "pointInTimeRecoveryEnabled"
}

// backupFound leaves the backups of an adopted instance as they are, unless somebody asks
// for other days, or for a standby, which needs logs. Cloud SQL wants no more days of logs
// than there are backups. To switch the logs on restarts the instance.
func backupFound(in In) any {
	there := object.Struct(in.Body(), "settings", "backupConfiguration")
	out := object.Map{}
	for _, name := range []string{
		"enabled", "startTime", "location", "backupRetentionSettings", "transactionLogRetentionDays", "binaryLogEnabled", "pointInTimeRecoveryEnabled",
	} {
		if v := object.Get(there, name); lifecycle.IsSaid(v) {
			out[name] = v
		}
	}
	for _, name := range []string{"enabled", logGCP(in)} {
		if in.IsOn("settings", "backupConfiguration", name) {
			out[name] = true // also where somebody has switched it off since
		}
	}
	was, _ := object.Number(there, "backupRetentionSettings", "retainedBackups")
	logs, _ := object.Number(there, "transactionLogRetentionDays")
	if days := in.Policy.RetentionDays; days != int(was) {
		out["enabled"], out["backupRetentionSettings"] = true, daily(days)
		if int(logs) > days {
			out["transactionLogRetentionDays"] = days
		}
	}
	if in.Policy.HighAvailability && in.Is("standby") == "" {
		out["enabled"], out[logGCP(in)] = true, true
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// addLastBackups adds the backups that outlive the instance. An adopted instance has those
// that it had, until its claim is to be deleted for good: the provider reads the last backup's
// block whether it is on or off, and takes one that is left out off (flattenFinalBackupConfig
// of terraform-provider-google 7.45).
func addLastBackups(in In, settings object.Map) {
	days := finalBackupDays
	if in.Adopted() {
		there := object.Struct(in.Body(), "settings", "finalBackupConfig")
		if !in.Claim.AllowDelete || !in.Policy.KeepBackups || in.IsReplica() {
			settings["retainBackupsOnDelete"] = flag(in, "settings", "retainBackupsOnDelete")
			if len(there.GetFields()) > 0 {
				settings["finalBackupConfig"] = there
			}
			return
		}
		kept, _ := object.Number(there, "retentionDays")
		days = max(days, int(kept))
	} else if !in.Policy.KeepBackups {
		settings["retainBackupsOnDelete"] = false
		return
	}
	settings["retainBackupsOnDelete"] = true
	settings["finalBackupConfig"] = object.Map{"enabled": true, "retentionDays": days}
}

// flag is a switch of the instance as it is held to.
func flag(in In, path ...string) bool {
	on, _ := object.Bool(in.Body(), path...)
	return on
}
