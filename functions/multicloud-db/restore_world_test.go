package multiclouddb

import (
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A copyWorld is a cloud, and the process of its provider, as far as a restore hangs on them:
// what Upjet keeps in memory, what it reconstructs after a restart, and what it compares
// (external_tfpluginsdk.go of upjet).
type copyWorld struct {
	t        *testing.T
	provider string
	text     string // of the claim's XR
	request  *fnv1.RunFunctionRequest
	things   map[string]*copied // the cloud's databases and users, by name
	memory   map[string]*remembered
	blocked  []string // updates that would have made another database
	kills    bool     // the process after each round
}

// A copied is a database of the cloud, or a user of one.
type copied struct {
	data     string // what it was made of
	password string
	restores int
}

// A remembered is what the process knows of a managed resource.
type remembered struct {
	block     string // what restores
	password  string
	woVersion float64
}

// restoreFields are the fields that restore, wherever they stand.
var restoreFields = []string{
	"clone", "restoreBackupContext", "restoreToPointInTime", "snapshotIdentifier", "createMode", "sourceServerId", "pointInTimeRestoreTimeInUtc",
}

// blockOf is what restores in a part of a managed resource, as text.
func blockOf(o *structpb.Struct, path ...string) string {
	var out []string
	for _, name := range restoreFields {
		if v := object.Get(o, append(slices.Clone(path), name)...); v != nil {
			out = append(out, name+"="+strings.Join(strings.Fields(v.String()), " "))
		}
	}
	for _, name := range []string{"restore_from", "restore_time", "restore_backup"} {
		if v := object.Get(o, append(slices.Clone(path), "varmap", name)...); v != nil {
			out = append(out, name+"="+v.GetStringValue())
		}
	}
	return strings.Join(out, " ")
}

func newCopyWorld(t *testing.T, provider, engine, from string) *copyWorld {
	t.Helper()
	w := &copyWorld{t: t, provider: provider, things: map[string]*copied{}, memory: map[string]*remembered{}}
	w.claim(engine, from)
	return w
}

// claim makes the claim anew: nothing is observed.
func (w *copyWorld) claim(engine, from string) {
	asks := ""
	if from != "" {
		asks = ", restoreFrom: {" + from + "}"
	}
	w.text = strings.Replace(xrHead, "x7k2p, ", "x7k2p, creationTimestamp: \"2026-11-26T12:00:00Z\", ", 1) +
		"  provider: " + w.provider + "\n  profile: medium\n  region: eu-west\n  database: {engine: " + engine + asks + "}\n"
	w.request = request(w.t, w.text, settingsProd, nil)
	w.memory = map[string]*remembered{}
	w.answer(sourceXR(w.provider, engine), sourceMain(w.provider, engine))
}

// answer has Crossplane find a source: the XRs and the managed resources that carry its labels.
func (w *copyWorld) answer(xr, main string) {
	for name, o := range map[string]string{"restore-source": xr, "restore-managed": main} {
		w.request.RequiredResources[name] = &fnv1.Resources{}
		for text := range strings.SplitSeq(o, "\n---\n") {
			if text != "" {
				w.request.RequiredResources[name].Items = append(w.request.RequiredResources[name].Items, &fnv1.Resource{Resource: fromYAML(w.t, text)})
			}
		}
	}
}

// sourceXR is the XR of a source that a claim of the namespace made.
func sourceXR(provider, engine string) string {
	region := map[string]string{"gcp": "europe-west1", "aws": "eu-west-1", "azure": "westeurope", "ibm": "eu-es"}[provider]
	version := map[string]string{"postgres": "16", "mysql": "8.0"}[engine]
	return `
apiVersion: platform.victor.onl/v1alpha1
kind: XResource
metadata: {name: orders-x7k2p, uid: of-orders}
spec:
  claimRef: {apiVersion: platform.victor.onl/v1alpha1, kind: Resource, name: orders, namespace: payments-prod-infra}
  provider: ` + provider + `
  profile: medium
  database: {engine: ` + engine + `, name: shop}
status:
  resource: {name: ` + provider + `-payments-prod-orders, made: true, region: ` + region + `, engine: ` + engine + `, version: "` + version + `"}
  size: {storageGiB: 200}
`
}

// sourceMain is the source's main managed resource.
func sourceMain(provider, engine string) string {
	kind := map[string]string{
		"gcp": "apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance", "aws": "apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance",
		"azure": "apiVersion: dbfor" + map[string]string{"postgres": "postgresql", "mysql": "mysql"}[engine] + ".azure.upbound.io/v1beta2, kind: FlexibleServer",
		"ibm":   "apiVersion: opentofu.upbound.io/v1beta1, kind: Workspace",
	}[provider]
	at := map[string]string{
		"gcp": "{settings: {diskSize: 200}}", "aws": "{allocatedStorage: 200}",
		"azure": "{id: " + serverOf(engine) + ", storageMb: 204800, storage: {sizeGb: 200}}",
		"ibm":   "{outputs: {crn: \"" + crnOf(engine) + "\", disk_mb: 204800}}",
	}[provider]
	return "{" + kind + ", metadata: {annotations: {crossplane.io/composition-resource-name: instance, " + createSucceeded +
		": \"2026-01-01T00:00:00Z\"}, ownerReferences: [{controller: true, uid: of-orders}]}, status: {atProvider: " + at + "}}"
}

func serverOf(engine string) string {
	of := map[string]string{"postgres": "DBforPostgreSQL", "mysql": "DBforMySQL"}[engine]
	return "/subscriptions/1/resourceGroups/g/providers/Microsoft." + of + "/flexibleServers/azure-payments-prod-orders"
}

func crnOf(engine string) string {
	return "crn:v1:bluemix:public:databases-for-" + map[string]string{"postgres": "postgresql", "mysql": "mysql"}[engine] + ":eu-es:a/0:1::"
}

// rounds lets the function and the provider work until nothing changes any more.
func (w *copyWorld) rounds() *fnv1.RunFunctionResponse {
	w.t.Helper()
	var rsp *fnv1.RunFunctionResponse
	for range 8 {
		rsp = run(w.t, proto.CloneOf(w.request))
		if got := fatal(rsp); got != "" {
			w.t.Fatal(got)
		}
		for name, r := range rsp.GetDesired().GetResources() {
			w.apply(name, r.GetResource())
			w.provide(name)
		}
		if w.kills {
			w.restart()
		}
	}
	return rsp
}

// apply writes what is desired over what is there, as Crossplane does.
func (w *copyWorld) apply(name string, desired *structpb.Struct) {
	o := proto.CloneOf(desired)
	if r := w.request.GetObserved().GetResources()[name]; r != nil {
		old := r.GetResource()
		if status := object.Get(old, "status"); status != nil {
			o.Fields["status"] = status
		}
		if at := object.String(old, "metadata", "annotations", createSucceeded); at != "" {
			object.Set(o, at, "metadata", "annotations", createSucceeded)
		}
	}
	w.request.Observed.Resources[name] = &fnv1.Resource{Resource: o}
}

// restart has the process of the provider forget everything.
func (w *copyWorld) restart() { w.memory = map[string]*remembered{} }

// secret is the password in the claim's Secret.
func (w *copyWorld) secret() string {
	return object.String(w.request.GetObserved().GetResources()[keyPassword].GetResource(), "data", "password")
}

func mayChange(o *structpb.Struct) bool { return managed.MayChange(o, made(o)) }
