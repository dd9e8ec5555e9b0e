package profilesizer

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A machine is a database of a cloud that takes its time, and whose disk grows by
// itself now and then.
type machine struct {
	manifest string
	disk     field
	there    field   // where the cloud reports it
	unit     float64 // of the disk, in a GiB
	parts    bool    // the disk may have parts of a GiB
	starts   bool    // the disk stands in initProvider, since it grows by itself
}

func machines() map[string]machine {
	m := map[string]machine{
		"GCP":              {manifest: gcpInstance, disk: gcpDisk, there: gcpDisk, unit: 1, starts: true},
		"GCP that is full": {manifest: strings.Replace(gcpInstance, "settings: {", "settings: {diskAutoresize: false, ", 1), disk: gcpDisk, there: gcpDisk, unit: 1},
		"AWS":              {manifest: awsInstance, disk: awsDisk, there: awsDisk, unit: 1},
		"Azure PostgreSQL": {manifest: azureServer(zoneRedundant), disk: azurePostgresDisk, there: azurePostgresDisk, unit: mebibytes},
		"Azure MySQL":      {manifest: azureMySQL(""), disk: azureMySQLDisk, there: azureMySQLDisk, unit: 1},
		"IBM":              {manifest: ibmWorkspace(""), disk: ibmDisk, there: ibmDiskThere, unit: mebibytes, parts: true},
		"IBM Gen2":         {manifest: strings.Replace(ibmWorkspace(""), "standard", "standard-gen2", 1), disk: ibmDisk, there: ibmDiskThere, unit: mebibytes},
	}
	for name, one := range m {
		if strings.Contains(one.manifest, ".m.upbound.io/v1beta1") {
			one.manifest = strings.Replace(one.manifest, ".m.upbound.io/v1beta1", ".upbound.io/v1beta2", 1)
		} else {
			one.manifest = strings.Replace(one.manifest, ".upbound.io/v1beta2", ".m.upbound.io/v1beta1", 1)
		}
		m[name+" in the other scope"] = one
	}
	return m
}

// TestDiskNeverShrinks plays claims that change at random against databases whose
// disks grow by themselves, take their time, and are not always reported. It holds
// that a disk is never asked to be smaller than it is seen to be or was last asked
// to be, that it never stands in two places, and that a claim which stands still
// gets what it asks for.
func TestDiskNeverShrinks(t *testing.T) {
	for name, m := range machines() {
		t.Run(name, func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, 2))
			for range 8 {
				var observed *structpb.Struct
				var claim string
				var actual, wanted float64
				for step := range 30 {
					quiet := step >= 24
					if step == 0 || !quiet && r.IntN(3) == 0 {
						claim, wanted = someClaim(t, r)
					}
					lost := !quiet && r.IntN(6) == 0
					req := (&sizing{xr: claim, desired: m.manifest}).request(t)
					if observed != nil {
						req.Observed.Resources["instance"] = &fnv1.Resource{Resource: m.report(observed, actual, lost)}
					}
					if before := []field{{}, {forProvider: m.disk.forProvider}, {forProvider: m.disk.initProvider}}[r.IntN(3)].forProvider; before != nil {
						object.Set(req.GetDesired().GetResources()["instance"].GetResource(), 10*m.unit, before...) // of an earlier step
					}
					last := m.asked(observed)
					rsp, err := (&Function{}).RunFunction(t.Context(), req)
					if err != nil || len(rsp.GetResults()) > 0 {
						t.Fatal(err, rsp.GetResults())
					}
					o := rsp.GetDesired().GetResources()["instance"].GetResource()
					asked := m.asked(o)
					floor := actual
					if lost {
						floor = min(actual, last)
					}
					_, starts := object.Number(o, m.disk.initProvider...)
					_, stays := object.Number(o, m.disk.forProvider...)
					switch {
					case starts == stays:
						t.Fatalf("%s: the disk stands in two places or none: %v", claim, o)
					case asked < floor:
						t.Fatalf("%s: a disk of %g is asked to be %g", claim, floor, asked)
					case int(asked)%int(m.unit) != 0:
						t.Fatalf("%s: a disk of %g has parts of a GiB", claim, asked)
					case quiet && step > 26 && starts != m.starts:
						t.Fatalf("%s: the disk of %g stands in initProvider: %t", claim, actual, starts)
					}
					switch {
					case actual == 0, stays && asked > actual && (quiet || r.IntN(2) == 0):
						actual = asked
					case !quiet && r.IntN(4) == 0:
						actual += m.growth(r, actual)
					}
					observed = o
				}
				if actual < wanted*m.unit {
					t.Fatalf("%s: has a disk of %g", claim, actual)
				}
			}
		})
	}
}

// someClaim returns the spec of a claim, and the disk it asks for in GiB.
func someClaim(t *testing.T, r *rand.Rand) (spec string, gib float64) {
	t.Helper()
	p := mustProfile(t, builtin[r.IntN(len(builtin))].name)
	if r.IntN(2) == 0 {
		return "{profile: " + p.name + "}", float64(p.storageGiB)
	}
	gib = float64(20 + r.IntN(2000))
	return fmt.Sprintf("{profile: %s, database: {storageGiB: %g}}", p.name, gib), gib
}

// asked returns the disk that a resource asks for, in the cloud's unit.
func (m machine) asked(o *structpb.Struct) float64 {
	if n, ok := object.Number(o, m.disk.forProvider...); ok {
		return n
	}
	n, _ := object.Number(o, m.disk.initProvider...)
	return n
}

// growth of a disk that is nearly full.
func (m machine) growth(r *rand.Rand, actual float64) float64 {
	switch {
	case m.disk.atProvider[2] == "storageMb":
		next, _ := offerAzurePostgres.Disk.round(int(actual/m.unit)+1, "")
		return float64(next)*m.unit - actual
	case m.parts:
		return float64(1 + r.IntN(20*mebibytes))
	default:
		return float64(1+r.IntN(20)) * m.unit
	}
}

// report returns the resource as Crossplane observes it.
func (m machine) report(o *structpb.Struct, actual float64, lost bool) *structpb.Struct {
	object.Set(o, "x", "metadata", "annotations", "crossplane.io/external-create-succeeded")
	delete(o.GetFields(), "status")
	if !lost {
		object.Set(o, actual, m.there.atProvider...)
	}
	return o
}
