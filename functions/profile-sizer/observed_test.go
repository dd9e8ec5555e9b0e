package profilesizer

import (
	"strings"
	"testing"
)

// TestMayNotChange holds what is said of a database that its managementPolicies do not let
// change: what runs, and what the profile would make of it.
func TestMayNotChange(t *testing.T) {
	const live = "{status: {atProvider: {id: x, engine: mysql, instanceClass: db.r6i.2xlarge, allocatedStorage: 500, multiAz: true}}}"
	rds := func(policies, fields string) string {
		return "{apiVersion: rds.aws.m.upbound.io/v1beta1, kind: Instance, spec: {managementPolicies: [" +
			policies + "], forProvider: {region: eu-west-1" + fields + "}}}"
	}
	const observed = "Observed: instance is only observed: db.r6i.2xlarge (8 vCPU, 64 GiB) runs; medium would be db.m7g.xlarge (4 vCPU, 16 GiB)"
	cases := sizings{
		"Profile": {
			reason: "A profile that there is not is no matter.", xr: "{profile: huge}", desired: rds("Observe", ""), observed: live,
			want: rds("Observe", ""), condition: "Observed: instance is only observed: db.r6i.2xlarge (8 vCPU, 64 GiB) runs",
		},
		"Unknown": {
			reason: "What nobody has looked at yet keeps its size.", xr: "{profile: medium}", desired: rds("Observe", ""),
			want: rds("Observe", ""), condition: "Observed: instance is only observed, and keeps its size",
		},
		"OtherEngine": {
			reason: "Of an engine without profiles only what runs is said.", xr: "{profile: medium}", desired: rds("Observe", ""),
			observed:  strings.Replace(live, "mysql", "oracle-se2", 1),
			condition: "Observed: instance is only observed: db.r6i.2xlarge (8 vCPU, 64 GiB) runs",
		},
		"HighlyAvailable": {
			reason: "What the profile would be has the high availability that is there.", xr: "{profile: small}",
			desired:  `{apiVersion: dbforpostgresql.azure.upbound.io/v1beta1, kind: FlexibleServer, spec: {managementPolicies: [Observe], forProvider: {}}}`,
			observed: "{status: {atProvider: {id: x, skuName: GP_Standard_D4s_v3, storageMb: 65536, highAvailability: [{mode: ZoneRedundant}]}}}",
			condition: "Observed: instance is only observed: GP_Standard_D4s_v3 (4 vCPU, 16 GiB) runs; small would be " +
				"GP_Standard_D2ds_v5 (2 vCPU, 8 GiB)",
		},
		"Same": {
			reason: "What is already what the profile would be is said to be.", xr: "{profile: x}",
			environment: "profiles: {x: {storageGiB: 64, skus: {aws: db.r6i.2xlarge}}}", desired: rds("Observe", ""), observed: live,
			condition: "Observed: instance is only observed: db.r6i.2xlarge (8 vCPU, 64 GiB) runs; x would be the same",
		},
		"Frozen": {
			reason: "A size that reaches nothing is written, since the kind asks for one, and not said to be there.", xr: "{profile: medium}",
			desired: rds("Observe, Create", ", engine: mysql"), observed: live,
			want: rds("Observe, Create", ", engine: mysql, instanceClass: db.m7g.xlarge, allocatedStorage: 500, maxAllocatedStorage: 0"),
			condition: "Kept: keeps db.r6i.2xlarge (8 vCPU, 64 GiB), since its managementPolicies let nothing be changed; medium would be " +
				"db.m7g.xlarge (4 vCPU, 16 GiB)",
		},
		"FrozenSame": {
			reason: "A size that is there is said as ever.", xr: "{profile: medium}", desired: rds("Observe, Create", ", engine: mysql"),
			observed:  "{status: {atProvider: {id: x, instanceClass: db.m7g.xlarge, allocatedStorage: 128}}}",
			condition: "Sized: medium: db.m7g.xlarge (4 vCPU, 16 GiB), 128 GiB of disk",
		},
		"NotMade": {
			reason: "What is to be made gets its size, though it may not be changed later.", xr: "{profile: medium}", desired: rds("Observe, Create", ", engine: mysql"),
			condition: "Sized: medium: db.m7g.xlarge (4 vCPU, 16 GiB), 128 GiB of disk",
		},
	}
	for _, policies := range []string{"Observe", "Observe, LateInitialize", "Observe, Delete", "LateInitialize, Observe, Delete"} {
		cases["Only "+policies] = sizing{
			reason: "Without Create and Update nothing is sized.", xr: "{profile: medium}", desired: rds(policies, ""), observed: live,
			want: rds(policies, ""), condition: observed,
		}
	}
	cases.run(t)
}
