package main

import (
	"testing"
)

// TestTables holds what is refused by the tables of internal/cloud, of an object that
// is created and of one that is changed.
func TestTables(t *testing.T) {
	on := func(provider, more string) string { return "provider: " + provider + ", " + more + ", " + postgres }
	db := func(provider, engine, more string) string {
		return "provider: " + provider + ", " + small + "database: {engine: " + engine + ", " + more + "}"
	}
	const foreign = `spec.region: "europe-west1" is a region of gcp, and the claim's provider is aws; name one of us-east,`
	tried(t, map[string]try{
		"Neutral":       {"A neutral region passes.", "", "", on("aws", "region: eu-west"), ""},
		"Own":           {"A cloud's own region passes.", "", "", on("aws", "region: eu-west-3"), ""},
		"NeutralAndOwn": {"us-east is neutral, although it is IBM's own too.", "", "", on("aws", "region: us-east"), ""},
		"Unheard":       {"A region that no table knows passes: the settings may know it.", "", "", on("aws", "region: eu-new-9"), ""},
		"NoProvider":    {"Without a provider no region is surely wrong.", "", "", "region: europe-west1, " + postgres, ""},
		"Foreign":       {"Another cloud's region is refused.", "", "", on("aws", "region: europe-west1"), foreign},
		"ForeignLater": {
			"Another cloud's region is refused in an edit.",
			unmade, on("aws", "region: eu-west"), on("aws", "region: europe-west1"), foreign,
		},
		"ForeignByProvider": {
			"A region that another provider makes wrong is refused.",
			"", on("gcp", "region: europe-west1"), on("aws", "region: europe-west1"), foreign,
		},
		"TypoCorrected": {
			"A region that was wrong is put right before anything is made.",
			unmade, on("aws", "region: europe-west1"), on("aws", "region: eu-west"), "",
		},
		"Lacking": {
			"A neutral region that a cloud lacks is refused, and the nearest named.",
			"", "", on("ibm", "region: eu-north"),
			`spec.region: "eu-north" has no region of ibm; the nearest is "eu-central", which is another geography, so name it yourself if it will do`,
		},
		"Offered": {"A version that the cloud offers passes.", "", "", db("gcp", "postgres", `version: "18"`), ""},
		"NotOffered": {
			"A version that the cloud does not offer is refused.",
			"", "", db("gcp", "postgres", `version: "17.2"`), `spec.database.version: "17.2" is not offered for postgres on gcp; allowed are 14, 15, 16, 17, 18`,
		},
		"NotOfferedThere": {
			"Clouds differ in what they offer.",
			"", "", db("ibm", "postgres", `version: "14"`), `spec.database.version: "14" is not offered for postgres on ibm; allowed are 15, 16, 17, 18`,
		},
		"NotOfferedLater": {
			"A version that is not offered is no upgrade.",
			alive, db("gcp", "postgres", `version: "16"`), db("gcp", "postgres", `version: "19"`), `spec.database.version: "19" is not offered`,
		},
		"VersionOfAnother": {
			"A version is none of another engine's.",
			"", "", db("gcp", "mysql", `version: "17"`), `spec.database.version: "17" is not offered for mysql on gcp; allowed are 8.4`,
		},
		"Retired": {
			"A live claim with a version that is no longer offered changes its profile.",
			alive, "provider: gcp, " + small + `database: {engine: postgres, version: "13"}`,
			`provider: gcp, profile: large, database: {engine: postgres, version: "13"}`, "",
		},
		"RetiredUnmade": {
			"A version that is no longer offered stands in nobody's way before anything is made.",
			unmade, "provider: gcp, " + small + `database: {engine: postgres, version: "13"}`,
			`provider: gcp, profile: large, database: {engine: postgres, version: "13"}`, "",
		},
		"Adopted": {
			"A database that is adopted has the version that it has.",
			"", "", "externalName: old, " + db("gcp", "postgres", `version: "12"`), "",
		},
		"Kept": {"Backups that the cloud can keep pass.", "", "", db("gcp", "postgres", "backupRetentionDays: 365"), ""},
		"KeptTooLong": {
			"Backups that the cloud cannot keep are refused.",
			"", "", db("aws", "postgres", "backupRetentionDays: 60"),
			"spec.database.backupRetentionDays: 60 is not offered for postgres on aws; allowed is 1 to 35",
		},
		"KeptByEngine": {
			"Azure keeps backups of PostgreSQL for a week at least.",
			"", "", db("azure", "postgres", "backupRetentionDays: 1"),
			"spec.database.backupRetentionDays: 1 is not offered for postgres on azure; allowed is 7 to 35",
		},
		"KeptByEngineToo": {"Azure keeps backups of MySQL for a day at least.", "", "", db("azure", "mysql", "backupRetentionDays: 1"), ""},
		"KeptFixed": {
			"IBM keeps backups for thirty days.",
			"", "", db("ibm", "postgres", "backupRetentionDays: 14"), "spec.database.backupRetentionDays: 14 is not offered for postgres on ibm; allowed is 30",
		},
		"KeptUnchanged": {
			"Backups that the table no longer knows stand in nobody's way.",
			alive, db("ibm", "postgres", "backupRetentionDays: 14"), "tags: {a: b}, " + db("ibm", "postgres", "backupRetentionDays: 14"), "",
		},
		"DeletionPolicyFree": {
			"That a claim may be deleted in prod, an annotation says which no rule sees.",
			"", "", "env: prod, deletionPolicy: Delete, " + postgres, "",
		},
	})
}

// TestByType holds what a type needs, and whose section it does not have.
func TestByType(t *testing.T) {
	tried(t, map[string]try{
		"Least": {"A database says its size and its engine.", "", "", postgres, ""},
		"NoDatabase": {
			"A database says at least its engine.",
			"", "", "profile: small", "spec.database.engine: is missing; allowed are postgres, mysql",
		},
		"NoEngine": {
			"A database says its engine when it says anything.",
			"", "", small + "database: {name: a}", "spec.database.engine: Required value",
		},
		"NoProfile": {
			"There is no size for every database.",
			"", "", "database: {engine: mysql}",
			"spec.profile: is missing; allowed for a database are nano, small, medium, large, xlarge, and those that the settings add",
		},
		"VersionHuge": {
			"A version that is no number breaks no rule.",
			"", "", small + `database: {engine: mysql, version: "99999999999999999999"}`, "spec.database.version: Too long",
		},
		"Bucket":        {"A bucket needs no size and no section.", "", "", "type: bucket", ""},
		"BucketSection": {"A bucket has a section of its own.", "", "", "type: bucket, bucket: {versioning: true, retentionDays: 30}", ""},
		"BucketProfile": {"A bucket may have a profile, which says nothing.", "", "", "type: bucket, profile: small", ""},
		"BucketDays": {
			"What was overwritten is kept for a year at most.",
			"", "", "type: bucket, bucket: {retentionDays: 366}", "spec.bucket.retentionDays: Invalid value",
		},
		"NoType": {
			"A bucket section beside no type says which type to set.",
			"", "", "bucket: {versioning: true}",
			`spec.bucket: belongs to type bucket, and spec.type is "database"; set spec.type: bucket, or take spec.bucket out`,
		},
		"BesideIt": {
			"A bucket section has no place in a database's claim.",
			"", "", "bucket: {}, " + postgres, `spec.bucket: belongs to type bucket, and spec.type is "database"; set spec.type: bucket, or take spec.bucket out`,
		},
		"WrongSection": {
			"A database section has no place in a bucket's claim.",
			"", "", "type: bucket, database: {engine: mysql}",
			`spec.database: belongs to type database, and spec.type is "bucket"; set spec.type: database, or take spec.database out`,
		},
		"Unheard": {
			"A type that there is not lists those that there are.",
			"", "", "type: stream", `spec.type: Unsupported value: "stream": supported values: "database", "bucket"`,
		},
	})
}

// TestCrossplaneWrites holds that Crossplane's own write of references to a live XR
// passes whose region, version and retention left the tables.
func TestCrossplaneWrites(t *testing.T) {
	const left = `provider: ibm, region: eu-north, profile: small, database: {engine: postgres, version: "9", backupRetentionDays: 1}`
	const reference = "{apiVersion: v1, kind: Secret, name: a}"
	for name, refs := range map[string]string{
		"claims/XResource":    "resourceRefs: [" + reference + "]",
		"namespaced/Resource": "crossplane: {resourceRefs: [" + reference + "]}",
		"claims/Resource":     "resourceRef: {apiVersion: platform.victor.onl/v1alpha1, kind: XResource, name: a}",
	} {
		s := servers(t)[name]
		for _, status := range []string{alive, unmade} {
			if said := s.Update(resource(t, s, left, status), resource(t, s, left+", "+refs, "")); said != "" {
				t.Errorf("%s refuses Crossplane's write beside status %s: %s", name, status, said)
			}
			written := resource(t, s, left, status+", port: 5432")
			if said := s.UpdateStatus(resource(t, s, left, status), written); said != "" {
				t.Errorf("%s refuses the function's status: %s", name, said)
			}
		}
	}
}
