package multiclouddb

import (
	"strconv"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A live database of a cloud, as tests change its claim and what is observed of it.
type live struct {
	provider, spec string
	request        *fnv1.RunFunctionRequest
}

// facts that a provider writes about an instance, by cloud, at the version of spec.
func atProvider(provider, version string, gib int) string {
	return strings.NewReplacer(
		"VERSION", version, "GCP", strings.ReplaceAll(version, ".", "_"), "GIB", strconv.Itoa(gib), "MB", strconv.Itoa(gib*mbPerGiB),
	).Replace(map[string]string{
		"gcp":   `{id: x, databaseVersion: POSTGRES_GCP, region: europe-west1, privateIpAddress: 10.0.0.5, settings: {diskSize: GIB}}`,
		"aws":   `{id: db-1, engine: postgres, engineVersionActual: "VERSION.4", region: eu-west-1, address: main.rds, allocatedStorage: GIB}`,
		"azure": `{id: /server, version: "VERSION", location: westeurope, fqdn: main.azure, storageMb: MB}`,
		"ibm":   `{outputs: {crn: crn, service: databases-for-postgresql, engine_version: "VERSION", location: eu-es, disk_mb: MB}}`,
	}[provider])
}

// disks of a spec, as the sizer writes them.
var diskOf = map[string][]string{
	"gcp": {"settings", "diskSize"}, "aws": {"allocatedStorage"}, "azure": {"storageMb"}, "ibm": {"varmap", "disk_mb"},
}

// specLive is the spec of every live claim here: each field that the guard knows.
const specLive = `
  provider: gcp
  type: database
  profile: medium
  region: eu-west
  project: shop
  env: staging
  database: {engine: postgres, version: "16", name: orders, storageGiB: 200}
`

// createSucceeded is the annotation of what a provider has made.
const createSucceeded = "crossplane.io/external-create-succeeded"

// made is a copy of a composed resource that its provider has made.
func made(o *structpb.Struct) *structpb.Struct {
	o = proto.CloneOf(o)
	object.Set(o, "2026-11-25T00:00:00Z", "metadata", "annotations", createSucceeded)
	return o
}

// alive composes a claim, and has every resource be observed as a provider would
// leave it, labelled and sized by the steps that follow.
func alive(t *testing.T, provider string) *live {
	t.Helper()
	l := &live{provider: provider, spec: strings.Replace(specLive, "gcp", provider, 1)}
	first := run(t, request(t, xrHead+l.spec, "", nil))
	if got := fatal(first); got != "" {
		t.Fatal(got)
	}
	l.request = request(t, xrHead+l.spec, "", nil)
	for name, r := range first.GetDesired().GetResources() {
		o := made(r.GetResource())
		object.Set(o, fromYAML(t, `{project: shop, env: staging}`), "metadata", "labels")
		if object.String(o, "kind") != "Secret" {
			object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
		}
		l.request.Observed.Resources[name] = &fnv1.Resource{Resource: o}
	}
	o := l.instance()
	gib := 200
	if provider == "azure" || provider == "ibm" {
		gib *= mbPerGiB
	}
	object.Set(o, gib, append([]string{"spec", "forProvider"}, diskOf[provider]...)...)
	object.Set(o, fromYAML(t, atProvider(provider, "16", 200)), "status", "atProvider")
	object.Set(l.xr(), object.Struct(first.GetDesired().GetComposite().GetResource(), "status"), "status")
	return l
}

func (l *live) instance() *structpb.Struct {
	return l.request.GetObserved().GetResources()[keyInstance].GetResource()
}

func (l *live) xr() *structpb.Struct { return l.request.GetObserved().GetComposite().GetResource() }

// edit changes the spec by text, as its author would.
func (l *live) edit(t *testing.T, oldNew ...string) {
	t.Helper()
	spec := strings.NewReplacer(oldNew...).Replace(l.spec)
	if spec == l.spec && len(oldNew) > 0 {
		t.Fatalf("nothing to edit by %v", oldNew)
	}
	status := object.Get(l.xr(), "status")
	l.request.Observed.Composite.Resource = fromYAML(t, xrHead+spec)
	if status != nil {
		object.Set(l.xr(), status, "status")
	}
}

// run calls the function with a copy, so that a test can call again.
func (l *live) run(t *testing.T) *fnv1.RunFunctionResponse {
	t.Helper()
	return run(t, proto.CloneOf(l.request))
}

// Losses of what a live database is known by. Each leaves something to judge by.
var losses = map[string]func(*live){
	"Nothing": func(*live) {},
	"Status":  func(l *live) { delete(l.xr().GetFields(), "status") },
	"Annotations": func(l *live) {
		for name := range object.Struct(l.instance(), "metadata", "annotations").GetFields() {
			if strings.HasPrefix(name, requested) {
				delete(object.Struct(l.instance(), "metadata", "annotations").GetFields(), name)
			}
		}
	},
}

// lose both, too.
func init() { //nolint:gochecknoinits // The third is made of the other two.
	losses["Both"] = func(l *live) { losses["Status"](l); losses["Annotations"](l) }
}
