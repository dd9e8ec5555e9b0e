package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestAwaitLive holds that a live database stays as it was asked for where settings are
// missing, late, or without the network that they had: only what is new waits.
func TestAwaitLive(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		first := run(t, ask(t, provider, "prod", placed, nil)).GetDesired().GetResources()
		for name, settings := range map[string]string{"Missing": none, "Late": none, "NoNetwork": "data: {tags: {a: b}}"} {
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				req := ask(t, provider, "prod", settings, nil)
				if name == "Late" {
					req.RequiredResources = nil
				}
				for part, r := range first {
					o := made(r.GetResource())
					if part == keyInstance {
						object.Set(o, "x", "status", "atProvider", "id")
					}
					req.Observed.Resources[part] = &fnv1.Resource{Resource: o}
				}
				rsp := run(t, req)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				if c := rsp.GetConditions()[0]; c.GetStatus() == fnv1.Status_STATUS_CONDITION_FALSE {
					t.Errorf("a live database waits: %s", c)
				}
				for part, r := range first {
					before, after := proto.CloneOf(r.GetResource()), rsp.GetDesired().GetResources()[part].GetResource()
					for _, path := range [][]string{{"spec", "forProvider"}, {"data"}} {
						if diff := cmp.Diff(object.Struct(before, path...), object.Struct(after, path...), protocmp.Transform()); diff != "" {
							t.Errorf("%s: -before, +after:\n%s", part, diff)
						}
					}
				}
			})
		}
	}
}

// TestAwaitKeeps holds that what was composed before stays desired while a claim waits,
// also where no cloud has made it: Crossplane deletes what is left out.
func TestAwaitKeeps(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		first := run(t, ask(t, provider, "prod", placed, nil)).GetDesired().GetResources()
		for reason, settings := range map[string]string{"AwaitingSettings": none, "NoNetwork": "data: {tags: {a: b}}"} {
			t.Run(provider+"/"+reason, func(t *testing.T) {
				t.Parallel()
				req := ask(t, provider, "prod", settings, map[string]string{"others": "{kind: Other}"})
				for part, r := range first {
					req.Observed.Resources[part] = &fnv1.Resource{Resource: proto.CloneOf(r.GetResource())}
				}
				rsp := run(t, req)
				waits(t, rsp, reason, "; what was composed before stays: ", desired(&fnv1.RunFunctionResponse{Desired: &fnv1.State{Resources: first}})...)
				for part, r := range first {
					if diff := cmp.Diff(r.GetResource(), rsp.GetDesired().GetResources()[part].GetResource(), protocmp.Transform()); diff != "" {
						t.Errorf("%s: -before, +after:\n%s", part, diff)
					}
				}
			})
		}
	}
}

// TestAwaitBucket holds that a bucket waits for settings and for no network: its endpoint is
// in none, and lets nobody in without an identity.
func TestAwaitBucket(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			req := request(t, xrHead+"  provider: "+provider+"\n  type: bucket\n  region: eu-west\n", none, nil)
			waits(t, run(t, req), "AwaitingSettings", "there are no settings")
			o := fromYAML(t, "data: {providers: {"+provider+": {bucketNameSalt: acme}}}")
			req.RequiredResources["settings-env"] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: o}}}
			if rsp := run(t, req); len(desired(rsp)) == 0 {
				t.Errorf("a bucket waits for a network: %s %s", fatal(rsp), rsp.GetConditions())
			}
		})
	}
}

// TestAwaitAdopted holds that an observed database waits for settings, which say its
// account, and for no network: it has its own.
func TestAwaitAdopted(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			req := request(t, specOf(provider, "postgres")+"  externalName: old\n", none, nil)
			req.RequiredResources["settings"] = &fnv1.Resources{}
			rsp, err := (&Function{}).RunFunction(t.Context(), req)
			if err != nil {
				t.Fatal(err)
			}
			waits(t, rsp, "AwaitingSettings", "there are no settings")
			const settings = "data: {policy: {adopt: observe}, providers: {azure: {resourceGroup: rg}}}"
			req.RequiredResources["settings-env"] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: fromYAML(t, settings)}}}
			if diff := cmp.Diff([]string{keyInstance}, desired(run(t, req))); diff != "" {
				t.Errorf("composed: -want, +got:\n%s", diff)
			}
		})
	}
}

// TestAllowlist holds that the networks of the settings reach a database of plan Classic on
// IBM Cloud, are followed, and stay where the settings no longer name any.
func TestAllowlist(t *testing.T) {
	t.Parallel()
	settings := func(cidrs string) string {
		return "data: {policy: {requireNetwork: false}, providers: {ibm: {regions: {eu-es: {allowedCIDRs: [" + cidrs + "]}}}}}"
	}
	for name, tc := range map[string]struct {
		reason, before, after string
		want                  []string
		follows               bool
	}{
		"Added":   {"A live database without an allowlist gets one.", "", "10.1.0.0/16", []string{"10.1.0.0/16"}, true},
		"Follows": {"The allowlist is changed in place.", "10.0.0.0/16", "10.1.2.3/16, 10.2.0.0/16", []string{"10.1.0.0/16", "10.2.0.0/16"}, true},
		"Stays":   {"An empty allowlist would let everybody in.", "10.0.0.0/16", "", []string{"10.0.0.0/16"}, true},
		"None":    {"An allowlist that was set elsewhere is left alone.", "", "", nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := made(run(t, ask(t, "ibm", "prod", settings(tc.before), nil)).GetDesired().GetResources()[keyInstance].GetResource())
			req := ask(t, "ibm", "prod", settings(tc.after), nil)
			req.Observed.Resources[keyInstance] = &fnv1.Resource{Resource: o}
			rsp := run(t, req)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			after := rsp.GetDesired().GetResources()[keyInstance].GetResource()
			if diff := cmp.Diff(tc.want, list(after, "spec", "forProvider", "varmap", "allowlist")); diff != "" {
				t.Errorf("\n%s\nallowlist: -want, +got:\n%s", tc.reason, diff)
			}
			ignored := strings.Contains(object.String(after, "spec", "forProvider", "module"), "allowlist, users")
			if ignored == tc.follows {
				t.Errorf("\n%s\nthe module ignores the allowlist: %t", tc.reason, ignored)
			}
		})
	}
}
