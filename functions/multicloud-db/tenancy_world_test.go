package multiclouddb

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// worldLayers are all EnvironmentConfigs that a claim of blog or of payments may read, in dev
// or prod.
var worldLayers = []string{
	"platform", "platform-dev", "platform-prod", "platform-dev-blog", "platform-dev-payments", "platform-prod-blog", "platform-prod-payments",
}

// A world is a claim, what the platform has set, and what the cloud has under its name.
type world struct {
	provider, typ, namespace string
	namespaced               bool
	project, env, entity     string // as the claim says them, or ""
	external, adopt          string
	allowDelete              bool
	policies                 map[string]object.Map // of each layer that is there
	tags                     map[string]string     // of what the cloud has
	capitals                 bool                  // the keys of tags are written so
	shared                   bool                  // queues on Azure stand in the platform's namespace
	from                     object.Map            // whose data a database is made of, or nil
	source                   string                // what there is of that
}

// someWorld is a world by chance, in which about half of all is allowed.
func someWorld(r *rand.Rand) world {
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	w := world{
		provider: pick(cloud.Providers...), typ: pick(claim.Types...), namespaced: r.IntN(2) == 0, capitals: r.IntN(8) == 0, shared: r.IntN(2) == 0,
		namespace: pick("blog-dev-infra", "blog-dev-infra", "blog-dev-infra", "blog-prod-infra", "sandbox"),
		project:   pick("", "", "blog", "payments"), env: pick("", "", "dev", "prod"), allowDelete: r.IntN(8) == 0,
		entity: pick("", "", "", "resource:default/gcp-payments-prod-main", "resource:default/aws-blog-eu-dev-main", "resource:default/aws-blogs-prod-main"),
		adopt:  pick("", "Manage", "Manage", "Manage", "Manage", "Observe"), policies: map[string]object.Map{}, tags: map[string]string{},
	}
	if r.IntN(2) == 0 {
		w.external = worldExternal[w.typ][w.provider]
	}
	if w.external == "" {
		w.adopt = ""
		w.from, w.source = w.copies(r)
	}
	for _, layer := range worldLayers {
		if r.IntN(5) > 0 {
			w.policies[layer] = somePolicy(r)
		}
	}
	project, env := w.place()
	for _, tag := range [][3]string{{"project", project, "payments"}, {"env", env, "prod"}, {"service", "main", "other"}} {
		own, others := tag[1], tag[2]
		if value := pick("", own, own, own, own, own, own, others); value != "" {
			w.tags[tag[0]] = value
		}
	}
	if r.IntN(12) == 0 {
		w.tags["control-plane"] = "us"
	}
	return w
}

// somePolicy is a policy by chance. Nil takes away what the layers before have said.
func somePolicy(r *rand.Rand) object.Map {
	out := object.Map{}
	some := func(key string, of ...any) {
		if v := of[r.IntN(len(of))]; v != nil {
			out[key] = v
		}
	}
	some("adopt", nil, nil, nil, "none", "observe", "manage", "manage", "manage", "manage")
	some("adoptNames", nil, nil, []any{"*", "*/*", "*/*/*/*/*"}, []any{"another"})
	some("overrides", nil, nil, object.Map{"project": true}, object.Map{"env": true}, object.Map{"project": true, "env": true}, object.Map{"project": false})
	some("restoreFrom", nil, nil, nil, "none", "same", "any", "any", []any{"prod"}, []any{"dev", "prod"})
	some("allowDelete", nil, nil, nil, nil, true, false)
	return out
}

// worldExternal are what claims call what is there.
var worldExternal = map[string]map[string]string{
	"database": {"gcp": "old", "aws": "old", "azure": "old", "ibm": "old"}, "cache": {"gcp": "theirs", "aws": "theirs", "azure": "theirs", "ibm": "theirs"},
	"bucket": oldBuckets, "queue": oldQueues,
}

// place is whose the claim says that it is.
func (w world) place() (project, env string) {
	project, env, _ = claim.Split(w.namespace)
	if w.project != "" {
		project = w.project
	}
	if w.env != "" {
		env = w.env
	}
	return project, env
}

// mark is what all that a layer sets has in it, and no password has.
func mark(layer string) string {
	return fmt.Sprintf("set-by-%d-alone", slices.Index(worldLayers, layer))
}

// cidr is a layer's mark where only a network is taken.
func cidr(layer string) string {
	return fmt.Sprintf("10.%d.0.0/16", 100+slices.Index(worldLayers, layer))
}

// data are the settings of a layer: an account, a network and a key on every cloud, and the
// namespace on Azure that queues stand in.
func (w world) data(layer string) object.Map {
	m := mark(layer)
	net := func(prefix string) object.Map {
		return object.Map{prefix + "ID": "/subnets/" + m, "privateDNSZoneID": "/zones/" + m}
	}
	arn := "arn:aws:kms:eu-west-1:123456789012:key/" + m
	inVPC := object.Map{"subnetGroup": m, "securityGroupIDs": []any{"sg-" + m}, "kmsKeyID": arn}
	queue := object.Map{}
	if w.shared {
		queue["namespaceID"] = "/subscriptions/0/resourceGroups/" + m + "/providers/Microsoft.ServiceBus/namespaces/" + m
	}
	return object.Map{
		"policy": w.policies[layer],
		"providers": object.Map{
			"gcp": object.Map{
				"providerConfig": m, "bucketNameSalt": m, "network": "networks/" + m, "regions": object.Map{"europe-west1": object.Map{"kmsKeyID": m}},
			},
			"aws": object.Map{
				"providerConfig": m, "bucketNameSalt": m, "regions": object.Map{"eu-west-1": object.Map{
					"subnetGroup": m, "securityGroupIDs": []any{"sg-" + m}, "kmsKeyID": arn, "cache": inVPC,
				}},
			},
			"azure": object.Map{
				"providerConfig": m, "bucketNameSalt": m, "resourceGroup": m, "subscriptionID": "00000000-0000-0000-0000-000000000000",
				"regions": object.Map{"westeurope": object.Map{
					"postgres": net("delegatedSubnet"), "cache": net("subnet"),
					"queue": queue,
				}},
			},
			"ibm": object.Map{
				"providerConfig": m, "bucketNameSalt": m, "regions": object.Map{"eu-es": object.Map{"allowedCIDRs": []any{cidr(layer)}, "kmsKeyID": "crn:" + m}},
			},
		},
	}
}

// xr is the XR of the claim.
func (w world) xr() *structpb.Struct {
	spec := object.Map{"provider": w.provider, "type": w.typ, "region": "eu-west"}
	for key, value := range map[string]string{"project": w.project, "env": w.env, "entity": w.entity, "externalName": w.external, "adopt": w.adopt} {
		if value != "" {
			spec[key] = value
		}
	}
	switch w.typ {
	case claim.TypeDatabase:
		spec["profile"], spec["database"] = "small", object.Map{"engine": "postgres", "version": "17", "restoreFrom": w.from}
		if w.from == nil {
			delete(spec["database"].(object.Map), "restoreFrom")
		}
	case "cache":
		spec["profile"] = "small"
	}
	meta := object.Map{"name": "main", "namespace": w.namespace, "creationTimestamp": "2026-11-26T12:00:00Z"}
	if !w.namespaced {
		meta = object.Map{"name": "main-x7k2p", "creationTimestamp": "2026-11-26T12:00:00Z"}
		spec["claimRef"] = object.Map{"name": "main", "namespace": w.namespace}
	}
	if w.allowDelete {
		meta["annotations"] = object.Map{claim.AllowDelete: "true"}
	}
	kind := map[bool]string{true: "Resource", false: "XResource"}[w.namespaced]
	return object.New(object.Map{"apiVersion": "platform.victor.onl/v1alpha1", "kind": kind, "metadata": meta, "spec": spec})
}

// call is Crossplane: it answers what is asked for, until that is the same twice.
func (w world) call(t *testing.T, observed map[string]*fnv1.Resource) *fnv1.RunFunctionResponse {
	t.Helper()
	req := &fnv1.RunFunctionRequest{Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: w.xr()}, Resources: observed}}
	for range 5 {
		rsp, err := (&Function{}).RunFunction(t.Context(), proto.CloneOf(req))
		if err != nil {
			t.Fatal(err)
		}
		asked := rsp.GetRequirements().GetResources()
		if fatal(rsp) != "" || maps.EqualFunc(asked, req.GetRequiredResources(), func(*fnv1.ResourceSelector, *fnv1.Resources) bool { return true }) {
			return rsp
		}
		req.Context, req.RequiredResources = rsp.GetContext(), map[string]*fnv1.Resources{}
		for key, selector := range asked {
			req.RequiredResources[key] = &fnv1.Resources{Items: w.sources(key)}
			layer := selector.GetMatchName()
			if _, there := w.policies[layer]; there && selector.GetKind() == "EnvironmentConfig" {
				o := object.New(object.Map{"metadata": object.Map{"name": layer}, "data": w.data(layer)})
				req.RequiredResources[key].Items = []*fnv1.Resource{{Resource: o}}
			}
		}
	}
	t.Fatal("it asks for something else each time")
	return nil
}

// found is what is composed, after the providers have looked: what the cloud has carries the
// world's tags.
func (w world) found(t *testing.T, desired map[string]*fnv1.Resource) map[string]*fnv1.Resource {
	t.Helper()
	said := map[string]map[string]string{"bucket": bucketStatus, "cache": cacheThere, "queue": queueThere}[w.typ][w.provider]
	switch {
	case w.typ == claim.TypeDatabase:
		_, said, _ = strings.Cut(strings.TrimSuffix(there[w.provider], "}"), "atProvider: ")
	case said == "":
		said = "{id: x}"
	}
	out := map[string]*fnv1.Resource{}
	for name, r := range desired {
		o := proto.CloneOf(r.GetResource())
		out[name] = &fnv1.Resource{Resource: o}
		if name == keyInstance || name == keyNamespace {
			object.Set(o, fromYAML(t, strings.Replace(said, "TAGS", "{}", 1)), "status", "atProvider")
			if name == keyNamespace {
				object.Set(o, fromYAML(t, "{id: /space, location: westeurope, sku: Standard}"), "status", "atProvider")
			}
			object.Set(o, fromYAML(t, `{c: [{type: Ready, status: "True"}, {type: Synced, status: "True"}]}`).GetFields()["c"].AsInterface(), "status", "conditions")
			w.tag(o)
		}
	}
	return out
}

// tag has a provider report the tags.
func (w world) tag(o *structpb.Struct) {
	said, lines := object.Map{}, []any{}
	for _, key := range slices.Sorted(maps.Keys(w.tags)) {
		value := w.tags[key]
		lines = append(lines, key+":"+value)
		if w.capitals && w.provider == cloud.Azure { // which takes them for the same
			key = strings.ToUpper(key)
		}
		said[key] = value
	}
	at := []string{"status", "atProvider", "tags"}
	switch {
	case w.provider == cloud.IBM:
		object.Set(o, lines, "status", "atProvider", "outputs", "tags")
		return
	case w.provider == cloud.GCP && w.typ == claim.TypeDatabase:
		at = []string{"status", "atProvider", "settings", "userLabels"}
	case w.provider == cloud.GCP:
		at = []string{"status", "atProvider", "effectiveLabels"}
	}
	object.Set(o, said, at...)
}
