package matrix

import (
	"fmt"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A meaning is what a database is, whatever cloud it is on, read back from what
// was emitted.
type meaning struct {
	vcpu, memoryGiB float64
	storageGiB      float64
	ha              bool
	retentionDays   float64
	closed          bool // nobody outside the platform's network reaches it
	protected       bool
	orphan          bool
}

// sizes of names that do not say theirs. Sources: the clouds' own pages on
// machine types.
var sizes = map[string][2]float64{
	"db-g1-small": {1, 1.7}, "db.t4g.small": {2, 2}, "db.t4g.medium": {2, 4},
	"db.m7g.large": {2, 8}, "db.m7g.xlarge": {4, 16}, "db.m7g.2xlarge": {8, 32}, "db.m7g.4xlarge": {16, 64},
	"B_Standard_B1ms": {1, 2}, "B_Standard_B2s": {2, 4}, "B_Standard_B2ms": {2, 8},
}

func sizeOf(sku string) (vcpu, memory float64) {
	if s, ok := sizes[sku]; ok {
		return s[0], s[1]
	}
	var v, m float64
	if n, _ := fmt.Sscanf(sku, "db-custom-%g-%g", &v, &m); n == 2 {
		return v, m / 1024
	}
	if n, _ := fmt.Sscanf(sku, "GP_Standard_D%g", &v); n == 1 {
		return v, 4 * v
	}
	if _, size, ok := strings.Cut(strings.TrimSuffix(sku, ".encrypted"), "."); ok {
		if n, _ := fmt.Sscanf(size, "%gx%g", &v, &m); n == 2 {
			return v, m
		}
	}
	return 0, 0
}

// read a meaning back. The disk may stand in initProvider.
func (c cell) read(desired map[string]*fnv1.Resource) meaning {
	o := desired["instance"].GetResource()
	body := object.Struct(o, "spec", "forProvider")
	number := func(path ...string) float64 {
		n, ok := object.Number(body, path...)
		if !ok {
			n, _ = object.Number(object.Struct(o, "spec", "initProvider"), path...)
		}
		return n
	}
	is := func(want bool, path ...string) bool {
		b, ok := object.Bool(body, path...)
		return ok && b == want
	}
	var m meaning
	sku := ""
	switch c.provider {
	case "gcp":
		sku = object.String(body, "settings", "tier")
		m.storageGiB = number("settings", "diskSize")
		m.ha = object.String(body, "settings", "availabilityType") == "REGIONAL"
		m.retentionDays = number("settings", "backupConfiguration", "backupRetentionSettings", "retainedBackups")
		m.closed = is(
			false, "settings", "ipConfiguration", "ipv4Enabled",
		) && object.String(
			body, "settings", "ipConfiguration", "privateNetwork",
		) != "" && object.String(body, "settings", "ipConfiguration", "sslMode") == "ENCRYPTED_ONLY"
		m.protected = is(true, "deletionProtection") && is(true, "settings", "deletionProtectionEnabled")
	case "aws":
		sku = object.String(body, "instanceClass")
		m.storageGiB = number("allocatedStorage")
		m.ha = is(true, "multiAz")
		m.retentionDays = number("backupRetentionPeriod")
		m.closed = is(false, "publiclyAccessible") && is(true, "storageEncrypted") && object.String(body, "dbSubnetGroupName") != "" &&
			slices.ContainsFunc([]string{"rds.force_ssl", "require_secure_transport"}, func(name string) bool {
				return parameter(desired, object.String(body, "parameterGroupName"), name) == "1"
			})
		m.protected = is(true, "deletionProtection")
	case "azure":
		sku = object.String(body, "skuName")
		m.storageGiB = number("storageMb")/1024 + number("storage", "sizeGb")
		m.ha = object.String(body, "highAvailability", "mode") != ""
		m.retentionDays = number("backupRetentionDays")
		// Flexible servers require TLS unless a parameter of theirs is switched off.
		m.closed = (is(
			false, "publicNetworkAccessEnabled",
		) || object.String(body, "publicNetworkAccess") == "Disabled") && object.String(body, "delegatedSubnetId") != ""
		m.protected = desired["lock"] != nil
	case "ibm":
		m.storageGiB = number("varmap", "disk_mb") / 1024
		m.ha = number("varmap", "members") >= 2
		m.retentionDays = 30 // IBM's own, which has no field
		m.closed = strings.Contains(object.String(body, "module"), `service_endpoints         = "private"`)
		m.protected = is(true, "varmap", "deletion_protection")
		if sku = object.String(body, "varmap", "host_flavor"); sku == "multitenant" {
			m.memoryGiB = number("varmap", "memory_mb") / 1024
			if m.vcpu = number("varmap", "cpu_count"); m.vcpu == 0 {
				m.vcpu = max(m.memoryGiB/8, 0.5) // IBM's share, one to eight
			}
		}
	}
	if sku != "multitenant" {
		m.vcpu, m.memoryGiB = sizeOf(sku)
	}
	m.orphan = orphaned(o)
	return m
}

func orphaned(o *structpb.Struct) bool {
	if object.String(o, "spec", "deletionPolicy") == "Orphan" {
		return true
	}
	policies := object.Get(o, "spec", "managementPolicies").GetListValue().GetValues()
	return len(policies) > 0 && !slices.ContainsFunc(policies, func(v *structpb.Value) bool {
		return v.GetStringValue() == "*" || v.GetStringValue() == "Delete"
	})
}
