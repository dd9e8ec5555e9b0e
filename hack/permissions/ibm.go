package main

import (
	"fmt"
	"slices"
	"strings"
)

// ofPlatform are the roles that IBM Cloud calls platform roles; the others are a service's
// own (reference-iam.md of ibm-cloud-docs/cloud-databases, iam.md of
// ibm-cloud-docs/cloud-object-storage). A later one of each includes the earlier ones.
var (
	ofPlatform = []string{"Viewer", "Operator", "Editor", "Administrator"}
	ofService  = []string{"Reader", "Writer", "Manager"}
)

// resourceGroup is what rows call a group of resources, which is no service.
const resourceGroup = "resource-group"

// writeIBM writes a list of access policies, each as POST /v1/policies of IAM takes one. A
// role includes those below it, so that only the highest one of each sort is named.
func writeIBM(rows []row, _ bool) ([]byte, error) {
	highest := map[string][2]int{} // by service, one more than the index of the role
	for _, r := range rows {
		for _, on := range r.on {
			h := highest[on]
			p, s := slices.Index(ofPlatform, r.action)+1, slices.Index(ofService, r.action)+1
			if p+s == 0 {
				return nil, fmt.Errorf("%s: %q is no role; allowed are %s", r.kind, r.action, strings.Join(append(slices.Clone(ofPlatform), ofService...), ", "))
			}
			highest[on] = [2]int{max(h[0], p), max(h[1], s)}
		}
	}
	services := make([]string, 0, len(highest))
	for on := range highest {
		services = append(services, on)
	}
	slices.Sort(services)
	policies := make([]any, 0, len(services))
	for _, on := range services {
		policies = append(policies, policyIBM(on, highest[on]))
	}
	return writeJSON(policies)
}

func policyIBM(on string, highest [2]int) map[string]any {
	attribute := func(name, value string) map[string]string { return map[string]string{"name": name, "value": value} }
	attributes := []map[string]string{attribute("accountId", "ACCOUNT")}
	switch on {
	case resourceGroup:
		attributes = append(attributes, attribute("resourceType", "resource-group"), attribute("resource", "RESOURCE_GROUP"))
	case "context-based-restrictions", "container-registry": // zones, and the registry, are the account's, and in no group
		attributes = append(attributes, attribute("serviceName", on))
	default:
		attributes = append(attributes, attribute("serviceName", on), attribute("resourceGroupId", "RESOURCE_GROUP"))
	}
	var roles []map[string]string
	if highest[0] > 0 {
		roles = append(roles, map[string]string{"role_id": "crn:v1:bluemix:public:iam::::role:" + ofPlatform[highest[0]-1]})
	}
	if highest[1] > 0 {
		roles = append(roles, map[string]string{"role_id": "crn:v1:bluemix:public:iam::::serviceRole:" + ofService[highest[1]-1]})
	}
	return map[string]any{
		"type":      "access",
		"subjects":  []any{map[string]any{"attributes": []any{attribute("iam_id", "iam-ServiceId-SERVICE_ID")}}},
		"roles":     roles,
		"resources": []any{map[string]any{"attributes": attributes}},
	}
}
