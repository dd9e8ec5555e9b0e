package profilesizer

import (
	"math"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// choices are every way to a database's size: offer, high availability, edition.
func choices() map[string]func(*profile) (*offer, *sku, error) {
	out := map[string]func(*profile) (*offer, *sku, error){}
	for key, o := range catalog {
		for _, ha := range []bool{false, true} {
			name := o.Title
			if o.For != forDatabases {
				continue
			}
			if ha {
				name += " with high availability"
			}
			if key != offerGCP.key {
				out[name] = func(p *profile) (*offer, *sku, error) { s, err := o.choose(p, need{ha: ha}); return o, s, err }
				continue
			}
			for _, edition := range []string{enterprise, "ENTERPRISE_PLUS"} {
				out[name+" "+edition] = func(p *profile) (*offer, *sku, error) {
					s, err := chooseGCP(o, p, need{ha: ha, edition: edition})
					return o, s, err
				}
			}
		}
	}
	return out
}

func TestProfilesAreTheClaims(t *testing.T) {
	for i, name := range claim.Profiles {
		if builtin[i].name != name || len(builtin) != len(claim.Profiles) {
			t.Fatalf("the built-in profiles are not %v", claim.Profiles)
		}
	}
}

// TestEquivalence holds that a profile gets no less than it means on every cloud
// and engine, and never less than the profile before it.
func TestEquivalence(t *testing.T) {
	for name, choose := range choices() {
		last, lastDisk, lastIOPS := &sku{}, 0, 0
		for i := range builtin {
			p, err := profileOf(builtin[i].name, profileField, nil)
			if err != nil {
				t.Fatal(err)
			}
			o, s, err := choose(p)
			if err != nil {
				t.Fatal(name, err)
			}
			gib, err := o.storage(p, "")
			if err != nil {
				t.Fatal(name, err)
			}
			switch {
			case !s.holds(p):
				t.Errorf("%s: %s gets %v", name, p.name, s)
			case s.VCPU < last.VCPU || s.MemoryGiB < last.MemoryGiB:
				t.Errorf("%s: %s gets %v, less than the profile before it, %v", name, p.name, s, last)
			case gib != p.storageGiB || gib < lastDisk:
				t.Errorf("%s: %s gets a disk of %d GiB, and means %d", name, p.name, gib, p.storageGiB)
			case o.Disk.iops(gib) < leastIOPS[p.iops] || o.Disk.iops(gib) < lastIOPS:
				t.Errorf("%s: %s gets %d IOPS, and means %s, at least %d", name, p.name, o.Disk.iops(gib), p.iops, leastIOPS[p.iops])
			case s.family.OnlyByName != "":
				t.Errorf("%s: %s gets %v, which is to be named", name, p.name, s)
			case strings.Contains(name, "with high availability") && s.family.NoHighAvailability:
				t.Errorf("%s: %s gets %v, which cannot have it", name, p.name, s)
			}
			last, lastDisk, lastIOPS = s, gib, o.Disk.iops(gib)
		}
	}
}

// TestSmallest holds that figures pick the smallest size that holds them and can do
// what is needed, and that larger figures never pick a smaller one.
func TestSmallest(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for name, choose := range choices() {
		n := need{ha: strings.Contains(name, "with high availability")}
		for range 300 {
			p := &profile{vcpu: math.Ceil(r.Float64()*100) / 4, memoryGiB: math.Ceil(r.Float64()*400) / 4}
			more := &profile{vcpu: p.vcpu + r.Float64()*4, memoryGiB: p.memoryGiB + r.Float64()*16}
			o, s, err := choose(p)
			if err != nil || !s.holds(p) {
				t.Fatalf("%s: %g vCPU and %g GiB: got %v, %v", name, p.vcpu, p.memoryGiB, s, err)
			}
			if _, larger, err := choose(more); err == nil && larger.weight() < s.weight() {
				t.Errorf("%s: %g vCPU and %g GiB get %v, and %g and %g get %v", name, p.vcpu, p.memoryGiB, s, more.vcpu, more.memoryGiB, larger)
			}
			for _, other := range o.skus {
				if s.family != customFamily && other.family.OnlyByName == "" && other.family.Edition == s.family.Edition &&
					n.allows(other) && other.holds(p) && other.weight() < s.weight() {
					t.Errorf("%s: %g vCPU and %g GiB: got %v, although %v is smaller", name, p.vcpu, p.memoryGiB, s, other)
				}
			}
		}
	}
}

// TestGenerations holds that profiles get machines of the generation that is
// current as of the catalog's dates.
func TestGenerations(t *testing.T) {
	current := map[string]*regexp.Regexp{
		"gcp":           regexp.MustCompile(`^db-(g1-small|custom-\d+-\d+|perf-optimized-N-\d+)$`),
		"aws":           regexp.MustCompile(`^db\.(t4g|m7g|r7g)\.`),
		"azurePostgres": regexp.MustCompile(`^(B_Standard_B(1ms|2s)|GP_Standard_D\d+ds_v5|MO_Standard_E\d+ds_v5)$`),
		"azureMySQL":    regexp.MustCompile(`^(B_Standard_B(1ms|2s)|GP_Standard_D\d+ads_v5|MO_Standard_E\d+ds_v5)$`),
		"ibm":           regexp.MustCompile(`^(multitenant|[bm]3c\.\d+x\d+\.encrypted)$`),
		"ibmGen2":       regexp.MustCompile(`^[bm]x3d\.\d+x\d+$`),
	}
	for name, choose := range choices() {
		for vcpu := 1.0; vcpu <= 16; vcpu *= 2 {
			for _, perCPU := range []float64{1, 2, 4} {
				o, s, err := choose(&profile{vcpu: vcpu, memoryGiB: vcpu * perCPU})
				if err != nil {
					t.Fatal(name, err)
				}
				if !current[o.key].MatchString(s.Name) {
					t.Errorf("%s: %g vCPU with %g GiB each get %s", name, vcpu, perCPU, s.Name)
				}
			}
		}
	}
}

// ibmLegal are the flavors of plan standard.
var ibmLegal = regexp.MustCompile(`^(multitenant|b3c\.(4x16|8x32|16x64|32x128)\.encrypted|m3c\.(8x64|30x240)\.encrypted)$`)

// TestCatalog holds that the catalog is complete, and spells each size as the
// cloud's Terraform provider takes it.
func TestCatalog(t *testing.T) {
	legal := map[string]*regexp.Regexp{
		"gcp": regexp.MustCompile(`^db-(f1-micro|g1-small|perf-optimized-N-(2|4|8|16|32|48|64|80|96|128)|c4a-highmem-(2|4|8|16|32|48|64|72))$`),
		"aws": regexp.MustCompile(`^db\.(t(3|4g)\.(micro|small|medium|large|x?large|2xlarge)|[mr](5|6g|6i|7g|8g|7i)\.((2|4|8|12|16|24|32|48)?xlarge|large))$`),
		// What azurerm's validation of sku_name takes, of the generations that the catalog has.
		"azurePostgres": regexp.MustCompile(`^(B_Standard_B((1|2|4|8|12|16|20)ms|2s)|` +
			`GP_Standard_D(2|4|8|16|32|48|64|96)(ds_v5|ds_v6|ads_v5)|GP_Standard_D(2|4|8|16|32|48|64)(s_v3|ds_v4)|` +
			`MO_Standard_E((2|4|8|16|20|32|48|64)(s_v3|ds_v4)|(2|4|8|16|20|32|48|64|96)ds_v5|(2|4|8|16|32|48|64|96)(ds_v6|ads_v5)))$`),
		"azureMySQL": regexp.MustCompile(`^(B_Standard_B(1|1m|2|2m|4m|8m|12m|16m|20m)s|` +
			`GP_Standard_D(2|4|8|16|32|48|64)(ds_v4|ads_v5)|` +
			`MO_Standard_E((2|4|8|16|20|32|48|64)ds_v4|(2|4|8|16|20|32|48|64|96)a?ds_v5))$`),
		"ibm":      ibmLegal,
		"ibmGen2":  regexp.MustCompile(`^(bx3d\.(4x20|8x40|16x80|32x160|48x240)|bxf\.(4x16|8x32|16x64|32x128))$`),
		"gcpCache": regexp.MustCompile(`^([1-9]\d?|[12]\d\d|300) GiB$`),
		"awsCache": regexp.MustCompile(`^cache\.(t4g\.(micro|small|medium)|[mr][678]g\.((2|4|8|12|16)?xlarge|large))$`),
		// What the CRD of ManagedRedis says of skuName, in provider-azure 2.7.0.
		"azureCache": regexp.MustCompile(`^(Balanced_B([0135]|[125]0|[1257]00|[123]50|1000)|MemoryOptimized_M([125]0|[1257]00|[123]50|[12]000|1500)|` +
			`ComputeOptimized_X([35]|[125]0|[157]00|[123]50))$`),
		"ibmCache":   ibmLegal,
		"ibmNode":    regexp.MustCompile(`^(cx2\.2x4|bx2\.(2x8|4x16|8x32|16x64|32x128|48x192)|mx2\.(4x32|8x64|16x128)|bx3d\.(4x20|8x40|16x80))$`),
		"azureQueue": regexp.MustCompile(`^(1|2|4|8|16) MU$`),
		"ibmQueue":   ibmLegal,
		"azureNode":  regexp.MustCompile(`^Standard_(D(4|8|16|32|48|64|96)(s|ds|ads)|E(4|8|16|20|32|48|64)ds)_v5$`),
		"awsNode":    regexp.MustCompile(`^(t3\.medium|(m7i|r7i)\.((2|4|8|12|16|24|48)?x)?large|m6i\.((2|4|8)?x)?large)$`),
		"gcpNode":    regexp.MustCompile(`^(e2-(medium|standard-(2|4|8|16))|n4-(standard|highmem)-(2|4|8|16|32|48|64|80))$`),
	}
	if len(catalog) != len(settings.SKUKeys) {
		t.Errorf("the catalog has %d offers, and settings can name %v", len(catalog), settings.SKUKeys)
	}
	for _, key := range settings.SKUKeys {
		o := catalog[key]
		if o == nil {
			t.Fatalf("the catalog has no %s", key)
		}
		if o.For == "" || o.Title == "" || o.Source == "" || !regexp.MustCompile(`^20\d\d-\d\d$`).MatchString(o.Date) {
			t.Errorf("%s: what it is for, title, source or date is missing", key)
		}
		if hasDisk := o.For == forDatabases || strings.HasPrefix(key, "ibm") && o.For != forClusters; hasDisk != (o.Disk.most() > 0) {
			t.Errorf("%s: a disk is missing, or is one too many", key)
		}
		seen := map[string]bool{}
		for _, s := range o.skus {
			if !legal[key].MatchString(s.Name) || (s.VCPU <= 0 || s.MemoryGiB <= 0) == (o.Unit == "") || (s.units > 0) != (o.Unit != "") {
				t.Errorf("%s: %v is no size", key, s)
			}
			if a := s.family.Arch; a != "x86" && a != "arm" && o.Unit == "" {
				t.Errorf("%s: %s has no architecture", key, s.Name)
			}
			if usable := s.usableGiB / s.MemoryGiB; o.For == forCaches && (usable < 0.7 || usable > 1) || o.For != forCaches && s.usableGiB != 0 {
				t.Errorf("%s: %s stores %g GiB", key, s.Name, s.usableGiB)
			}
			if seen[s.String()] {
				t.Errorf("%s: %s stands twice", key, s.Name)
			}
			seen[s.String()] = true
		}
	}
}
