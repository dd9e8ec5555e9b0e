package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// settingsOpen say of Azure no network that reaches an account.
const settingsOpen = "metadata: {name: p}\ndata: {providers: {azure: {bucketNameSalt: acme, resourceGroup: rg, storageUseEntra: true}}}"

// TestBucketClosed holds that an account which lets no network in, or some only, is as
// closed afterwards, whether it was found, made or taken over, and that the condition says
// no network reaches it that does not.
func TestBucketClosed(t *testing.T) {
	t.Parallel()
	const every, public = "every network reaches it", "the endpoint is public"
	const off = "publicNetworkAccessEnabled is false, though not by this claim, and stays so"
	deny := map[string]any{"defaultAction": "Deny", "bypass": []any{"AzureServices"}, "virtualNetworkSubnetIds": []any{}, "ipRules": []any{}}
	with := func(key string, value any) map[string]any {
		out := map[string]any{key: value}
		for k, v := range deny {
			if k != key {
				out[k] = v
			}
		}
		return out
	}
	link := []any{map[string]any{"endpointResourceId": "/search", "endpointTenantId": "t"}}
	cases := map[string]struct {
		reason, there, settings string
		rules                   map[string]any // nil for open
		public                  bool
		says, never             string
	}{
		"Open": {
			"An account that every network reaches is said to be one.", "{networkRules: {defaultAction: Allow}, publicNetworkAccessEnabled: true}",
			settingsOpen, nil, true, every, "publicNetworkAccessEnabled",
		},
		"Endpoints": {
			"An account that private endpoints alone reach has empty lists, and is not opened.",
			"{networkRules: {defaultAction: Deny}, publicNetworkAccessEnabled: true}", settingsOpen, deny, true, "bucket.subnetIDs", every,
		},
		"Empty": {
			"A list that is said to be empty lets nobody in.",
			"{networkRules: {defaultAction: Deny, virtualNetworkSubnetIds: [], ipRules: []}}", settingsOpen, deny, true, "bucket.subnetIDs", every,
		},
		"Off": {
			"An account without public access gets none.", "{networkRules: {defaultAction: Allow}, publicNetworkAccessEnabled: false}",
			settingsOpen, nil, false, off, every,
		},
		"OffAndDeny": {
			"An account that is closed twice stays closed twice.", "{networkRules: {defaultAction: Deny}, publicNetworkAccessEnabled: false}",
			settingsOpen, deny, false, off, public,
		},
		"OffBySettings": {
			"Networks of the settings do not turn public access on.", "{networkRules: {defaultAction: Allow}, publicNetworkAccessEnabled: false}",
			settingsBucket, with("virtualNetworkSubnetIds", []any{"/subnets/apps"}), false, off, every,
		},
		"Link": {
			"A resource that was let in by its id alone stays let in, and nothing else is.",
			"{networkRules: {defaultAction: Deny, privateLinkAccess: [{endpointResourceId: /search, endpointTenantId: t}]}}", settingsOpen,
			with("privateLinkAccess", link), true, "bucket.subnetIDs", every,
		},
		"LinkAndSettings": {
			"A resource that was let in by its id stays let in beside the settings' networks.",
			"{networkRules: {defaultAction: Deny, privateLinkAccess: [{endpointResourceId: /search, endpointTenantId: t}]}}", settingsBucket,
			with("privateLinkAccess", link), true, "only the networks of its account's rules", every,
		},
		"Bypass": {
			"Services of Azure that were shut out stay out.", "{networkRules: {defaultAction: Deny, bypass: [None]}}", settingsOpen,
			with("bypass", []any{"None"}), true, "bucket.subnetIDs", every,
		},
	}
	lives := map[string]func(*testing.T, string) *live{
		"Found": func(t *testing.T, _ string) *live {
			t.Helper()
			return foundBucket(t, cloud.Azure, bucketTags["azure"])
		},
		"Made": func(t *testing.T, settings string) *live { t.Helper(); return aliveBucket(t, cloud.Azure, settings) },
	}
	for life, begin := range lives {
		for name, tc := range cases {
			if life == "Made" && name == "LinkAndSettings" {
				continue // who was let in by hand where this claim says who is, is shut out again
			}
			t.Run(life+"/"+name, func(t *testing.T) {
				t.Parallel()
				l := begin(t, tc.settings)
				if life == "Found" && tc.settings == settingsOpen { // as it was asked for while nobody knew of it
					object.Set(l.instance(), fromYAML(t, "{defaultAction: Allow}"), "spec", "forProvider", "networkRules")
				}
				crds.Overlay(object.Struct(l.instance(), "status", "atProvider"), fromYAML(t, tc.there))
				l.settle(t, tc.settings)
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatalf("\n%s\nRunFunction(): %s", tc.reason, got)
				}
				want := map[string]any{"defaultAction": "Allow", "bypass": []any{"AzureServices"}}
				if tc.rules != nil {
					want = tc.rules
				}
				if tc.settings == settingsBucket {
					want["virtualNetworkSubnetIds"], want["ipRules"] = []any{"/subnets/apps"}, []any{"203.0.113.7"}
				}
				desired := rsp.GetDesired().GetResources()
				if diff := cmp.Diff(want, bucketAt(desired, keyInstance, "networkRules")); diff != "" {
					t.Errorf("\n%s\nnetworkRules: -want, +got:\n%s", tc.reason, diff)
				}
				if got := bucketAt(desired, keyInstance, "publicNetworkAccessEnabled"); got != tc.public {
					t.Errorf("\n%s\npublicNetworkAccessEnabled is %v, want %t", tc.reason, got, tc.public)
				}
				message := rsp.GetConditions()[0].GetMessage()
				if !strings.Contains(message, tc.says) || strings.Contains(message, tc.never) {
					t.Errorf("\n%s\nComposed: want %q, and never %q, in %q", tc.reason, tc.says, tc.never, message)
				}
				// What was composed for it is what it is held to from then on.
				observeBucket(t, l, desired, made)
				if diff := cmp.Diff(bodies(rsp)[keyInstance], bodies(l.run(t))[keyInstance]); diff != "" {
					t.Errorf("\n%s\nonce its provider has done so: -before, +after:\n%s", tc.reason, diff)
				}
			})
		}
	}
}

// TestBucketAdoptClosed holds that an account which is taken over is as closed as it was: the
// provider leaves rules alone that it is not asked for, and resets the public access.
func TestBucketAdoptClosed(t *testing.T) {
	t.Parallel()
	there := strings.Replace(bucketStatus["azure"], "{id:", "{networkRules: {defaultAction: Deny}, publicNetworkAccessEnabled: false, id:", 1)
	rsp := run(t, adoptedBucket(t, cloud.Azure, specBucket+"  adopt: Manage\n", strings.Replace(there, "TAGS", bucketTags["azure"], 1)))
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	desired := rsp.GetDesired().GetResources()
	if got := bucketAt(desired, keyInstance, "networkRules"); got != nil {
		t.Errorf("networkRules would be set back to %v", got)
	}
	if got := bucketAt(desired, keyInstance, "publicNetworkAccessEnabled"); got != false {
		t.Errorf("publicNetworkAccessEnabled is %v", got)
	}
}

// TestBucketWorld holds that an account which lets some networks in lets in no network that is as good as all of them, which
// somebody added by hand, or an older version of this function asked for; and that its claim is not refused for that.
func TestBucketWorld(t *testing.T) {
	t.Parallel()
	const wide = "{networkRules: {defaultAction: Deny, ipRules: [203.0.113.7, 0.0.0.0/0], virtualNetworkSubnetIds: []}}"
	for name, asked := range map[string]bool{"Reported": false, "Asked": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := aliveBucket(t, cloud.Azure, settingsOpen)
			crds.Overlay(object.Struct(l.instance(), "status", "atProvider"), fromYAML(t, wide))
			if asked {
				crds.Overlay(object.Struct(l.instance(), "spec", "forProvider"), fromYAML(t, wide))
			}
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			if diff := cmp.Diff([]any{"203.0.113.7"}, bucketAt(rsp.GetDesired().GetResources(), keyInstance, "networkRules", "ipRules")); diff != "" {
				t.Errorf("who is let in: -want, +got:\n%s", diff)
			}
		})
	}
}
