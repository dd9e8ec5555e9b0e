package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// replica turns what is looked at into a read replica.
var replica = map[string][]string{
	"gcp":   {"id: x", "id: x, masterInstanceName: main"},
	"aws":   {"identifier: old", "identifier: old, replicateSourceDb: main"},
	"azure": {"id: x", "id: x, sourceServerId: main"},
}

// manageLooked takes over what is looked at, and is the resource as it is composed then.
func manageLooked(t *testing.T, spec, there string) *structpb.Struct {
	t.Helper()
	rsp := run(t, request(t, xrHead+spec, settingsAdopt, map[string]string{keyInstance: "{" + there + "}"}))
	o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
	if got := fatal(rsp); got != "" || object.String(o, "metadata", "annotations", requested+"adopt") != manage {
		t.Fatalf("it is not taken over: %s %v", got, rsp.GetConditions())
	}
	return o
}

// reported runs a claim on a resource as it was composed last, with what is reported now.
func reported(t *testing.T, spec string, last *structpb.Struct, there string) *fnv1.RunFunctionResponse {
	t.Helper()
	req := request(t, xrHead+spec, settingsAdopt, map[string]string{keyInstance: "{}"})
	object.Set(last, object.Get(fromYAML(t, "{"+there+"}"), "status"), "status")
	req.Observed.Resources[keyInstance] = &fnv1.Resource{Resource: last}
	return run(t, req)
}

// TestReportRefusesNothing holds that an unchanged claim of a database that was taken over is
// never refused for what the cloud reports since: the database is composed as it was asked
// for last, and the condition says what is there. Only an edit is refused.
func TestReportRefusesNothing(t *testing.T) {
	t.Parallel()
	const (
		azureHA = ", highAvailability: {mode: SameZone}"
		gcpHA   = "availabilityType: REGIONAL"
	)
	cases := map[string]struct {
		reason, provider, asks string
		before, since          []string // old and new, of what is there
		edit                   []string // of the claim
		path                   string   // that stays as it was composed
		refused, says          string
	}{
		"StandbyAWS": {
			"Somebody gives a replica a standby.", "aws", "highAvailability: false", append(replica["aws"], "multiAz: true", "multiAz: false"),
			[]string{"multiAz: false", "multiAz: true"},
			nil, "multiAz", "",
			"spec.database.highAvailability: false is asked for as before, and old is a read replica that has true",
		},
		"NoStandbyAWS": {
			"Somebody takes a replica's standby away.", "aws", "highAvailability: true", replica["aws"],
			[]string{"multiAz: true", "multiAz: false"},
			nil, "multiAz", "",
			"spec.database.highAvailability: true is asked for as before, and old is a read replica that has false",
		},
		"StandbyGCP": {
			"Somebody takes the standby of a replica on Cloud SQL away.", "gcp", "highAvailability: true", replica["gcp"],
			[]string{gcpHA, "availabilityType: ZONAL"},
			nil, "settings.availabilityType", "",
			"is a read replica that has false",
		},
		"StandbyAzure": {
			"Somebody gives a replica on Azure a standby.", "azure", "highAvailability: false", append(replica["azure"], azureHA, ""),
			[]string{"id: x", "highAvailability: {mode: SameZone}, id: x"},
			nil, "highAvailability", "",
			"is a read replica that has true",
		},
		"DaysAWS": {
			"Somebody changes how long a replica keeps backups.", "aws", "backupRetentionDays: 20", replica["aws"],
			[]string{"backupRetentionPeriod: 20", "backupRetentionPeriod: 5"},
			nil, "backupRetentionPeriod", "",
			"spec.database.backupRetentionDays: 20 is asked for as before, and old is a read replica that has 5",
		},
		"Becomes": {
			"A primary of which the claim asks for much becomes a replica.", "aws", "highAvailability: true, backupRetentionDays: 14", nil,
			append(replica["aws"], "multiAz: true", "multiAz: false"), nil, "backupRetentionPeriod", "",
			"spec.database.backupRetentionDays: 14 is asked for as before",
		},
		"Promoted": {
			"A replica that was promoted is asked for the same.", "aws", "highAvailability: true", replica["aws"],
			[]string{", replicateSourceDb: main", ""},
			nil, "multiAz", "", "",
		},
		"Edited": {
			"An edit that a replica does not take is refused.", "aws", "highAvailability: true", replica["aws"],
			nil,
			[]string{"highAvailability: true", "highAvailability: false"},
			"",
			"spec.database.highAvailability: false is asked for, and old is a read replica, where it stays true; take the field out", "",
		},
		"EditedDays": {
			"The days of a replica's backups are its source's.", "azure", "backupRetentionDays: 20", replica["azure"],
			nil,
			[]string{"backupRetentionDays: 20", "backupRetentionDays: 9"},
			"",
			"spec.database.backupRetentionDays: 9 is asked for, and old is a read replica, where it stays 20; take the field out", "",
		},
		"Added": {
			"To ask for more than before is an edit.", "aws", "name: x", append(replica["aws"], "multiAz: true", "multiAz: false"),
			nil,
			[]string{"name: x", "highAvailability: true"},
			"",
			"spec.database.highAvailability: true is asked for, and old is a read replica, where it stays false; take the field out", "",
		},
		"TakenOut": {
			"A field that is taken out changes nothing.", "aws", "highAvailability: true", replica["aws"],
			nil,
			[]string{"highAvailability: true, ", ""},
			"multiAz", "", "",
		},
		"EditedToIt": {
			"An edit to what is there asks for nothing else.", "aws", "highAvailability: true", replica["aws"],
			[]string{"multiAz: true", "multiAz: false"},
			[]string{"highAvailability: true", "highAvailability: false"},
			"", "", "",
		},
		"PSC": {
			"Somebody lets Private Service Connect in.", "gcp", "highAvailability: true", nil,
			[]string{"{privateNetwork: old}", "{privateNetwork: old, pscConfig: [{pscEnabled: true}]}"},
			nil, "settings.tier", "",
			"old is reached by Private Service Connect, and would lose it",
		},
		"Disk": {
			"Somebody moves a server to a Premium SSD v2.", "azure", "highAvailability: true", nil,
			[]string{"storageMb: 65536", "storageMb: 102400"},
			nil, "highAvailability", "",
			"old has a disk of 102400 MiB, which is a Premium SSD v2",
		},
		"Confidential": {
			"Somebody gives a server a confidential machine.", "azure", "highAvailability: true", nil,
			[]string{"MO_Standard_E8ds_v4", "GP_Standard_DC4ads_v5"},
			nil, "highAvailability", "",
			"old has the machine GP_Standard_DC4ads_v5, a confidential one",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			spec := strings.NewReplacer("gcp", tc.provider, "{engine", "{"+tc.asks+", engine").Replace(specGCP) + "  externalName: old\n  adopt: Manage\n"
			there := strings.NewReplacer(tc.before...).Replace(lookedAt[tc.provider])
			o := manageLooked(t, spec, there)
			at := append([]string{"spec", "forProvider"}, strings.Split(tc.path, ".")...)
			want := object.Get(o, at...)

			spec, there = strings.NewReplacer(tc.edit...).Replace(spec), strings.NewReplacer(tc.since...).Replace(there)
			for range 2 {
				rsp := reported(t, spec, o, there)
				if diff := cmp.Diff(tc.refused, fatal(rsp)); diff != "" {
					t.Fatalf("\n%s\nfatal: -want, +got:\n%s", tc.reason, diff)
				}
				if tc.refused != "" {
					return
				}
				if c := rsp.GetConditions()[0]; c.GetReason() != "Adopted" || !strings.Contains(c.GetMessage(), tc.says) {
					t.Errorf("\n%s\nComposed is %s: %s\nwant %s", tc.reason, c.GetReason(), c.GetMessage(), tc.says)
				}
				o = rsp.GetDesired().GetResources()[keyInstance].GetResource()
				if diff := cmp.Diff(want.AsInterface(), object.Get(o, at...).AsInterface()); tc.path != "" && diff != "" {
					t.Errorf("\n%s\n%s: -composed last, +composed:\n%s", tc.reason, tc.path, diff)
				}
			}
		})
	}
}

// TestOlderReplica holds that a replica of which an older version asked for what its claim
// says is asked for the same after an upgrade.
func TestOlderReplica(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ provider, standby, asked string }{
		"gcp": {
			"gcp", "false",
			"{settings: {availabilityType: ZONAL, backupConfiguration: {enabled: true, backupRetentionSettings: {retainedBackups: 7, retentionUnit: COUNT}}}}",
		},
		"aws":   {"aws", "false", "{multiAz: false, backupRetentionPeriod: 7}"},
		"azure": {"azure", "false", "{backupRetentionDays: 7}"},
		// The step that sizes has taken the standby out until the machine is a larger one.
		"held back": {"azure", "true", "{backupRetentionDays: 7}"},
	} {
		provider, asked := tc.provider, tc.asked
		spec := strings.NewReplacer("gcp", provider, "{engine", "{highAvailability: "+tc.standby+", backupRetentionDays: 7, engine").Replace(specGCP) +
			"  externalName: old\n  adopt: Manage\n"
		o := fromYAML(t, "{"+lookedAt[provider]+"}")
		object.Set(o, manage, "metadata", "annotations", requested+"adopt")
		object.Set(o, fromYAML(t, asked), "spec", "forProvider")
		for range 2 {
			there := strings.NewReplacer(replica[provider]...).Replace(lookedAt[provider])
			if tc.standby == "true" {
				there = strings.Replace(there, ", highAvailability: {mode: SameZone}", "", 1)
			}
			rsp := reported(t, spec, o, there)
			if got := fatal(rsp); got != "" {
				t.Fatalf("%s: %s", name, got)
			}
			o = rsp.GetDesired().GetResources()[keyInstance].GetResource()
			for _, path := range []string{
				"multiAz", "backupRetentionPeriod", "backupRetentionDays", "highAvailability", "settings.availabilityType",
				"settings.backupConfiguration.backupRetentionSettings.retainedBackups",
			} {
				at := strings.Split(path, ".")
				was, is := object.Get(fromYAML(t, asked), at...).AsInterface(), object.Get(o, append([]string{"spec", "forProvider"}, at...)...).AsInterface()
				if path == "highAvailability" && tc.standby == "true" {
					was = map[string]any{"mode": "ZoneRedundant"} // as the older version composed it
				}
				if diff := cmp.Diff(was, is); diff != "" {
					t.Errorf("%s: %s: -asked by the older version, +composed:\n%s", name, path, diff)
				}
			}
		}
	}
}
