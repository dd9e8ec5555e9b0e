package matrix

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"
	"sigs.k8s.io/yaml"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// A cell of the matrix is one claim.
type cell struct {
	provider, engine, scope, env, profile string
	says                                  string // of the claim's database, behind its engine
	extra                                 string // of the claim's spec
	legacy                                bool   // on Crossplane 1.20, which answers in the older form
}

var (
	providers = []string{"gcp", "aws", "azure", "ibm"}
	engines   = []string{"postgres", "mysql"}
	scopes    = []string{render.ScopeClaim, render.ScopeNamespaced}
)

func (c cell) String() string {
	return strings.Join([]string{c.provider, c.engine, c.scope, c.env}, "/")
}

// cells are all of them, the profile going round.
func cells() []cell {
	var out []cell
	profiles := []string{"nano", "small", "medium", "large", "xlarge"}
	for _, provider := range providers {
		for _, engine := range engines {
			for i, env := range []string{"dev", "staging", "prod", "mgmt"} {
				for j, scope := range scopes {
					out = append(out, cell{provider: provider, engine: engine, scope: scope, env: env, profile: profiles[(i+2*j+len(engine))%len(profiles)]})
				}
			}
		}
	}
	return out
}

// full settings give every cloud a network.
const full = `
providers:
  gcp: {providerConfig: main, passwordSecret: {namespace: secrets}, network: projects/acme/global/networks/main, regions: {europe-west1: {kmsKeyID: key}}}
  aws: {providerConfig: main, regions: {eu-west-1: {subnetGroup: main, securityGroupIDs: [sg-1], kmsKeyID: "arn:aws:kms:eu-west-1:123456789012:key/main"}}}
  azure:
    providerConfig: main
    passwordSecret: {namespace: secrets}
    resourceGroup: rg
    regions:
      westeurope:
        postgres: {delegatedSubnetID: /subnets/postgres, privateDNSZoneID: /zones/postgres}
        mysql: {delegatedSubnetID: /subnets/mysql, privateDNSZoneID: /zones/mysql}
  ibm: {providerConfig: main, resourceGroupID: 0123456789abcdef0123456789abcdef, regions: {eu-es: {allowedCIDRs: [10.0.0.0/16]}}}
`

// parsed are manifests that were read before: most are, thousands of times.
var parsed = map[string]*structpb.Struct{}

func fromYAML(t *testing.T, manifest string) *structpb.Struct {
	t.Helper()
	if s := parsed[manifest]; s != nil {
		return proto.CloneOf(s)
	}
	j, err := yaml.YAMLToJSON([]byte(manifest))
	if err != nil {
		t.Fatal(err)
	}
	s := &structpb.Struct{}
	if err := protojson.Unmarshal(j, s); err != nil {
		t.Fatal(err)
	}
	parsed[manifest] = s
	return proto.CloneOf(s)
}

// request of a cell. Settings that are "" do not exist.
func (c cell) request(t *testing.T, settings string, observed map[string]*fnv1.Resource) *fnv1.RunFunctionRequest {
	t.Helper()
	manifest := fmt.Sprintf(`
apiVersion: platform.victor.onl/v1alpha1
kind: Resource
metadata: {name: main, namespace: payments-%s-infra, labels: {team: team-payments, backstage.io/system: gateway}}
spec:
  provider: %s
  profile: %s
  region: eu-west
  database: {engine: %s%s}
  writeConnectionSecretToRef: {name: main}
%s`, c.env, c.provider, c.profile, c.engine, c.says, c.extra)
	xr, err := render.XR([]byte(manifest), c.scope, "")
	if err != nil {
		t.Fatal(err)
	}
	req := &fnv1.RunFunctionRequest{
		Observed:          &fnv1.State{Composite: &fnv1.Resource{Resource: fromYAML(t, string(xr))}, Resources: map[string]*fnv1.Resource{}},
		RequiredResources: map[string]*fnv1.Resources{"settings-env": {}, "settings": {}},
	}
	maps.Copy(req.GetObserved().GetResources(), observed)
	if strings.Contains(c.extra, "externalName:") || strings.Contains(c.extra, "env:") { // these the platform has to allow
		if settings == "" {
			settings = "{}"
		}
		settings = opened(t, settings)
	}
	if settings != "" {
		s := &structpb.Struct{Fields: map[string]*structpb.Value{
			"metadata": structpb.NewStructValue(fromYAML(t, "{name: platform}")),
			"data":     structpb.NewStructValue(fromYAML(t, settings)),
		}}
		req.RequiredResources["settings"] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: s}}}
		// Prod waits for a layer of its own.
		req.RequiredResources["settings-env"] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: &structpb.Struct{}}}}
	}
	if c.legacy {
		req.RequiredResources, req.ExtraResources = nil, req.GetRequiredResources() //nolint:staticcheck // Crossplane 1.20 knows no other.
	}
	return req
}

// opened are settings that let a claim name what exists, and another env.
func opened(t *testing.T, settings string) string {
	t.Helper()
	s := proto.CloneOf(fromYAML(t, settings))
	policy := fromYAML(t, `{adopt: manage, adoptNames: ["*", "*/*"], overrides: {project: true, env: true}}`)
	if object.Get(s, "policy") == nil {
		object.Set(s, object.Map{}, "policy")
	}
	if into := object.Struct(s, "policy"); into != nil {
		if into.Fields == nil {
			into.Fields = map[string]*structpb.Value{}
		}
		maps.Copy(into.GetFields(), policy.GetFields())
	}
	b, err := s.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// run calls the pipeline.
func (c cell) run(t *testing.T, settings string, observed map[string]*fnv1.Resource) *fnv1.RunFunctionResponse {
	t.Helper()
	rsp, err := renderer.Pipeline(t.Context(), c.request(t, settings, observed))
	if err != nil {
		t.Fatal(err)
	}
	return rsp
}

// there is what each provider writes about an instance, in the shapes that its
// CRD has.
var there = map[string]string{
	"gcp":   "{id: x, privateIpAddress: 10.0.0.5}",
	"aws":   "{id: x, address: main.eu-west-1.rds.amazonaws.com, endpoint: \"main.eu-west-1.rds.amazonaws.com:5432\"}",
	"azure": "{id: /subscriptions/0/main, fqdn: main.postgres.database.azure.com}",
	"ibm":   "{outputs: {host: main.private.databases.appdomain.cloud}}",
}

// observe makes observed resources of desired ones, as if a provider had made
// them: conditions, status, and what is in the connection secret.
func (c cell) observe(t *testing.T, desired map[string]*fnv1.Resource) map[string]*fnv1.Resource {
	t.Helper()
	out := make(map[string]*fnv1.Resource, len(desired))
	for name, r := range desired {
		o := proto.CloneOf(r.GetResource())
		if object.String(o, "kind") != "Secret" {
			object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
			object.Set(o, "main-"+name, "metadata", "name")
			object.Set(o, "2026-11-25T00:00:00Z", "metadata", "annotations", "crossplane.io/external-create-succeeded")
		}
		if strings.HasPrefix(name, "configuration-") {
			status := object.Map{"id": "x"}
			if name == "configuration-shared_preload_libraries" {
				status["value"] = "pg_cron,pg_stat_statements"
			}
			object.Set(o, status, "status", "atProvider")
		}
		out[name] = &fnv1.Resource{Resource: o}
	}
	object.Set(out["instance"].GetResource(), fromYAML(t, there[c.provider]), "status", "atProvider")
	switch c.provider {
	case "gcp":
		out["instance"].ConnectionDetails = map[string][]byte{"serverCACertificateCert": []byte("pem")}
	case "ibm":
		out["instance"].ConnectionDetails = map[string][]byte{
			"host": []byte("main.private.databases.appdomain.cloud"), "port": []byte("31234"), "username": []byte("admin"),
			"password": []byte("Secret1"), "database": []byte("ibmclouddb"), "ca_crt": []byte("pem"),
		}
	}
	return out
}
