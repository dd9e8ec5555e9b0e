package profilesizer

import "testing"

func TestRuns(t *testing.T) {
	cases := []struct {
		reason, runs, engine, version string
		want                          bool
	}{
		{"The least minor version runs.", "graviton3", "postgres", "13.4", true},
		{"An older minor version does not.", "graviton3", "postgres", "13.3", false},
		{"Each release line has a least of its own.", "graviton3", "postgres", "14.4", false},
		{"A newer minor version runs.", "graviton3", "postgres", "14.10", true},
		{"A line before all of them does not run.", "graviton3", "postgres", "12.22", false},
		{"A line after all of them runs.", "graviton3", "postgres", "16.1", true},
		{"A line alone means its newest version.", "graviton3", "postgres", "13", true},
		{"A line alone that is too old does not run.", "graviton3", "postgres", "11", false},
		{"MySQL's lines have two parts.", "graviton3", "mysql", "8.0.27", false},
		{"MySQL's line alone means its newest version.", "graviton3", "mysql", "8.0", true},
		{"MySQL's first part alone means its newest version.", "graviton3", "mysql", "8", true},
		{"A newer line of MySQL runs.", "graviton3", "mysql", "8.4.3", true},
		{"An extended support version is read by its figures.", "graviton3", "mysql", "5.7.44-rds.20240808", false},
		{"Another generation runs an older version.", "graviton2", "postgres", "12.7", true},
		{"A generation without a row of the engine runs every version.", "m5", "mysql", "5.7.44", true},
		{"A line between two of them is as the older.", "graviton3", "mariadb", "10.3.39", false},
		{"MariaDB's newer lines run.", "graviton3", "mariadb", "10.11.4", true},
		{"An engine that nobody names runs.", "graviton3", "", "5.7", true},
		{"A version that is no figure is unknown, and runs.", "graviton3", "mysql", "latest", true},
	}
	for _, tc := range cases {
		t.Run(tc.runs+" "+tc.engine+" "+tc.version, func(t *testing.T) {
			if got := offerAWS.Runs[tc.runs].run(versionOf(tc.engine, tc.version)); got != tc.want {
				t.Errorf("\n%s\nrun(): want %t, got %t", tc.reason, tc.want, got)
			}
		})
	}
}

// TestOldVersions holds that no profile picks a size that the engine's version cannot run, on a
// new database and on one that is there.
func TestOldVersions(t *testing.T) {
	rds := func(fields string) string {
		return `{apiVersion: rds.aws.m.upbound.io/v1beta1, kind: Instance, spec: {forProvider: {` + fields + `}}}`
	}
	there := func(fields string) string { return "{status: {atProvider: {id: x, " + fields + "}}}" }
	plus := func(version, fields string) string {
		return `{apiVersion: sql.gcp.m.upbound.io/v1beta1, kind: DatabaseInstance, spec: {forProvider: {databaseVersion: ` + version +
			`, settings: {edition: ENTERPRISE_PLUS` + fields + `}}}}`
	}
	sizings{
		"MySQL57": {
			reason: "MySQL 5.7 gets a class of a generation that runs it.", xr: "{profile: medium}", desired: rds(`engine: mysql, engineVersion: "5.7"`),
			condition: "Sized: medium: db.m5.xlarge (4 vCPU, 16 GiB), 128 GiB of disk",
		},
		"MySQL57Small": {
			reason: "A small one of MySQL 5.7 is burstable as well.", xr: "{profile: small}", desired: rds(`engine: mysql, engineVersion: "5.7"`),
			condition: "Sized: small: db.t3.medium (2 vCPU, 4 GiB), 64 GiB of disk",
		},
		"MySQL57Memory": {
			reason: "Much memory for MySQL 5.7 takes the memory-heavy family.", xr: "{profile: x}",
			environment: "profiles: {x: {vcpu: 4, memoryGiB: 32, storageGiB: 64}}", desired: rds(`engine: mysql, engineVersion: 5.7.44`),
			condition: "Sized: x: db.r5.xlarge (4 vCPU, 32 GiB), 64 GiB of disk",
		},
		"Postgres12": {
			reason: "PostgreSQL 12 runs on the Graviton of before.", xr: "{profile: medium}", desired: rds(`engine: postgres, engineVersion: "12"`),
			condition: "Sized: medium: db.m6g.xlarge (4 vCPU, 16 GiB), 128 GiB of disk",
		},
		"Postgres12Small": {
			reason: "A current class that runs the version is taken first.", xr: "{profile: small}", desired: rds(`engine: postgres, engineVersion: "12.19"`),
			condition: "Sized: small: db.t4g.medium (2 vCPU, 4 GiB), 64 GiB of disk",
		},
		"Postgres11": {
			reason: "PostgreSQL 11 runs on x86 only.", xr: "{profile: medium}", desired: rds(`engine: postgres, engineVersion: "11.22"`),
			condition: "Sized: medium: db.m6i.xlarge (4 vCPU, 16 GiB), 128 GiB of disk",
		},
		"OldMinor": {
			reason: "A minor version that is there and too old counts, where the claim says the line only.", xr: "{profile: medium}",
			desired: rds(`engine: postgres, engineVersion: "14"`), observed: there(`engine: postgres, engineVersion: "14", engineVersionActual: "14.3"`),
			condition: "Sized: medium: db.m6g.xlarge (4 vCPU, 16 GiB), 128 GiB of disk",
		},
		"Upgrade": {
			reason: "Until an upgrade is done, the class runs both versions.", xr: "{profile: medium}",
			desired: rds(`engine: mysql, engineVersion: "8.4"`), observed: there(`engine: mysql, engineVersionActual: 5.7.44-rds.20240808`),
			condition: "Sized: medium: db.m5.xlarge (4 vCPU, 16 GiB), 128 GiB of disk",
		},
		"Proven": {
			reason: "A class that runs a version runs it, whatever the catalog says, and changes within its family.", xr: "{profile: medium}",
			desired: rds(`engine: postgres, engineVersion: "12"`), observed: there(`instanceClass: db.m7g.4xlarge, engineVersionActual: "12.22"`),
			condition: "Sized: medium: db.m7g.xlarge (4 vCPU, 16 GiB), 128 GiB of disk",
		},
		"Kept": {
			reason: "A database that no class of the catalog runs keeps its own.", xr: "{profile: large}",
			desired: rds(`engine: postgres, engineVersion: 9.6.1`), observed: there("instanceClass: db.m4.xlarge, engineVersionActual: 9.6.1"),
			want:      rds(`engine: postgres, engineVersion: 9.6.1, instanceClass: db.m4.xlarge, allocatedStorage: 512, maxAllocatedStorage: 1024`),
			condition: "HeldBack: large: db.m4.xlarge, 512 GiB of disk; no class of the catalog runs PostgreSQL 9.6.1; it keeps db.m4.xlarge",
		},
		"New": {
			reason: "A new database that no class runs is refused.", xr: "{profile: large}", desired: rds(`engine: postgres, engineVersion: 9.6.1`),
			fatal: "spec.profile: no class of the catalog runs PostgreSQL 9.6.1",
		},
		"Named": {
			reason: "A named class that does not run the version is refused to a new database.", xr: "{profile: small}",
			environment: "profiles: {small: {skus: {aws: db.m7g.large}}}", desired: rds(`engine: mysql, engineVersion: "5.7"`),
			fatal: "settings.profiles.small.skus.aws: db.m7g.large does not run MySQL 5.7",
		},
		"NamedKept": {
			reason: "A named class that does not run the version leaves one that is there its own.", xr: "{profile: small}",
			environment: "profiles: {small: {skus: {aws: db.m7g.large}}}", desired: rds(`engine: mysql, engineVersion: "5.7"`),
			observed:  there("instanceClass: db.m5.xlarge, allocatedStorage: 64"),
			condition: "HeldBack: small: db.m5.xlarge (4 vCPU, 16 GiB), 64 GiB of disk; db.m7g.large does not run MySQL 5.7; it keeps db.m5.xlarge",
		},
		"Plus": {
			reason: "ENTERPRISE_PLUS does not run MySQL 5.7.", xr: "{profile: small}", desired: plus("MYSQL_5_7", ""),
			fatal: "spec.profile: no size of the catalog runs MySQL 5.7",
		},
		"PlusMinor": {
			reason: "Cloud SQL writes a minor version behind the line.", xr: "{profile: small}", desired: plus("MYSQL_8_0_36", ""),
			condition: "Sized: small: db-perf-optimized-N-2 (2 vCPU, 16 GiB), 64 GiB of disk",
		},
	}.run(t)
}
