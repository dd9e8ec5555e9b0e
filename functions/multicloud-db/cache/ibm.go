package cache

import (
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/tofu"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// serviceIBM runs caches. Its plan is Classic: databases-for-valkey is of plan Gen2 only,
// without an admin's password and without an eviction policy
// (website/docs/r/database.html.markdown of terraform-provider-ibm).
const serviceIBM = "databases-for-redis"

var onIBM = lifecycle.Cloud[Cache]{
	Mains:     []lifecycle.Main{mainIBM},
	Settles:   settleIBM,
	Compose:   composeIBM,
	Connect:   connectIBM,
	Look:      lookIBM,
	Lacks:     lacksIBM,
	Remark:    remarkIBM,
	Protected: tofu.IsProtected,
	Behind:    tofu.Behind,
	Unfit:     tofu.Unfit,
}

var mainIBM = lifecycle.Main{
	Kind: tofu.Kind,
	Tags: tofu.OutputTags,
	Is:   func(o *structpb.Struct) bool { return tofu.Variable(o, "service") == serviceIBM },
	Fields: tofu.ServerFields(map[string]lifecycle.At{
		// A cache has two members, always (cloud.ibm.com/docs/databases-for-redis, High availability).
		"standby":     {Const: "true"},
		"persistence": tofu.At("persistence"),
		"eviction":    tofu.At("eviction_policy"),
	}),
	Inside:    tofu.Inside,
	Ours:      tofu.OursOfServer,
	Shows:     []string{"outputs", "crn"},
	States:    tofu.States,
	AdoptedAs: tofu.AdoptedAs,
	TakesOver: tofu.TakesOver,
}

// settleIBM keeps the allowlist, and knows of no cache without a replica.
func settleIBM(in Held) Held {
	in.Want.AllowedCIDRs = tofu.KeepAllowlist(&in.Resource, in.Want.AllowedCIDRs)
	in.Policy.HighAvailability, in.Want.HighAvailability = true, "true"
	return in
}

func composeIBM(in In) (lifecycle.Parts, error) {
	variables := object.Map{
		"name":                in.Name,
		"location":            in.Region,
		"service":             serviceIBM,
		"plan":                settings.PlanClassic,
		"engine_version":      in.Want.Version, // IBM Cloud moves it on by itself
		"resource_group_id":   lifecycle.Optional(in.Want.ResourceGroupID),
		"key_protect_key":     lifecycle.Optional(in.Want.KMSKeyID),
		"deletion_protection": in.Policy.Guarded,
		"tags":                []string{}, // a list, so that cost tags are known to fit
		"eviction_policy":     in.Want.Eviction,
		"persistence":         persists(in),
		"disk_grown":          isDiskGrown(in),
	}
	allows, err := tofu.Allowlist(in.Resource, in.Want.AllowedCIDRs, variables)
	module := modules.Cache.Make(allows)
	if in.Adopted() {
		module = modules.Cache.Import()
		adoptIBM(in, variables)
	}
	workspace := tofu.Workspace(in.Resource, module, variables)
	workspace.Writes = in.Publishes(lifecycle.Instance)
	return lifecycle.Parts{lifecycle.Instance: workspace}, err
}

// adoptIBM leaves a cache that was there as it is. Nobody can read its configuration, so it
// is told only what its claim says, and keeps being told what it was told before.
func adoptIBM(in In, variables object.Map) {
	variables["crn"], variables["tags"] = tofu.CRN(in.Live), tofu.Tags(in.Live)
	if in.Want.said.eviction == "" && in.Is("eviction") == "" {
		delete(variables, "eviction_policy")
	}
	if in.Want.said.persistence == nil && in.Asked("persistence") == "" {
		delete(variables, "persistence")
		delete(variables, "disk_grown")
	}
}

// persists reports whether the cache is to be told to persist, now or once its disk is there.
func persists(in In) bool {
	if in.Adopted() && in.Want.said.persistence == nil {
		return in.Asked("persistence") == "true"
	}
	return in.Want.Persistence == "true"
}

// isDiskGrown reports whether persistence may be on. Turned on over a disk that does not hold
// the data twice it may lose some, and IBM's provider sends the configuration before it scales:
// so the disk grows in an apply of its own, and is waited for
// (cloud.ibm.com/docs/databases-for-redis, Adding disk, memory and CPU resources).
func isDiskGrown(in In) bool {
	asked := object.Struct(in.Main(), "spec", "forProvider", "varmap")
	sized := object.Get(asked, "persistence").GetBoolValue() // the disk was asked for with persistence in mind
	switch there := in.Number("outputs", "disk_mb"); {
	case !persists(in), in.Is("persistence") == "true", !in.Exists():
		return true
	case in.Adopted():
		memory := memoryIBM(in.Live)
		return memory > 0 && there >= 2*memory
	case there == 0: // it is being made
		return sized
	default:
		disk, _ := object.Number(asked, "disk_mb")
		return sized && there >= int(disk)
	}
}

// memoryIBM is a member's memory in MB, also where the host's name alone says it, as
// b3c.4x16.encrypted does; 0 where neither tells.
func memoryIBM(l lifecycle.Live) int {
	if mb := l.Number("outputs", "memory_mb"); mb > 0 {
		return mb
	}
	host := strings.Split(l.At("outputs", "host_flavor"), ".")
	if len(host) < 2 {
		return 0
	}
	_, gib, _ := strings.Cut(host[1], "x")
	n, _ := strconv.Atoi(gib) //nolint:errcheck // Then nobody knows.
	return n * mbPerGiB
}

// mbPerGiB is how IBM Cloud counts memory.
const mbPerGiB = 1024

func lookIBM(in Held) (lifecycle.Part, error) {
	variables, err := tofu.Place(in.Resource, in.Want.ResourceGroupID)
	if err != nil {
		return lifecycle.Part{}, err
	}
	variables["service"] = serviceIBM
	return tofu.Workspace(in.Resource, modules.Cache.Observe(), variables), nil
}

func lacksIBM(in Held) (missing, means string) {
	if len(in.Want.AllowedCIDRs) == 0 {
		return in.Unset(in.Regional("allowedCIDRs")), tofu.Reached(in.Noun)
	}
	return "", ""
}

// remarkIBM says what a cache waits for, and what nobody can see of one that was there.
func remarkIBM(in In) (reason, message string) {
	switch {
	case in.Adopted() && !isDiskGrown(in):
		return "Adopted", "persistence waits for a disk of twice the memory: another spec.profile gives it one"
	case in.Adopted():
		return "Adopted", "IBM Cloud shows nobody its eviction policy and its persistence, and it is told what the claim says of them alone"
	case !isDiskGrown(in):
		return "Composed", "persistence waits for the disk that it needs, which grows first"
	case in.Want.said.highAvailability != nil && !*in.Want.said.highAvailability:
		return "Composed", "IBM Cloud gives each cache two members, so that spec.cache.highAvailability is true there whatever the claim says"
	}
	return "", ""
}

// connectIBM reads the connection that the module publishes: the module makes the password,
// and IBM Cloud picks port, user and logical database.
func connectIBM(in In) lifecycle.Connection {
	out := in.Parts[lifecycle.Instance].Details
	return address{
		host:     string(out["host"]),
		port:     tofu.Port(out),
		username: string(out["username"]),
		password: opens(in),
		database: string(out["database"]),
		ca:       out["ca_crt"],
	}.connection()
}
