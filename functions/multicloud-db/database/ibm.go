package database

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/tofu"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

var onIBM = lifecycle.Cloud[Database]{
	Mains:     []lifecycle.Main{mainIBM},
	Compose:   composeIBM,
	Connect:   connectIBM,
	Look:      lookIBM,
	Settles:   settleIBM,
	Lacks:     lacksIBM,
	Remark:    remarkIBM,
	Protected: protectedIBM,
	Behind:    behindIBM,
	// In place plan Gen2 upgrades nothing.
	Upgrades: func(l lifecycle.Live) bool { return l.Held("plan") != settings.PlanGen2 },
}

var mainIBM = lifecycle.Main{
	Kind: tofu.Kind,
	Tags: tofu.OutputTags,
	Is:   func(o *structpb.Struct) bool { return !tofu.IsStorage(o) },
	Fields: map[string]lifecycle.At{
		"external-name":   {Asked: []string{"varmap", "name"}}, // the Workspace's own names a state
		"engine":          word(tofu.At("service"), engineIBM),
		"version":         word(tofu.At("engine_version"), versionWord),
		"region":          tofu.At("location"),
		"storage-gib":     {Asked: []string{"varmap", "disk_mb"}, Is: []string{"outputs", "disk_mb"}, Unit: mbPerGiB},
		"kmsKeyID":        tofu.At("key_protect_key"),
		"resourceGroupID": tofu.At("resource_group_id"),
		"plan":            tofu.At("plan"),
	},
	Inside: tofu.Inside,
	// The name and the CRN find the database, and never change; by deletion_protection the
	// provider refuses to delete, and IBM Cloud does not.
	Ours:   []string{"crn", "deletion_protection", "name"},
	Shows:  []string{"outputs", "crn"},
	States: tofu.States,
	AdoptedAs: func(o *structpb.Struct) string {
		variables := object.Struct(o, "spec", "forProvider", "varmap")
		switch {
		case variables != nil && object.String(variables, "plan") == "":
			return lifecycle.AdoptObserve
		case takesOver(o):
			return lifecycle.AdoptManage
		}
		return ""
	},
	TakesOver: takesOver,
}

func word(at lifecycle.At, of func(string) string) lifecycle.At {
	at.Word = of
	return at
}

// takesOver reports whether a Workspace manages a database that was there before: it has
// the database's CRN as a variable. The status of a Workspace has no id that would tell.
func takesOver(o *structpb.Struct) bool {
	return object.String(o, "spec", "forProvider", "varmap", "crn") != ""
}

// services and the members of their highly available clusters, which are the
// smallest that IBM has.
// Source: the pricing pages of IBM Cloud Databases.
var services = map[string]struct {
	name    string
	members int
}{
	cloud.Postgres: {"databases-for-postgresql", 2},
	cloud.MySQL:    {"databases-for-mysql", 3},
}

// engineIBM is the engine that a service runs, or "".
func engineIBM(service string) string {
	for engine, s := range services {
		if s.name == service {
			return engine
		}
	}
	return ""
}

func composeIBM(in In) (lifecycle.Parts, error) {
	service := services[in.Want.Engine]
	module, variables := modules.Database(), object.Map{
		"name":                in.Name,
		"location":            in.Region,
		"service":             service.name,
		"plan":                in.Want.Plan,
		"engine_version":      versionOfServer(in),
		"members":             service.members,
		"resource_group_id":   lifecycle.Optional(in.Want.ResourceGroupID),
		"key_protect_key":     lifecycle.Optional(in.Want.KMSKeyID),
		"deletion_protection": in.Policy.Guarded,
		"tags":                []string{}, // a list, so that cost tags are known to fit
	}
	if len(in.Want.AllowedCIDRs) > 0 && !in.Adopted() {
		networks, err := allowedNetworks(in)
		if err != nil {
			return nil, err
		}
		module, variables["allowlist"] = allowing(in.Held), networks
	}
	if in.Adopted() {
		if in.Want.Plan == settings.PlanGen2 {
			return nil, refuseGen2(in)
		}
		module = modules.ImportClassic()
		variables["crn"] = cmp.Or(in.At("outputs", "crn"), object.String(in.Body(), "varmap", "crn"))
		delete(variables, "members") // as many as there are, each as large as it is
		variables["tags"] = tofu.Tags(in.Live)
	}
	workspace := tofu.Workspace(in.Resource, module, variables)
	workspace.Writes = in.Publishes(lifecycle.Instance)
	return lifecycle.Parts{lifecycle.Instance: workspace}, nil
}

// refuseGen2 is why a database of plan Gen2 is not managed: at the import the provider
// takes the database for one of plan Classic, and fails.
func refuseGen2(in In) error {
	return fmt.Errorf(
		"spec.adopt: %q is refused for %s, whose plan %s the provider cannot import; set it to \"Observe\"", lifecycle.AdoptManage, in.Name,
		settings.PlanGen2,
	)
}

// nameIBM is what the resource controller takes for a name, such as the console's own
// "Databases for PostgreSQL-76" (cloud.ibm.com/apidocs/resource-controller, name).
var nameIBM = regexp.MustCompile(`^([^\x00-\x7f]|[A-Za-z0-9._: -]){1,180}$`)

// lookIBM looks at a database by a Workspace whose module has a data source only, so that
// OpenTofu has nothing to change or destroy.
func lookIBM(in Held) (lifecycle.Part, error) {
	if !nameIBM.MatchString(in.Name) {
		return lifecycle.Part{}, fmt.Errorf(
			"spec.externalName: %q is not allowed; allowed on ibm is the name of a database, of letters, digits, spaces and - . _ : and at most 180 of them",
			in.Name,
		)
	}
	return tofu.Workspace(in.Resource, modules.Observe(), object.Map{
		"name": in.Name, "location": in.Region, "resource_group_id": lifecycle.Optional(in.Want.ResourceGroupID),
	}), nil
}

// defaultIBM is the logical database that IBM Cloud makes, whatever it is asked for.
const defaultIBM = "ibmclouddb"

// remarkIBM says which logical database there is.
func remarkIBM(in In) (reason, message string) {
	if in.Want.Logical == defaultIBM {
		return "", ""
	}
	return "Composed", fmt.Sprintf("IBM Cloud makes the logical database %s, which the connection names; %s is to be made by SQL", defaultIBM, in.Want.Logical)
}

func protectedIBM(l lifecycle.Live) bool {
	body := object.Struct(l.Body(), "outputs")
	if body == nil {
		body = object.Struct(l.Body(), "varmap")
	}
	protected, _ := object.Bool(body, "deletion_protection")
	return protected
}

// connectIBM reads the connection that the module publishes: the module makes the
// password, and IBM Cloud picks port, user and logical database.
func connectIBM(in In) lifecycle.Connection {
	out := in.Parts[lifecycle.Instance].Details
	port, _ := strconv.Atoi(string(out["port"])) //nolint:errcheck // Then there is none.
	return address{
		engine:   in.Want.Engine,
		host:     string(out["host"]),
		port:     port,
		username: string(out["username"]),
		password: out["password"],
		database: string(out["database"]),
		ca:       out["ca_crt"],
	}.connection()
}

// behindIBM compares the size that runs with the size that the module was last given. When
// IBM Cloud refuses a new size, the OpenTofu provider saves that size as done and never
// asks again: the Workspace stays Ready, and nothing else tells of the refusal.
func behindIBM(l lifecycle.Live) string {
	asked := object.Struct(l.Main(), "spec", "forProvider", "varmap")
	disk, _ := object.Number(asked, "disk_mb")
	if there := l.Number("outputs", "disk_mb"); there > 0 && there < int(disk) {
		return resized("disks", fmt.Sprint(there/mbPerGiB, " GiB"), fmt.Sprint(int(disk)/mbPerGiB, " GiB"))
	}
	host := object.String(asked, "host_flavor")
	if there := l.At("outputs", "host_flavor"); there != "" && host != "" && there != host {
		return resized("hosts", there, host)
	}
	return ""
}

func resized(what, there, asked string) string {
	return fmt.Sprintf(
		"has %s of %s, and %s was asked for: where that stays, IBM Cloud refused it, and is asked again when the claim asks for another size",
		what, there, asked,
	)
}
