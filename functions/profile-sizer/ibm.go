package profilesizer

import (
	"fmt"
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// The variables of the module that makes an IBM database.
var (
	ibmService = fieldAt("varmap", "service")
	ibmPlan    = fieldAt("varmap", "plan")
	ibmMembers = fieldAt("varmap", "members")
	ibmFlavor  = fieldAt("varmap", "host_flavor")
	ibmMemory  = fieldAt("varmap", "memory_mb")
	ibmCPU     = fieldAt("varmap", "cpu_count")
	ibmDisk    = fieldAt("varmap", "disk_mb")
	// The module reports what the database has.
	ibmDiskThere   = fieldAt("outputs", "disk_mb")
	ibmFlavorThere = fieldAt("outputs", "host_flavor")
	ibmMemoryThere = fieldAt("outputs", "memory_mb")
	ibmCPUThere    = fieldAt("outputs", "cpu_count")

	ibmServices = []string{"databases-for-postgresql", "databases-for-mysql"}
	ibmPlans    = map[string]*offer{"": offerIBM, "standard": offerIBM, "standard-gen2": offerIBMGen2}
)

// isIBM says whether a Workspace makes a database.
func isIBM(desired *structpb.Struct) bool {
	return slices.Contains(ibmServices, text(desired, ibmService.forProvider))
}

// sizeIBM sizes the Workspace of an IBM database, each member alike. What stands
// in for high availability there is the number of members, which is not a size.
func sizeIBM(desired, observed *structpb.Struct, p *profile) (*sized, error) {
	o := offerOfIBM(desired)
	if o == nil {
		return nil, fmt.Errorf(
			"spec.forProvider.varmap.plan: %q has no sizes here; allowed are standard, standard-gen2", text(desired, ibmPlan.forProvider),
		)
	}
	members, _ := number(desired, ibmMembers.forProvider)
	s, err := plan(o, p, need{ha: members > 1}, gibOf(float64(databaseIBM.disk.there(observed))), (*offer).choose)
	if err != nil {
		return nil, err
	}
	s.write(desired, s.sku.value, ibmFlavor.forProvider)
	object.Remove(desired, ibmMemory.forProvider...)
	object.Remove(desired, ibmCPU.forProvider...)
	if s.sku.family.Shared {
		s.write(desired, object.Count(int(s.sku.MemoryGiB*mebibytes)), ibmMemory.forProvider)
		s.write(desired, object.Count(s.sku.CPUCount), ibmCPU.forProvider)
	}
	s.putDisk(desired, s.storageGiB*mebibytes, ibmDisk, false)
	return s, nil
}

// offerOfIBM is that of the plan; nil of a plan that has no sizes here.
func offerOfIBM(desired *structpb.Struct) *offer { return ibmPlans[text(desired, ibmPlan.forProvider)] }

// knownIBM returns the size of that name: of shared compute, which has many of one name, by
// the memory and the CPUs; nil where nobody knows these, since the module asks for both.
func knownIBM(o *offer, name string, observed *structpb.Struct, p *profile) *sku {
	if s := o.known(name, p); !s.family.Shared {
		return s
	}
	memory, cpus := reported(ibmMemory, ibmMemoryThere).live(observed), reported(ibmCPU, ibmCPUThere).live(observed)
	if memory == nil {
		return nil
	}
	gib := memory.GetNumberValue() / mebibytes
	for _, s := range o.skus {
		if s.Name == name && s.MemoryGiB == gib && s.CPUCount == int(cpus.GetNumberValue()) {
			return s
		}
	}
	return o.given(settings.SKU{Name: name, VCPU: cpus.GetNumberValue(), MemoryGiB: gib})
}
