package profilesizer

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

func azureServer(fields string) string {
	return `{apiVersion: dbforpostgresql.azure.upbound.io/v1beta2, kind: FlexibleServer, spec: {forProvider: {` + fields + `}}}`
}

func azureMySQL(fields string) string {
	return `{apiVersion: dbformysql.azure.m.upbound.io/v1beta1, kind: FlexibleServer, spec: {forProvider: {` + fields + `}}}`
}

const zoneRedundant = "highAvailability: {mode: ZoneRedundant}"

func TestSizeAzure(t *testing.T) {
	sizings{
		"Postgres": {
			reason: "PostgreSQL's disk is in MiB.", xr: "{profile: medium}",
			desired: azureServer(""), want: azureServer("skuName: GP_Standard_D4ds_v5, storageMb: 131072"),
		},
		"MySQL": {
			reason:  "MySQL's is in GiB, and its general purpose tier has other machines.",
			xr:      "{profile: medium}",
			desired: azureMySQL(""),
			want:    azureMySQL("skuName: GP_Standard_D4ads_v5, storage: {sizeGb: 128}"),
		},
		"Burstable": {
			reason:  "The smallest profile is burstable.",
			xr:      "{profile: nano}",
			desired: azureServer(""),
			want:    azureServer("skuName: B_Standard_B1ms, storageMb: 32768"),
		},
		"BurstableHA": {
			reason: "High availability takes a tier that has it.", xr: "{profile: nano}",
			desired: azureServer(zoneRedundant), want: azureServer(zoneRedundant + ", skuName: GP_Standard_D2ds_v5, storageMb: 32768"),
		},
		"MySQLBurstableHA": {
			reason: "On MySQL, too.", xr: "{profile: small}",
			desired: azureMySQL(zoneRedundant), want: azureMySQL(zoneRedundant + ", skuName: GP_Standard_D2ads_v5, storage: {sizeGb: 64}"),
		},
		"NextSize": {
			reason: "PostgreSQL has disks of certain sizes only.", xr: "{profile: small, database: {storageGiB: 200}}",
			desired: azureServer(""), want: azureServer("skuName: B_Standard_B2s, storageMb: 262144"),
			condition: "Sized: small: B_Standard_B2s (2 vCPU, 4 GiB), 256 GiB of disk; Azure PostgreSQL has no disk of 200 GiB, and 256 is the next larger",
		},
		"Grown": {
			reason: "A smaller disk would replace the server, so it is never asked for.", xr: "{profile: small}",
			desired: azureServer(""), observed: "{status: {atProvider: {storageMb: 4193280}}}", want: azureServer("skuName: B_Standard_B2s, storageMb: 4193280"),
			condition: "Sized: small: B_Standard_B2s (2 vCPU, 4 GiB), 4095 GiB of disk; the disk keeps its 4095 GiB although 64 are asked for, since " +
				"a disk never shrinks",
		},
		"GrownMySQL": {
			reason: "On MySQL, too.", xr: "{profile: small}",
			desired: azureMySQL("storage: {autoGrowEnabled: true}"), observed: "{status: {atProvider: {storage: {sizeGb: 80}}}}",
			want: azureMySQL("skuName: B_Standard_B2s, storage: {autoGrowEnabled: true, sizeGb: 80}"),
		},
		"BurstableNamed": {
			reason: "A burstable tier that the settings name cannot have high availability.", xr: "{profile: nano}",
			environment: "profiles: {nano: {skus: {azurePostgres: B_Standard_B1ms}}}", desired: azureServer(zoneRedundant),
			fatal: `settings.profiles.nano.skus.azurePostgres: "B_Standard_B1ms" cannot have high availability, which is asked for; the profile's ` +
				`figures would give GP_Standard_D2ds_v5 with 2 vCPU and 8 GiB`,
		},
		"OtherEngine": {
			reason: "A machine that the engine does not have is refused.", xr: "{profile: medium}",
			environment: "profiles: {medium: {skus: {azureMySQL: GP_Standard_D4ds_v5}}}", desired: azureMySQL(""),
			fatal: `settings.profiles.medium.skus.azureMySQL: "GP_Standard_D4ds_v5" is no size of Azure MySQL that the catalog knows; where Azure MySQL ` +
				`has it, give it with its figures, such as {name: GP_Standard_D4ds_v5, vcpu: 4, memoryGiB: 16}; did you mean "GP_Standard_D4ads_v5"?`,
		},
	}.run(t)
}

// TestHoldAzure holds that tier and high availability never change in one step,
// step by step through what a server goes through.
func TestHoldAzure(t *testing.T) {
	const disk = ", storageMb: 131072"
	server := func(asked, there string) string {
		return "{spec: {forProvider: {" + asked + "}}, status: {atProvider: {id: x, storageMb: 131072, " + there + "}}}"
	}
	const medium, small, burstable = "skuName: GP_Standard_D4ds_v5", "skuName: GP_Standard_D2ds_v5", "skuName: B_Standard_B2s"
	both := func(tier string) string { return tier + ", " + zoneRedundant }
	initially := func(resource, zones string) string {
		return strings.Replace(resource, "spec: {", "spec: {initProvider: {"+zones+"}, ", 1)
	}
	const standby = `zone: "1", highAvailability: {standbyAvailabilityZone: "2"}`
	sizings{
		"StandbyStays": {
			reason: "High availability that stays has its standby where it is, or the provider would remove that.", xr: "{profile: medium}",
			desired:  initially(azureServer(""), `zone: "1"`),
			observed: initially(server(both(medium), both(small)), standby),
			want:     initially(azureServer(both(medium)+disk), standby),
		},
		"StandbyWaits": {
			reason: "High availability that waits has no standby.", xr: "{profile: medium}",
			desired:  initially(azureServer(zoneRedundant), standby),
			observed: server(burstable, burstable),
			want:     initially(azureServer(medium+disk), `zone: "1"`),
		},
		"New": {reason: "A new server gets both.", xr: "{profile: medium}", desired: azureServer(zoneRedundant), want: azureServer(both(medium) + disk)},
		"Quiet": {
			reason:    "Nothing changes, nothing is held.",
			xr:        "{profile: medium}",
			desired:   azureServer(zoneRedundant),
			observed:  server(both(medium), both(medium)),
			want:      azureServer(both(medium) + disk),
			condition: "Sized: medium: GP_Standard_D4ds_v5 (4 vCPU, 16 GiB), 128 GiB of disk",
		},
		"TierOnly": {
			reason:   "The tier alone may change.",
			xr:       "{profile: medium}",
			desired:  azureServer(zoneRedundant),
			observed: server(both(small), both(small)),
			want:     azureServer(both(medium) + disk),
		},
		"HAOnly": {
			reason:   "So may high availability.",
			xr:       "{profile: medium}",
			desired:  azureServer(zoneRedundant),
			observed: server(medium, medium),
			want:     azureServer(both(medium) + disk),
		},
		"Enable": {
			reason: "High availability waits for a tier that has it.", xr: "{profile: medium}", desired: azureServer(zoneRedundant), observed: server(
				burstable, burstable,
			), want: azureServer(medium + disk),
			condition: "HeldBack: medium: GP_Standard_D4ds_v5 (4 vCPU, 16 GiB), 128 GiB of disk; high availability stays as it is until the tier is GP_Standard_D4ds_v5",
		},
		"EnableTierOnItsWay": {
			reason:   "It still waits while the tier changes.",
			xr:       "{profile: medium}",
			desired:  azureServer(zoneRedundant),
			observed: server(medium, burstable),
			want:     azureServer(medium + disk),
		},
		"EnableTierThere": {
			reason:   "Then it comes.",
			xr:       "{profile: medium}",
			desired:  azureServer(zoneRedundant),
			observed: server(medium, medium),
			want:     azureServer(both(medium) + disk),
		},
		"Disable": {
			reason: "The tier waits until high availability is off.", xr: "{profile: small, database: {storageGiB: 128}}", desired: azureServer(""), observed: server(
				both(medium), both(medium),
			), want: azureServer(medium + disk),
			condition: "HeldBack: small: GP_Standard_D4ds_v5 (4 vCPU, 16 GiB), 128 GiB of disk; the tier stays GP_Standard_D4ds_v5 until high " +
				"availability has changed; then it becomes B_Standard_B2s",
		},
		"DisableOnItsWay": {
			reason:   "It still waits while that is on its way.",
			xr:       "{profile: small}",
			desired:  azureServer(""),
			observed: server(medium, both(medium)),
			want:     azureServer(medium + disk),
		},
		"Disabled": {
			reason:   "Then it changes.",
			xr:       "{profile: small}",
			desired:  azureServer(""),
			observed: server(medium, medium),
			want:     azureServer(burstable + disk),
		},
		"EnableOnItsWay": {
			reason:   "A tier asked for while high availability is on its way waits.",
			xr:       "{profile: medium}",
			desired:  azureServer(zoneRedundant),
			observed: server(both(small), small),
			want:     azureServer(both(small) + disk),
		},
		"DisableWhileTierOnItsWay": {
			reason:   "High availability stays while a tier is on its way.",
			xr:       "{profile: medium}",
			desired:  azureServer(""),
			observed: server(both(medium), both(small)),
			want:     azureServer(both(medium) + disk),
		},
		"BurstableWhileTierOnItsWay": {
			reason: "A burstable tier waits for both.", xr: "{profile: small, database: {storageGiB: 128}}", desired: azureServer(""), observed: server(
				both(medium), both(small),
			), want: azureServer(both(medium) + disk),
			condition: "HeldBack: small: GP_Standard_D4ds_v5 (4 vCPU, 16 GiB), 128 GiB of disk; high availability stays as it is until the tier is GP_Standard_D4ds_v5",
		},
		"Mode": {
			reason:   "Another mode is a change as well.",
			xr:       "{profile: medium}",
			desired:  azureServer("highAvailability: {mode: SameZone}"),
			observed: server(both(small), both(small)),
			want:     azureServer(small + ", highAvailability: {mode: SameZone}" + disk),
		},
		"Unknown": {
			reason:   "A tier of an old generation is held, too.",
			xr:       "{profile: medium}",
			desired:  azureServer(""),
			observed: server("skuName: GP_Standard_D4s_v3, "+zoneRedundant, "skuName: GP_Standard_D4s_v3, "+zoneRedundant),
			want:     azureServer("skuName: GP_Standard_D4s_v3" + disk),
		},
		"OffByWord": {
			reason:   "Disabled is how Azure says none.",
			xr:       "{profile: medium}",
			desired:  azureServer(""),
			observed: server(small, small+", highAvailability: {mode: Disabled}"),
			want:     azureServer(medium + disk),
		},
		"StatusLost": {
			reason: "Where Azure's report is lost, what was asked for last counts.",
			xr:     "{profile: medium}", desired: azureServer(zoneRedundant), observed: "{metadata: {annotations: " +
				"{crossplane.io/external-create-succeeded: x}}, spec: {forProvider: {" + burstable + disk + "}}}", want: azureServer(medium + disk),
		},
		"OnByMySQL": {
			reason:   "MySQL goes the same way.",
			xr:       "{profile: medium}",
			desired:  azureMySQL(zoneRedundant),
			observed: strings.ReplaceAll(server(burstable, burstable), "storageMb: 131072", "storage: {sizeGb: 128}"),
			want:     azureMySQL("skuName: GP_Standard_D4ads_v5, storage: {sizeGb: 128}"),
		},
	}.run(t)
}

// TestHoldAzureProperty plays claims that change at random against a server that
// takes its time, and holds that no step changes tier and high availability at
// once, or puts high availability on a tier that cannot have it, and that a claim
// which stands still is fulfilled.
func TestHoldAzureProperty(t *testing.T) {
	for o, server := range map[*offer]func(string) string{offerAzurePostgres: azureServer, offerAzureMySQL: azureMySQL} {
		t.Run(o.Title, func(t *testing.T) { holdAzureProperty(t, o, server) })
	}
}

func holdAzureProperty(t *testing.T, offered *offer, server func(string) string) {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	profiles, modes := []string{"nano", "small", "medium", "large"}, []string{"", "ZoneRedundant", "SameZone"}
	for range 60 {
		var asked, there state
		var profile, mode string
		for step := range 40 {
			if step < 30 && r.IntN(3) == 0 || step == 0 {
				profile, mode = profiles[r.IntN(len(profiles))], modes[r.IntN(len(modes))]
			}
			tc := sizing{
				xr:       "{profile: " + profile + "}",
				desired:  server(state{mode: mode}.fields()),
				observed: "{spec: {forProvider: {" + asked.fields() + "}}, status: {atProvider: {" + there.fields() + "}}}",
			}
			rsp, err := (&Function{}).RunFunction(t.Context(), tc.request(t))
			if err != nil || len(rsp.GetResults()) > 0 {
				t.Fatal(err, rsp.GetResults())
			}
			o := rsp.GetDesired().GetResources()["instance"].GetResource()
			asked = state{object.String(o, azureSKU.forProvider...), modeAzure(o, azureHAMode.forProvider)}
			if asked.mode != "" && offered.known(asked.tier, mustProfile(t, profile)).family.NoHighAvailability {
				t.Fatalf("%v is asked for", asked)
			}
			if there != (state{}) && asked.tier != there.tier && asked.mode != there.mode {
				t.Fatalf("from %v to %v in one step", there, asked)
			}
			if r.IntN(2) == 0 || step >= 30 {
				there = asked // the server is done
			}
		}
		want, err := offered.choose(mustProfile(t, profile), need{ha: mode != ""})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(state{want.Name, mode}, there, cmp.AllowUnexported(state{})); diff != "" {
			t.Fatalf("a claim that stands still is not fulfilled: -want, +got:\n%s", diff)
		}
	}
}

// A state of a server.
type state struct{ tier, mode string }

func (s state) fields() string {
	var out []string
	if s.tier != "" {
		out = append(out, "skuName: "+s.tier)
	}
	if s.mode != "" {
		out = append(out, "highAvailability: {mode: "+s.mode+"}")
	}
	return strings.Join(out, ", ")
}

func mustProfile(t *testing.T, name string) *profile {
	t.Helper()
	p, err := profileOf(name, profileField, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
