package multiclouddb

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

const (
	keyParameter  = "configuration-"
	conditionGood = `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`
)

// A tunedWorld is a database whose parameters change, with a cloud that does what it is asked for.
type tunedWorld struct {
	provider, engine, env string
	profile               string // "" is medium
	settings              string
	parameters            string            // of the claim, as the inside of an object of YAML
	extensions            string            // of the claim, as the inside of a list of YAML
	word                  string            // of the annotation apply-now
	server                map[string]string // the parameters that the cloud has
	found                 bool              // the server outlived an earlier claim
	restarts              int               // of the server, which the cloud makes for a parameter that is not of dynamic
	req                   *fnv1.RunFunctionRequest
	rsp                   *fnv1.RunFunctionResponse
}

// dynamic are the parameters here that a server takes without a restart.
var dynamic = []string{
	"statement_timeout", "max_execution_time", "lock_timeout", "innodb_lock_wait_timeout", "log_min_duration_statement", "long_query_time", "slow_query_log",
	"log_output", "work_mem", "azure.extensions",
}

func newTuned(provider, engine, env, parameters string) *tunedWorld {
	return &tunedWorld{provider: provider, engine: engine, env: env, parameters: parameters, server: map[string]string{}}
}

func (w *tunedWorld) spec() string {
	version := map[string]string{"postgres": "16", "mysql": "8.4"}[w.engine]
	spec := strings.NewReplacer("provider: gcp", "provider: "+w.provider, "env: staging", "env: "+w.env, "engine: postgres", "engine: "+w.engine, `"16"`,
		`"`+version+`", extensions: [`+w.extensions+`], parameters: {`+w.parameters+`}`).Replace(specLive)
	if w.profile != "" {
		spec = strings.Replace(spec, "profile: medium", "profile: "+w.profile, 1)
	}
	return strings.Replace(xrHead, "labels:", `annotations: {`+claim.ApplyNow+`: "`+w.word+`"}, labels:`, 1) + spec
}

// reconcile runs the function, applies what it desires, and lets the provider and the cloud act.
func (w *tunedWorld) reconcile(t *testing.T) {
	t.Helper()
	next := request(t, w.spec(), w.settings, nil)
	if w.req != nil {
		next.Observed.Resources = w.req.GetObserved().GetResources()
		object.Set(next.GetObserved().GetComposite().GetResource(), object.Get(w.req.GetObserved().GetComposite().GetResource(), "status"), "status")
	}
	w.req = next
	if w.found { // whose password somebody knows
		secret := fromYAML(t, "{data: {password: cGFzcw==}}")
		next.RequiredResources[keyPassword] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: secret}}}
	}
	w.rsp = run(t, proto.CloneOf(next))
	if fatal(w.rsp) != "" {
		return
	}
	object.Set(next.GetObserved().GetComposite().GetResource(), object.Get(w.rsp.GetDesired().GetComposite().GetResource(), "status"), "status")
	was := next.GetObserved().GetResources()
	next.Observed.Resources = map[string]*fnv1.Resource{}
	for name, r := range w.rsp.GetDesired().GetResources() {
		o := made(r.GetResource())
		if w.found && name == keyInstance {
			o = proto.CloneOf(r.GetResource())
		}
		status := object.Get(was[name].GetResource(), "status")
		if status == nil && object.String(o, "kind") != "Secret" {
			status = structpb.NewStructValue(fromYAML(t, conditionGood))
		}
		if status != nil {
			object.Set(o, status, "status")
		}
		next.Observed.Resources[name] = &fnv1.Resource{Resource: o}
	}
	instance := next.GetObserved().GetResources()[keyInstance].GetResource()
	if !managed.OnlyObserved(instance) {
		gib := 200
		if w.provider == "azure" && w.engine == "postgres" || w.provider == "ibm" {
			gib *= mbPerGiB
		}
		disk := diskOf[w.provider]
		if w.provider == "azure" && w.engine == "mysql" {
			disk = []string{"storage", "sizeGb"}
		}
		object.Set(instance, gib, append([]string{"spec", "forProvider"}, disk...)...)
	}
	service := "databases-for-" + map[string]string{"postgres": "postgresql", "mysql": "mysql"}[w.engine]
	facts := atProvider(w.provider, map[string]string{"postgres": "16", "mysql": "8.4"}[w.engine], 200)
	of := strings.NewReplacer("POSTGRES_8_4", "MYSQL_8_4", "databases-for-postgresql", service, "engine: postgres", "engine: "+w.engine)
	object.Set(instance, fromYAML(t, of.Replace(facts)), "status", "atProvider")
	w.act(t, instance)
}

// act is what provider and cloud make of the parameters that are asked for, and report of them.
func (w *tunedWorld) act(t *testing.T, instance *structpb.Struct) {
	t.Helper()
	asked := map[string]string{}
	switch w.provider {
	case "gcp": // the whole list, if there is one or was one
		asked = listed(object.Get(instance, "spec", "forProvider", "settings", "databaseFlags"))
		for name := range w.server {
			if _, kept := asked[name]; !kept && managed.MayUpdate(instance) {
				w.set(name, "")
			}
		}
	case "azure":
		for key, r := range w.req.GetObserved().GetResources() {
			name, is := strings.CutPrefix(key, keyParameter)
			if value := object.String(r.GetResource(), "spec", "forProvider", "value"); is && value != "" && !managed.OnlyObserved(r.GetResource()) {
				asked[name] = value
			}
		}
	case "ibm":
		var said map[string]any
		if text := object.String(instance, "spec", "forProvider", "varmap", "configuration"); text != "" {
			if err := json.Unmarshal([]byte(text), &said); err != nil {
				t.Fatal(err)
			}
		}
		for name, value := range said {
			asked[name] = fmt.Sprint(value)
		}
	case "aws":
		group := w.group()
		asked = listed(object.Get(group, "spec", "forProvider", "parameter"))
		if object.String(group, "status", "atProvider", "id") == "" {
			maps.Copy(asked, listed(object.Get(group, "spec", "initProvider", "parameter")))
		}
	}
	for name, value := range asked {
		if !w.found || managed.MayUpdate(instance) {
			w.set(name, value)
		}
	}
	switch w.provider {
	case "gcp":
		object.Set(instance, listOf(w.server), "status", "atProvider", "settings", "databaseFlags")
	case "aws":
		object.Set(w.group(), object.Map{"id": "x", "parameter": listOf(w.server)}, "status", "atProvider")
	case "azure":
		for key, r := range w.req.GetObserved().GetResources() {
			if name, is := strings.CutPrefix(key, keyParameter); is {
				value, said := w.server[name]
				if !said && name != "azure.extensions" {
					value = "default"
				}
				object.Set(r.GetResource(), object.Map{"id": "x", "value": value}, "status", "atProvider")
			}
		}
	}
}

// set is what the cloud makes of one parameter; "" is its default.
func (w *tunedWorld) set(name, value string) {
	if w.server[name] == value {
		return
	}
	if w.server[name] = value; value == "" {
		delete(w.server, name)
	}
	asItRuns := slices.Contains(dynamic, name) || w.engine == "mysql" && name == "max_connections"
	itself := w.provider == "gcp" || w.provider == "ibm" || w.provider == "azure" && w.engine == "postgres"
	if itself && !asItRuns {
		w.restarts++
	}
}

func (w *tunedWorld) group() *structpb.Struct {
	for name, r := range w.req.GetObserved().GetResources() {
		if strings.HasPrefix(name, keyParameterGroup) {
			return r.GetResource()
		}
	}
	return nil
}

func listed(v *structpb.Value) map[string]string {
	out := map[string]string{}
	for _, item := range v.GetListValue().GetValues() {
		out[object.String(item.GetStructValue(), "name")] = object.String(item.GetStructValue(), "value")
	}
	return out
}

func listOf(parameters map[string]string) []any {
	out := []any{}
	for _, name := range slices.Sorted(maps.Keys(parameters)) {
		out = append(out, object.Map{"name": name, "value": parameters[name]})
	}
	return out
}

// has is what the server has, in the order of names.
func (w *tunedWorld) has() string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(w.server)) {
		out = append(out, name+"="+w.server[name])
	}
	return strings.Join(out, " ")
}

func (w *tunedWorld) composed() string {
	for _, c := range w.rsp.GetConditions() {
		if c.GetType() == conditionComposed {
			return c.GetMessage()
		}
	}
	return ""
}

// setFlags writes flags into the managed resource of Cloud SQL, as somebody does by hand.
func setFlags(instance *structpb.Struct, flags map[string]string) {
	object.Set(instance, listOf(flags), "spec", "forProvider", "settings", "databaseFlags")
}
