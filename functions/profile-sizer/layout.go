package profilesizer

import (
	"cmp"
	"fmt"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A layout says where the size of a kind stands, as it is asked for and as it is reported.
type layout struct {
	offer  func(desired *structpb.Struct) *offer
	class  field
	counts string  // the unit of a class that is a number; "" of one that is a name
	disk   field   // of what has a disk
	unit   int     // of the disk's field, in a GiB
	beside []field // what else belongs to the size: the disk's type, and how it grows
	ha     available
	// grows makes room where a disk that is kept grows for once; nil where nothing is to do.
	grows func(s *sized, desired, observed *structpb.Struct)
	// silent says that what is not asked for of a database that was there stays as it is.
	silent bool
	// steady reports whether the disk's size stands in initProvider while it stays.
	steady func(desired *structpb.Struct) bool
	// waits holds back the size, or what may only come after it; nil where nothing has to wait.
	waits func(s *sized, desired, observed *structpb.Struct, p *profile)
}

func always(o *offer) func(*structpb.Struct) *offer {
	return func(*structpb.Struct) *offer { return o }
}

// reported is a field whose report stands elsewhere.
func reported(f, report field) field {
	f.atProvider = report.atProvider
	return f
}

var (
	databaseGCP = &layout{
		offer: always(offerGCP), ha: availableGCP, class: gcpTier, disk: gcpDisk, unit: 1, beside: []field{gcpEdition, gcpDiskType, gcpAutoresize, gcpLimit},
		grows: (*sized).growGCP, steady: func(desired *structpb.Struct) bool {
			grows, said := truth(desired, gcpAutoresize.forProvider)
			return grows || !said
		},
	}
	databaseAWS = &layout{
		offer: always(offerAWS), ha: availableAWS, class: awsClass, disk: awsDisk, unit: 1, beside: []field{awsStorage, awsDiskLimit}, grows: (*sized).growAWS,
	}
	databasePostgres = &layout{
		offer: always(offerAzurePostgres), ha: availableAzure, class: azureSKU, disk: azurePostgresDisk, unit: mebibytes,
		beside: []field{azureTier}, grows: (*sized).raiseTier,
	}
	databaseMySQL = &layout{offer: always(offerAzureMySQL), ha: availableAzure, class: azureSKU, disk: azureMySQLDisk, unit: 1}
	databaseIBM   = &layout{
		offer: offerOfIBM, ha: availableIBM, class: reported(ibmFlavor, ibmFlavorThere), disk: reported(ibmDisk, ibmDiskThere), unit: mebibytes,
		beside: []field{reported(ibmMemory, ibmMemoryThere), reported(ibmCPU, ibmCPUThere)}, silent: true,
	}
)

// name of the class at one place of its field; "" for none.
func (l *layout) name(o *structpb.Struct, path []string) string {
	if l.counts == "" {
		return text(o, path)
	}
	if n, ok := number(o, path); ok && count(n) > 0 {
		return fmt.Sprintf("%d %s", count(n), l.counts)
	}
	return ""
}

// nameAsked returns the class that a resource asks for, or "".
func (l *layout) nameAsked(o *structpb.Struct) string {
	return cmp.Or(l.name(o, l.class.forProvider), l.name(o, l.class.initProvider))
}

// live returns the size that the cloud reports, or where it does not the one that was asked for
// last; nil without either.
func (l *layout) live(desired, observed *structpb.Struct, p *profile) *sku {
	name := cmp.Or(l.name(observed, l.class.atProvider), l.nameAsked(observed))
	o := l.offer(desired)
	if name == "" || o == nil {
		return nil
	}
	if l.silent { // IBM's
		return knownIBM(o, name, observed, p)
	}
	return o.known(name, p)
}

// settled is an observed resource that asks for what the cloud reports, so that nothing is on
// its way.
func settled(observed *structpb.Struct) *structpb.Struct {
	at := object.Struct(observed, "status", "atProvider")
	if at == nil {
		return observed
	}
	out := object.New(object.Map{"spec": object.Map{"forProvider": at}})
	for key, v := range observed.GetFields() {
		if key != "spec" {
			out.Fields[key] = v
		}
	}
	return out
}

// asIs is a desired resource with what the cloud reports for all that it does not ask for.
func asIs(desired, observed *structpb.Struct) *structpb.Struct {
	at := object.Ensure(desired, "spec", "forProvider")
	for key, v := range object.Struct(observed, "status", "atProvider").GetFields() {
		if at != nil && object.Get(at, key) == nil {
			at.Fields[key] = v
		}
	}
	return desired
}
