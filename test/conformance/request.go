package conformance

import (
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
	"sigs.k8s.io/yaml"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// claim is the XR of a live database, whose status somebody else adds to.
const claim = `
apiVersion: platform.victor.onl/v1alpha1
kind: XResource
metadata: {name: main-x7k2p, labels: {team: team-payments}}
spec:
  provider: gcp
  profile: medium
  region: eu-west
  database: {engine: postgres, version: "17"}
  claimRef: {apiVersion: platform.victor.onl/v1alpha1, kind: Resource, name: main, namespace: payments-prod-infra}
`

// refused is a spec that none of the functions can work with.
const refused = `{provider: gpc, profile: 5, database: {engine: postgres}, claimRef: {name: main, namespace: payments-prod-infra}}`

// environment is where settings stand in a pipeline's context.
const environment = "apiextensions.crossplane.io/environment"

const ready = `conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]`

// observed is what that database is made of.
var observed = map[string]string{
	"instance": `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, metadata: {name: a}, spec: {forProvider: {region: ` +
		`europe-west1}}, status: {atProvider: {id: x, privateIpAddress: 10.0.0.5}, ` + ready + `}}`,
	"database": `{apiVersion: sql.gcp.upbound.io/v1beta1, kind: Database, metadata: {name: b}, status: {` + ready + `}}`,
	"user":     `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: User, metadata: {name: c}, status: {` + ready + `}}`,
	"password": `{apiVersion: v1, kind: Secret, metadata: {name: p}, data: {password: cGFzcw==}}`,
}

// foreign is what other functions of the pipeline desire, which ours have no opinion
// on.
var foreign = map[string]string{
	"thing": `{apiVersion: example.org/v1, kind: Thing, metadata: {name: named-by-others, labels: {a: b}}, spec: {odd: [1, {x: null}, ` +
		`"y"], "": true}, data: {}}`,
	"secret":    `{apiVersion: v1, kind: Secret, metadata: {name: theirs, namespace: elsewhere}, stringData: {a: b}}`,
	"unlabeled": `{apiVersion: example.org/v1, kind: Thing}`,
	"empty":     `{}`,
}

// known is what an earlier step desires and a later one has an opinion on.
var known = map[string]string{
	"their-database": `{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {forProvider: {databaseVersion: POSTGRES_17, ` +
		`settings: {edition: ENTERPRISE}}}}`,
	"their-instance": `{apiVersion: rds.aws.m.upbound.io/v1beta1, kind: Instance, spec: {forProvider: {engine: postgres}}}`,
}

// leftOver is what earlier steps leave to later ones.
const leftOver = `{"example.org/theirs": {a: [1, b]}, "apiextensions.crossplane.io/environment": {apiVersion: ` +
	`internal.crossplane.io/v1alpha1, kind: Environment, theirs: 5}}`

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

// template of all requests, read once and never changed.
var template *fnv1.RunFunctionRequest

// Request is a call in the middle of a pipeline, for a live database that nothing
// is to happen to.
func Request(t testing.TB) *fnv1.RunFunctionRequest {
	t.Helper()
	if template == nil {
		template = read(t)
	}
	return proto.CloneOf(template)
}

func read(t testing.TB) *fnv1.RunFunctionRequest {
	t.Helper()
	req := &fnv1.RunFunctionRequest{
		Meta:     &fnv1.RequestMeta{Tag: "any-tag"},
		Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: fromYAML(t, claim)}, Resources: map[string]*fnv1.Resource{}},
		Desired: &fnv1.State{
			Composite: &fnv1.Resource{
				Resource:          fromYAML(t, `{apiVersion: platform.victor.onl/v1alpha1, kind: XResource, status: {theirs: {a: 1}}}`),
				ConnectionDetails: map[string][]byte{"theirs": []byte("x")},
			},
			Resources: map[string]*fnv1.Resource{},
		},
		RequiredResources: map[string]*fnv1.Resources{
			"settings-env": {}, "settings": {},
			"theirs": {Items: []*fnv1.Resource{{Resource: fromYAML(t, foreign["thing"])}}},
		},
		Context: fromYAML(t, leftOver),
	}
	for name, o := range observed {
		req.Observed.Resources[name] = &fnv1.Resource{Resource: fromYAML(t, o)}
	}
	for _, table := range []map[string]string{foreign, known} {
		for name, o := range table {
			req.Desired.Resources[name] = &fnv1.Resource{Resource: fromYAML(t, o), Ready: fnv1.Ready_READY_TRUE, ConnectionDetails: map[string][]byte{"a": []byte("b")}}
		}
	}
	return req
}
