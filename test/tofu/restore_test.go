//go:build tofu

package tofu

import (
	"testing"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
)

const (
	sourceCRN = "crn:v1:bluemix:public:databases-for-postgresql:eu-de:a/0:1::"
	backupCRN = "crn:v1:bluemix:public:databases-for-postgresql:eu-de:a/0:1:backup:7"
)

// TestRestore plays databases that are made of another one's backups: what restores is asked for
// once, and no later plan makes another database, whatever becomes of the variables and of the
// module. Text that is no CRN or no time is refused.
func TestRestore(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		module, address string
		vars            variables
		at, want        string
	}{
		"Time": {
			modules.Database(), "ibm_database.classic[0]", classic.with(variables{"restore_from": sourceCRN, "restore_time": "2026-11-26T09:30:00Z"}),
			"point_in_time_recovery_deployment_id", sourceCRN,
		},
		"Latest": {
			modules.DatabaseAllowing(), "ibm_database.classic[0]", classic.with(variables{"restore_from": sourceCRN, "restore_time": ""}),
			"point_in_time_recovery_deployment_id", sourceCRN,
		},
		"Backup": {modules.Database(), "ibm_database.classic[0]", classic.with(variables{"restore_backup": backupCRN}), "backup_id", backupCRN},
		"Gen2":   {modules.Database(), "ibm_database.gen2[0]", gen2.with(variables{"restore_backup": backupCRN}), "backup_id", backupCRN},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := live(t, modules.Restoring(tc.module), tc.vars)
			if got := w.state(t, tc.address)[tc.at]; got != tc.want {
				t.Errorf("%s is %v, and not %s", tc.at, got, tc.want)
			}
			plain := classic
			if name == "Gen2" {
				plain = gen2
			}
			for _, later := range []struct {
				reason, module string
				vars           variables
			}{
				{"nothing changed", modules.Restoring(tc.module), tc.vars},
				{"the variables are gone", modules.Restoring(tc.module), plain},
				{"another source", modules.Restoring(tc.module), plain.with(variables{"restore_backup": backupCRN + "8"})},
				{"the module that restores nothing", tc.module, plain},
			} {
				w.use(t, later.module)
				if r := w.plan(t, later.vars); len(r.errors) > 0 || r.add+r.change+r.remove > 0 {
					t.Errorf("%s: want no change, got %s", later.reason, r)
				}
			}
		})
	}
	for reason, v := range map[string]variables{
		"a name": {"restore_from": "orders"}, "a backup in place of a database": {"restore_from": backupCRN}, "a word": {"restore_time": "yesterday"},
		"a database in place of a backup": {"restore_backup": sourceCRN},
	} {
		if r := newWorkspace(t, modules.Restoring(modules.Database())).plan(t, classic.with(v)); len(r.errors) == 0 {
			t.Errorf("%s is taken: %s", reason, r)
		}
	}
}
