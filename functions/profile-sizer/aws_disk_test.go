package profilesizer

import (
	"fmt"
	"testing"
)

// TestSmallDisks holds that what is asked for below the least of a disk's type counts as the
// least: RDS gives that, and grows it by itself.
func TestSmallDisks(t *testing.T) {
	cases := map[string]struct {
		reason, fields string
		gib, want      int
	}{
		"Least":     {"The least disk that can be had may double.", "storageType: gp3", 20, 20},
		"Small":     {"A smaller one is the least, and may double.", "storageType: gp3", 5, 20},
		"Unnamed":   {"A disk whose type nobody names has the same least.", "engine: postgres", 1, 20},
		"Between":   {"What is just below the least is the least.", "storageType: gp2", 19, 20},
		"Above":     {"What is above the least is what is asked for.", "storageType: gp3", 21, 21},
		"io1":       {"Provisioned IOPS have a larger least.", "storageType: io1, iops: 1000", 64, 100},
		"io2":       {"The second kind of provisioned IOPS has the larger least, too.", "storageType: io2, iops: 1000", 99, 100},
		"LargerIO1": {"Provisioned IOPS above their least are what is asked for.", "storageType: io1, iops: 1000", 101, 101},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			sizings{name: {
				reason: tc.reason, xr: fmt.Sprintf("{profile: small, database: {storageGiB: %d}}", tc.gib), desired: awsSized(tc.fields),
				want: awsSized(fmt.Sprintf("%s, instanceClass: db.t4g.medium, allocatedStorage: %d, maxAllocatedStorage: %d", tc.fields, tc.want, 2*tc.want)),
			}}.run(t)
		})
	}
}
