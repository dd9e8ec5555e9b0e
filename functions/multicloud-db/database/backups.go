package database

import (
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// mostLogDays are how many days back a cloud restores a point in time, where these are fewer
// than those of backups: edition ENTERPRISE of Cloud SQL (transactionLogRetentionDays), and
// IBM Cloud (howto-manage-backups.md of ibm-cloud-docs/cloud-databases).
var mostLogDays = map[string]int{cloud.GCP: maxLogDays, cloud.IBM: 7}

// backups is how long the data can be had back. Of a database that was there before its claim
// nobody here asks for the logs, and of a copy that is still being made nothing is kept yet.
func backups(in In) object.Map {
	days := in.Policy.RetentionDays
	if in.Adopted() || in.Want.restore.stage != kept || days == 0 {
		return nil
	}
	out := object.Map{"daysKept": days, "pointInTimeDays": days}
	if most := mostLogDays[in.Claim.Provider]; most > 0 {
		out["pointInTimeDays"] = min(days, most)
	}
	if in.Claim.Provider == cloud.IBM && in.Want.Plan == settings.PlanGen2 {
		delete(out, "pointInTimeDays") // for which IBM's provider refuses a point in time
	}
	return out
}
