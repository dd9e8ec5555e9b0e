package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// watched reads what a composed instance says of insights and of the export of its logs.
func watched(t *testing.T, o map[string]any) string {
	t.Helper()
	var out []string
	for _, where := range []string{"forProvider", "initProvider"} {
		body, _ := o[where].(map[string]any)
		settings, _ := body["settings"].(map[string]any)
		for _, v := range []any{body["performanceInsightsEnabled"], settings["insightsConfig"], body["enabledCloudwatchLogsExports"]} {
			if v == nil {
				out = append(out, "-")
				continue
			}
			text, err := object.New(object.Map{"v": v}).GetFields()["v"].MarshalJSON()
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, strings.ReplaceAll(string(text), " ", ""))
		}
	}
	return strings.Join(out, " ")
}

// TestInsights holds what a new and a live database are asked for by env and settings, as insights of
// RDS, of Cloud SQL, and exported logs, in forProvider and then in initProvider.
func TestInsights(t *testing.T) {
	t.Parallel()
	const (
		nothing = "- - - - - -"
		none    = "metadata: {name: platform-@}\ndata: {}"
		on      = "metadata: {name: platform-@}\ndata: {policy: {insights: true, logExport: true}}"
		off     = "metadata: {name: platform-@}\ndata: {policy: {insights: false, logExport: false}}"
	)
	cases := map[string]struct {
		reason, provider, engine, env, settings string
		live                                    bool
		observed                                map[string]string // by path below the instance, JSON
		want, says                              string
	}{
		"GCPNew":     {reason: "In prod a new one is watched.", provider: "gcp", env: "prod", settings: none, want: `- {"queryInsightsEnabled":true} - - - -`},
		"GCPDev":     {reason: "In dev it is not.", provider: "gcp", env: "dev", settings: none, want: nothing},
		"GCPDevSaid": {reason: "But where the settings say so.", provider: "gcp", env: "dev", settings: on, want: `- {"queryInsightsEnabled":true} - - - -`},
		"GCPNewOff": {
			reason: "The settings switch it off.", provider: "gcp", env: "prod", settings: off, want: nothing,
			says: "settings policy.logExport: has no effect here, since Cloud SQL always writes its logs to Cloud Logging",
		},
		"GCPLive": {reason: "Of a live one nothing is asked for that nobody says.", provider: "gcp", env: "prod", settings: none, live: true, want: nothing},
		"GCPMaking": {
			reason: "Until it is there it is asked for as it was composed.", provider: "gcp", env: "prod", settings: none, live: true,
			observed: map[string]string{"status": `{}`, "spec.forProvider.settings.insightsConfig": `{"queryInsightsEnabled":true}`},
			want:     `- {"queryInsightsEnabled":true} - - - -`,
		},
		"GCPHalfTold": {
			reason: "Nor is it given up before Cloud SQL tells that it has it.", provider: "gcp", env: "prod", settings: none, live: true,
			observed: map[string]string{"status.atProvider": `{id: x}`, "spec.forProvider.settings.insightsConfig": `{"queryInsightsEnabled":true}`},
			want:     `- {"queryInsightsEnabled":true} - - - -`,
		},
		"GCPByHand": {
			reason: "What somebody switched on stays, also in dev.", provider: "gcp", env: "dev", settings: none, live: true,
			observed: map[string]string{"status.atProvider.settings.insightsConfig": `{"queryInsightsEnabled":true,"queryStringLength":4500}`}, want: nothing,
		},
		"GCPLiveSaid": {
			reason: "The settings switch a live one on, and change no length, which restarts it.", provider: "gcp", env: "dev", settings: on, live: true,
			observed: map[string]string{"status.atProvider.settings.insightsConfig": `{"queryInsightsEnabled":false,"queryStringLength":4500}`},
			want:     `- {"queryInsightsEnabled":true,"queryStringLength":4500} - - - -`,
		},
		"GCPLiveThere": {
			reason: "Once it is on nothing is asked for again, so that what somebody tunes stays.", provider: "gcp", env: "dev", settings: on, live: true,
			observed: map[string]string{"status.atProvider.settings.insightsConfig": `{"queryInsightsEnabled":true,"queryStringLength":4500}`}, want: nothing,
		},
		"GCPLiveOff": {
			reason: "The settings switch a live one off.", provider: "gcp", env: "prod", settings: off, live: true,
			observed: map[string]string{"status.atProvider.settings.insightsConfig": `{"queryInsightsEnabled":true}`},
			want:     `- {"queryInsightsEnabled":false} - - - -`,
		},
		"GCPUntold": {
			reason:   "A report without settings is no reason to ask for a block, which would set a length back.",
			provider: "gcp", env: "prod", settings: on, live: true,
			observed: map[string]string{"status.atProvider.settings": `{}`}, want: nothing,
		},

		"AWSNew":  {reason: "RDS is told once.", provider: "aws", env: "prod", settings: none, want: `- - ["postgresql","upgrade"] true - -`},
		"AWSMgmt": {reason: "mgmt is kept as prod is.", provider: "aws", env: "mgmt", settings: none, want: `- - ["postgresql","upgrade"] true - -`},
		"AWSMySQL": {
			reason: "MySQL has other logs, and its general one has passwords.", provider: "aws", engine: "mysql", env: "prod", settings: none,
			want: `- - ["error","slowquery"] true - -`,
		},
		"AWSDev":  {reason: "In dev neither costs anything.", provider: "aws", env: "dev", settings: none, want: `- - - false - -`},
		"AWSSaid": {reason: "What the settings say is asked for.", provider: "aws", env: "dev", settings: on, want: `true - ["postgresql","upgrade"] - - -`},
		"AWSOff":  {reason: "Also that it is off.", provider: "aws", env: "prod", settings: off, want: `false - [] - - -`},
		"AWSMaking": {
			reason: "Until it is there it is made with what was composed.", provider: "aws", env: "prod", settings: none, live: true,
			observed: map[string]string{
				"status": `{}`, "spec.initProvider": `{"performanceInsightsEnabled":true}`,
				"spec.forProvider.enabledCloudwatchLogsExports": `["postgresql","upgrade"]`,
			},
			want: `- - ["postgresql","upgrade"] true - -`,
		},
		"AWSLive": {
			reason: "Of an older one that has neither nothing is asked for, and what somebody switches on is not switched off.", provider: "aws", env: "prod",
			settings: none, live: true, observed: map[string]string{"spec.initProvider": `{}`}, want: `- - - false - ["postgresql","upgrade"]`,
		},
		"AWSByHand": {
			reason: "What somebody switched on stays.", provider: "aws", env: "dev", settings: none, live: true,
			observed: map[string]string{
				"spec.initProvider": `{}`, "status.atProvider.performanceInsightsEnabled": `true`,
				"status.atProvider.enabledCloudwatchLogsExports": `["iam-db-auth-error"]`,
			},
			want: `- - - true - ["postgresql","upgrade"]`,
		},
		"AWSLiveSaid": {
			reason: "A log that somebody exports stays beside those that the settings ask for.", provider: "aws", env: "dev", settings: on, live: true,
			observed: map[string]string{"status.atProvider.enabledCloudwatchLogsExports": `["iam-db-auth-error"]`},
			want:     `true - ["iam-db-auth-error","postgresql","upgrade"] - - -`,
		},
		"AWSGone": {
			reason: "What the settings no longer say stays as it is.", provider: "aws", env: "dev", settings: none, live: true,
			observed: map[string]string{
				"spec.initProvider": `{}`, "spec.forProvider.performanceInsightsEnabled": `true`,
				"spec.forProvider.enabledCloudwatchLogsExports": `["postgresql","upgrade"]`,
			},
			want: `- - ["postgresql","upgrade"] true - -`,
		},
		"AWSFilledIn": {
			reason: "What the provider wrote of what somebody exports is asked for from then on.", provider: "aws", env: "dev", settings: none, live: true,
			observed: map[string]string{"spec.forProvider.enabledCloudwatchLogsExports": `["iam-db-auth-error"]`},
			want:     `- - ["iam-db-auth-error"] false - -`,
		},
		"AWSLeft": {
			reason: "What nobody here can take out of the set is told.", provider: "aws", env: "dev", settings: off, live: true,
			observed: map[string]string{"status.atProvider.enabledCloudwatchLogsExports": `["iam-db-auth-error"]`}, want: `false - [] - - -`,
			says: "settings policy.logExport: is false, and RDS still exports iam-db-auth-error; where that stays so, take it out of " +
				"spec.forProvider.enabledCloudwatchLogsExports of the managed resource, into which its provider wrote it",
		},

		"Azure": {
			reason: "Azure has neither here.", provider: "azure", env: "prod", settings: on, want: nothing,
			says: "settings policy.insights: has no effect here, since nothing here sets up Query Store on Azure; settings policy.logExport: has no effect " +
				"here, since logs of a server on Azure leave it by a diagnostic setting, which is the platform's to make",
		},
		"AzureNone": {reason: "Nobody is told of what nobody asks for.", provider: "azure", env: "prod", settings: none, want: nothing},
		"IBM": {
			reason: "Nor has IBM Cloud.", provider: "ibm", env: "prod", settings: on, want: nothing,
			says: "settings policy.logExport: has no effect here, since IBM Cloud sends logs to the platform's own instance of IBM Cloud Logs",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := alive(t, tc.provider)
			of := strings.NewReplacer("env: staging", "env: "+tc.env)
			if tc.engine == "mysql" {
				of = strings.NewReplacer("env: staging", "env: "+tc.env, "engine: postgres", "engine: mysql", `"16"`, `"8.4"`)
			}
			req := request(t, xrHead+of.Replace(l.spec), strings.ReplaceAll(tc.settings, "@", tc.env), nil)
			if tc.live {
				req.Observed = l.request.GetObserved()
				req.Observed.Composite.Resource = request(t, xrHead+of.Replace(l.spec), "", nil).GetObserved().GetComposite().GetResource()
				for _, r := range req.GetObserved().GetResources() {
					if object.String(r.GetResource(), "metadata", "labels", "env") != "" {
						object.Set(r.GetResource(), tc.env, "metadata", "labels", "env")
						object.Set(r.GetResource(), tc.env, "metadata", "annotations", requested+"env")
					}
				}
			}
			for path, value := range tc.observed {
				object.Set(l.instance(), fromYAML(t, "{x: "+value+"}").GetFields()["x"], strings.Split(path, ".")...)
			}
			rsp := run(t, req)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			spec := object.Struct(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec").AsMap()
			if diff := cmp.Diff(tc.want, watched(t, spec)); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
			for _, c := range rsp.GetConditions() {
				if c.GetType() != conditionComposed {
					continue
				}
				if !strings.Contains(c.GetMessage(), tc.says) || tc.says == "" && strings.Contains(c.GetMessage(), "policy.insights") {
					t.Errorf("\n%s\nComposed: want %q in %q", tc.reason, tc.says, c.GetMessage())
				}
			}
		})
	}
}

// TestInsightsAdopted holds that a database which was there is watched as its owner has it, whatever
// the settings say.
func TestInsightsAdopted(t *testing.T) {
	t.Parallel()
	const settings = "metadata: {name: platform-staging}\ndata: {providers: {azure: {resourceGroup: rg}}, policy: {insights: true, logExport: true}}"
	for _, provider := range []string{"gcp", "aws"} {
		for _, adopt := range []string{"Observe", "Manage"} {
			spec := strings.Replace(specLive, "gcp", provider, 1) + "  externalName: legacy\n  adopt: " + adopt + "\n"
			rsp := run(t, request(t, xrHead+spec, settings, nil))
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			text := rsp.GetDesired().GetResources()[keyInstance].GetResource().String()
			if strings.Contains(text, "nsights") || strings.Contains(text, "Cloudwatch") {
				t.Errorf("%s, %s: the settings reach it: %s", provider, adopt, text)
			}
		}
	}
}

// TestInsightsFound holds that an instance of RDS which outlived its claim exports no log, and records
// nothing, that the claim which is made again was composed with.
func TestInsightsFound(t *testing.T) {
	t.Parallel()
	for provider, want := range map[string]string{"aws": `- - - true - ["postgresql","upgrade"]`, "gcp": "- - - - - -"} {
		w := newTuned(provider, "postgres", "prod", "")
		w.found = true
		w.settle(t)
		spec := object.Struct(w.rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec").AsMap()
		if diff := cmp.Diff(want, watched(t, spec)); diff != "" {
			t.Errorf("%s: -want, +got:\n%s", provider, diff)
		}
	}
}
