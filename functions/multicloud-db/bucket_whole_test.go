package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestBucketWhole plays what becomes of whom the account of a live bucket on Azure lets in, which
// is changed in place: the settings take somebody's access only where they are whole.
func TestBucketWhole(t *testing.T) {
	t.Parallel()
	letsIn := func(subnets, rules string) string {
		return strings.Replace(settingsBucket, "subnetIDs: [/subnets/apps], ipRules: [203.0.113.7]", "subnetIDs: ["+subnets+"], ipRules: ["+rules+"]", 1)
	}
	missing := func(l *live) {
		object.Set(l.xr(), append(list(l.xr(), "status", "resource", "settings"), "platform-prod-shop"), "status", "resource", "settings")
	}
	for name, tc := range map[string]struct {
		reason, subnets, rules     string
		change                     func(*live)
		wantSubnets, wantAddresses []any // at each of three calls
		note                       bool  // Composed names bucket.subnetIDs
	}{
		"Taken": {
			"Whoever is taken out is let in no more.", "/subnets/a", "192.0.2.1", nil,
			[]any{"/subnets/a"},
			[]any{"192.0.2.1"},
			false,
		},
		"Letters": {
			"A subnet in other letters is the same one.", "/SUBNETS/A, /subnets/b", "192.0.2.1, 192.0.2.2", missing,
			[]any{"/SUBNETS/A", "/subnets/b"},
			[]any{"192.0.2.1", "192.0.2.2"},
			false,
		},
		"Layer": {
			"A layer that was there last time and is missing may let somebody in, also at later calls.", "/subnets/a", "192.0.2.1", missing,
			[]any{"/subnets/a", "/subnets/b"},
			[]any{"192.0.2.1", "192.0.2.2"},
			true,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := aliveBucket(t, cloud.Azure, letsIn("/subnets/a, /subnets/b", "192.0.2.1, 192.0.2.2"))
			l.settle(t, letsIn(tc.subnets, tc.rules))
			if tc.change != nil {
				tc.change(l)
			}
			for call := range 3 {
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				desired := rsp.GetDesired().GetResources()
				rules, _ := bucketAt(desired, keyInstance, "networkRules").(map[string]any)
				if diff := cmp.Diff([]any{tc.wantSubnets, tc.wantAddresses}, []any{rules["virtualNetworkSubnetIds"], rules["ipRules"]}); diff != "" {
					t.Fatalf("\n%s\ncall %d: -want, +got:\n%s", tc.reason, call, diff)
				}
				if says := composedAs(rsp).GetMessage(); strings.Contains(says, "westeurope.bucket.subnetIDs") != tc.note {
					t.Errorf("\n%s\ncall %d: Composed says %q, want bucket.subnetIDs named: %t", tc.reason, call, says, tc.note)
				}
				observeBucket(t, l, desired, made)
				object.Set(l.xr(), object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status"), "status")
			}
		})
	}
}
