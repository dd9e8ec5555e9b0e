package database

import (
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// cloneGCP makes an instance as a clone of another one, at a time or as that is now. The
// provider asks Cloud SQL for the clone in place of a new instance, then writes the settings,
// and never reads the block again (resourceSqlDatabaseInstanceCreate of
// terraform-provider-google 7.45). restoreBackupContext is not used: it is a second step over
// an instance that is there, and a provider that restarts between the two leaves an empty one.
func cloneGCP(s source) object.Map {
	clone := object.Map{"sourceInstanceName": s.name}
	if s.at != "" {
		clone["pointInTime"] = s.at
	}
	return object.Map{"clone": clone}
}

// restoreAWS makes an instance of a snapshot, or of another instance's logs.
func restoreAWS(s source) object.Map {
	if s.backup != "" {
		return object.Map{"snapshotIdentifier": s.backup}
	}
	block := object.Map{"sourceDbInstanceIdentifier": s.name}
	if block["useLatestRestorableTime"] = true; s.at != "" {
		delete(block, "useLatestRestorableTime")
		block["restoreTime"] = s.at
	}
	return object.Map{"restoreToPointInTime": block}
}

// restoreAzure makes a server of another one's backups at a time: Azure has no other way.
func restoreAzure(s source) object.Map {
	return object.Map{"createMode": "PointInTimeRestore", "sourceServerId": s.id, "pointInTimeRestoreTimeInUtc": s.at}
}

// restoreIBM are the variables of the module that makes a database of another one's backups.
// No time is the latest there is, which the provider tells from none at all.
func restoreIBM(s source) object.Map {
	if s.backup != "" {
		return object.Map{"restore_backup": s.backup}
	}
	return object.Map{"restore_from": s.id, "restore_time": s.at}
}
