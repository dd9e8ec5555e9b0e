package modules

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"
)

// A Server is a service of IBM Cloud Databases that a type beside databases is made of. Its
// modules are those of a database but for what stands here. They are of plan standard:
// standard-gen2 has no admin password and no configuration.
type Server struct{ make, allowing, adopt, look func() string }

// Make is the module that makes a server and keeps it. Where it allows, the server's
// allowlist follows the variable allowlist; elsewhere it is left alone.
func (s Server) Make(allows bool) string {
	if allows {
		return s.allowing()
	}
	return s.make()
}

// Import is the module that takes an existing server over by its CRN. It makes none, and
// leaves allowlist and users as they are, and what its variables do not say.
func (s Server) Import() string { return s.adopt() }

// Observe is the module that looks at an existing server by its name, and changes nothing.
func (s Server) Observe() string { return s.look() }

var (
	//go:embed server/about.tf
	aboutServer string
	//go:embed server/plan.tf
	planServer string
	//go:embed server/version.tf
	versionServer string
	//go:embed server/upgrade.tf
	upgradeServer string

	//go:embed cache/service.tf
	serviceCache string
	//go:embed cache/variables.tf
	variablesCache string
	//go:embed cache/configuration.tf
	configurationCache string
	//go:embed cache/outputs.tf
	outputsCache string

	//go:embed queue/service.tf
	serviceQueue string
	//go:embed queue/outputs.tf
	outputsQueue string
)

// The servers.
var (
	// Cache is Redis, whose configuration follows the variables.
	Cache = server(spec{
		name: "databases-for-redis", protocol: "rediss",
		service: serviceCache, variables: variablesCache, outputs: outputsCache,
		classic: []edit{{"users, configuration, ", "users, "}, {protection, protection + "\n" + configurationCache}},
	})
	// Queue is RabbitMQ. Its one configuration, delete_undefined_queues, deletes, and stays
	// under ignore_changes.
	Queue = server(spec{
		name: "messages-for-rabbitmq", protocol: "amqps",
		service: serviceQueue, outputs: outputsQueue,
	})
)

// A spec is what a server's modules have that those of a database have not.
type spec struct {
	name, protocol              string
	service, variables, outputs string // files of its own
	classic                     []edit // of ibm_database.classic
}

func server(s spec) Server {
	plan := func() string {
		return edited(classic, append(s.classic, edit{"plan, service_endpoints,", "plan, service_endpoints, version,"})...)
	}
	made := func(begin, classic string, more ...string) string {
		return asServer(join(append([]string{
			versions, place, s.service, planServer, variables, s.variables, begin, aboutServer, mainServer(), password, classic, upgradeServer, unchangedServer(), user,
			edited(connection, edit{`var.service == "databases-for-mysql" ? "mysql" : "postgres"`, `"` + s.protocol + `"`}), outputs, s.outputs,
		}, more...)...))
	}
	return Server{
		make:     sync.OnceValue(func() string { return made(create, plan()) }),
		allowing: sync.OnceValue(func() string { return made(create, edited(plan(), allows...), allowVariables) }),
		adopt: sync.OnceValue(func() string {
			found := edited(adopt, edit{"databases-for-(postgresql|mysql)", s.name}, edit{"databases-for-postgresql", s.name})
			return made(join(found, adoptClassic), plan())
		}),
		look: sync.OnceValue(func() string {
			return asServer(join(edited(look, edit{placed, placed + "  service           = var.service\n"}), place, s.service, lookOutputs))
		}),
	}
}

// placed is the last argument of the data source that looks. A server of another service
// may have the same name.
const placed = "  resource_group_id = var.resource_group_id\n"

// gen2Stays is the precondition of terraform_data.unchanged that is about plan Gen2.
func gen2Stays() string {
	return unchanged[strings.Index(unchanged, "    precondition {\n      condition     = !local.gen2"):strings.LastIndex(unchanged, "  }\n}")]
}

// What all servers have otherwise than databases: there is one resource, which has no
// upgrade in place.
func mainServer() string {
	return edited(main, edit{"local.gen2 ? ibm_database.gen2[0] : ibm_database.classic[0]", "ibm_database.classic[0]"})
}

func unchangedServer() string { return edited(unchanged, edit{gen2Stays(), versionServer}) }

var noun = regexp.MustCompile(`(?i)\b(a|the|no|imported|existing) database\b`)

// asServer calls a server what the files call a database.
func asServer(module string) string { return noun.ReplaceAllString(module, "$1 server") }
