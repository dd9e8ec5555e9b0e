package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// gen2 are settings by which databases are of plan Gen2, and their region says this.
func gen2(region string) string {
	return "data: {providers: {ibm: {plan: standard-gen2, regions: {eu-es: {" + region + "}}}}}"
}

// TestRule holds that the networks of the settings reach the rule of a live database of plan
// Gen2, are followed, and stay where the settings no longer name any.
func TestRule(t *testing.T) {
	t.Parallel()
	const two = "allowedCIDRs: [10.1.2.3/16, 10.2.0.0/16]"
	for name, tc := range map[string]struct {
		reason, before, after, reports string
		want                           []string // nil for no rule
		kept                           bool
	}{
		"Added":    {"A live database without a rule gets one.", "", two, "", []string{"10.1.0.0/16", "10.2.0.0/16"}, false},
		"Follows":  {"The rule is changed in place.", "allowedCIDRs: [10.0.0.0/16]", two, "", []string{"10.1.0.0/16", "10.2.0.0/16"}, false},
		"Stays":    {"Without a rule everybody would be in.", two, "", "", []string{"10.1.0.0/16", "10.2.0.0/16"}, true},
		"Empty":    {"An empty list says no networks.", two, "allowedCIDRs: []", "", []string{"10.1.0.0/16", "10.2.0.0/16"}, true},
		"Enforced": {"What somebody has seen of rules is no network.", two, "gen2RulesEnforced: true", "", []string{"10.1.0.0/16", "10.2.0.0/16"}, true},
		"None":     {"A rule that was made elsewhere is left alone.", "", "", "", nil, false},
		"Again": {
			"A claim that is made again keeps what the one before it let in, as the state shows.", "", "", "[10.1.0.0/16]", []string{"10.1.0.0/16"}, true,
		},
		"AgainOther": {"What the settings name counts where both do.", "", two, "[10.9.0.0/16]", []string{"10.1.0.0/16", "10.2.0.0/16"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := workspace(t, run(t, request(t, specOf("ibm", "postgres"), gen2(tc.before), nil)))
			if tc.reports == "" {
				o = made(o)
			} else { // nothing was made, and the state of another claim is found
				outputs := fromYAML(t, "{crn: crn, plan: standard-gen2, allowlist: "+tc.reports+"}")
				object.Set(o, outputs.AsMap(), "status", "atProvider", "outputs")
			}
			req := request(t, specOf("ibm", "postgres"), gen2(tc.after), nil)
			req.Observed.Resources[keyInstance] = &fnv1.Resource{Resource: o}
			rsp := run(t, req)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			after := workspace(t, rsp)
			if diff := cmp.Diff(tc.want, list(after, "spec", "forProvider", "varmap", "allowlist")); diff != "" {
				t.Errorf("\n%s\nallowlist: -want, +got:\n%s", tc.reason, diff)
			}
			if has := strings.Contains(object.String(after, "spec", "forProvider", "module"), "ibm_cbr_rule"); has != (tc.want != nil) {
				t.Errorf("\n%s\nthe module has a rule: %t", tc.reason, has)
			}
			const note = "settings providers.ibm.regions.eu-es.allowedCIDRs"
			if c := rsp.GetConditions()[0]; strings.HasSuffix(c.GetMessage(), note) != tc.kept {
				t.Errorf("\n%s\nComposed: want the networks named as kept: %t, got %q", tc.reason, tc.kept, c.GetMessage())
			}
		})
	}
}

// TestRuleWaits holds that a new database of plan Gen2 waits in prod until somebody has seen
// that IBM Cloud enforces its rule there, and is composed with the rule where that may be tried.
func TestRuleWaits(t *testing.T) {
	t.Parallel()
	const networks, enforced = "allowedCIDRs: [10.0.0.0/16]", "gen2RulesEnforced: true"
	const unseen = "settings providers.ibm.regions.eu-es.gen2RulesEnforced is not true, which says that somebody has seen a database of plan standard-gen2 " +
		"refuse who is outside allowedCIDRs, and no new database is composed in prod without a network"
	for name, tc := range map[string]struct{ reason, env, region, policy, waits string }{
		"Prod":     {"IBM's own answers say that plan Gen2 enforces no rule yet.", "prod", networks, "", unseen},
		"Said":     {"Somebody may say that it does not.", "prod", networks + ", gen2RulesEnforced: false", "", unseen},
		"Seen":     {"A rule that counts is a network.", "prod", networks + ", " + enforced, "", ""},
		"NoRule":   {"There is no rule without networks.", "prod", enforced, "", "settings providers.ibm.regions.eu-es.allowedCIDRs is not set"},
		"Policy":   {"The settings may do without a network.", "prod", networks, "requireNetwork: false", ""},
		"Dev":      {"It is tried in dev.", "dev", networks, "", ""},
		"Required": {"The settings may require a network in dev.", "dev", networks, "requireNetwork: true", strings.Replace(unseen, "prod", "dev", 1)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := strings.Replace(gen2(tc.region), "data: {", "data: {policy: {"+tc.policy+"}, ", 1)
			rsp := run(t, ask(t, "ibm", tc.env, settings, nil))
			if tc.waits != "" {
				waits(t, rsp, "NoNetwork", tc.waits)
				return
			}
			if !strings.Contains(object.String(workspace(t, rsp), "spec", "forProvider", "module"), "ibm_cbr_rule") {
				t.Errorf("\n%s\nthere is no rule", tc.reason)
			}
			want := "NoNetwork"
			if strings.Contains(tc.region, enforced) {
				want = "Composed"
			}
			if diff := cmp.Diff(want, rsp.GetConditions()[0].GetReason()); diff != "" {
				t.Errorf("\n%s\nComposed: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestRuleAdopted holds that a database that was there before its claim gets neither rule nor
// allowlist: who reaches it stays as it was.
func TestRuleAdopted(t *testing.T) {
	t.Parallel()
	for _, plan := range []string{"standard", "standard-gen2"} {
		for _, adopt := range []string{"Observe", "Manage"} {
			t.Run(plan+"/"+adopt, func(t *testing.T) {
				t.Parallel()
				there := "{" + strings.Replace(there["ibm"], "plan: standard", "plan: "+plan, 1) + "}"
				xr := specOf("ibm", "postgres") + "  externalName: old\n  adopt: " + adopt + "\n"
				const settings = "data: {policy: {adopt: manage, adoptNames: [old]}, providers: {ibm: {regions: {eu-es: {allowedCIDRs: [10.0.0.0/16]}}}}}"
				for _, r := range run(t, request(t, xr, settings, map[string]string{keyInstance: there})).GetDesired().GetResources() {
					o := r.GetResource()
					module := object.String(o, "spec", "forProvider", "module")
					if strings.Contains(module, "ibm_cbr_") || strings.Contains(module, `variable "allowlist"`) ||
						list(o, "spec", "forProvider", "varmap", "allowlist") != nil {
						t.Errorf("an adopted database is given networks: %v", object.Struct(o, "spec", "forProvider", "varmap"))
					}
				}
			})
		}
	}
}

// workspace is the one that is composed.
func workspace(t *testing.T, rsp *fnv1.RunFunctionResponse) *structpb.Struct {
	t.Helper()
	o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
	if o == nil {
		t.Fatalf("nothing is composed: %s %s", fatal(rsp), rsp.GetConditions())
	}
	return o
}
