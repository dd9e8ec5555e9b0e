package profilesizer

import (
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

type tier struct {
	gib  int
	name string
}

// azureTiers are the performance tiers of PostgreSQL's disks on Azure, with the
// least disk, in GiB, that starts at each: a disk takes no lower one. Source:
// storage_tier of azurerm_postgresql_flexible_server, terraform-provider-azurerm
// 4.80.
var azureTiers = []tier{
	{32, "P4"},
	{64, "P6"},
	{128, "P10"},
	{256, "P15"},
	{512, "P20"},
	{1024, "P30"},
	{2048, "P40"},
	{4095, "P50"},
	{8192, "P60"},
	{16384, "P70"},
	{32767, "P80"},
}

var azureTier = fieldAt("storageTier")

// raiseTier makes room for a disk that grows. The provider fills in the tier of the
// disk that was there, and refuses a larger disk with it; where the tier is no
// lower than the disk's own, nobody's choice is touched.
func (s *sized) raiseTier(desired, observed *structpb.Struct) {
	least := 0
	for i, t := range azureTiers {
		if t.gib <= s.storageGiB {
			least = i
		}
	}
	for _, path := range [][]string{azureTier.forProvider, azureTier.atProvider} {
		name := text(observed, path)
		i := slices.IndexFunc(azureTiers, func(t tier) bool { return t.name == name })
		if i >= 0 && i < least {
			s.write(desired, object.Text(azureTiers[least].name), azureTier.forProvider)
		}
	}
}
