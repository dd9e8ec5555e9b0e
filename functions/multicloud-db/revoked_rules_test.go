package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// networksAWS are the settings of an env for one region of AWS, with a VPC and what list says.
func networksAWS(env, list string) string {
	return "metadata: {name: platform-" + env + "}\ndata: {policy: {requireNetwork: false}, providers: {aws: {regions: {eu-west-1: " +
		"{subnetIDs: [subnet-1, subnet-2], vpcID: vpc-1" + list + "}}}}}"
}

// Two networks, as two rules let them in.
const (
	bothNetworks = ", allowedCIDRs: [10.0.0.0/16, 10.1.0.0/16]"
	oneNetwork   = ", allowedCIDRs: [10.0.0.0/16]"
	ruleKept     = "ingress-10-0-0-0-16"
	ruleTaken    = "ingress-10-1-0-0-16"
)

// openedAWS is a live database or cache of an env under settings that let in both networks,
// with its rules as their provider has made them.
func openedAWS(t *testing.T, head, typ, env string) *live {
	t.Helper()
	spec := map[string]string{"database": specLive, "cache": specCache}[typ]
	edits := strings.NewReplacer("gcp", "aws", "env: staging", "env: "+env, "writeConnectionSecretToRef: {name: sessions}", "")
	l := &live{provider: "aws", spec: edits.Replace(spec)}
	l.request = request(t, head+l.spec, networksAWS(env, bothNetworks), nil)
	for range 3 {
		l.observeAWS(t, typ, l.run(t))
	}
	return l
}

// observeAWS has what a response desires be observed: what was there keeps the id that AWS gave
// it, and what is left out is gone.
func (l *live) observeAWS(t *testing.T, typ string, rsp *fnv1.RunFunctionResponse) {
	t.Helper()
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	desired := rsp.GetDesired().GetResources()
	l.request.Observed.Resources = map[string]*fnv1.Resource{}
	observeCache(t, l, desired)
	for name := range desired {
		o := l.request.GetObserved().GetResources()[name].GetResource()
		if name == keyInstance && typ == "database" {
			object.Set(o, fromYAML(t, atProvider("aws", "16", 200)), "status", "atProvider")
		}
		if strings.HasPrefix(name, keyIngress) {
			object.Set(o, "sgr-"+name, "metadata", "annotations", managed.ExternalNameAnnotation)
		}
	}
	if status := object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status"); status != nil {
		object.Set(l.xr(), status, "status")
	}
}

// rules are the rules that a response desires, each with what becomes of it at AWS.
func rules(rsp *fnv1.RunFunctionResponse) []string {
	out := []string{}
	for _, name := range slices.Sorted(maps.Keys(rsp.GetDesired().GetResources())) {
		if !strings.HasPrefix(name, keyIngress) {
			continue
		}
		fate := " goes"
		if orphaned(rsp.GetDesired().GetResources()[name].GetResource()) {
			fate = " stays"
		}
		out = append(out, name+fate)
	}
	return out
}

// inDev are the same rules where the resource goes with its claim: each goes with its managed
// resource, and one that is to go is left out at once.
func inDev(want [][]string) [][]string {
	out := make([][]string, 0, len(want))
	for _, rules := range want {
		call := []string{}
		for _, rule := range rules {
			if name, stays := strings.CutSuffix(rule, " stays"); stays {
				call = append(call, name+" goes")
			}
		}
		out = append(out, call)
	}
	return out
}

// byStep has the settings come by an earlier step of the pipeline, where no EnvironmentConfig is
// asked for.
func byStep(l *live) {
	data := object.Struct(l.request.GetRequiredResources()["settings-env"].GetItems()[0].GetResource(), "data")
	l.request.RequiredResources = nil
	l.request.Context = object.New(object.Map{"apiextensions.crossplane.io/environment": data})
}
