package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

const (
	networkGCP = "metadata: {name: p}\ndata: {providers: {gcp: {network: projects/acme/global/networks/prod}}}"
	thereGCP   = "databaseVersion: POSTGRES_17, region: europe-west1"
)

func serverGCP(spec, there string) string {
	return "{kind: DatabaseInstance, metadata: {annotations: {crossplane.io/external-create-succeeded: x}}, " +
		"spec: {forProvider: {" + spec + "}}, status: {atProvider: {id: x, " + thereGCP + ", " + there + "}}}"
}

// TestConnectorsGCP holds that clients reach a database once it has a network.
func TestConnectorsGCP(t *testing.T) {
	t.Parallel()
	const closed = "settings: {connectorEnforcement: REQUIRED, ipConfiguration: {ipv4Enabled: true}}"
	cases := map[string]struct{ reason, settings, server, want string }{
		"NoNetwork": {"Without a network nothing but Cloud SQL's own connectors gets in.", "", "", "REQUIRED"},
		"Network":   {"On a network clients connect.", networkGCP, "", "NOT_REQUIRED"},
		"Later":     {"Also on one that was given later: what is left out would stay as it was.", networkGCP, serverGCP(closed, closed), "NOT_REQUIRED"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			observed := map[string]string{keyPassword: "{data: {password: cGFzcw==}}"}
			if tc.server != "" {
				observed[keyInstance] = tc.server
			}
			rsp := run(t, request(t, xrHead+specGCP, tc.settings, observed))
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
			if diff := cmp.Diff(tc.want, object.String(o, "spec", "forProvider", "settings", "connectorEnforcement")); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestAdoptedGCP holds that an instance that is taken over is nothing less protected,
// and that Cloud SQL takes what is asked for.
func TestAdoptedGCP(t *testing.T) {
	t.Parallel()
	dev := strings.Replace(specOf("gcp", "postgres"), "payments-prod", "payments-dev", 1) + "  externalName: old\n  adopt: Manage\n"
	seven := strings.Replace(dev, "{engine", "{backupRetentionDays: 7, engine", 1)
	adopted := func(settings string) string {
		return "{metadata: {annotations: {" + requested + "external-name: old}}, status: {atProvider: {id: x, " + thereGCP +
			", settings: {diskSize: 64, availabilityType: ZONAL, " + settings + "}}}}"
	}
	cases := map[string]struct {
		reason, xr, settings, there string
		want                        map[string]any
	}{
		"Protected": {
			"The cloud's own protection is all that the provider reports of one that it did not make.", dev, "", "deletionProtectionEnabled: true",
			map[string]any{"deletionProtectionEnabled": true},
		},
		"LastBackup": {
			"What outlives the instance stays, and no shorter.", dev, "", "retainBackupsOnDelete: true, finalBackupConfig: {enabled: true, retentionDays: 90}",
			map[string]any{"retainBackupsOnDelete": true, "finalBackupConfig": map[string]any{"enabled": true, "retentionDays": 90.0}},
		},
		"NoLastBackup": {
			"In dev there is none where there was none.", dev, "", "retainBackupsOnDelete: false",
			map[string]any{"retainBackupsOnDelete": false, "finalBackupConfig": nil},
		},
		"LastBackupOff": {
			"What is there of a last backup stays also where it is off.", dev, "", "finalBackupConfig: {enabled: false, retentionDays: 7}",
			map[string]any{"retainBackupsOnDelete": false, "finalBackupConfig": map[string]any{"enabled": false, "retentionDays": 7.0}},
		},
		"LastBackupDayless": {
			"A last backup without days gets none.", dev, "", "finalBackupConfig: {enabled: true}",
			map[string]any{"finalBackupConfig": map[string]any{"enabled": true}},
		},
		"Logs": {
			"Cloud SQL refuses logs that are kept longer than the claim says of backups.", seven, "", "backupConfiguration: {transactionLogRetentionDays: 14, " +
				"backupRetentionSettings: {retainedBackups: 15}}",
			map[string]any{"backupConfiguration.transactionLogRetentionDays": 7.0, "backupConfiguration.backupRetentionSettings.retainedBackups": 7.0},
		},
		"LongLogs": {
			"Those of another edition are kept as long as its backups are.", dev, "", "backupConfiguration: {transactionLogRetentionDays: 14, " +
				"backupRetentionSettings: {retainedBackups: 15}}",
			map[string]any{"backupConfiguration.transactionLogRetentionDays": 14.0, "backupConfiguration.backupRetentionSettings.retainedBackups": 15.0},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rsp := run(t, request(t, tc.xr, tc.settings, map[string]string{keyInstance: adopted(tc.there)}))
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
			for path, want := range tc.want {
				got := object.Get(o, append([]string{"spec", "forProvider", "settings"}, strings.Split(path, ".")...)...).AsInterface()
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("\n%s\n%s: -want, +got:\n%s", tc.reason, path, diff)
				}
			}
		})
	}
}

// TestNetworkFoundGCP holds that an instance which was there is not asked to leave its
// network where the settings have lost it: the provider would have to make it anew.
func TestNetworkFoundGCP(t *testing.T) {
	t.Parallel()
	there := `{kind: DatabaseInstance, status: {atProvider: {id: x, ` + thereGCP + `, settings: {ipConfiguration: {privateNetwork: ` +
		`projects/acme/global/networks/prod}}}}}`
	rsp := run(t, request(t, xrHead+specGCP, "", map[string]string{keyInstance: there, keyPassword: "{data: {password: cGFzcw==}}"}))
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
	if got := object.String(o, "spec", "forProvider", "settings", "ipConfiguration", "privateNetwork"); got != "projects/acme/global/networks/prod" {
		t.Errorf("its network became %q", got)
	}
}

// TestInsideGCP holds what becomes of the logical database and the user.
func TestInsideGCP(t *testing.T) {
	t.Parallel()
	failing := `{kind: Database, status: {conditions: [{type: Synced, status: "False", message: instance does not exist}]}}`
	cases := map[string]struct {
		reason, instance string
		want             string // the reason of Provisioned
	}{
		"Early": {"Until the instance is there its provider finds nothing to look into.", serverGCP("", "settings: {}"), "Creating"},
		"Late": {
			"After that an error is one.",
			strings.Replace(serverGCP("", "settings: {}"), "status: {", `status: {conditions: [{type: Ready, status: "True"}], `, 1),
			"ProviderError",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dev := strings.Replace(xrHead+specGCP, "payments-prod", "payments-dev", 1)
			rsp := run(t, request(t, dev, networkGCP, map[string]string{keyInstance: tc.instance, keyDatabase: failing, keyPassword: "{data: {password: cGFzcw==}}"}))
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			for _, c := range rsp.GetConditions() {
				if c.GetType() == conditionProvisioned && c.GetReason() != tc.want {
					t.Errorf("\n%s\nProvisioned is %s: %s", tc.reason, c.GetReason(), c.GetMessage())
				}
			}
			for _, key := range []string{keyDatabase, keyUser} {
				if !orphaned(rsp.GetDesired().GetResources()[key].GetResource()) {
					t.Errorf("the provider would look for the %s once its instance is gone", key)
				}
			}
			if orphaned(rsp.GetDesired().GetResources()[keyInstance].GetResource()) {
				t.Error("the instance would stay behind")
			}
		})
	}
}
