package cloud

import (
	"fmt"
	"strconv"
)

// A Range of whole numbers, both ends in it.
type Range struct{ Min, Max int }

// String of a range, as an error lists what is allowed.
func (r Range) String() string {
	if r.Min == r.Max {
		return strconv.Itoa(r.Min)
	}
	return fmt.Sprintf("%d to %d", r.Min, r.Max)
}

// retention is how many days of backups a cloud keeps. Sources: the quotas of
// Cloud SQL, where one backup a day makes it a count; BackupRetentionPeriod of the
// Amazon RDS API, where 0 would switch backups off; backupRetentionDays in the
// FlexibleServer CRDs of provider-azure; IBM Cloud Databases keeps each daily
// backup for 30 days and has no field for it.
var retention = map[string]map[string]Range{
	GCP:   {Postgres: {1, 365}, MySQL: {1, 365}},
	AWS:   {Postgres: {1, 35}, MySQL: {1, 35}},
	Azure: {Postgres: {7, 35}, MySQL: {1, 35}},
	IBM:   {Postgres: {30, 30}, MySQL: {30, 30}},
}

// Retention returns how many days backups of an engine can be kept.
func Retention(provider, engine string) Range { return retention[provider][engine] }
