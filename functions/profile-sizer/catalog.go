package profilesizer

import (
	"cmp"
	_ "embed" // The catalog is data.
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

//go:embed catalog.json
var rawCatalog []byte

// The catalog's offers, decoded once at start.
var (
	catalog            = decodeCatalog(rawCatalog)
	offerGCP           = catalog["gcp"]
	offerAWS           = catalog["aws"]
	offerAzurePostgres = catalog["azurePostgres"]
	offerAzureMySQL    = catalog["azureMySQL"]
	offerIBM           = catalog["ibm"]
	offerIBMGen2       = catalog["ibmGen2"]
	offerCacheGCP      = catalog["gcpCache"]
	offerCacheAWS      = catalog["awsCache"]
	offerCacheAzure    = catalog["azureCache"]
	offerCacheIBM      = catalog["ibmCache"]
	offerQueueAzure    = catalog["azureQueue"]
	offerQueueIBM      = catalog["ibmQueue"]
	offerNodeGCP       = catalog["gcpNode"]
	offerNodeAWS       = catalog["awsNode"]
	offerNodeAzure     = catalog["azureNode"]
	offerNodeIBM       = catalog["ibmNode"]
)

// What an offer is for, in the words of a claim's types.
const (
	forDatabases = claim.TypeDatabase
	forCaches    = claim.TypeCache
	forQueues    = claim.TypeQueue
	forClusters  = claim.TypeCluster
)

// An offer is what one cloud sells of one kind of database, cache, queue or node of a cluster.
type offer struct {
	key      string           // as profiles name it under skus
	For      string           `json:"for"`
	Title    string           `json:"title"`
	Word     string           `json:"word"` // for a size, where the cloud has one of its own
	Source   string           `json:"source"`
	Date     string           `json:"date"`
	Disk     disk             `json:"disk"`
	Families []*family        `json:"families"`
	Runs     map[string]least `json:"runs"`            // the engine versions of families
	Traits   []*family        `json:"traits"`          // of sizes that no family has; the first that fits counts
	Unit     string           `json:"unit"`            // that sizes are counted in, where they have no names
	Reserved float64          `json:"reservedPercent"` // of a cache's memory, which the cloud keeps for itself
	// Connections that a database takes by default, by engine; an engine without a row is one of
	// which no figure was found.
	Connections map[string]*connections `json:"connections"`
	skus        []*sku                  // the smallest first, by weight
}

// A family of SKUs has the same machines, and the same things it cannot do.
type family struct {
	Name               string   `json:"name"`
	Prefix             string   `json:"prefix"`  // of the names, among traits
	Arch               string   `json:"arch"`    // x86 or arm
	Edition            string   `json:"edition"` // of Cloud SQL
	NoHighAvailability bool     `json:"noHighAvailability"`
	NoReplica          bool     `json:"noReplica"`      // cannot be a read replica
	MaxDiskGiB         int      `json:"maxDiskGiB"`     // 0 means the offer's
	DiskTypes          []string `json:"diskTypes"`      // that it takes, the usual first; none means any
	RunsName           string   `json:"runs"`           // of the offer's runs; "" means every version
	OnlyByName         string   `json:"onlyByName"`     // why no profile of numbers picks it; "" where one does
	ForOldVersions     bool     `json:"forOldVersions"` // picked all the same for a version that no current family runs
	Shared             bool     `json:"shared"`         // IBM: memory and CPU are given beside the name
	Counts             []int    `json:"counts"`         // the sizes of an offer with a unit
	Every              []int    `json:"every"`          // or the first and the last of all in between
	SKUs               []*sku   `json:"skus"`
	runs               least
}

// A sku is an instance size of a cloud.
type sku struct {
	Name      string  `json:"name"`
	VCPU      float64 `json:"vcpu"`
	MemoryGiB float64 `json:"memoryGiB"`
	CPUCount  int     `json:"cpuCount"` // IBM's shared compute; 0 lets IBM choose by the memory
	units     int     // of an offer that counts them
	usableGiB float64 // what a cache stores in; 0 of what is none
	family    *family
	value     *structpb.Value // of the name; answers share it, and nothing edits a value in place
}

func (s *sku) String() string {
	switch {
	case s.units > 0:
		return s.Name
	case s.VCPU == 0:
		return fmt.Sprintf("%s with %g GiB", s.Name, s.MemoryGiB)
	}
	return fmt.Sprintf("%s with %g vCPU and %g GiB", s.Name, s.VCPU, s.MemoryGiB)
}

func (s *sku) holds(p *profile) bool {
	return s.VCPU >= p.vcpu && s.MemoryGiB >= p.memoryGiB && s.units >= p.units
}

// gibPerVCPU is what memory a vCPU costs as much as, by RDS's prices of m7g and
// r7g, which differ in memory only.
const gibPerVCPU = 5

// weight is what a SKU costs, as far as its figures tell.
func (s *sku) weight() float64 { return gibPerVCPU*s.VCPU + s.MemoryGiB + float64(s.units) }

// decodeCatalog panics on a catalog that does not fit: it is a part of the program.
func decodeCatalog(raw []byte) map[string]*offer {
	out := map[string]*offer{}
	dec := json.NewDecoder(strings.NewReader(string(raw)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&out); err != nil {
		panic(fmt.Sprintf("catalog.json: %v", err))
	}
	for key, o := range out {
		o.key = key
		for _, f := range o.Families {
			if f.runs = o.Runs[f.RunsName]; f.RunsName != "" && f.runs == nil {
				panic(fmt.Sprintf("catalog.json: %s: %s runs %q, which is no row", key, f.Name, f.RunsName))
			}
			f.SKUs = append(f.SKUs, o.counted(f)...)
			for _, s := range f.SKUs {
				o.skus = append(o.skus, o.complete(s, f))
			}
		}
		slices.SortStableFunc(o.skus, func(a, b *sku) int {
			return cmp.Compare(a.weight(), b.weight())
		})
	}
	return out
}

// counted are the sizes of a family that have no names, but a count.
func (o *offer) counted(f *family) []*sku {
	counts := f.Counts
	if len(f.Every) > 1 {
		for n := f.Every[0]; n <= f.Every[1]; n++ {
			counts = append(counts, n)
		}
	}
	out := make([]*sku, 0, len(counts))
	for _, n := range counts {
		out = append(out, &sku{Name: o.sizeOf(n)})
	}
	return out
}

// sizeOf is the name that a size has here which is a count in the cloud's own terms.
func (o *offer) sizeOf(n int) string { return fmt.Sprintf("%d %s", n, o.Unit) }

// unitGiB is a unit that is one of memory.
const unitGiB = "GiB"

// complete fills in what follows from a SKU's name and figures.
func (o *offer) complete(s *sku, f *family) *sku {
	s.family, s.value = f, object.Text(s.Name)
	if o.Unit != "" {
		digits, _, _ := strings.Cut(s.Name, " ")
		s.units, _ = strconv.Atoi(digits) // of another form it is 0, and no size
		s.value = object.Count(s.units)
		if o.Unit == unitGiB {
			s.MemoryGiB = float64(s.units)
		}
	}
	if o.For == forCaches {
		s.usableGiB = math.Round(s.MemoryGiB*(100-o.Reserved)) / 100
	}
	return s
}
