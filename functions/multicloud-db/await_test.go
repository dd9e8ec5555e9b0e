package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// placed are settings that have a network on each cloud.
const placed = `
metadata: {name: platform-prod}
data:
  providers:
    gcp: {network: projects/acme/global/networks/prod}
    aws: {regions: {eu-west-1: {subnetGroup: prod-db, securityGroupIDs: [sg-1]}}}
    azure: {resourceGroup: rg, regions: {westeurope: {postgres: {delegatedSubnetID: /subnets/db, privateDNSZoneID: /zones/db}}}}
    ibm: {regions: {eu-es: {allowedCIDRs: [10.0.0.0/16]}}}
`

// ask asks for what a claim of an env composes, where the settings say no more than they do.
func ask(t *testing.T, provider, env, settings string, observed map[string]string) *fnv1.RunFunctionRequest {
	t.Helper()
	req := request(t, strings.ReplaceAll(specOf(provider, "postgres"), "-prod-", "-"+env+"-"), none, observed)
	if settings != none {
		req.RequiredResources["settings-env"] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: fromYAML(t, settings)}}}
	}
	return req
}

// desired are the names of what a call composes.
func desired(rsp *fnv1.RunFunctionResponse) []string {
	return slices.Sorted(maps.Keys(rsp.GetDesired().GetResources()))
}

// waits holds that a claim waits, and says so.
func waits(t *testing.T, rsp *fnv1.RunFunctionResponse, reason, says string, keeps ...string) {
	t.Helper()
	if got := fatal(rsp); got != "" {
		t.Errorf("a fatal result ends Crossplane's asking for settings: %s", got)
	}
	if diff := cmp.Diff(keeps, desired(rsp)); diff != "" {
		t.Errorf("composed: -want, +got:\n%s", diff)
	}
	if got := rsp.GetDesired().GetComposite().GetReady(); got != fnv1.Ready_READY_FALSE {
		t.Errorf("the XR is %s: nothing composed counts as ready", got)
	}
	c := rsp.GetConditions()[0]
	got := []string{c.GetType(), c.GetStatus().String(), c.GetReason()}
	if diff := cmp.Diff([]string{"Composed", "STATUS_CONDITION_FALSE", reason}, got); diff != "" || !strings.Contains(c.GetMessage(), says) {
		t.Errorf("-want, +got:\n%s%s", diff, cmp.Diff(says, c.GetMessage()))
	}
}

func TestAwaitSettings(t *testing.T) {
	t.Parallel()
	const missing, late = "there are no settings: no EnvironmentConfig platform, platform-%s or platform-%s-payments, and nothing is composed in %s",
		"Crossplane has not looked yet for the settings, EnvironmentConfig platform, platform-%s and platform-%s-payments"
	for _, provider := range cloud.Providers {
		for env, kept := range map[string]bool{"prod": true, "mgmt": true, "staging": false, "dev": false} {
			for name, says := range map[string]string{"Missing": missing, "Late": late} {
				t.Run(provider+"/"+env+"/"+name, func(t *testing.T) {
					t.Parallel()
					req := ask(t, provider, env, none, nil)
					if name == "Late" {
						req.RequiredResources = nil
					}
					rsp := run(t, req)
					if got := rsp.GetRequirements().GetResources()["settings-env"].GetMatchName(); got != "platform-"+env {
						t.Errorf("the settings are not asked for: %q", got)
					}
					switch {
					case kept:
						waits(t, rsp, "AwaitingSettings", strings.ReplaceAll(says, "%s", env))
					case len(desired(rsp)) == 0 || fatal(rsp) != "":
						t.Errorf("without settings %s composes nothing: %s", env, fatal(rsp))
					case !strings.Contains(rsp.GetConditions()[0].GetMessage(), "platform-"+env+"-payments"):
						t.Errorf("the claim is not told that there are no settings: %s", rsp.GetConditions()[0])
					}
					if !kept {
						return
					}
					req.RequiredResources = ask(t, provider, env, placed, nil).GetRequiredResources()
					later := run(t, req)
					if c := later.GetConditions()[0]; fatal(later) != "" || len(desired(later)) == 0 || c.GetReason() != "Composed" {
						t.Errorf("settings that come later compose nothing: %s %s", fatal(later), c)
					}
				})
			}
		}
	}
}

// TestAwaitSettingsNamed plays settings under another name than any that is asked for, and
// an environment of somebody else's in front.
func TestAwaitSettingsNamed(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		reason, environment string
		waits               bool
	}{
		"Nothing": {"An EnvironmentConfig platform-production is none of those that are asked for, so Crossplane finds none.", "", true},
		"Theirs":  {"An environment without a key of ours is no settings.", "apiextensions.crossplane.io/environment: {kind: Environment, owner: blog}", true},
		"Ours": {
			"Settings that a step before has read are settings.",
			"apiextensions.crossplane.io/environment: {providers: {gcp: {network: projects/acme/global/networks/prod}}}", false,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req := ask(t, "gcp", "prod", none, nil)
			if tc.environment != "" {
				req.Context = fromYAML(t, tc.environment)
			}
			if !tc.waits {
				req.RequiredResources = nil
			}
			rsp := run(t, req)
			if tc.waits {
				waits(t, rsp, "AwaitingSettings", "there are no settings")
			} else if len(desired(rsp)) == 0 {
				t.Errorf("\n%s\nnothing is composed: %v", tc.reason, rsp.GetConditions())
			}
		})
	}
}

func TestAwaitNetwork(t *testing.T) {
	t.Parallel()
	missing := map[string]string{
		"gcp": "settings providers.gcp.network is not set", "aws": "settings providers.aws.regions.eu-west-1.subnetGroup is not set",
		"azure": "settings providers.azure.regions.westeurope.postgres.delegatedSubnetID is not set",
		"ibm":   "settings providers.ibm.regions.eu-es.allowedCIDRs is not set",
	}
	for _, provider := range cloud.Providers {
		for name, tc := range map[string]struct {
			reason, env, policy, rule string // rule is "" where nothing waits
		}{
			"Prod":        {"Prod requires a network by default.", "prod", "", "settings policy.requireNetwork, which is true there by default"},
			"Mgmt":        {"Mgmt requires a network by default.", "mgmt", "", "settings policy.requireNetwork, which is true there by default"},
			"ProdNot":     {"The settings may do without in prod.", "prod", "requireNetwork: false", ""},
			"Staging":     {"Staging does without by default.", "staging", "", ""},
			"Dev":         {"Dev does without by default.", "dev", "", ""},
			"DevRequired": {"The settings may require a network in dev.", "dev", "requireNetwork: true", "by settings policy.requireNetwork"},
		} {
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				rsp := run(t, ask(t, provider, tc.env, "data: {policy: {"+tc.policy+"}}", nil))
				c := rsp.GetConditions()[0]
				if tc.rule == "" {
					if len(desired(rsp)) == 0 || c.GetReason() != "NoNetwork" || c.GetStatus() != fnv1.Status_STATUS_CONDITION_TRUE {
						t.Errorf("\n%s\ncomposed %v: %s", tc.reason, desired(rsp), c)
					}
					return
				}
				waits(t, rsp, "NoNetwork", missing[provider]+", and no new database is composed in "+tc.env+" without a network")
				if !strings.Contains(c.GetMessage(), tc.rule) {
					t.Errorf("\n%s\nthe rule is not named: %s", tc.reason, c.GetMessage())
				}
			})
		}
	}
}
