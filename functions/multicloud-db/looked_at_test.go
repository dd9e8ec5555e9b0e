package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// scopes are the heads of a claim's XR and of a namespaced one.
var scopes = map[string]string{
	"claim":      xrHead,
	"namespaced": strings.NewReplacer("XResource", "Resource", "metadata: {", "metadata: {namespace: payments-prod-infra, ").Replace(xrHead),
}

const theirs = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.ServiceBus/namespaces/space"

// mayUpdate reports whether a provider may change what an object stands for, or delete it.
func mayUpdate(o *fnv1.Resource) bool {
	policies := list(o.GetResource(), "spec", "managementPolicies")
	return len(policies) == 0 || slices.Contains(policies, "Update") || slices.Contains(policies, "*")
}

// TestLookedAtSpace holds that a claim which looked at a queue in a namespace of others, and was
// put right, takes nothing of theirs: neither the namespace's name, nor what it is like, nor a lock
// or an endpoint at it. What is composed under the claim's own name is looked for first, for as
// long as the provider's report is the one of the namespace that it looked at.
func TestLookedAtSpace(t *testing.T) {
	t.Parallel()
	const premium = "metadata: {name: p}\ndata: {providers: {azure: {resourceGroup: rg, regions: {westeurope: {queue: {sku: Premium, subnetID: /subnets/a, " +
		"privateDNSZoneID: /zones/a}}}}}}"
	for scope, head := range scopes {
		for kind, settings := range map[string]string{"none": settingsGroup, "salted": salted("acme"), "premium": premium} {
			for _, names := range []string{"space/typo", "space/space"} {
				for _, tags := range []string{"{}", "{project: others, env: prod}"} {
					t.Run(scope+"/"+kind+"/"+names+"/"+tags, func(t *testing.T) {
						t.Parallel()
						spec := strings.NewReplacer("gcp", "azure", "env: staging", "env: prod").Replace(specSilent)
						l := &live{provider: "azure", spec: spec}
						l.request = request(t, head+strings.Replace(spec, "  region:", "  externalName: "+names+"\n  region:", 1), settings, nil)
						see := func(rsp *fnv1.RunFunctionResponse) {
							l.request.Observed.Resources = map[string]*fnv1.Resource{}
							for name, r := range rsp.GetDesired().GetResources() {
								o := proto.CloneOf(r.GetResource())
								object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "False", reason: ReconcileError}]}`), "status")
								if name == keyNamespace { // which stands so until its provider has looked anew
									object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
									object.Set(o, fromYAML(t, "{id: "+theirs+", location: westeurope, sku: Premium, capacity: 4, "+
										"publicNetworkAccessEnabled: false, tags: "+tags+"}"), "status", "atProvider")
								}
								l.request.Observed.Resources[name] = &fnv1.Resource{Resource: o}
							}
						}
						see(l.run(t))
						l.request.Observed.Composite.Resource = fromYAML(t, head+spec)
						for call := range 2 {
							rsp := l.run(t)
							if got := fatal(rsp); got != "" {
								t.Fatal(got)
							}
							desired := rsp.GetDesired().GetResources()
							if mayUpdate(desired[keyNamespace]) || mayUpdate(desired[keyInstance]) {
								t.Errorf("call %d: what nobody knows is changed: %v", call, list(desired[keyNamespace].GetResource(), "spec", "managementPolicies"))
							}
							if got := object.String(desired[keyNamespace].GetResource(), externalNameAt...); !strings.HasPrefix(got, "azure-shop-prod-") {
								t.Errorf("call %d: the namespace is called %q", call, got)
							}
							if kind != "premium" && object.Get(desired[keyNamespace].GetResource(), body("capacity")...) != nil {
								t.Errorf("call %d: the namespace is asked to be as the others' is", call)
							}
							for name, r := range desired {
								if text := protojson.Format(r.GetResource()); strings.Contains(text, "namespaces/space") {
									t.Errorf("call %d: %s is of the others' namespace: %s", call, name, text)
								}
							}
							see(rsp)
						}
					})
				}
			}
		}
	}
}

// TestRenamedParts holds, on every cloud and in both scopes, that a part which gets another name
// is looked for under that before it is changed: something else may have the name.
func TestRenamedParts(t *testing.T) {
	t.Parallel()
	parts := map[string][]string{"gcp": {keyTopic, "dead-letter-topic", "dead-letter-subscription"}, "aws": {keyDeadLetters}, "azure": {keyNamespace}}
	for scope, head := range scopes {
		for _, provider := range slices.Sorted(maps.Keys(parts)) {
			for _, failed := range []bool{false, true} {
				t.Run(scope+"/"+provider+map[bool]string{true: "/failed"}[failed], func(t *testing.T) {
					t.Parallel()
					spec := strings.Replace(specQueue, "gcp", provider, 1)
					req := request(t, head+spec, settingsQueue, nil)
					for name, r := range run(t, req).GetDesired().GetResources() {
						o := proto.CloneOf(r.GetResource())
						switch {
						case !slices.Contains(parts[provider], name):
						case failed:
							object.Set(o, "2026-11-25T00:00:00Z", "metadata", "annotations", "crossplane.io/external-create-failed")
						default:
							there := queueLeaves(t, name, o)
							object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
							object.Set(o, there, "status", "atProvider")
						}
						req.Observed.Resources[name] = &fnv1.Resource{Resource: o}
					}
					req.Observed.Composite.Resource = fromYAML(t, head+strings.Replace(spec, "project: shop", "project: crm", 1))
					rsp := run(t, req)
					if got := fatal(rsp); got != "" {
						t.Fatal(got)
					}
					for _, part := range parts[provider] {
						r := rsp.GetDesired().GetResources()[part]
						renamed := strings.Contains(object.String(r.GetResource(), externalNameAt...), "-crm-")
						if !renamed && (provider != "azure" || failed) { // where the queue goes into the namespace that is there
							t.Errorf("%s keeps its name", part)
						}
						if renamed && mayUpdate(r) {
							t.Errorf("%s is changed under a name that nobody has looked at: %v", part, list(r.GetResource(), "spec", "managementPolicies"))
						}
					}
				})
			}
		}
	}
}

// TestAdoptedElsewhere holds that a queue which was taken over goes on whatever project or account
// the settings are of: nothing of it is named by them.
func TestAdoptedElsewhere(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ reason, provider, old, new string }{
		"Project": {"A subscription may be of a topic and a project of others.", "gcp", "acme-prod", "legacy-prod"},
		"Account": {"A queue may be in another account than the settings'.", "aws", "123456789012", "999999999999"},
		"DeadLetters": {
			"A queue may keep the dead letters of another account's queues.", "aws", "delaySeconds: 5",
			`delaySeconds: 5, redriveAllowPolicy: '{"redrivePermission":"byQueue","sourceQueueArns":["arn:aws:sqs:eu-west-1:999999999999:q"]}'`,
		},
		"Group": {"A namespace may be in another subscription than the settings' keys.", "azure", "namespaceId: /space", "namespaceId: /subscriptions/9/space"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			there := strings.ReplaceAll(queueThere[tc.provider], tc.old, tc.new)
			req := adoptedQueue(t, tc.provider, specSilent, there) // only looked at so far
			spec := strings.NewReplacer("gcp", tc.provider, "  region:", "  externalName: \""+oldQueues[tc.provider]+"\"\n  region:").Replace(specSilent)
			req.Observed.Composite.Resource = fromYAML(t, xrHead+spec+"  adopt: Manage\n")
			rsp := run(t, req)
			if got := fatal(rsp); got != "" {
				t.Errorf("\n%s\n%s", tc.reason, got)
			}
		})
	}
}
