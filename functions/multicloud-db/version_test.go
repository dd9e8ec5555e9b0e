package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestUpgradedByCloud holds that a version which the cloud has moved on to is
// neither refused nor taken back.
func TestUpgradedByCloud(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, provider, at string
		path                 []string
		want                 string
	}{
		"GCP":     {"A major of Cloud SQL.", "gcp", "databaseVersion: POSTGRES_18", []string{"databaseVersion"}, "POSTGRES_18"},
		"AWS":     {"A major of RDS, which shows its minor as well.", "aws", "engineVersionActual: \"18.1\"", []string{"engineVersion"}, "18"},
		"Azure":   {"A major of a flexible server.", "azure", "version: \"18\"", []string{"version"}, "18"},
		"IBM":     {"A major of IBM Cloud Databases.", "ibm", "outputs: {engine_version: \"18\"}", []string{"varmap", "engine_version"}, "18"},
		"Older":   {"An upgrade that is asked for and not done yet stays asked for.", "aws", "engineVersionActual: \"16.9\"", []string{"engineVersion"}, "17"},
		"Unknown": {"Nothing is known yet.", "aws", "engineVersionActual: \"\"", []string{"engineVersion"}, "17"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			observed := map[string]string{keyInstance: `{metadata: {annotations: {platform.victor.onl/requested-version: "17"}}, ` +
				"status: {atProvider: {id: x, " + tc.at + "}}}"}
			if passwords[tc.provider] {
				observed[keyPassword] = "{data: {password: cGFzcw==}}"
			}
			rsp := run(t, request(t, xrHead+strings.Replace(specGCP, "gcp", tc.provider, 1), "", observed))
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
			if diff := cmp.Diff(tc.want, object.String(o, append([]string{"spec", "forProvider"}, tc.path...)...)); diff != "" {
				t.Errorf("\n%s\nversion: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestVersionsThatRun holds that a version which a cloud no longer offers to new
// databases is refused for those only, and that the cloud's own words for it stay.
func TestVersionsThatRun(t *testing.T) {
	t.Parallel()
	const requestedOld = "metadata: {annotations: {platform.victor.onl/requested-version: \"%\"}}, "
	const adopt = "  externalName: old\n  adopt: Manage\n"
	cases := map[string]struct {
		reason, provider, asked, extra, observed string
		path                                     string
		want, fatal                              string
	}{
		"New": {
			"A new database has a version on offer.", "aws", "8.0", "", "", "engineVersion", "",
			`spec.database.version: "8.0" is not offered for mysql on aws; allowed are 8.4`,
		},
		"Runs": {
			"One that runs keeps its own.", "aws", "8.0", "",
			strings.Replace(requestedOld, "%", "8.0", 1) + `status: {atProvider: {id: x, engineVersionActual: "8.0.40"}}`, "engineVersion", "8.0",
			"",
		},
		"NoUpgrade": {
			"It is not upgraded to one that is not on offer.", "aws", "8.1", "",
			strings.Replace(requestedOld, "%", "8.0", 1) + `status: {atProvider: {id: x, engineVersionActual: "8.0.40"}}`, "engineVersion", "",
			`spec.database.version: "8.1" is not offered`,
		},
		"Upgrade": {
			"But to one that is.", "aws", "8.4", "",
			strings.Replace(requestedOld, "%", "8.0", 1) + `status: {atProvider: {id: x, engineVersionActual: "8.0.40"}}`, "engineVersion", "8.4",
			"",
		},
		"AdoptAWS": {
			"One that is adopted comes with its own.", "aws", "8.0", adopt,
			looked + `status: {atProvider: {id: x, engine: mysql, region: eu-west-1, allocatedStorage: 50, engineVersionActual: "8.0.40"}}`,
			"engineVersion", "8.0", "",
		},
		"AdoptAzure": {
			"In the cloud's own words.", "azure", "8.0", adopt,
			looked + `status: {atProvider: {id: x, location: westeurope, storage: {sizeGb: 50}, version: 8.0.21}}`, "version", "8.0.21", "",
		},
		"AdoptGCP": {
			"Here with a minor version that somebody pinned.", "gcp", "8.0", adopt,
			looked + `status: {atProvider: {id: x, region: europe-west1, settings: {diskSize: 50}, databaseVersion: MYSQL_8_0_31}}`,
			"databaseVersion", "MYSQL_8_0_31", "",
		},
		"Upgraded": {
			"An upgrade says the new version in full.", "azure", "8.4", adopt,
			`metadata: {annotations: {platform.victor.onl/requested-adopt: Manage, platform.victor.onl/requested-version: "8.0"}}, ` +
				`status: {atProvider: {id: x, location: westeurope, storage: {sizeGb: 50}, version: 8.0.21}}`,
			"version", "8.4", "",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			observed := map[string]string{}
			if tc.observed != "" {
				observed[keyInstance] = "{" + tc.observed + "}"
				observed[keyPassword] = "{data: {password: cGFzcw==}}"
			}
			if tc.extra != "" {
				delete(observed, keyPassword)
			}
			xr := strings.Replace(specOf(tc.provider, "mysql"), `"8.4"`, `"`+tc.asked+`"`, 1) + tc.extra
			xr = worded(xr, "8.4")
			rsp := run(t, request(t, xr, settingsAdopt, observed))
			if got := fatal(rsp); !strings.HasPrefix(got, tc.fatal) || (got == "") != (tc.fatal == "") {
				t.Errorf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, cmp.Diff(tc.fatal, got))
			}
			got := object.String(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "forProvider", tc.path)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nversion: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestClaimedVersion holds that a version read off a spec, where the cloud's own minor
// may stand, is one that a claim can say: an unchanged claim is no change.
func TestClaimedVersion(t *testing.T) {
	t.Parallel()
	l := alive(t, "gcp")
	o := l.instance()
	l.edit(t, "engine: postgres", "engine: mysql", `version: "16"`, `version: "8.0"`)
	object.Set(o, "MYSQL_8_0_41", "spec", "forProvider", "databaseVersion")
	object.Set(o, "MYSQL_8_0_41", "status", "atProvider", "databaseVersion")
	delete(object.Struct(o, "metadata").GetFields(), "annotations")
	delete(l.xr().GetFields(), "status")
	if got := fatal(l.run(t)); got != "" {
		t.Error(got)
	}
}
