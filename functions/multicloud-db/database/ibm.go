package database

import (
	"fmt"
	"maps"

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
	Protected: tofu.IsProtected,
	Behind:    tofu.Behind,
	// In place plan Gen2 upgrades nothing.
	Placed:   isSettled,
	Upgrades: func(l lifecycle.Live) bool { return l.Held("plan") != settings.PlanGen2 },
}

var mainIBM = lifecycle.Main{
	Kind: tofu.Kind,
	Tags: tofu.OutputTags,
	Is:   isDatabase,
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
	Inside:    tofu.Inside,
	Ours:      tofu.OursOfServer,
	Shows:     []string{"outputs", "crn"},
	States:    tofu.States,
	AdoptedAs: tofu.AdoptedAs,
	TakesOver: tofu.TakesOver,
}

// isDatabase reports whether a Workspace is of a database: by its service, which a Workspace
// that only looks at one does not say.
func isDatabase(o *structpb.Struct) bool {
	service := tofu.Variable(o, "service")
	return !tofu.IsStorage(o) && (service == "" || engineIBM(service) != "")
}

func word(at lifecycle.At, of func(string) string) lifecycle.At {
	at.Word = of
	return at
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
		"engine_version":      lifecycle.Optional(versionOfServer(in)),
		"members":             service.members,
		"resource_group_id":   lifecycle.Optional(in.Want.ResourceGroupID),
		"key_protect_key":     lifecycle.Optional(in.Want.KMSKeyID),
		"deletion_protection": in.Policy.Guarded,
		"tags":                []string{}, // a list, so that cost tags are known to fit
	}
	switch allows, err := tofu.Allowlist(in.Resource, in.Want.AllowedCIDRs, variables); {
	case err != nil:
		return nil, err
	case allows:
		module = allowing(in.Held)
	}
	if in.Adopted() {
		if in.Want.Plan == settings.PlanGen2 {
			return nil, refuseGen2(in)
		}
		module = modules.ImportClassic()
		variables["crn"] = tofu.CRN(in.Live)
		delete(variables, "members") // as many as there are, each as large as it is
		variables["tags"] = tofu.Tags(in.Live)
	}
	if !in.Adopted() && in.Want.Plan == settings.PlanClassic {
		module = tunedIBM(in, module, variables)
	}
	if from := variablesOfCopy(in); len(from) > 0 {
		module = modules.Restoring(module)
		maps.Copy(variables, from)
	}
	workspace := tofu.Workspace(in.Resource, module, variables)
	workspace.Writes = in.Publishes(lifecycle.Instance)
	return lifecycle.Parts{lifecycle.Instance: workspace}, nil
}

// variablesOfCopy are those by which the module restores: of a database that is still to be
// made, and as they were in the Workspace that made one. A Workspace that was found to have a
// database in its state has none.
func variablesOfCopy(in In) object.Map {
	switch {
	case !in.Want.restore.asked, in.Life == lifecycle.Found, in.Adopted():
		return nil
	case in.Want.restore.stage == making && !isBegun(in.Live):
		return restoreIBM(in.Want.restore.source)
	}
	return madeOf(in.Live)
}

// refuseGen2 is why a database of plan Gen2 is not managed: at the import the provider
// takes the database for one of plan Classic, and fails.
func refuseGen2(in In) error {
	return fmt.Errorf(
		"spec.adopt: %q is refused for %s, whose plan %s the provider cannot import; set it to \"Observe\"", lifecycle.AdoptManage, in.Name,
		settings.PlanGen2,
	)
}

// lookIBM looks at a database.
func lookIBM(in Held) (lifecycle.Part, error) {
	variables, err := tofu.Place(in.Resource, in.Want.ResourceGroupID)
	return tofu.Workspace(in.Resource, modules.Observe(), variables), err
}

// defaultIBM is the logical database that IBM Cloud makes, whatever it is asked for.
const defaultIBM = "ibmclouddb"

// remarkIBM says which logical database there is.
func remarkIBM(in In) (reason, message string) {
	if reason, message = remarkRestore(in); reason != "" {
		return reason, message
	}
	if in.Want.Logical == defaultIBM {
		return "", ""
	}
	return "Composed", fmt.Sprintf("IBM Cloud makes the logical database %s, which the connection names; %s is to be made by SQL", defaultIBM, in.Want.Logical)
}

// connectIBM reads the connection that the module publishes: the module makes the
// password, and IBM Cloud picks port, user and logical database.
func connectIBM(in In) lifecycle.Connection {
	out := in.Parts[lifecycle.Instance].Details
	return address{
		engine:   in.Want.Engine,
		host:     string(out["host"]),
		port:     tofu.Port(out),
		username: string(out["username"]),
		password: out["password"],
		database: string(out["database"]),
		ca:       caOf(in, string(out["host"]), out["ca_crt"]),
	}.connection()
}
