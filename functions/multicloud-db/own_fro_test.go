package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestBucketTurnedOn holds that versions which somebody turned on at the cloud stay on, also where the provider turned them off
// again before anybody here saw it: the next report says off, which is the provider's doing.
func TestBucketTurnedOn(t *testing.T) {
	t.Parallel()
	for provider, path := range map[string]string{"gcp": "versioning.enabled", "azure": "blobProperties.versioningEnabled"} {
		for name, section := range map[string]string{"Silent": "bucket: {}", "Off": "bucket: {versioning: false}"} {
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				l := aliveBucket(t, provider, settingsBucket, "env: staging", "env: dev", "bucket: {versioning: true, retentionDays: 20}", section)
				w := &turning{live: l, part: keyInstance, path: strings.Split(path, ".")}
				w.settles(t, "true")
				if got := expiryAt(l.run(t).GetDesired().GetResources(), provider); got != 0 {
					t.Errorf("old versions are deleted after %g days, which nobody asked for", got)
				}
			})
		}
	}
}

// TestBucketRuleTurned holds that a rule of somebody's for old versions, of a claim that did not ask for these, is asked for as one and
// the same call after call, whatever the provider makes of it meanwhile.
func TestBucketRuleTurned(t *testing.T) {
	t.Parallel()
	for provider, at := range map[string][2]string{"gcp": {keyInstance, "lifecycleRule"}, "aws": {partExpiry, "rule"}} {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			l := aliveBucket(t, provider, settingsBucket, "env: staging", "env: dev", "bucket: {versioning: true, retentionDays: 20}", "bucket: {}")
			object.Set(l.instance(), true, "status", "atProvider", "versioning", "enabled")
			w := &turning{live: l, part: at[0], path: []string{at[1]}}
			w.has = fromYAML(t, "{rules: "+rulesThere[provider]+"}").GetFields()["rules"]
			var turns []float64
			for range 8 {
				w.look(t)
				turns = append(turns, expiryAt(l.request.GetObserved().GetResources(), provider))
			}
			for _, days := range turns[2:] {
				if days != 90 {
					t.Fatalf("call after call old versions are deleted after so many days: %v, want 90", turns)
				}
			}
		})
	}
}

// TestClusterTurnedAKS holds that what somebody changes by hand of a cluster of AKS is asked for as one and the same: with each other
// drain's timeout AKS changes the pool, with another disk its provider makes it anew, and with another way out nodes lose theirs.
func TestClusterTurnedAKS(t *testing.T) {
	t.Parallel()
	for path, values := range map[string][]string{
		poolAzure + "upgradeSettings.drainTimeoutInMinutes":   {"30", "45", "60"},
		poolAzure + "upgradeSettings.undrainableNodeBehavior": {"Cordon", "Schedule"},
		poolAzure + "osDiskSizeGb":                            {"256"},
		poolAzure + "osSku":                                   {"Ubuntu"},
		"networkProfile.networkPolicy":                        {"calico"},
		"networkProfile.outboundType":                         {"userAssignedNATGateway"},
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			l := aliveCluster(t, "azure", strings.Replace(settingsCluster, "            outboundType: userDefinedRouting\n", "", 1))
			w := &turning{live: l, part: keyInstance, path: strings.Split(path, ".")}
			for _, byHand := range values {
				w.settles(t, byHand)
			}
		})
	}
}

// TestBucketBackupAzure holds that Azure Backup keeps what it turns on in an account that it protects: the restore to a point in time, with
// a change feed for it and soft delete for longer than that. Without these there is no backup any more, and nothing says so.
func TestBucketBackupAzure(t *testing.T) {
	t.Parallel()
	for path, byHand := range map[string]string{"blobProperties.restorePolicy": "{days: 30}", "blobProperties.changeFeedEnabled": "true"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			l := aliveBucket(t, cloud.Azure, settingsBucket)
			days := func() any {
				return bucketAt(l.run(t).GetDesired().GetResources(), keyInstance, "blobProperties", "deleteRetentionPolicy", "days")
			}
			if got := days(); got != 20.0 {
				t.Errorf("before that soft delete is for %v days", got)
			}
			w := &turning{live: l, part: keyInstance, path: strings.Split(path, ".")}
			w.settles(t, byHand)
			desired := l.run(t).GetDesired().GetResources()
			if got := bucketAt(desired, keyInstance, "blobProperties", "changeFeedEnabled"); got != true {
				t.Errorf("the change feed is asked for as %v", got)
			}
			if got := days(); strings.HasSuffix(path, "restorePolicy") != (got == 31.0) {
				t.Errorf("soft delete is for %v days, which has to be more than the restore", got)
			}
		})
	}
}

// TestBucketFoundTurned holds that who reaches an account which a claim has found again, and of which the settings say nothing, is not
// turned to and fro where somebody changes it by hand.
func TestBucketFoundTurned(t *testing.T) {
	t.Parallel()
	l := foundBucket(t, cloud.Azure, bucketTags["azure"])
	object.Set(l.instance(), fromYAML(t, "{defaultAction: Deny, ipRules: [203.0.113.7]}"), "status", "atProvider", "networkRules")
	l.settle(t, settingsOpen)
	w := &turning{live: l, part: keyInstance, path: []string{"networkRules", "ipRules"}}
	for range 3 {
		w.has = fromYAML(t, "{v: [203.0.113.7]}").GetFields()["v"]
		w.look(t)
	}
	w.has = fromYAML(t, "{v: [198.51.100.9]}").GetFields()["v"]
	var turns []any
	for range 6 {
		turns = append(turns, w.look(t).AsInterface())
	}
	for _, v := range turns[2:] {
		if diff := cmp.Diff(turns[2], v); diff != "" {
			t.Fatalf("call after call these are let in: %v", turns)
		}
	}
}
