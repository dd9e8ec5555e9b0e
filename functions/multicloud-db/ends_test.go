package multiclouddb

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// worded gives a claim in prod the annotation that an upgrade takes.
func worded(xr, version string) string {
	return strings.Replace(xr, "labels: {", `annotations: {platform.victor.onl/upgrade: "`+version+`"}, labels: {`, 1)
}

// runOn runs the function on a day.
func runOn(t *testing.T, day string, req *fnv1.RunFunctionRequest) *fnv1.RunFunctionResponse {
	t.Helper()
	today, err := time.Parse("2006-01-02", day)
	if err != nil {
		t.Fatal(err)
	}
	allow(t, req)
	rsp, err := (&Function{Today: func() time.Time { return today }}).RunFunction(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	return rsp
}

// TestEndOfLife holds what a claim says of a version whose support ends, by cloud and day.
func TestEndOfLife(t *testing.T) {
	t.Parallel()
	const (
		newer   = "; set spec.database.version to a newer one"
		asked   = `metadata: {annotations: {platform.victor.onl/requested-version: "%"}}, status: {atProvider: {id: x, `
		adopted = `status: {atProvider: {id: x, engine: postgres, region: eu-west-1, allocatedStorage: 50, engineVersionActual: "14.20"`

		had = "\nstatus: {conditions: [{type: EndOfLife, status: \"True\", reason: EndsSoon, message: of before}]}\n"
	)
	live := func(version, at string) string { return "{" + strings.Replace(asked, "%", version, 1) + at + "}}}" }
	cases := map[string]struct {
		reason, provider, engine, version, day, observed, xr string
		want, fatal                                          string
	}{
		"Far": {"A version with years to go has no such condition.", "gcp", "postgres", "17", "2026-11-27", live("17", "databaseVersion: POSTGRES_17"), "", "", ""},
		"DayBefore": {
			"The day before the 180 days is quiet.", "gcp", "postgres", "14", "2026-08-04", live("14", "databaseVersion: POSTGRES_14"), "", "", "",
		},
		"GCP": {
			"Cloud SQL goes on, at a price.", "gcp", "postgres", "14", "2026-08-05", live("14", "databaseVersion: POSTGRES_14"), "",
			"True EndsSoon the support of postgres 14 by gcp ends on 2027-02-01; Google bills extended support from then on" + newer, "",
		},
		"AWS": {
			"RDS upgrades by itself what gets no extended support.", "aws", "postgres", "14", "2027-02-28", live("14", `engineVersionActual: "14.20"`), "",
			"True Ended the support of postgres 14 by aws ended on 2027-02-28; RDS upgrades the instance to a newer major version by itself on that " +
				"day or soon after it" + newer, "",
		},
		"AzurePostgres": {
			"Of PostgreSQL on Azure nothing more is known.", "azure", "postgres", "14", "2026-11-27", live("14", `version: "14"`), "",
			"True EndsSoon the support of postgres 14 by azure ends on 2026-12-11" + newer, "",
		},
		"AzureMySQL": {
			"MySQL on Azure is billed for extended support.", "azure", "mysql", "8.0", "2026-11-27", live("8.0", "version: 8.0.21"), "",
			"True EndsSoon the support of mysql 8.0 by azure ends on 2027-01-31; Azure bills extended support from then on" + newer, "",
		},
		"IBM": {
			"IBM Cloud names no day of its own.", "ibm", "postgres", "15", "2027-11-11", live("15", `outputs: {engine_version: "15"}`), "",
			"True Ended the support of postgres 15 by its own makers, where ibm names no day of its own ended on 2027-11-11; IBM Cloud deprecates " +
				"the version then, and takes the access to its databases away six months later" + newer, "",
		},
		"Adopted": {
			"An instance that was taken over may have extended support, which is billed.", "aws", "postgres", "14", "2026-11-27",
			"{" + looked + adopted + `, engineLifecycleSupport: open-source-rds-extended-support}}}`, "  externalName: old\n  adopt: Manage\n",
			"True EndsSoon the support of postgres 14 by aws ends on 2027-02-28; RDS bills extended support from then on" + newer, "",
		},
		"AdoptedStandard": {
			"One that was taken over without extended support is upgraded as any other.", "aws", "postgres", "14", "2026-11-27",
			"{" + looked + adopted + `, engineLifecycleSupport: open-source-rds-extended-support-disabled}}}`, "  externalName: old\n  adopt: Manage\n",
			"True EndsSoon the support of postgres 14 by aws ends on 2027-02-28; RDS upgrades the instance to a newer major version by itself on " +
				"that day or soon after it" + newer, "",
		},
		"Looked": {
			"Of what is only looked at the version that runs counts, and not the claim's.", "aws", "postgres", "17", "2026-11-27",
			"{" + looked + adopted + `, engineLifecycleSupport: open-source-rds-extended-support}}}`, "  externalName: old\n  adopt: Observe\n",
			"True EndsSoon the support of postgres 14 by aws ends on 2027-02-28; RDS bills extended support from then on" + newer, "",
		},
		"Pending": {
			"An upgrade that waits for its window has not ended anything.", "aws", "postgres", "17", "2026-11-27", live("17", `engineVersionActual: "14.20"`), "",
			"True EndsSoon the support of postgres 14 by aws ends on 2027-02-28; RDS upgrades the instance to a newer major version by itself on " +
				"that day or soon after it; the upgrade to 17 is asked for", "",
		},
		"Untold": {
			"A provider that tells no version for once ends no warning.", "aws", "postgres", "17", "2026-11-27",
			"{" + looked + `status: {atProvider: {id: x, region: eu-west-1}}}`, "  externalName: old\n  adopt: Observe\n" + had,
			"True EndsSoon of before", "",
		},
		"RefusedAfter": {
			"A claim that is refused after its upgrade says again that the version is a newer one.", "gcp", "postgres", "14", "2026-11-27",
			live("16", "databaseVersion: POSTGRES_16"), strings.NewReplacer(`"True"`, `"False"`, "EndsSoon", "Supported").Replace(had),
			"False Supported of before", `spec.database.version: "16" cannot become "14" on a live database`,
		},
		"Upgraded": {
			"After an upgrade the condition that stands there is False.", "gcp", "postgres", "17", "2026-11-27", live("17", "databaseVersion: POSTGRES_17"), had,
			"False Supported ", "",
		},
		"NewBefore": {
			"Up to the day a new database gets the version.", "azure", "postgres", "14", "2026-12-10", "", "",
			"True EndsSoon the support of postgres 14 by azure ends on 2026-12-11" + newer, "",
		},
		"NewAfter": {
			"From the day on no new database gets it.", "azure", "postgres", "14", "2026-12-11", "", "", "",
			`spec.database.version: "14" is not offered for postgres on azure any more, where its support ended on 2026-12-11; allowed are 15, 16, 17, 18`,
		},
		"Refused": {
			"A claim that is refused keeps what the condition said.", "gcp", "postgres", "14", "2026-11-27", live("16", "databaseVersion: POSTGRES_16"), had,
			"True EndsSoon of before", `spec.database.version: "16" cannot become "14" on a live database`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			observed := map[string]string{}
			if tc.observed != "" {
				observed[keyInstance], observed[keyPassword] = tc.observed, "{data: {password: cGFzcw==}}"
			}
			if strings.Contains(tc.xr, "adopt") {
				delete(observed, keyPassword)
			}
			xr := specOf(tc.provider, tc.engine)
			xr = strings.NewReplacer(`"17"`, `"`+tc.version+`"`, `"8.4"`, `"`+tc.version+`"`).Replace(xr) + tc.xr
			rsp := runOn(t, tc.day, request(t, xr, settingsProd, observed))
			if got := fatal(rsp); !strings.HasPrefix(got, tc.fatal) || (got == "") != (tc.fatal == "") {
				t.Errorf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, cmp.Diff(tc.fatal, got))
			}
			got := ""
			for _, c := range rsp.GetConditions() {
				if c.GetType() == lifecycle.ConditionEndOfLife {
					got = map[fnv1.Status]string{fnv1.Status_STATUS_CONDITION_TRUE: "True", fnv1.Status_STATUS_CONDITION_FALSE: "False"}[c.GetStatus()] +
						" " + c.GetReason() + " " + c.GetMessage()
				}
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nEndOfLife: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestUpgradeWord holds which upgrades take a second word.
func TestUpgradeWord(t *testing.T) {
	t.Parallel()
	const needs = `spec.database.version: to become "17" is an upgrade that nobody takes back, and in prod it needs the annotation ` +
		`platform.victor.onl/upgrade: "17"`
	live := func(recorded, is string) string {
		return `{metadata: {annotations: {crossplane.io/external-create-succeeded: x, platform.victor.onl/requested-version: "` + recorded + `"}}, ` +
			`status: {atProvider: {id: x, engineVersionActual: "` + is + `"}}}`
	}
	cases := map[string]struct{ reason, env, word, observed, fatal string }{
		"Unworded": {"An upgrade in prod takes a word.", "prod", "", live("16", "16.4"), needs + " on the claim"},
		"Other":    {"The word names the version that is asked for.", "prod", "16", live("16", "16.4"), needs + `, and not "16" on the claim`},
		"Worded":   {"With its version as the word an upgrade is taken.", "prod", "17", live("16", "16.4"), ""},
		"Pending":  {"What was asked for by a word needs none while it waits.", "prod", "", live("17", "16.4"), ""},
		"Done":     {"What the cloud has upgraded by itself needs no word.", "prod", "", live("16", "17.1"), ""},
		"Dev":      {"Where no data is kept an upgrade takes no word.", "dev", "", live("16", "16.4"), ""},
		"New":      {"A new database takes no word.", "prod", "", "", ""},
		"NewOther": {"A word on a new claim names a version that it may become, and changes nothing.", "prod", "18", "", ""},
		"Spaces":   {"A word with a space is another one.", "prod", "17 ", live("16", "16.4"), needs + `, and not "17 " on the claim`},
		"Mgmt":     {"What is kept in mgmt takes the word as well.", "mgmt", "", live("16", "16.4"), strings.Replace(needs, "prod", "mgmt", 1) + " on the claim"},
		"Newer":    {"The word of an earlier upgrade counts for no later one.", "prod", "16", live("15", "15.4"), needs + `, and not "16" on the claim`},
		"Downgrade": {
			"No word lets a version go back.", "prod", "17", live("18", "18.1"),
			`spec.database.version: "18" cannot become "17" on a live database; set it back to "18", or make a second claim and migrate`,
		},
		"Unrecorded": {
			"A database without a record is upgraded by the word as well.", "prod", "", strings.Replace(live("", "16.4"), "requested-version", "other", 1),
			needs + " on the claim",
		},
		"Found": {
			"What a claim finds in an older version is upgraded by the word as well.", "prod", "",
			strings.NewReplacer("external-create-succeeded", "other", "requested-version", "any").Replace(live("", "16.4")), needs + " on the claim",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			observed := map[string]string{}
			if tc.observed != "" {
				observed[keyInstance], observed[keyPassword] = tc.observed, "{data: {password: cGFzcw==}}"
			}
			xr := strings.Replace(specOf("aws", "postgres"), "payments-prod-infra", "payments-"+tc.env+"-infra", 1)
			if tc.word != "" {
				xr = worded(xr, tc.word)
			}
			rsp := run(t, request(t, xr, "", observed))
			if diff := cmp.Diff(tc.fatal, fatal(rsp)); diff != "" {
				t.Errorf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, diff)
			}
			got := object.String(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "forProvider", "engineVersion")
			if tc.fatal == "" && got != "17" {
				t.Errorf("\n%s\nengineVersion: want 17, got %q", tc.reason, got)
			}
		})
	}
}
