package multiclouddb

import (
	"math/rand/v2"
	"slices"
	"strings"

	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// copies has a database be made of another one's data by chance: of a claim's of its own
// namespace or another env, or of one by the cloud's name, its own or another project's.
func (w world) copies(r *rand.Rand) (from object.Map, source string) {
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	if w.typ != claim.TypeDatabase || r.IntN(4) == 0 {
		return nil, ""
	}
	w.from = object.Map{"name": pick("orders", "orders", "orders", "blog-prod-orders")}
	switch r.IntN(6) {
	case 0, 1:
		w.from["env"] = pick("dev", "prod")
	case 2:
		w.from = object.Map{"externalName": w.inCloud(pick("orders", "theirs"))}
	case 3:
		w.from["backup"] = w.backupOf(pick("orders", "orders", "theirs"))
	}
	return w.from, pick("its own", "its own", "its own", "adopted", "adopted once", "another's by its label", "gone")
}

// ofSource is a source's claim in one of its namespaces.
func (w world) ofSource(name string) *claim.Claim {
	namespace := w.namespace
	project, env, ok := claim.Split(namespace)
	if said, is := w.from["env"].(string); is && ok {
		env = said
		namespace = project + "-" + env + "-infra"
	}
	if !ok {
		project, env = w.place()
	}
	return &claim.Claim{Provider: w.provider, Project: project, Env: env, Namespace: namespace, Name: name}
}

// nameAt is what a cloud calls the source's database, or another project's.
func (w world) nameAt(name string) string {
	if name == "theirs" {
		return w.provider + "-payments-prod-secrets"
	}
	return w.ofSource(name).External()
}

// inCloud is by what a claim names a database at the cloud: on IBM Cloud by its CRN.
func (w world) inCloud(name string) string {
	if w.provider == "ibm" {
		return strings.Replace(crnOf("postgres"), "a/0:1::", "a/0:"+w.nameAt(name)+"::", 1)
	}
	return w.nameAt(name)
}

func (w world) backupOf(name string) string {
	if w.provider == "ibm" {
		return strings.TrimSuffix(w.inCloud(name), "::") + ":backup:7"
	}
	return "rds:" + w.nameAt(name) + "-2026-11-25-03-00"
}

// sources are what carries the labels of the source, when Crossplane looks for it.
func (w world) sources(key string) []*fnv1.Resource {
	name, is := w.from["name"].(string)
	if !is || w.source == "gone" || key != "restore-source" && key != "restore-managed" {
		return nil
	}
	item := func(o object.Map) *fnv1.Resource { return &fnv1.Resource{Resource: object.New(o)} }
	if key == "restore-managed" {
		mine, theirs := item(w.managed("of-orders", name)), item(w.managed("of-looker", "theirs"))
		return map[string][]*fnv1.Resource{
			"its own": {mine}, "another's by its label": {theirs, mine}, "adopted": {item(w.managed("of-orders", "theirs"))},
			"adopted once": {item(w.managed("of-orders", "theirs"))},
		}[w.source]
	}
	c, shown := w.ofSource(name), w.nameAt(name)
	spec := object.Map{"provider": w.provider, "profile": "small", "region": "eu-west", "database": object.Map{"engine": "postgres"}}
	if _, _, ok := claim.Split(c.Namespace); !ok {
		spec["project"], spec["env"] = c.Project, c.Env
	}
	if w.source == "adopted" || w.source == "adopted once" {
		shown = w.nameAt("theirs")
	}
	if w.source == "adopted" {
		spec["externalName"], spec["adopt"] = shown, "Observe"
	}
	meta := object.Map{"name": name, "namespace": c.Namespace, "uid": "of-orders"}
	if !w.namespaced {
		delete(meta, "namespace")
		spec["claimRef"] = object.Map{"name": name, "namespace": c.Namespace}
	}
	return []*fnv1.Resource{item(object.Map{"metadata": meta, "spec": spec, "status": object.Map{
		"resource": object.Map{"name": shown, "made": true, "version": "16"},
	}})}
}

// managed is a main managed resource that an XR controls, and that stands for a database.
func (w world) managed(uid, name string) object.Map {
	id := "/subscriptions/0/resourceGroups/g/providers/Microsoft.DBforPostgreSQL/flexibleServers/" + w.nameAt(name)
	return object.Map{
		"metadata": object.Map{
			"annotations":     object.Map{"crossplane.io/composition-resource-name": keyInstance},
			"ownerReferences": []any{object.Map{"controller": true, "uid": uid}},
		},
		"status": object.Map{"atProvider": object.Map{"id": id, "outputs": object.Map{"crn": w.inCloud(name)}}},
	}
}

// missing is what is composed, after the providers have looked and found nothing.
func missing(desired map[string]*fnv1.Resource) map[string]*fnv1.Resource {
	out := map[string]*fnv1.Resource{}
	for name, r := range desired {
		o := proto.CloneOf(r.GetResource())
		if name == keyInstance {
			condition(o, "False", "observe failed: external resource does not exist")
		}
		out[name] = &fnv1.Resource{Resource: o}
	}
	return out
}

// dataOf is what a database is made of, or "".
func dataOf(rsp *fnv1.RunFunctionResponse) string {
	o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
	return blockOf(o, "spec", "initProvider") + blockOf(o, "spec", "forProvider")
}

// judgeCopy holds the data that a database is made of against what is allowed, by the settings of
// the claim's own namespace and of where it says to be.
func (w world) judgeCopy(a allowance, rsp *fnv1.RunFunctionResponse) []string {
	o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
	data := dataOf(rsp)
	if o == nil || data == "" {
		return nil
	}
	said := w.copyable(a)
	if len(said) == 2 && said[0] == "any" && said[1] == "any" {
		return nil
	}
	envs := []string{""}
	for _, env := range claim.Envs {
		if slices.ContainsFunc([]int{0, 1}, func(i int) bool { return !covers(said[i], env) }) {
			continue
		}
		envs = append(envs, env)
	}
	for _, env := range envs {
		for _, name := range []string{"orders", "blog-prod-orders"} {
			of := world{provider: w.provider, namespace: w.namespace, project: w.project, env: w.env, from: object.Map{"env": env}}
			if env == "" {
				of.from = nil
			}
			if said[0] != "none" && said[1] != "none" && isOfName(data, of.nameAt(name)) {
				return nil
			}
		}
	}
	return []string{"it is made of " + data}
}

// copyable are what the claim's own namespace and the place that it names say of copies.
func (w world) copyable(a allowance) [2]any {
	project, env, ok := claim.Split(w.namespace)
	own := []string{"platform"}
	if ok {
		own = append(own, "platform-"+env, "platform-"+env+"-"+project)
	}
	return [2]any{w.said(own, "restoreFrom"), w.said(a.layers, "restoreFrom")}
}

func covers(said any, env string) bool {
	list, _ := said.([]any)
	return said == "any" || slices.Contains(list, any(env))
}

// isOfName reports whether data is that of a database of the name, and not of a longer one.
func isOfName(data, name string) bool {
	return slices.ContainsFunc(strings.FieldsFunc(data, func(r rune) bool { return strings.ContainsRune(`"/: {}=`, r) }), func(s string) bool {
		return s == name || s == name+"-2026-11-25-03-00"
	})
}
