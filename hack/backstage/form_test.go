package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

const root = "../.."

// A filled form.
type answers map[string]any

// offered are the fields that the template shows for answers, as its pages say.
func offered(t *testing.T, given answers) map[string]object.Map {
	t.Helper()
	out := map[string]object.Map{}
	show := func(properties any) {
		for name, p := range properties.(object.Map) {
			if out[name] != nil {
				t.Errorf("%v: two rules show %s", given, name)
			}
			out[name] = p.(object.Map)
		}
	}
	for _, p := range pages(t) {
		show(p["properties"])
		rules, _ := p["allOf"].([]any)
		for _, r := range rules {
			rule := r.(object.Map)
			if holds(rule["if"].(object.Map), given) {
				show(rule["then"].(object.Map)["properties"])
			}
		}
	}
	return out
}

// holds reports whether a condition holds of answers.
func holds(condition object.Map, given answers) bool {
	for _, name := range condition["required"].([]any) {
		if given[name.(string)] == nil {
			return false
		}
	}
	for name, p := range condition["properties"].(object.Map) {
		list, ok := p.(object.Map)["enum"].([]any)
		if !ok {
			list = []any{p.(object.Map)["const"]}
		}
		if !slices.Contains(list, given[name]) {
			return false
		}
	}
	return true
}

var read []object.Map

// pages of the template as it was generated.
func pages(t *testing.T) []object.Map {
	t.Helper()
	if read != nil {
		return read
	}
	b, err := os.ReadFile(root + "/" + target)
	if err != nil {
		t.Fatal(err)
	}
	var template struct {
		Spec struct {
			Parameters []object.Map `json:"parameters"`
		} `json:"spec"`
	}
	if err := yaml.Unmarshal(b, &template); err != nil {
		t.Fatal(err)
	}
	read = template.Spec.Parameters
	return read
}

// choices are the values that a field offers: its words, or both ends of its numbers.
func choices(p object.Map) []any {
	if list, ok := p["enum"].([]any); ok {
		return list
	}
	if p["type"] == "integer" {
		return []any{p["minimum"], p["maximum"]}
	}
	return nil
}

// words of a field that offers some.
func offers(p object.Map) []string {
	var out []string
	for _, v := range choices(p) {
		out = append(out, fmt.Sprint(v))
	}
	return out
}

// claimOf is the claim of a filled form, by the table of fields.
func claimOf(given answers, env string) []byte {
	spec := object.Map{}
	for i := range fields {
		f := &fields[i]
		v, ok := given[f.parameter()]
		if !ok || f.path == "env" {
			continue
		}
		if text, isText := v.(string); isText && f.words["true"] != "" {
			v = text == "true"
		}
		if f.path == "cluster.nodes" {
			v = bounds(v.(string))
		}
		section, name, nested := strings.Cut(f.path, ".")
		if !nested {
			spec[f.path] = v
			continue
		}
		of, ok := spec[section].(object.Map)
		if !ok {
			of = object.Map{}
			spec[section] = of
		}
		of[name] = v
	}
	spec["writeConnectionSecretToRef"] = object.Map{"name": "main"}
	b, err := yaml.Marshal(object.Map{
		"apiVersion": "platform.victor.onl/v1alpha1", "kind": "Resource",
		"metadata": object.Map{
			"name": "main", "namespace": "payments-" + env + "-infra",
			"labels": object.Map{"team": "team-payments", "backstage.io/system": "gateway", "backstage.io/kubernetes-id": "main"},
		},
		"spec": spec,
	})
	if err != nil {
		panic(err) // which maps of texts cannot
	}
	return b
}

// bounds of the nodes of a cluster, such as 3-6 in the form.
func bounds(text string) object.Map {
	var least, most int
	if _, err := fmt.Sscanf(text, "%d-%d", &least, &most); err != nil {
		panic(err) // which the form does not offer
	}
	return object.Map{"min": least, "max": most}
}

// networks are what the settings of a region, REGION, say on each cloud, as far as resources need it.
var networks = map[string]string{
	cloud.GCP: `{cluster: {network: main, subnetwork: main, podsRange: pods, servicesRange: services,
		nodeServiceAccount: nodes@acme-prod.iam.gserviceaccount.com}}`,
	cloud.AWS: `{subnetGroup: main, securityGroupIDs: [sg-1], cache: {subnetGroup: main, securityGroupIDs: [sg-1]}, cluster: {
		subnetIDs: [subnet-1, subnet-2, subnet-3], clusterRoleARN: "arn:aws:iam::123456789012:role/control-plane",
		nodeRoleARN: "arn:aws:iam::123456789012:role/nodes", adminPrincipalARNs: ["arn:aws:iam::123456789012:role/admins"]}}`,
	cloud.Azure: `{postgres: {delegatedSubnetID: /subnets/postgres, privateDNSZoneID: /zones/postgres}, mysql: {delegatedSubnetID: /subnets/mysql,
		privateDNSZoneID: /zones/mysql}, cache: {subnetID: /subnets/endpoints, privateDNSZoneID: /zones/redis}, queue: {sku: Premium,
		subnetID: /subnets/endpoints, privateDNSZoneID: /zones/servicebus}, cluster: {
		subnetID: /subscriptions/1/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/main/subnets/nodes,
		identityID: /subscriptions/1/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/main,
		adminGroupIDs: [11111111-2222-3333-4444-555555555555]}}`,
	cloud.IBM: `{allowedCIDRs: [10.0.0.0/16], cluster: {vpcID: main, zones: [{name: REGION-1, subnetID: one}, {name: REGION-2, subnetID: two},
		{name: REGION-3, subnetID: three}]}}`,
}

// settingsOf are a platform's on one cloud, with a network in one region.
const settingsOf = `
providers:
  gcp: {providerConfig: main, bucketNameSalt: main, network: projects/acme/global/networks/main, projectID: acme-prod, projectNumber: "123456789012"}
  aws: {providerConfig: main, bucketNameSalt: main, accountID: "123456789012"}
  azure: {providerConfig: main, bucketNameSalt: main, resourceGroup: rg}
  ibm: {providerConfig: main, bucketNameSalt: main, resourceGroupID: 0123456789abcdef0123456789abcdef}
`

// made are the platforms by cloud and region.
var made = map[string]*platform{}

// platformOf is one with the settings that a filled form needs.
func platformOf(t *testing.T, given answers) *platform {
	t.Helper()
	provider, region := given["provider"].(string), given["region"].(string)
	if p := made[provider+"/"+region]; p != nil {
		return p
	}
	own, err := cloud.Region(provider, region, nil)
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Providers map[string]object.Map `json:"providers"`
	}
	if err := yaml.Unmarshal([]byte(settingsOf), &all); err != nil {
		t.Fatal(err)
	}
	of := all.Providers[provider]
	if text := networks[provider]; text != "" {
		at := object.Map{}
		if err := yaml.Unmarshal([]byte(strings.ReplaceAll(text, "REGION", own)), &at); err != nil {
			t.Fatal(err)
		}
		of["regions"] = object.Map{own: at}
	}
	b, err := yaml.Marshal(object.Map{"providers": object.Map{provider: of}})
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPlatform(b)
	if err != nil {
		t.Fatal(err)
	}
	made[provider+"/"+region] = p
	return p
}
