package multiclouddb

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"
	"sigs.k8s.io/yaml"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// fromYAML makes a protobuf struct of a manifest.
func fromYAML(t testing.TB, manifest string) *structpb.Struct {
	t.Helper()
	j, err := yaml.YAMLToJSON([]byte(manifest))
	if err != nil {
		t.Fatal(err)
	}
	s := &structpb.Struct{}
	if err := protojson.Unmarshal(j, s); err != nil {
		t.Fatal(err)
	}
	return s
}

// A live claim's XR in prod; %s is its spec.
const xrHead = `
apiVersion: platform.victor.onl/v1alpha1
kind: XResource
metadata: {name: cloudsql-main-x7k2p, labels: {team: team-payments}}
spec:
  claimRef: {apiVersion: platform.victor.onl/v1alpha1, kind: Resource, name: cloudsql-main, namespace: payments-prod-infra}
`

const specGCP = `
  provider: gcp
  profile: medium
  region: eu-west
  database: {engine: postgres, version: "17"}
`

const settingsProd = `
metadata: {name: platform-prod}
data:
  providers:
    gcp: {network: projects/acme/global/networks/prod}
    aws: {regions: {eu-west-1: {subnetGroup: prod-db, securityGroupIDs: [sg-1]}}}
`

// settingsAllow let claims name what they may name nowhere else: what exists, and another
// project than their namespace's.
const settingsAllow = `
metadata: {name: platform}
data: {policy: {adopt: manage, adoptNames: ["*", "*/*", "*/*/*/*", "/*/*/*/*/*/*/*/*"], overrides: {project: true, env: true}}}
`

// none stands for settings that are not there.
const none = "none"

// request asks for what a claim composes. A network is not required where the settings do
// not say so: nothing else would be composed by most tests.
//
// Settings that are "" do not exist, but where the claim names what the platform has to
// allow.
func request(t *testing.T, xr, settings string, observed map[string]string) *fnv1.RunFunctionRequest {
	t.Helper()
	req := &fnv1.RunFunctionRequest{
		Meta:              &fnv1.RequestMeta{Tag: "tag"},
		Observed:          &fnv1.State{Composite: &fnv1.Resource{Resource: fromYAML(t, xr)}, Resources: map[string]*fnv1.Resource{}},
		RequiredResources: map[string]*fnv1.Resources{"settings-env": {}, "settings": {}, keyPassword: {}, keyConnection: {}},
	}
	if settings != none {
		if settings == "" {
			settings = "metadata: {name: platform-prod}"
		}
		o := fromYAML(t, settings)
		if object.Get(o, "data", "policy", "requireNetwork") == nil {
			object.Set(o, false, "data", "policy", "requireNetwork")
		}
		req.RequiredResources["settings-env"] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: o}}}
	}
	for name, o := range observed {
		req.Observed.Resources[name] = &fnv1.Resource{Resource: fromYAML(t, o)}
	}
	allow(t, req)
	return req
}

// allow gives a claim the platform's settings where it names what they have to allow, and
// where the request has none of the platform.
func allow(t *testing.T, req *fnv1.RunFunctionRequest) {
	t.Helper()
	spec := object.Struct(req.GetObserved().GetComposite().GetResource(), "spec")
	names := object.String(spec, "externalName") + object.String(spec, "project") + object.String(spec, "env")
	if platform := req.GetRequiredResources()["settings"]; names != "" && platform != nil && len(platform.GetItems()) == 0 {
		req.RequiredResources["settings"] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: fromYAML(t, settingsAllow)}}}
	}
}

// lookedUp is the day on which the table of versions was made, for tests that are of no day.
func lookedUp() time.Time { return time.Date(2026, time.November, 27, 0, 0, 0, 0, time.UTC) }

func run(t *testing.T, req *fnv1.RunFunctionRequest) *fnv1.RunFunctionResponse {
	t.Helper()
	allow(t, req)
	rsp, err := pod.RunFunction(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	keeps(t, req)
	return rsp
}

// pod is a function that many tests call, and at once, as many claims do: settings that it keeps of
// one call must change nothing of another.
var pod = &Function{Today: lookedUp}

// keeps holds that no call has changed the settings that the pod keeps: they are what the request's
// data says when it is read anew.
func keeps(t *testing.T, req *fnv1.RunFunctionRequest) {
	t.Helper()
	c, err := claim.FromXR(req.GetObserved().GetComposite().GetResource())
	if err != nil {
		return
	}
	kept, err := readSettings(req, &fnv1.RunFunctionResponse{}, c, &pod.known)
	fresh, anew := readSettings(req, &fnv1.RunFunctionResponse{}, c, &settings.Known{})
	if !reflect.DeepEqual(kept, fresh) || (err == nil) != (anew == nil) {
		t.Errorf("settings that are kept differ from what is read: -read, +kept:\n%+v, %v\n%+v, %v", fresh, anew, kept, err)
	}
}

func fatal(rsp *fnv1.RunFunctionResponse) string {
	for _, r := range rsp.GetResults() {
		if r.GetSeverity() == fnv1.Severity_SEVERITY_FATAL {
			return r.GetMessage()
		}
	}
	return ""
}

func TestNoNetwork(t *testing.T) {
	t.Parallel()
	const subnets = "metadata: {name: p}\ndata: {providers: {aws: {regions: {eu-west-1: {subnetGroup: a}}}}}"
	cases := map[string]struct{ reason, provider, settings, wantReason, want string }{
		"GCP": {
			"A Cloud SQL instance without a network has a public address that is closed.", "gcp", "", "NoNetwork",
			"settings providers.gcp.network is not set: the database has a public address, which lets no network in",
		},
		"AWS": {
			"RDS has a default.", "aws", "", "NoNetwork",
			"settings providers.aws.regions.eu-west-1.subnetGroup is not set: the database has no public address, and is in the account's default VPC",
		},
		"AWSGroup": {
			"A subnet is not yet a way in.", "aws", subnets, "NoNetwork",
			"settings providers.aws.regions.eu-west-1.securityGroupIDs is not set: the database has no public address",
		},
		"Azure": {
			"A flexible server has no network at all.", "azure", "", "NoNetwork",
			"settings providers.azure.regions.westeurope.postgres.delegatedSubnetID is not set: the database has no public address, and only private endpoints reach it",
		},
		"IBM": {
			"A private endpoint of IBM Cloud is reached from every account.", "ibm", "", "NoNetwork",
			"settings providers.ibm.regions.eu-es.allowedCIDRs is not set: the database has no public address, and the private network of every IBM Cloud account " +
				"reaches its endpoint, where TLS and the password are asked for; IBM Cloud makes the logical database ibmclouddb",
		},
		"IBMAllowed": {
			"A database that lets in the platform's networks has a logical database of its own name.", "ibm",
			"data: {providers: {ibm: {regions: {eu-es: {allowedCIDRs: [10.0.0.0/16]}}}}}", "Composed",
			"IBM Cloud makes the logical database ibmclouddb, which the connection names; payments is to be made by SQL",
		},
		"IBMGen2": {
			"A rule on plan Gen2 lets nobody else in only where IBM Cloud enforces it.", "ibm",
			"data: {providers: {ibm: {plan: standard-gen2, regions: {eu-es: {allowedCIDRs: [10.0.0.0/16]}}}}}", "NoNetwork",
			"settings providers.ibm.regions.eu-es.gen2RulesEnforced is not true, which says that somebody has seen a database of plan standard-gen2 refuse " +
				"who is outside allowedCIDRs: the database has no public address, and a rule that lets in allowedCIDRs; where IBM Cloud does not enforce it, " +
				"the private network of every IBM Cloud account reaches its endpoint",
		},
		"IBMGen2Open": {
			"Without networks a database of plan Gen2 has no rule.", "ibm",
			"data: {providers: {ibm: {plan: standard-gen2, regions: {eu-es: {gen2RulesEnforced: true}}}}}", "NoNetwork",
			"settings providers.ibm.regions.eu-es.allowedCIDRs is not set: the database has no public address, and the private network of every",
		},
		"IBMGen2Enforced": {
			"A rule that somebody has seen enforced is a network.", "ibm",
			"data: {providers: {ibm: {plan: standard-gen2, regions: {eu-es: {allowedCIDRs: [10.0.0.0/16], gen2RulesEnforced: true}}}}}", "Composed",
			"IBM Cloud makes the logical database ibmclouddb",
		},
		"Set": {"With a network there is nothing to say.", "gcp", settingsProd, "Composed", ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := run(t, request(t, specOf(tc.provider, "postgres"), tc.settings, nil)).GetConditions()[0]
			if diff := cmp.Diff(tc.wantReason, c.GetReason()); diff != "" || !strings.HasPrefix(c.GetMessage(), tc.want) || (c.GetMessage() == "") != (tc.want == "") {
				t.Errorf("\n%s\nComposed: -want, +got:\n%s%s", tc.reason, diff, cmp.Diff(tc.want, c.GetMessage()))
			}
		})
	}
}

func TestBeforeSettings(t *testing.T) {
	t.Parallel()
	req := request(t, xrHead+strings.Replace(specGCP, "eu-west", "europe-new1", 1), "", map[string]string{
		keyInstance: "{kind: DatabaseInstance, status: {atProvider: {id: x}}}",
	})
	req.RequiredResources = nil
	rsp := run(t, req)
	if got := fatal(rsp); got != "" {
		t.Errorf("fatal before the settings were looked for: %s", got)
	}
	if rsp.GetRequirements().GetResources()["settings-env"].GetMatchName() != "platform-prod" {
		t.Errorf("the env's settings are not asked for: %v", rsp.GetRequirements())
	}
	if len(rsp.GetDesired().GetResources()) == 0 {
		t.Error("the desired state was emptied")
	}
}

func TestLive(t *testing.T) {
	t.Parallel()
	const ready = "status: {conditions: [{type: Synced, status: \"True\"}, {type: Ready, status: \"True\"}]"
	observed := map[string]string{
		keyPassword: "{apiVersion: v1, kind: Secret, data: {password: cGFzcw==}}",
		keyInstance: "{kind: DatabaseInstance, " + ready + ", atProvider: {privateIpAddress: 10.0.0.5}}}",
		keyDatabase: "{kind: Database, " + ready + "}}",
		keyUser:     "{kind: User, " + ready + "}}",
	}
	req := request(t, xrHead+specGCP, settingsProd, observed)
	rsp := run(t, proto.Clone(req).(*fnv1.RunFunctionRequest)) //nolint:forcetypeassert // A clone has its original's type.

	want := map[string][]byte{
		"host": []byte("10.0.0.5"), "port": []byte("5432"), "username": []byte("dbadmin"), "password": []byte("pass"),
		"database": []byte("payments"), "sslmode": []byte("require"),
		"uri": []byte("postgresql://dbadmin:pass@10.0.0.5:5432/payments?sslmode=require"),
	}
	if diff := cmp.Diff(want, rsp.GetDesired().GetComposite().GetConnectionDetails()); diff != "" {
		t.Errorf("connection details: -want, +got:\n%s", diff)
	}
	for name, r := range rsp.GetDesired().GetResources() {
		if r.GetReady() != fnv1.Ready_READY_TRUE {
			t.Errorf("%s is not ready", name)
		}
	}
	if len(rsp.GetResults()) != 0 {
		t.Errorf("a quiet call has results: %v", rsp.GetResults())
	}
	for range 100 {
		again := run(t, proto.Clone(req).(*fnv1.RunFunctionRequest)) //nolint:forcetypeassert // A clone has its original's type.
		if diff := cmp.Diff(rsp, again, protocmp.Transform()); diff != "" {
			t.Fatalf("the same request gave another answer: -first, +again:\n%s", diff)
		}
	}
}
