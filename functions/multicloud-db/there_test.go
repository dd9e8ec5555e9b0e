package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestOneReportWithout holds that a report which lacks a field for once, while it has others,
// changes nothing that is asked for of a live database: the claim's own, or one taken over.
func TestOneReportWithout(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, provider, engine, adopted string
		asked, there                      string // that the claim's own is observed with
		lost, path                        string // below atProvider, and below forProvider
	}{
		"ModeMySQL": {
			"A standby in another zone takes a new server of MySQL.", "azure", "mysql", "", `highAvailability: {mode: ZoneRedundant}`,
			`version: "8.4", highAvailability: {mode: ZoneRedundant}`, "highAvailability", "highAvailability.mode",
		},
		"ModePostgres": {
			"A standby in the server's own zone stays there.", "azure", "postgres", "", `highAvailability: {mode: SameZone}`,
			`version: "17", highAvailability: {mode: SameZone}`, "highAvailability", "highAvailability.mode",
		},
		"ModeAdopted": {
			"A standby that was found stays where it is.", "azure", "postgres", lookedAt["azure"], "", "", "highAvailability", "highAvailability.mode",
		},
		"VersionMySQL": {
			"Azure has a version of MySQL by all its parts.", "azure", "mysql", "", "version: 8.4.5", "version: 8.4.5", "version", "version",
		},
		"VersionPostgres": {
			"A version that the cloud moved a server to is not asked to go back.", "azure", "postgres", "", `version: "18"`, `version: "18"`, "version", "version",
		},
		"VersionGCP": {
			"Cloud SQL moved an instance to a newer version.", "gcp", "postgres", "", `databaseVersion: POSTGRES_18`, "databaseVersion: POSTGRES_18",
			"databaseVersion", "databaseVersion",
		},
		"VersionAWS": {
			"RDS moved an instance to a newer version.", "aws", "postgres", "", `engineVersion: "18"`, `engineVersionActual: "18.1"`,
			"engineVersionActual", "engineVersion",
		},
		"Geo": {
			"Backups in two regions take a new server.", "azure", "postgres", "", `geoRedundantBackupEnabled: true`,
			`geoRedundantBackupEnabled: true`, "geoRedundantBackupEnabled", "geoRedundantBackupEnabled",
		},
		"Group": {
			"A server that was found stays in its resource group.", "azure", "postgres", lookedAt["azure"], "", "", "resourceGroupName", "resourceGroupName",
		},
		"Identifier": {
			"An instance that is known by its id keeps its identifier.", "aws", "postgres", strings.Replace(lookedAt["aws"], "identifier: old", "identifier: main", 1),
			"", "", "identifier", "identifier",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			spec := strings.TrimPrefix(specOf(tc.provider, tc.engine), xrHead)
			req := request(t, xrHead+spec, settingsAdopt, map[string]string{keyInstance: "{}", keyPassword: "{data: {password: cGFzcw==}}"})
			o := req.GetObserved().GetResources()[keyInstance].GetResource()
			if tc.adopted != "" {
				spec = strings.Replace(specGCP, "gcp", tc.provider, 1) + "  externalName: old\n  adopt: Manage\n"
				req = request(t, xrHead+spec, settingsAdopt, map[string]string{keyInstance: "{}"})
				proto.Merge(o, manageLooked(t, spec, tc.adopted))
				object.Set(o, object.Get(fromYAML(t, "{"+tc.adopted+"}"), "status"), "status")
			} else {
				first := run(t, request(t, xrHead+spec, settingsAdopt, nil))
				o = made(first.GetDesired().GetResources()[keyInstance].GetResource())
				for key, v := range fromYAML(t, "{"+tc.asked+"}").GetFields() {
					object.Set(o, v, "spec", "forProvider", key)
				}
				object.Set(o, fromYAML(t, "{id: x, "+tc.there+"}"), "status", "atProvider")
			}
			req.GetObserved().GetResources()[keyInstance].Resource = o
			at := append([]string{"spec", "forProvider"}, strings.Split(tc.path, ".")...)
			compose := func() any {
				rsp := run(t, proto.CloneOf(req))
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				return object.Get(rsp.GetDesired().GetResources()[keyInstance].GetResource(), at...).AsInterface()
			}
			want := compose()
			if diff := cmp.Diff(object.Get(o, at...).AsInterface(), want); diff != "" {
				t.Fatalf("\n%s\nit is not asked for as it was at first: -was, +composed:\n%s", tc.reason, diff)
			}
			delete(object.Struct(o, "status", "atProvider").GetFields(), tc.lost)
			if diff := cmp.Diff(want, compose()); diff != "" {
				t.Errorf("\n%s\n%s is not reported: -composed before, +composed:\n%s", tc.reason, tc.lost, diff)
			}
		})
	}
}
