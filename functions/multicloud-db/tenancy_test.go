package multiclouddb

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// allowance is what the platform lets a claim do, read off the layers again, and not by the
// code that is tried.
type allowance struct {
	layers           []string // whose accounts and networks are the claim's
	place            bool     // the claim may be of the project and env that it names
	project          bool     // it may name another project's entity
	adopt            string
	anyName, letGo   bool
	waits            bool // the env's own layer is not there, and nothing new is composed
	foreign, unknown bool // whose it is stands in the tags: another's, or nobody knows
}

// said is what the strongest of some layers says of a key of the policy, or nil.
func (w world) said(layers []string, path ...string) any {
	for _, layer := range slices.Backward(layers) {
		var v any = w.policies[layer]
		for _, key := range path {
			m, _ := v.(object.Map)
			v = m[key]
		}
		if v != nil {
			return v
		}
	}
	return nil
}

func (w world) allows() allowance {
	layersOf := func(project, env string) []string {
		return []string{"platform", "platform-" + env, "platform-" + env + "-" + project}
	}
	ownProject, ownEnv, inPlace := claim.Split(w.namespace)
	own := []string{"platform"}
	if inPlace {
		own = layersOf(ownProject, ownEnv)
	}
	project, env := w.place()
	a := allowance{layers: layersOf(project, env), project: w.said(own, "overrides", "project") == true}
	a.place = (project == ownProject || a.project) && (env == ownEnv || w.said(own, "overrides", "env") == true)
	a.adopt, _ = w.said(a.layers, "adopt").(string)
	names, _ := w.said(a.layers, "adoptNames").([]any)
	a.anyName = slices.Contains(names, any("*"))
	a.letGo = w.said(a.layers, "allowDelete") != false
	a.waits = env == "prod" && w.policies["platform-prod"] == nil
	for key, value := range map[string]string{"project": project, "env": env, "service": "main", "control-plane": "?"} {
		there, ok := w.tags[key]
		a.foreign = a.foreign || ok && there != value
	}
	a.unknown = w.tags["project"] == "" || w.tags["env"] == ""
	return a
}

// changes reports whether a managed resource can change anything at its cloud.
func changes(o *structpb.Struct) bool {
	if slices.Equal(list(o, "spec", "managementPolicies"), []string{"Observe"}) {
		return false
	}
	return object.String(o, "kind") != "Workspace" || strings.Contains(object.String(o, "spec", "forProvider", "module"), "\nresource \"ibm_")
}

// judge holds what is composed against what is allowed.
func (w world) judge(a allowance, rsp *fnv1.RunFunctionResponse, observed bool) (wrong []string) {
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	desired := rsp.GetDesired().GetResources()
	switch {
	case fatal(rsp) != "" && len(desired) > 0:
		say("a fatal result composes %v", desired)
	case len(desired) == 0:
		return nil
	case !a.place:
		say("it may not name the project or the env, and composes")
	case w.external != "" && a.adopt != "observe" && a.adopt != "manage":
		say("it may not name what exists, and composes")
	case w.allowDelete && !a.letGo:
		say("the annotation is not allowed, and it composes")
	case a.waits && !observed:
		say("it composes before its env's own layer is there")
	}
	project, env := w.place()
	for name, r := range desired {
		text := r.GetResource().String()
		for _, layer := range worldLayers {
			if !slices.Contains(a.layers, layer) && (strings.Contains(text, mark(layer)) || strings.Contains(text, cidr(layer))) {
				say("%s has what is set in %s", name, layer)
			}
		}
		labels := object.Struct(r.GetResource(), "metadata", "labels")
		for key, own := range map[string]string{"project": project, "env": env} {
			if said := object.String(labels, key); said != "" && said != own {
				say("%s is labelled %v", name, labels)
			}
		}
	}
	// The step that tags writes the entity of the status.
	entity := object.String(rsp.GetDesired().GetComposite().GetResource(), "status", "resource", "entity")
	if _, rest, _ := strings.Cut(entity, "-"); !a.project && !strings.HasPrefix(rest, project+"-"+env+"-") {
		say("its costs are read as those of %s", entity)
	}
	if main := desired[keyInstance].GetResource(); observed && main != nil && changes(main) {
		wrong = append(wrong, w.judgeTaken(a)...)
	}
	return wrong
}

// judgeTaken holds what is there and may be changed against what is allowed.
func (w world) judgeTaken(a allowance) []string {
	switch {
	case a.foreign:
		return []string{"what is another's may be changed"}
	case w.external == "":
		return nil
	case a.adopt != "manage":
		return []string{"what is there may be changed, and is not to be managed"}
	case w.adopt != "Manage":
		return []string{"what is there may be changed, and the claim only observes"}
	case a.unknown && !a.anyName:
		return []string{"nobody's may be changed without its name in the settings"}
	}
	return nil
}

// TestNobodyElses holds that no combination of claim, annotation, settings and tags gives a
// claim the account, network, key, queue namespace, policy, costs, or the live resource of
// another namespace's project or env, unless the settings of its own namespace let it: for
// every type on every cloud, as Crossplane asks for the layers, before and after the
// providers have looked.
func TestNobodyElses(t *testing.T) {
	t.Parallel()
	const cases = 2000
	seen := map[string]int{}
	for seed := range uint64(cases) {
		w := someWorld(rand.New(rand.NewPCG(15, seed)))
		a := w.allows()
		first := w.call(t, nil)
		wrong := w.judge(a, first, false)
		if strings.Contains(fatal(first), "adoptNames") {
			wrong = append(wrong, "it is refused before anybody knows whose it is")
		}
		if fatal(first) == "" && len(first.GetDesired().GetResources()) > 0 {
			if project, env, _ := claim.Split(w.namespace); w.project != "" && w.project != project || w.env != "" && w.env != env {
				seen["another's place"]++
			}
			seen[w.typ+" on "+w.provider]++
			if w.from != nil {
				second := w.call(t, missing(first.GetDesired().GetResources()))
				of := append(w.judgeCopy(a, first), w.judgeCopy(a, second)...)
				if wrong = append(wrong, of...); len(wrong) > 0 {
					t.Fatalf("seed %d: %+v\nallowed: %+v\n%s", seed, w, a, strings.Join(wrong, "\n"))
				}
				if data := dataOf(first) + dataOf(second); data != "" {
					seen["copied on "+w.provider]++
				}
			}
			second := w.call(t, w.found(t, first.GetDesired().GetResources()))
			wrong = append(wrong, w.judge(a, second, true)...)
			main := second.GetDesired().GetResources()[keyInstance].GetResource()
			switch {
			case fatal(second) != "":
				seen["refused by what is there"]++
			case w.external != "" && main != nil && changes(main):
				seen["taken over: "+w.typ]++
				seen["taken over: "+w.provider]++
			case w.external != "":
				seen["looked at"]++
			case main != nil && !changes(main):
				seen["let alone"]++
			}
		} else {
			seen["refused"]++
		}
		if len(wrong) > 0 {
			t.Fatalf("seed %d: %+v\nallowed: %+v\n%s", seed, w, a, strings.Join(wrong, "\n"))
		}
	}
	for _, what := range []string{"another's place", "refused", "refused by what is there", "looked at", "let alone"} {
		if seen[what] < cases/100 {
			t.Errorf("%s: %d of %d cases, so the rest says little", what, seen[what], cases)
		}
	}
	for _, provider := range cloud.Providers {
		if seen["copied on "+provider] < 5 {
			t.Errorf("%d databases on %s were made of another one's data", seen["copied on "+provider], provider)
		}
	}
	for typ, names := range worldExternal {
		for provider := range names {
			if cell := typ + " on " + provider; seen[cell] == 0 || seen["taken over: "+typ] == 0 || seen["taken over: "+provider] == 0 {
				t.Errorf("%s was composed %d times, and such ones taken over: %v", cell, seen[cell], seen)
			}
		}
	}
}
