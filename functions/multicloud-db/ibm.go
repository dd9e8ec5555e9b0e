package main

import (
	"cmp"
	"fmt"
	"strconv"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// kindWorkspace runs an OpenTofu module, as the CRD of provider-opentofu names it:
// no maintained Crossplane provider makes databases on IBM.
//
//nolint:gochecknoglobals // A kind.
var kindWorkspace = managed.Kind{Group: "opentofu", Version: "v1beta1", Kind: "Workspace"}

// services and the members of their highly available clusters, which are the
// smallest that IBM has.
//
//nolint:gochecknoglobals // A table; source: the pricing pages of IBM Cloud Databases.
var services = map[string]struct {
	name    string
	members int
}{
	cloud.Postgres: {"databases-for-postgresql", 2},
	cloud.MySQL:    {"databases-for-mysql", 3},
}

// smallestProfile has no size on plan Gen2, whose smallest host has 4 vCPU and 20 GiB.
const smallestProfile = "nano"

func composeIBM(d *database) (map[string]*structpb.Struct, error) {
	module, variables := modules.Database(), d.variablesIBM()
	if d.adopted() {
		if d.settings.Plan == settings.PlanGen2 {
			return nil, d.refuseGen2()
		}
		module = modules.ImportClassic()
		variables["crn"] = cmp.Or(d.at("outputs", "crn"), object.String(d.live(), "varmap", "crn"))
		delete(variables, "members") // as many as there are
		variables["tags"] = d.tagsIBM()
	}
	workspace := d.managed(keyInstance, kindWorkspace, d.stateIBM(), workspaceIBM(module, variables))
	object.Set(workspace, d.publishedAs(keyInstance), "spec", "writeConnectionSecretToRef")
	return map[string]*structpb.Struct{keyInstance: workspace}, nil
}

// stateIBM names the OpenTofu state that a Workspace has, which its external name
// alone selects. A state stays behind where a database outlives its claim, and what
// is in it and not in the module is destroyed: so to look at a database and to
// manage it have a state each, of that claim alone, and none of them is that of the
// claim that made the database.
func (d *database) stateIBM() string {
	use := "adopt"
	switch {
	case !d.adopted():
		return d.name
	case d.observing():
		use = "observe"
	}
	return claim.Label(use+"-"+d.name, d.claim.Namespace+"/"+d.claim.Name+"/"+d.name)
}

// refuseGen2 is why a database of plan Gen2 is not managed: while it is imported, the
// provider takes it for one of plan Classic, and fails.
func (d *database) refuseGen2() error {
	return fmt.Errorf("spec.adopt: %q is refused for %s, whose plan %s the provider cannot import; set it to \"Observe\"", manage, d.name, settings.PlanGen2)
}

// tagsIBM are the tags of an adopted database, which the provider detaches where they
// are left out: those it reports, or in a gap those that were composed last.
func (d *database) tagsIBM() any {
	o := d.observedObject(keyInstance)
	for _, path := range [][]string{{"status", "atProvider", "outputs", "tags"}, {"spec", "forProvider", "varmap", "tags"}} {
		if tags := object.Get(o, path...); said(tags) {
			return tags
		}
	}
	return []string{}
}

// workspaceIBM runs a module, which is the same for every claim: what a claim says
// goes through varmap alone.
func workspaceIBM(module string, variables object.Map) object.Map {
	return object.Map{"source": "Inline", "inlineFormat": "HCL", "module": module, "varmap": variables}
}

// observeIBM is a Workspace like any other: its module has a data source only, so
// that it has nothing to change or destroy.
func observeIBM(d *database) (*structpb.Struct, error) {
	variables := object.Map{"name": d.name, "location": d.region, "resource_group_id": optional(d.settings.ResourceGroupID)}
	return d.managed(keyInstance, kindWorkspace, d.stateIBM(), workspaceIBM(modules.Observe(), variables)), nil
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

func factsIBM(d *database) facts {
	engine := engineIBM(d.at("outputs", "service"))
	return facts{
		engine:     engine,
		version:    versionIBM(d),
		region:     d.at("outputs", "location"),
		storageGiB: d.atNumber("outputs", "disk_mb") / mbPerGiB,

		highAvailability: true, // no cluster has one member
		retentionDays:    cloud.Retention(cloud.IBM, engine).Max,
	}
}

func (d *database) variablesIBM() object.Map {
	service := services[d.claim.Database.Engine]
	return object.Map{
		"name":                d.name,
		"location":            d.region,
		"service":             service.name,
		"plan":                d.settings.Plan,
		"engine_version":      d.engineVersion(),
		"members":             service.members,
		"resource_group_id":   optional(d.settings.ResourceGroupID),
		"key_protect_key":     optional(d.network.KMSKeyID),
		"deletion_protection": d.policy.protected,
		"tags":                []string{}, // a list, so that cost tags are known to fit
	}
}

// keepIBM keeps plan, resource group and key: IBM would make the database anew.
func keepIBM(d *database) (err error) {
	if d.settings.ResourceGroupID, err = d.keep(d.settings.ResourceGroupID, "resourceGroupID", d.variableIBM("resource_group_id")...); err != nil {
		return err
	}
	if d.network.KMSKeyID, err = d.keep(d.network.KMSKeyID, d.regional("kmsKeyID"), d.variableIBM("key_protect_key")...); err != nil {
		return err
	}
	plan := cmp.Or(d.settings.Plan, settings.PlanClassic)
	if d.claim.Profile == smallestProfile {
		plan = settings.PlanClassic
	}
	d.settings.Plan = cmp.Or(d.planIBM(), plan)
	return nil
}

// planIBM is the live database's plan, chosen when it was made.
func (d *database) planIBM() string { return object.String(d.live(), d.variableIBM("plan")...) }

// takenOver says whether a Workspace manages a database that was there before it. It
// has no id in its status by which that would be known.
func takenOver(o *structpb.Struct) bool {
	return object.String(o, "spec", "forProvider", "varmap", "crn") != ""
}

// variableIBM is where a live database shows one of its variables.
func (d *database) variableIBM(name string) []string {
	if object.Struct(d.live(), "outputs") != nil {
		return []string{"outputs", name}
	}
	return []string{"varmap", name}
}

// defaultIBM is the logical database that IBM Cloud makes, whatever it is asked for.
const defaultIBM = "ibmclouddb"

// remarkIBM is not on the network: every database has private endpoints only, in
// the account's own private network.
func remarkIBM(d *database) (reason, message string) {
	if d.claim.Database.Name == defaultIBM {
		return "", ""
	}
	return "Composed", fmt.Sprintf("IBM Cloud makes the logical database %s, which the connection names; %s is to be made by SQL", defaultIBM, d.claim.Database.Name)
}

func protectedIBM(d *database) bool {
	protected, _ := object.Bool(d.live(), d.variableIBM("deletion_protection")...)
	return protected
}

func versionIBM(d *database) string {
	return claimed(d.claim.Database.Engine, d.at("outputs", "engine_version"))
}

// connectionIBM is what the module publishes: the password is made inside it, and
// IBM picks port, user and logical database.
func connectionIBM(d *database) connection {
	out := d.observed[keyInstance].GetConnectionDetails()
	port, _ := strconv.Atoi(string(out["port"]))
	return connection{
		engine:   d.claim.Database.Engine,
		host:     string(out["host"]),
		port:     port,
		username: string(out["username"]),
		password: out["password"],
		database: string(out["database"]),
		ca:       out["ca_crt"],
	}
}
