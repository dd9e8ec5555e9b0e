package tofu

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/network"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// What databases, caches and queues have in common on IBM Cloud: each is one server of IBM
// Cloud Databases.

// Variable is a variable of a Workspace that is not a list, or "".
func Variable(o *structpb.Struct, name string) string {
	return lifecycle.Text(object.Get(o, "spec", "forProvider", "varmap", name))
}

// mbPerGiB is how IBM Cloud counts disks and memory.
const mbPerGiB = 1024

// OursOfServer are the variables that change nothing at IBM Cloud: the name and the CRN find
// a server, and never change; by deletion_protection the provider refuses to delete, and IBM
// Cloud does not; by disk_grown the module waits with what the claim asks for.
var OursOfServer = []string{"crn", "deletion_protection", "disk_grown", "name"}

// AdoptedAs is how a Workspace treats a server that was there before it, or "".
func AdoptedAs(o *structpb.Struct) string {
	switch {
	case object.Struct(o, "spec", "forProvider", "varmap") != nil && Variable(o, "plan") == "":
		return lifecycle.AdoptObserve
	case TakesOver(o):
		return lifecycle.AdoptManage
	}
	return ""
}

// TakesOver reports whether a Workspace manages a server that was there before: it has the
// server's CRN as a variable. The status of a Workspace has no id that would tell.
func TakesOver(o *structpb.Struct) bool { return Variable(o, "crn") != "" }

// CRN is that of a server which is taken over.
func CRN(l lifecycle.Live) string {
	return cmp.Or(l.At("outputs", "crn"), object.String(l.Body(), "varmap", "crn"))
}

// nameForm is what the resource controller takes for a name, such as the console's own
// "Databases for PostgreSQL-76" (cloud.ibm.com/apidocs/resource-controller, name).
var nameForm = regexp.MustCompile(`^([^\x00-\x7f]|[A-Za-z0-9._: -]){1,180}$`)

// Place is what finds a server: its module that looks has a data source only, so that
// OpenTofu has nothing to change or destroy.
func Place(r lifecycle.Resource, groupID string) (object.Map, error) {
	if !nameForm.MatchString(r.Name) {
		return nil, fmt.Errorf(
			"spec.externalName: %q is not allowed; allowed on ibm is the name of a %s, of letters, digits, spaces and - . _ : and at most 180 of them",
			r.Name, r.Noun,
		)
	}
	return object.Map{"name": r.Name, "location": r.Region, "resource_group_id": lifecycle.Optional(groupID)}, nil
}

// Allowlist puts the settings' networks into the variables of a server that its claim made,
// and reports whether there are any: a module without any leaves alone what is there.
func Allowlist(r lifecycle.Resource, cidrs []string, variables object.Map) (bool, error) {
	if len(cidrs) == 0 || r.Adopted() {
		return false, nil
	}
	networks, err := network.Allowed(r, cidrs)
	variables["allowlist"] = networks
	return true, err
}

// KeepAllowlist keeps the allowlist of a live server whose settings no longer have one: an
// empty allowlist lets everybody in (cloud.ibm.com/docs/cloud-databases, Allowlisting), and
// without a rule everybody is in. It stands in the variables, or, where the claim was made
// again, in what the state of the claim before it has. Where the settings are not whole, what
// their list lacks is kept beside it.
func KeepAllowlist(r *lifecycle.Resource, cidrs []string) []string {
	if r.Adopted() {
		return cidrs
	}
	var kept []string
	if r.Exists() {
		kept = lifecycle.Strings(r.Body(), "varmap", "allowlist")
	}
	if len(kept) == 0 {
		kept = lifecycle.Strings(r.Main(), "status", "atProvider", "outputs", "allowlist")
	}
	lacks := slices.DeleteFunc(slices.Clone(kept), func(there string) bool {
		return slices.ContainsFunc(cidrs, func(cidr string) bool { return network.Masked(cidr) == there })
	})
	if len(lacks) == 0 || len(cidrs) > 0 && r.MayNarrow() {
		return cidrs
	}
	r.Notes = append(r.Notes, r.Setting(r.Regional("allowedCIDRs")))
	return slices.Concat(cidrs, lacks)
}

// Reached is what is said of a server that the private network of every account reaches: a
// private endpoint is in no network of the platform's (cloud.ibm.com/docs/cloud-databases,
// Service endpoints integration).
func Reached(noun string) string {
	return "the " + noun + " has no public address, and " + EveryAccount
}

// EveryAccount is who reaches a private endpoint that nothing restricts.
const EveryAccount = "the private network of every IBM Cloud account reaches its endpoint, where TLS and the password are asked for"

// IsProtected reports whether the provider refuses to delete the server: what was applied
// last counts. Of one that was there before its Workspace that is what the outputs say, too.
func IsProtected(l lifecycle.Live) bool {
	body := object.Struct(l.Body(), "outputs")
	if body == nil {
		body = object.Struct(l.Body(), "varmap")
	}
	protected, _ := object.Bool(body, "deletion_protection")
	return protected || l.Life == lifecycle.Found && l.Bool("outputs", "deletion_protection")
}

// Port is that of the connection that a module publishes, or 0.
func Port(details map[string][]byte) int {
	port, _ := strconv.Atoi(string(details["port"])) //nolint:errcheck // Then there is none.
	return port
}

// Behind compares the size that runs with the size that the module was last given. When
// IBM Cloud refuses a new size, the OpenTofu provider saves that size as done and never
// asks again: the Workspace stays Ready, and nothing else tells of the refusal.
func Behind(l lifecycle.Live) string {
	asked := object.Struct(l.Main(), "spec", "forProvider", "varmap")
	there := object.Struct(l.Main(), "status", "atProvider", "outputs")
	for _, f := range figures {
		want, _ := object.Number(asked, f.variable)
		if has, told := object.Number(there, f.variable); told && (has > 0 || f.mayBeNone) && has < want {
			return resized(f.what, f.show(has), f.show(want))
		}
	}
	host := object.String(asked, "host_flavor")
	if is := object.String(there, "host_flavor"); is != "" && host != "" && is != host {
		return resized("hosts of", is, host)
	}
	return ""
}

// A figure is a variable of a server's size that is a number, and an output of the same name. Of
// shared compute, whose host has one name for all sizes, memory and CPUs alone tell one size from another.
type figure struct {
	variable, what, unit string
	in                   int  // of the variable, in one of the unit
	mayBeNone            bool // 0 is a size, and not an output that is lacking
}

var figures = []figure{
	{"disk_mb", "disks of", " GiB", mbPerGiB, false},
	{"memory_mb", "memory of", " GiB", mbPerGiB, false},
	{"cpu_count", "dedicated CPUs numbering", "", 1, true},
}

func (f figure) show(n float64) string { return strconv.Itoa(int(n)/f.in) + f.unit }

func resized(what, there, asked string) string {
	return fmt.Sprintf(
		"has %s %s, and %s was asked for: where that stays, IBM Cloud refused it, and is asked again when the claim asks for another size",
		what, there, asked,
	)
}

// Version cuts a version to as much as is pinned, such as 8.2 of 8.2.1.
func Version(version string) string {
	parts := strings.Split(version, ".")
	return strings.Join(parts[:min(len(parts), 2)], ".")
}

// Fixed is At of what IBM Cloud takes at creation only.
func Fixed(variable string) lifecycle.At {
	at := At(variable)
	at.Fixed = true
	return at
}

// Unfit is why a server of a service without a plan Gen2 is not taken over, or "": IBM's
// provider imports every server as one of plan Classic.
func Unfit(l lifecycle.Live) string {
	if plan := l.At("outputs", "plan"); plan != "" && plan != settings.PlanClassic {
		return fmt.Sprintf("has the plan %q, and IBM's provider takes over %s only", plan, settings.PlanClassic)
	}
	return ""
}

// ServerFields are where a Workspace has the fields of a server whose version is pinned.
func ServerFields(more map[string]lifecycle.At) map[string]lifecycle.At {
	version := At("engine_version")
	version.Word = Version
	fields := map[string]lifecycle.At{
		"external-name":   {Asked: []string{"varmap", "name"}}, // the Workspace's own names a state
		"version":         version,
		"region":          At("location"),
		"kmsKeyID":        Fixed("key_protect_key"),
		"resourceGroupID": At("resource_group_id"),
	}
	maps.Copy(fields, more)
	return fields
}
