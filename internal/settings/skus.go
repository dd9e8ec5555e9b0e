package settings

import (
	"regexp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A SKU is a size by a cloud's own name. The figures are those of one that the catalog of the
// sizer lacks; 0 where they are to be found there.
type SKU struct {
	Name      string
	VCPU      float64
	MemoryGiB float64
}

// SKUKeys are where a profile can name a cloud's own size: of databases, of caches, of
// queues where these have a size, and of the nodes of clusters. Azure's engines and IBM's plans have sizes of their own.
var SKUKeys = []string{
	"gcp", "aws", "azurePostgres", "azureMySQL", "ibm", "ibmGen2",
	"gcpCache", "awsCache", "azureCache", "ibmCache", "azureQueue", "ibmQueue",
	"gcpNode", "awsNode", "azureNode", "ibmNode",
}

// A form of the names that a cloud has, for sizes that come with figures of their own.
type skuForm struct {
	form    *regexp.Regexp
	example string
	counted bool // the name is a count of something, and has no figures beside it
}

var (
	azureForm = skuForm{form: regexp.MustCompile(`^(B|GP|MO)_Standard_[A-Z]{1,2}[0-9]+[a-z]*(_v[0-9]+)?$`), example: "GP_Standard_D4ds_v5"}
	ibmForm   = skuForm{form: regexp.MustCompile(`^(multitenant|[a-z0-9]+\.[0-9]+x[0-9]+(\.encrypted)?)$`), example: "b3c.4x16.encrypted"}
	skuForms  = map[string]skuForm{
		"gcp":           {form: regexp.MustCompile(`^db(-[A-Za-z0-9]+)+$`), example: "db-c4a-highmem-4"},
		"aws":           {form: regexp.MustCompile(`^db\.[a-z][a-z0-9-]*\.[a-z0-9]+$`), example: "db.r6g.xlarge"},
		"azurePostgres": azureForm,
		"azureMySQL":    azureForm,
		"ibm":           ibmForm,
		"ibmGen2":       ibmForm,
		"gcpCache":      {example: "6 GiB", counted: true},
		"awsCache":      {form: regexp.MustCompile(`^cache\.[a-z][a-z0-9-]*\.[a-z0-9]+$`), example: "cache.r6g.xlarge"},
		"azureCache":    {form: regexp.MustCompile(`^(Balanced_B|MemoryOptimized_M|ComputeOptimized_X|FlashOptimized_A)[0-9]+$`), example: "Balanced_B20"},
		"ibmCache":      ibmForm,
		"azureQueue":    {example: "2 MU", counted: true},
		"ibmQueue":      ibmForm,
		"gcpNode":       {form: regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)+$`), example: "n4-highmem-8"},
		"awsNode":       {form: regexp.MustCompile(`^[a-z][a-z0-9-]*\.[a-z0-9-]+$`), example: "m7i.xlarge"},
		"azureNode":     {form: regexp.MustCompile(`^Standard_[AC-Z][A-Z]?[0-9]+(-[0-9]+)?[a-z]*(_[A-Z0-9]+)?(_v[0-9]+)?$`), example: "Standard_D4ds_v5"},
		"ibmNode":       {form: regexp.MustCompile(`^[a-z][a-z0-9]*\.[0-9]+x[0-9]+(\.[a-z0-9]+)*$`), example: "bx2.4x16"},
	}
)

// The largest figures of a size that a cloud sells are beyond those of a profile.
const (
	maxSKUVCPU      = 512
	maxSKUMemoryGiB = 8192
)

func readSKUs(r *object.Reader) map[string]SKU {
	var out map[string]SKU
	for _, key := range SKUKeys {
		if sku := readSKU(r, key); sku.Name != "" {
			if out == nil {
				out = map[string]SKU{}
			}
			out[key] = sku
		}
	}
	r.Done()
	return out
}

// readSKU reads a name, or an object of a name with its figures.
func readSKU(r *object.Reader, key string) SKU {
	if !r.IsObject(key) || skuForms[key].counted {
		return SKU{Name: r.String(key)}
	}
	o := r.Object(key)
	sku := SKU{
		Name:      o.Match("name", skuForms[key].form, "a name of the form of "+skuForms[key].example),
		VCPU:      o.Number("vcpu", minVCPU, maxSKUVCPU),
		MemoryGiB: o.Number("memoryGiB", minMemoryGiB, maxSKUMemoryGiB),
	}
	o.Done()
	for _, field := range []string{"name", "vcpu", "memoryGiB"} {
		if !o.Has(field) {
			o.Missingf(field, "a size with figures has name, vcpu and memoryGiB")
		}
	}
	if sku.VCPU > 0 && sku.MemoryGiB/sku.VCPU > MaxGiBPerVCPU {
		o.Failf(
			"memoryGiB", "%g for %g vCPU is not allowed; allowed is up to %d GiB per vCPU, and the figure is in GiB", sku.MemoryGiB, sku.VCPU, MaxGiBPerVCPU,
		)
	}
	return sku
}
