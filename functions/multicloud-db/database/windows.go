package database

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// Windows are when the cloud may work on a database, in UTC. What the settings say counts, for a
// live database too. What they do not say is the cloud's for a new one, but for the hour of its
// backups, and stays as it is for a live one.

// quietHours are those from midnight on over which the backups of a fleet are spread.
const quietHours = 6

// spread is the hour of a new database whose settings name none: always the same for one name.
func spread(name string) int {
	sum := sha256.Sum256([]byte(name))
	return int(sum[0]) % quietHours
}

// hourOnce is the hour of every backup on Cloud SQL before there was a setting.
const hourOnce = "02:00"

// backupTimeGCP is when the backup of an instance starts.
func backupTimeGCP(in In) string {
	path := []string{"settings", "backupConfiguration", "startTime"}
	asked := object.String(object.Struct(in.Main(), "spec", "forProvider"), path...)
	switch hour := in.Settings.Policy.BackupHour; {
	case hour != nil:
		return fmt.Sprintf("%02d:00", *hour)
	case in.Life == lifecycle.Found:
		return cmp.Or(in.At(path...), asked, hourOnce)
	case in.Exists():
		return cmp.Or(asked, hourOnce)
	}
	return fmt.Sprintf("%02d:00", spread(in.Name))
}

// maintenanceGCP is settings.maintenanceWindow, or nil. Cloud SQL counts the days from Monday, 1.
func maintenanceGCP(in In) any {
	if m := in.Settings.Policy.Maintenance; m != nil {
		window := object.Map{"day": m.Weekday() + 1, "hour": m.Hour}
		if track := object.String(standing(in, "settings", "maintenanceWindow").GetStructValue(), "updateTrack"); track != "" {
			window["updateTrack"] = track
		}
		return window
	}
	return stands(in, "settings", "maintenanceWindow")
}

// maintenanceAzure is maintenanceWindow, or nil. Azure counts the days from Sunday, 0.
func maintenanceAzure(in In) any {
	if m := in.Settings.Policy.Maintenance; m != nil {
		return object.Map{"dayOfWeek": (m.Weekday() + 1) % len(settings.Weekdays), "startHour": m.Hour, "startMinute": 0}
	}
	return stands(in, "maintenanceWindow")
}

// standing is a value of a live instance's body: as it is asked for, by whomever, else as the
// cloud reports it of an instance that was found, which its provider has not changed yet.
func standing(in In, path ...string) *structpb.Value {
	if !in.Exists() {
		return nil
	}
	if asked := object.Get(in.Main(), append([]string{"spec", "forProvider"}, path...)...); lifecycle.IsSaid(asked) || in.Life != lifecycle.Found {
		return asked
	}
	return object.Get(in.Main(), append([]string{"status", "atProvider"}, path...)...)
}

// stands is standing as it is composed: nil where there is nothing.
func stands(in In, path ...string) any {
	if v := standing(in, path...); lifecycle.IsSaid(v) {
		return v
	}
	return nil
}

// byHandGCP are the settings of an instance that nobody here composes, and that its provider takes
// off an instance where they are left out: tuning, which restarts the instance with some flags.
var byHandGCP = []string{"databaseFlags", "denyMaintenancePeriod", "passwordValidationPolicy", "timeZone", "collation"}

// addByHandGCP keeps what somebody had set on an instance that outlived its claim. Of one that the
// claim made, nobody takes from its managed resource what others wrote there.
func addByHandGCP(in In, settings object.Map) {
	for _, name := range byHandGCP {
		if v := stands(in, "settings", name); v != nil && in.Life == lifecycle.Found {
			settings[name] = v
		}
	}
}

// addWindowsAWS says when RDS backs up, in the first half of an hour, and when it maintains, in the
// second half: the two may not overlap, and half an hour is the least that RDS takes. The hour
// of a new instance stands in initProvider, where nobody asks for it again: RDS has it from then
// on, and what somebody changes there stays. A window that RDS would refuse beside the one that it
// has is not asked for: with it RDS would refuse every other change of the instance.
func addWindowsAWS(in In, body, init object.Map) {
	policy := in.Settings.Policy
	switch was := object.String(in.Main(), "spec", "initProvider", "backupWindow"); {
	case policy.BackupHour != nil && maintainedAt(in.Held) == "":
		body["backupWindow"] = backupWindow(*policy.BackupHour)
	case policy.BackupHour != nil:
	case !in.Exists():
		init["backupWindow"] = backupWindow(spread(in.Name))
	case was != "":
		init["backupWindow"] = was
	}
	if m := policy.Maintenance; m != nil && backupAt(in.Held) == "" {
		day, next, until := m.Weekday(), m.Weekday(), (m.Hour+1)%hoursADay
		if until == 0 {
			next = (day + 1) % len(settings.Weekdays)
		}
		body["maintenanceWindow"] = fmt.Sprintf("%s:%02d:30-%s:%02d:00", settings.Weekdays[day][:3], m.Hour, settings.Weekdays[next][:3], until)
	}
}

const hoursADay = 24

func backupWindow(hour int) string { return fmt.Sprintf("%02d:00-%02d:30", hour, hour) }

// windowForm is a window of RDS: of each day, or of one day of the week.
var windowForm = regexp.MustCompile(`^(?:[a-z]{3}:)?(\d\d):(\d\d)-(?:[a-z]{3}:)?(\d\d):(\d\d)$`)

// backupAt is the window in which RDS backs up a live instance where nobody named another one
// and the maintenance that the settings want would overlap, or "": RDS refuses such a pair.
func backupAt(in Held) string {
	m := in.Settings.Policy.Maintenance
	if m == nil || in.Settings.Policy.BackupHour != nil {
		return ""
	}
	return overlapping(in.At("backupWindow"), m.Hour*60+30)
}

// maintainedAt is the window in which RDS maintains a live instance where nobody named another
// one and the backup that the settings want would overlap, or "". A backup is made on each day.
func maintainedAt(in Held) string {
	hour := in.Settings.Policy.BackupHour
	if hour == nil || in.Settings.Policy.Maintenance != nil {
		return ""
	}
	return overlapping(in.At("maintenanceWindow"), *hour*60)
}

// overlapping is a window that RDS has, where it overlaps with the half an hour from a minute of
// the day on, else "".
func overlapping(there string, start int) string {
	said := windowForm.FindStringSubmatch(strings.ToLower(there))
	if said == nil {
		return ""
	}
	number := func(i int) int { n, _ := strconv.Atoi(said[i]); return n } //nolint:errcheck // The form has digits.
	from, to := number(1)*60+number(2), number(3)*60+number(4)
	if to <= from {
		to += hoursADay * 60
	}
	for _, s := range []int{start, start + hoursADay*60} {
		if s < to && from < s+30 {
			return there
		}
	}
	return ""
}

// settleServer is what a server needs to settle whose network its settings alone decide on: how far
// a restore is, and what they say of windows.
func settleServer(in Held) Held {
	in.Want.restore.settles(&in)
	return settleParameters(settleInsights(settleWindows(in)))
}

// settleWindows says which of the settings' windows a cloud does not have.
func settleWindows(in Held) Held {
	policy, remark := in.Settings.Policy, func(key, why string) {
		in.Remarks = append(in.Remarks, "settings policy."+key+": has no effect here, since "+why)
	}
	if in.Adopted() {
		return in // which Composed says of all that is tuned
	}
	switch in.Claim.Provider {
	case cloud.AWS:
		if at := backupAt(in); at != "" {
			remark("maintenance", "RDS backs this instance up at "+at+", which overlaps; say policy.backupHour as well")
		}
		if at := maintainedAt(in); at != "" {
			remark("backupHour", "RDS maintains this instance at "+at+", which overlaps; say policy.maintenance as well")
		}
	case cloud.Azure:
		if policy.BackupHour != nil {
			remark("backupHour", "Azure chooses when it backs up a server")
		}
	case cloud.IBM:
		if policy.BackupHour != nil {
			remark("backupHour", "IBM Cloud chooses when it backs up a database")
		}
		if policy.Maintenance != nil {
			remark("maintenance", "IBM Cloud has no maintenance window to choose")
		}
	}
	return in
}
