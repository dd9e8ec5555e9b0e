package multiclouddb

import (
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// observedAll is a status that tells of every kind of main resource that it is there.
const observedAll = `{
  id: /server, host: h, port: 1, hostname: h, primaryEndpointAddress: h, defaultDatabase: {port: 1},
  privateIpAddress: h, address: h, fqdn: h, privateFqdn: h, primaryBlobEndpoint: h, currentKubernetesVersion: 1.35.1,
  defaultNodePool: {name: system, vmSize: m},
  outputs: {crn: c, private_endpoint_url: 'https://h:1', kube_version: 1.35.1, bucket_name: b, s3_endpoint_public: h, instance_crn: c},
  endpoint: h, masterVersion: "1.35.1", masterAuth: {clusterCaCertificate: cGVt}, certificateAuthority: [{data: cGVt}],
  topic: t, project: acme-prod, deadLetterPolicy: {deadLetterTopic: t}, redrivePolicy: "{}",
  arn: "arn:aws:sqs:eu-west-1:123456789012:q", url: u,
}`

// partsOf are the parts of a namespaced XR of a spec, whose settings have everything made,
// before and after its main resource is there.
func partsOf(t *testing.T, spec string) map[string]*structpb.Struct {
	t.Helper()
	const everything = `
metadata: {name: platform}
data:
  policy: {deletionProtection: true}
  delivery: {store: vault}
  providers:
    gcp: {bucketNameSalt: salt, projectID: acme-prod, projectNumber: "123456789012", regions: {europe-west1: {cluster: CLUSTER}}}
    aws: {bucketNameSalt: salt, accountID: "123456789012", regions: {eu-west-1: {cluster: EKS, subnetIDs: [a, b], vpcID: v, allowedCIDRs: [10.0.0.0/16]}}}
    azure:
      bucketNameSalt: salt
      regions: {westeurope: {cluster: AKS, cache: {subnetID: a, privateDNSZoneID: z}, queue: {sku: Premium, subnetID: s, privateDNSZoneID: z}}}
    ibm: {bucketNameSalt: salt, regions: {eu-es: {cluster: {vpcID: v, zones: ZONES}}}}
`
	xr := "kind: Resource\nmetadata: {name: main, namespace: payments-prod-infra}\nspec:\n  " + spec + "\n  writeConnectionSecretToRef: {name: conn}\n"
	out := map[string]*structpb.Struct{}
	cluster := "{network: net, subnetwork: sub, podsRange: pods, servicesRange: services, nodeServiceAccount: nodes@acme}"
	const zones = "[{name: eu-es-1, subnetID: a}, {name: eu-es-2, subnetID: b}, {name: eu-es-3, subnetID: c}]"
	const role = "arn:aws:iam::123456789012:role/a"
	eks := "{subnetIDs: [a, b, c], clusterRoleARN: 'ROLE', nodeRoleARN: 'ROLE', ebsCSIRoleARN: 'ROLE', adminPrincipalARNs: ['ROLEs']}"
	const in = "/subscriptions/s/resourceGroups/g/providers/Microsoft."
	aks := "{subnetID: " + in + "Network/virtualNetworks/v/subnets/s, identityID: " + in + "ManagedIdentity/userAssignedIdentities/i, " +
		"adminGroupIDs: [00000000-0000-0000-0000-000000000000]}"
	all := strings.NewReplacer("CLUSTER", cluster, "AKS", aks, "ZONES", zones, "EKS", strings.ReplaceAll(eks, "ROLE", role)).Replace(everything)
	req := request(t, xr, all, nil)
	able(t, &live{request: req}, true)
	for range 5 { // what is inside the main resource is composed when that is there, and the connection after it
		rsp := run(t, req)
		if got := fatal(rsp); got != "" {
			t.Fatal(got)
		}
		for name, r := range rsp.GetDesired().GetResources() {
			out[name] = r.GetResource()
			o, details := made(r.GetResource()), map[string][]byte{}
			object.Set(o, fromYAML(t, `{conditions: [{type: Ready, status: "True"}], atProvider: {id: x, latestVersion: 1, rule: [{id: x}]}}`), "status")
			if name == keyInstance {
				object.Set(o, fromYAML(t, observedAll), "status", "atProvider")
				for _, key := range []string{
					"host", "username", "password", "database", "attribute.auth_string", "server_ca_certs_0_cert", "ca_crt", "attribute.default_database.0.primary_access_key",
					"kubeconfig.clustercacertificate",
				} {
					details[key] = []byte("x")
				}
				details["port"] = []byte("1")
			}
			if name == "rule" {
				details["attribute.primary_connection_string"], details["attribute.primary_key"] = []byte("Endpoint=sb://h/;"), []byte("k")
			}
			req.Observed.Resources[name] = &fnv1.Resource{Resource: o, ConnectionDetails: details}
		}
	}
	return out
}
