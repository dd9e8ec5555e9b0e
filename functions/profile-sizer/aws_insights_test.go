package profilesizer

import (
	"fmt"
	"testing"
)

// TestInsightsAWS holds that Performance Insights are asked for on no class that has none, which RDS
// would refuse with everything else that is asked of the instance.
func TestInsightsAWS(t *testing.T) {
	const instance = `{apiVersion: rds.aws.m.upbound.io/v1beta1, kind: Instance, spec: {forProvider: {engine: %s%s}%s}}`
	const on, made = ", performanceInsightsEnabled: true", ", initProvider: {backupWindow: x, performanceInsightsEnabled: true}"
	const off, left = ", performanceInsightsEnabled: false", ", initProvider: {backupWindow: x}"
	cases := map[string]struct {
		reason, engine, profile, class, forProvider, initProvider string
		want, wantInit, says                                      string
	}{
		"Asked": {
			"What the settings ask for is switched off, and said.", "mysql", "nano", "", on, "", off, "",
			"; Performance Insights are off, since RDS has none for mysql on db.t4g.small",
		},
		"Made": {
			"So is what a new instance is made with.", "mysql", "nano", "", "", made, off, left,
			"; Performance Insights are off, since RDS has none for mysql on db.t4g.small",
		},
		"Off": {
			"What is off stays off when the class shrinks, whatever the provider filled in of a larger one.", "mysql", "nano", "db.m7g.large", off, "", off, "", "",
		},
		"Unasked":  {"Another pipeline that says nothing is left alone.", "mysql", "nano", "", "", "", "", "", ""},
		"Postgres": {"PostgreSQL has them on each class.", "postgres", "nano", "", on, made, on, made, ""},
		"Larger":   {"A larger class has them.", "mysql", "medium", "", on, "", on, "", ""},
		"Waiting": {
			"Until the instance has its larger class they are off.", "mysql", "medium", "db.t4g.small", on, "", off, "",
			"; Performance Insights are off, since RDS has none for mysql on db.t4g.small",
		},
		"Grown": {"Once it has, they are on.", "mysql", "medium", "db.m7g.xlarge", on, "", on, "", ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			size := map[string]string{
				"nano":   "instanceClass: db.t4g.small, allocatedStorage: 32, maxAllocatedStorage: 64",
				"medium": "instanceClass: db.m7g.xlarge, allocatedStorage: 128, maxAllocatedStorage: 256",
			}[tc.profile]
			figures := map[string]string{"nano": "db.t4g.small (2 vCPU, 2 GiB), 32", "medium": "db.m7g.xlarge (4 vCPU, 16 GiB), 128"}[tc.profile]
			observed := ""
			if tc.class != "" {
				observed = "{status: {atProvider: {instanceClass: " + tc.class + "}}}"
			}
			sizings{name: {
				reason: tc.reason, xr: "{profile: " + tc.profile + "}", observed: observed,
				desired:   fmt.Sprintf(instance, tc.engine, tc.forProvider, tc.initProvider),
				want:      fmt.Sprintf(instance, tc.engine, tc.want+", "+size, tc.wantInit),
				condition: "Sized: " + tc.profile + ": " + figures + " GiB of disk" + tc.says,
			}}.run(t)
		})
	}
}
