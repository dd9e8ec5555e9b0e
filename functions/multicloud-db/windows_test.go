package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// windows reads what a composed instance says of backup and maintenance.
func windows(t *testing.T, provider string, rsp *fnv1.RunFunctionResponse) string {
	t.Helper()
	o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
	at := func(where string, path ...string) string {
		v := object.Get(o, append([]string{"spec", where}, path...)...)
		if v == nil {
			return "-"
		}
		b, err := v.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		return strings.ReplaceAll(string(b), " ", "")
	}
	switch provider {
	case "gcp":
		return at("forProvider", "settings", "backupConfiguration", "startTime") + " " + at("forProvider", "settings", "maintenanceWindow")
	case "aws":
		return at("forProvider", "backupWindow") + " init " + at("initProvider", "backupWindow") + " " + at("forProvider", "maintenanceWindow")
	}
	return at("forProvider", "maintenanceWindow")
}

const (
	saysNone   = "metadata: {name: platform-staging}\ndata: {}"
	saysWindow = "metadata: {name: platform-staging}\ndata: {policy: {maintenance: {day: sunday, hour: 23}, backupHour: 1}}"
	saysBackup = "metadata: {name: platform-staging}\ndata: {policy: {backupHour: 23}}"
	saysMidday = "metadata: {name: platform-staging}\ndata: {policy: {maintenance: {day: sunday, hour: 23}}}"
	saysWeekly = "metadata: {name: platform-staging}\ndata: {policy: {maintenance: {day: monday, hour: 3}}}"
)

// TestWindows holds when each cloud may work on a new and on a live database.
func TestWindows(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, provider, settings string
		live                       bool
		observed                   map[string]string // by path below spec or status, JSON
		want, says                 string
	}{
		"GCPNew":     {reason: "Backups of a fleet are spread.", provider: "gcp", settings: saysNone, want: `"04:00" -`},
		"GCPNewSaid": {reason: "Cloud SQL counts the days from Monday, 1.", provider: "gcp", settings: saysWindow, want: `"01:00" {"day":7,"hour":23}`},
		"GCPLive": {
			reason: "A live one keeps the hour that it has, which an upgrade does not change.", provider: "gcp", settings: saysNone, live: true,
			observed: map[string]string{"spec.forProvider.settings.backupConfiguration.startTime": `"02:00"`}, want: `"02:00" -`,
		},
		"GCPLiveSaid": {
			reason: "A settings edit counts for a live one.", provider: "gcp", settings: saysWindow, live: true,
			observed: map[string]string{"spec.forProvider.settings.maintenanceWindow": `{"day":1,"hour":1,"updateTrack":"stable"}`},
			want:     `"01:00" {"day":7,"hour":23,"updateTrack":"stable"}`,
		},
		"GCPGone": {
			reason: "A window that the settings no longer say stays.", provider: "gcp", settings: saysNone, live: true,
			observed: map[string]string{"spec.forProvider.settings.maintenanceWindow": `{"day":7,"hour":23}`}, want: `"04:00" {"day":7,"hour":23}`,
		},
		"AWSNew": {reason: "RDS is told once.", provider: "aws", settings: saysNone, want: `- init "02:00-02:30" -`},
		"AWSNewSaid": {
			reason: "Half an hour before midnight ends on the next day.", provider: "aws", settings: saysWindow,
			want: `"01:00-01:30" init - "sun:23:30-mon:00:00"`,
		},
		"AWSOld": {
			reason: "One that was made before there was a setting is asked for nothing.", provider: "aws", settings: saysNone, live: true,
			observed: map[string]string{"spec.initProvider": `{}`}, want: `- init - -`,
		},
		"AWSLive": {reason: "What was said once stays said, and counts no more.", provider: "aws", settings: saysNone, live: true, want: `- init "02:00-02:30" -`},
		"AWSOverlap": {
			reason: "RDS refuses a maintenance in the backup's window.", provider: "aws", settings: saysWeekly, live: true,
			observed: map[string]string{"status.atProvider.backupWindow": `"03:49-04:19"`}, want: `- init "02:00-02:30" -`,
			says: "settings policy.maintenance: has no effect here, since RDS backs this instance up at 03:49-04:19, which overlaps; say policy.backupHour as well",
		},
		"AWSBeside": {
			reason: "A backup in the half hour before does not overlap.", provider: "aws", settings: saysWeekly, live: true,
			observed: map[string]string{"status.atProvider.backupWindow": `"03:00-03:30"`}, want: `- init "02:00-02:30" "mon:03:30-mon:04:00"`,
		},
		"AWSOverlapped": {
			reason: "RDS refuses a backup in its own maintenance, and with it each other change of the instance.", provider: "aws", settings: saysBackup, live: true,
			observed: map[string]string{"status.atProvider.maintenanceWindow": `"tue:23:12-tue:23:42"`}, want: `- init - -`,
			says: "settings policy.backupHour: has no effect here, since RDS maintains this instance at tue:23:12-tue:23:42, which overlaps; say " +
				"policy.maintenance as well",
		},
		"AWSOverMidnight": {
			reason: "A maintenance that goes on past midnight overlaps with a backup before it.", provider: "aws", settings: saysBackup, live: true,
			observed: map[string]string{"status.atProvider.maintenanceWindow": `"sun:22:45-mon:00:45"`}, want: `- init - -`,
			says: "settings policy.backupHour: has no effect here",
		},
		"AWSOtherHour": {
			reason: "A maintenance that begins as the backup ends does not overlap.", provider: "aws", settings: saysBackup, live: true,
			observed: map[string]string{"status.atProvider.maintenanceWindow": `"sun:23:30-mon:00:00"`}, want: `"23:00-23:30" init - -`,
		},
		"AWSBackupOverMidnight": {
			reason: "A backup that goes on past midnight overlaps with a maintenance before it.", provider: "aws", settings: saysMidday, live: true,
			observed: map[string]string{"status.atProvider.backupWindow": `"23:45-00:15"`}, want: `- init "02:00-02:30" -`,
			says: "settings policy.maintenance: has no effect here, since RDS backs this instance up at 23:45-00:15",
		},
		"AWSBackupAtMidnight": {
			reason: "A backup that begins at midnight does not overlap with a maintenance that ends then.", provider: "aws", settings: saysMidday, live: true,
			observed: map[string]string{"status.atProvider.backupWindow": `"00:00-00:30"`}, want: `- init "02:00-02:30" "sun:23:30-mon:00:00"`,
		},
		"AzureNew": {reason: "Azure chooses where nobody says.", provider: "azure", settings: saysNone, want: `-`},
		"AzureSaid": {
			reason: "Azure counts the days from Sunday, 0, and has no hour of backups.", provider: "azure", settings: saysWindow,
			want: `{"dayOfWeek":0,"startHour":23,"startMinute":0}`,
			says: "settings policy.backupHour: has no effect here, since Azure chooses when it backs up a server",
		},
		"AzureGone": {
			reason: "A window that the settings no longer say stays on Azure.", provider: "azure", settings: saysNone, live: true,
			observed: map[string]string{"spec.forProvider.maintenanceWindow": `{"dayOfWeek":1,"startHour":3}`}, want: `{"dayOfWeek":1,"startHour":3}`,
		},
		"IBM": {
			reason: "IBM Cloud has neither.", provider: "ibm", settings: saysWindow, want: `-`,
			says: "settings policy.backupHour: has no effect here, since IBM Cloud chooses when it backs up a database; settings policy.maintenance: has " +
				"no effect here, since IBM Cloud has no maintenance window to choose",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := alive(t, tc.provider)
			req := request(t, xrHead+l.spec, tc.settings, nil)
			if tc.live {
				req.Observed = l.request.GetObserved()
			}
			for path, value := range tc.observed {
				object.Set(l.instance(), fromYAML(t, "{x: "+value+"}").GetFields()["x"], strings.Split(path, ".")...)
			}
			rsp := run(t, req)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			if diff := cmp.Diff(tc.want, windows(t, tc.provider, rsp)); diff != "" {
				t.Errorf("\n%s\nwindows: -want, +got:\n%s", tc.reason, diff)
			}
			for _, c := range rsp.GetConditions() {
				if c.GetType() == conditionComposed && !strings.Contains(c.GetMessage(), tc.says) {
					t.Errorf("\n%s\nComposed: want %q in %q", tc.reason, tc.says, c.GetMessage())
				}
			}
		})
	}
}

// byHand is what somebody wrote into the managed resource of a live database, beside what is
// composed there.
var byHand = map[string]string{
	"gcp": `{settings: {databaseFlags: [{name: log_min_duration_statement, value: "500"}], maintenanceWindow: {day: 2, hour: 5}, ` +
		`denyMaintenancePeriod: {startDate: "2026-12-01", endDate: "2027-01-10", time: "00:00:00"}, insightsConfig: {queryInsightsEnabled: true}}}`,
	"aws": `{maintenanceWindow: "tue:05:00-tue:05:30", backupWindow: "07:00-07:30", performanceInsightsEnabled: true, monitoringInterval: 60, ` +
		`enabledCloudwatchLogsExports: [postgresql]}`,
	"azure": `{maintenanceWindow: {dayOfWeek: 2, startHour: 5}}`,
}

// TestByHand holds that what somebody set by hand, and nobody here names, stays as it is through
// ten reconciles: what is composed is laid over it, as Crossplane applies it.
func TestByHand(t *testing.T) {
	t.Parallel()
	for provider, hand := range byHand {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			l := alive(t, provider)
			body := object.Struct(l.instance(), "spec", "forProvider")
			lay(body, fromYAML(t, hand))
			want := proto.CloneOf(body)
			for i := range 10 {
				rsp := run(t, proto.CloneOf(l.request))
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				lay(body, object.Struct(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "forProvider"))
				if diff := cmp.Diff(want, body, protocmp.Transform()); diff != "" {
					t.Fatalf("reconcile %d: spec.forProvider: -want, +got:\n%s", i, diff)
				}
			}
		})
	}
}

// lay lays one body over another: objects are merged, all else is replaced.
func lay(under, over *structpb.Struct) {
	for key, v := range over.GetFields() {
		there := under.GetFields()[key].GetStructValue()
		if there != nil && v.GetStructValue() != nil {
			lay(there, v.GetStructValue())
			continue
		}
		under.Fields[key] = v
	}
}

// TestFoundByHand holds that an instance of Cloud SQL which outlived its claim keeps how it was
// tuned: its provider takes off what is left out, and some flags restart the instance.
func TestFoundByHand(t *testing.T) {
	t.Parallel()
	l := alive(t, "gcp")
	delete(object.Struct(l.instance(), "metadata", "annotations").GetFields(), createSucceeded)
	there := object.Struct(l.instance(), "status", "atProvider")
	lay(there, fromYAML(t, byHand["gcp"]))
	object.Set(there, "03:15", "settings", "backupConfiguration", "startTime")
	rsp := run(t, l.request)
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	got := object.Struct(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "forProvider", "settings")
	for _, name := range []string{"databaseFlags", "maintenanceWindow", "denyMaintenancePeriod"} {
		if diff := cmp.Diff(object.Get(there, "settings", name), got.GetFields()[name], protocmp.Transform()); diff != "" {
			t.Errorf("settings.%s: -there, +composed:\n%s", name, diff)
		}
	}
	if at := object.String(got, "backupConfiguration", "startTime"); at != "03:15" {
		t.Errorf("startTime: want 03:15, got %q", at)
	}
}
