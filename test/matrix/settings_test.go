package matrix

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// placement are the fields of an instance that settings must not move, by cloud:
// where it is, what encrypts it, who reaches it.
var placement = map[string][][]string{
	"gcp": {{"region"}, {"encryptionKeyName"}, {"settings", "ipConfiguration"}},
	"aws": {{"region"}, {"dbSubnetGroupName"}, {"kmsKeyId"}, {"storageEncrypted"}, {"publiclyAccessible"}, {"identifier"}},
	"azure": {
		{"location"},
		{"resourceGroupName"},
		{"delegatedSubnetId"},
		{"privateDnsZoneId"},
		{"publicNetworkAccessEnabled"},
		{"publicNetworkAccess"},
		{"customerManagedKey"},
	},
	"ibm": {{"varmap", "location"}, {"varmap", "plan"}, {"varmap", "resource_group_id"}, {"varmap", "key_protect_key"}, {"module"}},
}

// mutate makes settings of settings: keys go, and values become others, of the
// right type or not.
func mutate(r *rand.Rand, v *structpb.Value) *structpb.Value {
	switch k := v.GetKind().(type) {
	case *structpb.Value_StructValue:
		out := &structpb.Struct{Fields: map[string]*structpb.Value{}}
		for name, item := range k.StructValue.GetFields() {
			if r.IntN(6) == 0 {
				continue
			}
			out.Fields[name] = mutate(r, item)
		}
		return structpb.NewStructValue(out)
	case *structpb.Value_ListValue:
		if r.IntN(4) == 0 {
			return structpb.NewListValue(&structpb.ListValue{})
		}
		return v
	default:
		switch r.IntN(10) {
		case 0:
			return structpb.NewStringValue("other")
		case 1:
			return structpb.NewStringValue("")
		case 2:
			return structpb.NewNumberValue(5)
		case 3:
			return structpb.NewNullValue()
		}
		return v
	}
}

// policies that a settings change may bring along.
var policies = []string{
	"", "policy: {deletionPolicy: Orphan, deletionProtection: true}", "policy: {highAvailability: false, backupRetentionDays: 7}",
	"policy: {deletionPolicy: Delete, deletionProtection: false}", "policy: {maintenance: {day: friday, hour: 23}, backupHour: 0}",
	"policy: {parameters: {gcp: {postgres: {work_mem: '4096'}}, aws: {mysql: {max_connections: '300'}}, azure: {postgres: {work_mem: '4096'}}}}",
}

// TestSettingsNeverMove holds that whatever becomes of the settings, a live
// database keeps its placement, encryption, exposure and protection, and every
// resource that exists stays desired; or the result is fatal, and Crossplane
// leaves everything alone.
func TestSettingsNeverMove(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, c := range cells() {
		if c.scope != render.ScopeClaim && c.env != "prod" {
			continue
		}
		t.Run(c.String(), func(t *testing.T) {
			live := c.run(t, full, c.observe(t, c.run(t, full, nil).GetDesired().GetResources())).GetDesired().GetResources()
			variants := []*structpb.Struct{nil, {}}
			for i := range 40 {
				s := fromYAML(t, full+policies[i%len(policies)])
				variants = append(variants, mutate(r, structpb.NewStructValue(s)).GetStructValue())
			}
			fatal := 0
			for _, variant := range variants {
				settings := ""
				if variant != nil {
					b, err := variant.MarshalJSON()
					if err != nil {
						t.Fatal(err)
					}
					settings = string(b)
				}
				rsp := c.run(t, settings, c.observe(t, live))
				if render.Fatal(rsp) != "" {
					fatal++
					continue
				}
				c.unmoved(t, live, rsp.GetDesired().GetResources(), "settings "+settings)
			}
			if fatal == len(variants) {
				t.Error("all settings were refused, so nothing was held")
			}
		})
	}
}

func (c cell) unmoved(t *testing.T, live, desired map[string]*fnv1.Resource, change string) {
	t.Helper()
	for name := range live {
		if desired[name] == nil {
			t.Errorf("%s is no longer desired after %s", name, change)
			return
		}
	}
	before, after := live["instance"].GetResource(), desired["instance"].GetResource()
	for _, path := range placement[c.provider] {
		path := append([]string{"spec", "forProvider"}, path...)
		if diff := cmp.Diff(object.Get(before, path...).AsInterface(), object.Get(after, path...).AsInterface()); diff != "" {
			t.Errorf("%v moved after %s:\n%s", path, change, diff)
		}
	}
	was, is := c.read(live), c.read(desired)
	if was.protected && !is.protected || was.orphan && !is.orphan || was.closed && !is.closed ||
		was.retentionDays > is.retentionDays && !strings.Contains(change, "ackupRetentionDays") || was.ha && !is.ha && !strings.Contains(change, "ighAvailability") {
		t.Errorf("less protected after %s: %+v, then %+v", change, was, is)
	}
	if a, b := object.String(before, "spec", "providerConfigRef", "name"), object.String(after, "spec", "providerConfigRef", "name"); a != b {
		t.Errorf("the account changed from %s to %s after %s", a, b, change)
	}
}
