package multiclouddb

import (
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// lookedAt are databases with what people give them: a standby, backups, protection.
var lookedAt = map[string]string{
	"gcp": "kind: DatabaseInstance, " + looked + "status: {atProvider: {id: x, databaseVersion: POSTGRES_17, region: europe-west1, deletionProtection: true, " +
		"settings: {diskSize: 50, tier: db-n1-standard-8, availabilityType: REGIONAL, deletionProtectionEnabled: true, retainBackupsOnDelete: false, " +
		"edition: ENTERPRISE_PLUS, activationPolicy: ALWAYS, backupConfiguration: {enabled: true, pointInTimeRecoveryEnabled: true, backupTier: STANDARD, " +
		"transactionLogRetentionDays: 14, backupRetentionSettings: {retainedBackups: 20, retentionUnit: COUNT}}, ipConfiguration: {privateNetwork: old}}}}",
	"aws": "kind: Instance, " + looked + "status: {atProvider: {id: db-1, identifier: old, engine: postgres, engineVersion: \"17.4\", engineVersionActual: " +
		"\"17.4\", region: eu-west-1, allocatedStorage: 50, maxAllocatedStorage: 1000, instanceClass: db.r6i.2xlarge, multiAz: true, deletionProtection: true, " +
		"backupRetentionPeriod: 20, copyTagsToSnapshot: false, dbSubnetGroupName: old, username: boss, storageEncrypted: false, tags: {a: b}}}",
	"azure": "kind: FlexibleServer, " + looked + "status: {atProvider: {id: x, version: \"17\", location: West Europe, storageMb: 65536, storageTier: P40, " +
		"skuName: MO_Standard_E8ds_v4, resourceGroupName: old, administratorLogin: boss, delegatedSubnetId: old, backupRetentionDays: 20, " +
		"autoGrowEnabled: false, highAvailability: {mode: SameZone}}}",
	"ibm": there["ibm"],
}

func TestChangesListed(t *testing.T) {
	t.Parallel()
	const (
		nothing  = "spec.adopt Manage takes it over, in the size that it has until spec.profile is edited after that, and changes nothing but that it gets cost tags"
		changing = "until spec.profile is edited after that, and changes: "
		policy   = "metadata: {name: p}\ndata: {policy: {POLICY}, providers: {azure: {resourceGroup: rg}}}"
	)
	asks := func(what string) func(string) string {
		return func(spec string) string { return strings.Replace(spec, "{engine", "{"+what+", engine", 1) }
	}
	settings := func(what string) string { return strings.Replace(policy, "POLICY", what, 1) }
	cases := map[string]struct {
		reason, provider string
		edit             func(string) string // of the claim
		settings         string
		there            []string // old and new, of what is there
		reasonGot, want  string
	}{
		"GCP":   {"The claim of prod agrees, and what prod has by default is for new instances.", "gcp", nil, settingsAdopt, nil, "Observed", nothing},
		"AWS":   {"The claim of prod agrees, and what prod has by default is for new instances.", "aws", nil, settingsAdopt, nil, "Observed", nothing},
		"Azure": {"The claim of prod agrees, and what prod has by default is for new servers.", "azure", nil, settingsAdopt, nil, "Observed", nothing},
		"IBM":   {"The claim of prod agrees, and the protection is the provider's own.", "ibm", nil, settingsAdopt, nil, "Observed", nothing},
		"Bare": {
			"What is less than prod has stays so.", "aws", nil, settingsAdopt,
			[]string{"multiAz: true, deletionProtection: true, backupRetentionPeriod: 20", "backupRetentionPeriod: 1"},
			"Observed",
			nothing,
		},
		"Days": {
			"The claim's own days are listed with those that are there.", "aws", asks("backupRetentionDays: 14"), settingsAdopt,
			nil, "Observed",
			changing + "backupRetentionPeriod: 20 becomes 14",
		},
		"DaysGCP": {
			"Logs follow the backups, which are no fewer.", "gcp", asks("backupRetentionDays: 9"), settingsAdopt,
			nil, "Observed",
			changing + "settings.backupConfiguration.backupRetentionSettings.retainedBackups: 20 becomes 9;" +
				" settings.backupConfiguration.transactionLogRetentionDays: 14 becomes 9",
		},
		"NoStandby": {
			"A standby that the claim takes away is named.", "aws", asks("highAvailability: false"), settingsAdopt,
			nil, "Observed",
			changing + "multiAz: true becomes false",
		},
		"NoBlock": {
			"A standby that is asked for by a block is named where the block goes.", "azure", asks("highAvailability: false"), settingsAdopt,
			nil, "Observed",
			changing + "highAvailability.mode: SameZone becomes unset",
		},
		"Logs": {
			"A standby of Cloud SQL takes logs, for which the instance restarts.", "gcp", asks("highAvailability: true"), settingsAdopt,
			[]string{"REGIONAL", "ZONAL", "pointInTimeRecoveryEnabled: true, ", ""},
			"Observed",
			changing + "settings.availabilityType: ZONAL becomes REGIONAL;" +
				" settings.backupConfiguration.pointInTimeRecoveryEnabled: unset becomes true",
		},
		"Disk": {
			"A larger disk is the sizer's to write, and listed.", "aws", asks("storageGiB: 100"), settingsAdopt,
			nil, "Observed",
			changing + "spec.database.storageGiB: 50 becomes 100",
		},
		"Version": {"The minor version is the cloud's.", "aws", nil, settingsAdopt, []string{`"17.4"`, `"17.9"`}, "Observed", nothing},
		"Raised": {
			"What the settings say themselves is listed.", "aws", nil, settings("backupRetentionDays: 35, deletionProtection: true"),
			[]string{"deletionProtection: true", "deletionProtection: false"},
			"Observed",
			changing + "backupRetentionPeriod: 20 becomes 35; deletionProtection: false becomes true",
		},
		"Lowered": {
			"Settings lower nothing.", "aws", nil, settings("backupRetentionDays: 2, deletionProtection: false, highAvailability: false"),
			nil, "Observed",
			nothing,
		},
		"Lock": {
			"A lock is a resource of its own.", "azure", nil, settings("deletionProtection: true"),
			nil, "Observed",
			changing + "lock: ManagementLock is made",
		},
		"Refused": {
			"What the provider cannot manage is told before anybody asks for it.", "azure", nil, settingsAdopt,
			[]string{"MO_Standard_E8ds_v4", "GP_Standard_DC4ads_v5"},
			"Differs",
			"spec.externalName: old has the machine GP_Standard_DC4ads_v5, a confidential one, which no profile has",
		},
		"PSC": {
			"What cannot be written back is not taken over.", "gcp", nil, settingsAdopt,
			[]string{"{privateNetwork: old}", "{privateNetwork: old, pscConfig: [{pscEnabled: true}]}"},
			"Differs",
			"spec.externalName: old is reached by Private Service Connect, and would lose it",
		},
		"Stopped": {
			"RDS refuses a change of a stopped instance.", "aws", nil, settingsAdopt,
			[]string{"identifier: old", "identifier: old, status: stopped"},
			"Observed",
			nothing + `; RDS reports "stopped": until it is started, RDS refuses every change of it`,
		},
		"Never": {
			"A stopped instance of Cloud SQL is not started.", "gcp", nil, settingsAdopt,
			[]string{"ALWAYS", "NEVER"},
			"Observed",
			nothing + `; Cloud SQL reports the activationPolicy "NEVER"`,
		},
		"Full": {
			"A database whose disk is full does not serve, whoever manages it.", "aws", nil, settingsAdopt,
			[]string{"identifier: old", "identifier: old, status: storage-full"},
			"Observed",
			nothing + `; RDS reports "storage-full": its disk is full; a larger spec.database.storageGiB gives it room`,
		},
		"Inactive": {
			"A database that IBM Cloud has stopped is taken over as it is.", "ibm", nil, settingsAdopt,
			[]string{"outputs: {", "outputs: {status: inactive, "},
			"Observed",
			nothing + `; IBM Cloud reports "inactive"`,
		},
		"Aurora": {
			"A member of a cluster is no instance of its own.", "aws", nil, settingsAdopt,
			[]string{"engine: postgres", "engine: aurora-postgresql"},
			"Differs",
			"spec.externalName: old runs aurora-postgresql, and is a member of a cluster, which has the disk, the backups and the protection: " +
				`only instances of RDS are taken over; spec.database.engine: "postgres" is asked for and "aurora-postgresql" is there`,
		},
		"Replica": {
			"A read replica is what its source is.", "aws", nil, settings("backupRetentionDays: 35, highAvailability: true"),
			[]string{"identifier: old", "identifier: old, replicateSourceDb: main", "multiAz: true", "multiAz: false"},
			"Observed",
			nothing,
		},
		"AskedDays": {
			"The claim of a read replica says nothing of backups.", "gcp", asks("backupRetentionDays: 9"), settingsAdopt,
			[]string{"id: x", "id: x, masterInstanceName: main", "enabled: true, ", "", "retainedBackups: 20, ", ""},
			"Differs",
			"spec.database.backupRetentionDays: 9 is asked for, and old is a read replica, where it stays 0; take the field out",
		},
		"AskedHA": {
			"The claim of a read replica says nothing of a standby.", "azure", asks("highAvailability: true"), settingsAdopt,
			[]string{"id: x", "id: x, sourceServerId: main", ", highAvailability: {mode: SameZone}", ""},
			"Differs",
			"spec.database.highAvailability: true is asked for, and old is a read replica, where it stays false; take the field out",
		},
		"Promoted": {
			"A replica that was promoted is a primary.", "azure", asks("highAvailability: true"), settingsAdopt,
			[]string{"id: x", "id: x, sourceServerId: main, replicationRole: None", ", highAvailability: {mode: SameZone}", ""},
			"Observed",
			changing + "highAvailability.mode: unset becomes ZoneRedundant",
		},
		"Restored": {
			"A server that was made of a backup is a primary.", "azure", asks("highAvailability: true"), settingsAdopt,
			[]string{"id: x", "id: x, sourceServerId: main, createMode: PointInTimeRestore", ", highAvailability: {mode: SameZone}", ""},
			"Observed",
			changing + "highAvailability.mode: unset becomes ZoneRedundant",
		},
		"Source": {
			"A server with replicas is a primary.", "azure", asks("highAvailability: true"), settingsAdopt,
			[]string{"id: x", "id: x, sourceServerId: main, replicationRole: Source", ", highAvailability: {mode: SameZone}", ""},
			"Observed",
			changing + "highAvailability.mode: unset becomes ZoneRedundant",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			spec := strings.NewReplacer("gcp", tc.provider).Replace(specGCP) + "  externalName: old\n"
			if tc.edit != nil {
				spec = tc.edit(spec)
			}
			live := strings.NewReplacer(tc.there...).Replace(lookedAt[tc.provider])
			rsp := run(t, request(t, xrHead+spec, tc.settings, map[string]string{keyInstance: "{" + live + "}"}))
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			c := rsp.GetConditions()[0]
			if c.GetReason() != tc.reasonGot || !strings.HasSuffix(c.GetMessage(), tc.want) {
				t.Errorf("\n%s\nComposed is %s: %s\nwant %s", tc.reason, c.GetReason(), c.GetMessage(), tc.want)
			}
		})
	}
}

// TestChangesCome holds that what is listed while a claim observes is what is composed once
// it manages, and no more: where nothing is listed, each field has the value that is there.
func TestChangesCome(t *testing.T) {
	t.Parallel()
	for provider, live := range lookedAt {
		xr := xrHead + strings.Replace(specGCP, "gcp", provider, 1) + "  externalName: old\n  adopt: Manage\n"
		rsp := run(t, request(t, xr, settingsAdopt, map[string]string{keyInstance: "{" + live + "}"}))
		if got := fatal(rsp); got != "" {
			t.Fatal(got)
		}
		c := rsp.GetConditions()[0]
		if c.GetReason() != "Adopted" || !strings.Contains(c.GetMessage(), "and so does its size until spec.profile is edited") {
			t.Errorf("%s: Composed is %s: %s", provider, c.GetReason(), c.GetMessage())
		}
		o, status := rsp.GetDesired().GetResources()[keyInstance].GetResource(), fromYAML(t, "{"+live+"}")
		for _, path := range []string{
			"deletionProtection", "multiAz", "backupRetentionPeriod", "copyTagsToSnapshot", "instanceClass", "maxAllocatedStorage", "autoGrowEnabled",
			"storageTier", "skuName", "backupRetentionDays", "highAvailability.mode", "settings.tier", "settings.availabilityType", "settings.edition",
			"settings.deletionProtectionEnabled", "settings.backupConfiguration.transactionLogRetentionDays", "settings.retainBackupsOnDelete",
			"settings.backupConfiguration.backupRetentionSettings.retainedBackups", "settings.backupConfiguration.pointInTimeRecoveryEnabled",
		} {
			at := strings.Split(path, ".")
			is := object.Get(status, append([]string{"status", "atProvider"}, at...)...)
			asked := object.Get(o, append([]string{"spec", "forProvider"}, at...)...)
			if is != nil && (asked == nil || is.String() != asked.String()) {
				t.Errorf("%s: %s is %v, and %v is asked for", provider, path, is, asked)
			}
		}
	}
}
