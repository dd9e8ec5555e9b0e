package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// specCache is the spec of every live cache here.
const specCache = `
  provider: gcp
  type: cache
  profile: small
  region: eu-west
  project: shop
  env: staging
  cache: {evictionPolicy: allkeys-lru, highAvailability: true, persistence: true}
  writeConnectionSecretToRef: {name: sessions}
`

// settingsCache have all that a platform can say of caches.
const settingsCache = `
metadata: {name: platform-prod}
data:
  providers:
    gcp: {network: projects/acme/global/networks/prod, regions: {europe-west1: {kmsKeyID: key}}}
    aws:
      regions:
        eu-west-1:
          kmsKeyID: arn:aws:kms:eu-west-1:123456789012:key/main
          allowedCIDRs: [10.0.0.0/16]
          cache: {subnetIDs: [subnet-1, subnet-2], vpcID: vpc-1}
    azure:
      resourceGroup: rg
      regions: {westeurope: {cache: {subnetID: /subnets/endpoints, privateDNSZoneID: /zones/redis, kmsKeyID: key, kmsIdentityID: /id}}}
    ibm: {resourceGroupID: group, regions: {eu-es: {kmsKeyID: "crn:v1:kms:key:main", allowedCIDRs: [10.0.0.0/16]}}}
`

// cacheFacts are what each provider reports of a cache beside what it was asked for.
var cacheFacts = map[string]string{
	"gcp":   `{id: projects/acme/locations/europe-west1/instances/x, host: 10.0.0.5, port: 6378}`,
	"aws":   `{id: x, primaryEndpointAddress: master.x.euw1.cache.amazonaws.com, clusterEnabled: false}`,
	"azure": `{id: /subscriptions/s/redisEnterprise/x, hostname: x.westeurope.redis.azure.net, defaultDatabase: {port: 10000}}`,
	"ibm":   `{outputs: {crn: "crn:v1:redis", status: active}}`,
}

// cacheDetails are what each provider publishes of a cache.
var cacheDetails = map[string]map[string]string{
	"gcp":   {"attribute.auth_string": "made by/google=", "server_ca_certs_0_cert": "first", "server_ca_certs_1_cert": "second\n"},
	"aws":   {"port": "6379"},
	"azure": {"attribute.default_database.0.primary_access_key": "made/by+azure="},
	"ibm": {
		"host": "x.private.databases.appdomain.cloud", "port": "31000", "username": "admin", "password": "MadeByTheModule0", "database": "0", "ca_crt": "pem",
	},
}

// cacheClouds are the clouds of which caches are tested here.
func cacheClouds() []string { return slices.Sorted(maps.Keys(cacheFacts)) }

// observeCache has every desired resource be observed as its provider leaves it: what was
// asked for is reported, with the rest that the provider tells.
func observeCache(t *testing.T, l *live, desired map[string]*fnv1.Resource) {
	t.Helper()
	for name, r := range desired {
		o, details := made(r.GetResource()), map[string][]byte{}
		if object.String(o, "kind") != "Secret" {
			object.Set(o, fromYAML(t, `{project: shop, env: staging}`), "metadata", "labels")
			object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
			object.Set(o, cacheReport(t, l.provider, name, o), "status", "atProvider")
		}
		if name == keyInstance {
			for key, value := range cacheDetails[l.provider] {
				details[key] = []byte(value)
			}
		}
		l.request.Observed.Resources[name] = &fnv1.Resource{Resource: o, ConnectionDetails: details}
	}
}

// cacheReport is status.atProvider of a part.
func cacheReport(t *testing.T, provider, part string, o *structpb.Struct) *structpb.Struct {
	t.Helper()
	there := fromYAML(t, "{id: /"+part+"}")
	if provider == "ibm" {
		there = outputsOf(t, o)
		merge(there, fromYAML(t, cacheFacts[provider]))
		return there
	}
	merge(there, proto.CloneOf(object.Struct(o, "spec", "forProvider")))
	if part == keyInstance {
		merge(there, fromYAML(t, cacheFacts[provider]))
	}
	return there
}

// aliveCache composes a claim by settings until all that belongs to it is there. The edits
// are of its spec.
func aliveCache(t *testing.T, provider, settings string, oldNew ...string) *live {
	t.Helper()
	l := &live{provider: provider, spec: strings.NewReplacer(oldNew...).Replace(strings.Replace(specCache, "gcp", provider, 1))}
	l.request = request(t, xrHead+l.spec, settings, nil)
	l.settled(t, 3)
	return l
}

// settled calls the function so many times, each time with what was composed before.
func (l *live) settled(t *testing.T, times int) *fnv1.RunFunctionResponse {
	t.Helper()
	var rsp *fnv1.RunFunctionResponse
	for range times {
		rsp = l.run(t)
		if got := fatal(rsp); got != "" {
			t.Fatal(got)
		}
		desired := rsp.GetDesired().GetResources()
		for name := range l.request.GetObserved().GetResources() {
			if desired[name] == nil {
				delete(l.request.GetObserved().GetResources(), name)
			}
		}
		observeCache(t, l, desired)
		status := object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status")
		object.Set(status, "small", "size", "profile") // by the step that sizes
		object.Set(l.xr(), status, "status")
	}
	return rsp
}

// composed is what the instance of a response is asked for.
func composed(rsp *fnv1.RunFunctionResponse) map[string]any {
	return object.Struct(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "forProvider").AsMap()
}

// cacheAt is a field of what the instance asks for.
func cacheAt(rsp *fnv1.RunFunctionResponse, path ...string) any {
	return object.Get(rsp.GetDesired().GetResources()[keyInstance].GetResource(), append([]string{"spec", "forProvider"}, path...)...).AsInterface()
}

// reported sets a field of what the cloud reports of the live cache.
func (l *live) reported(value any, path ...string) {
	object.Set(l.instance(), value, append([]string{"status", "atProvider"}, path...)...)
}

// composedAs is the condition Composed of a response.
func composedAs(rsp *fnv1.RunFunctionResponse) *fnv1.Condition {
	for _, c := range rsp.GetConditions() {
		if c.GetType() == "Composed" {
			return c
		}
	}
	return nil
}
