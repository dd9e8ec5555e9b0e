package multiclouddb

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestZoneAWS holds that an instance of RDS is asked for in the zone that it is in: after a failover the
// zone that the provider filled in before is one that no update brings it to.
func TestZoneAWS(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ reason, filled, there, want string }{
		"Filled":   {"It is where the provider found it.", "eu-west-1a", "eu-west-1a", "eu-west-1a"},
		"Failover": {"The standby, in another zone, has taken over.", "eu-west-1a", "eu-west-1b", "eu-west-1b"},
		"Silent":   {"Nobody tells where it is, and it is for RDS to choose.", "eu-west-1a", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := alive(t, "aws")
			object.Set(l.instance(), tc.filled, body("availabilityZone")...)
			object.Set(l.instance(), tc.there, "status", "atProvider", "availabilityZone")
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			got := object.String(rsp.GetDesired().GetResources()[keyInstance].GetResource(), body("availabilityZone")...)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\navailabilityZone: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestZoneAWSNew holds that nobody asks for a zone of a new instance, which of two zones takes none, nor
// of one that was there before its claim.
func TestZoneAWSNew(t *testing.T) {
	t.Parallel()
	adopted := takenOverBy(t, "aws", "postgres", false, "")
	object.Set(adopted.instance(), "eu-west-1b", "status", "atProvider", "availabilityZone")
	for what, asked := range map[string]map[string]any{
		"new": composed(run(t, request(t, specOf("aws", "postgres"), settingsProd, nil))), "adopted": composed(adopted.run(t)),
	} {
		if zone, is := asked["availabilityZone"]; is || asked["engine"] == nil {
			t.Errorf("one that is %s is asked for in %v", what, zone)
		}
	}
}
