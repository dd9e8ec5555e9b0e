package main

import (
	"slices"
	"strings"
	"testing"

	rbac "k8s.io/api/rbac/v1"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/hack/crds"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// listed is a kind as the plugin's configuration names it.
type listed struct {
	Group      string `json:"group"`
	APIVersion string `json:"apiVersion"`
	Plural     string `json:"plural"`
}

// TestKinds holds that each kind which is composed is in one list of its scope, that of its cloud.
func TestKinds(t *testing.T) {
	files, err := kinds(root)
	if err != nil {
		t.Fatal(err)
	}
	for scope, namespaced := range map[string]bool{"claims": false, "namespaced": true} {
		lists := map[listed]string{}
		for _, provider := range cloud.Providers {
			var list []listed
			if err := yaml.UnmarshalStrict(files[kubernetes+"/"+scope+"/"+provider+".yaml"], &list); err != nil {
				t.Fatal(err)
			}
			for _, k := range list {
				if other, there := lists[k]; there {
					t.Errorf("%s: %v is in the lists of %s and %s", scope, k, other, provider)
				}
				lists[k] = provider
			}
		}
		emitted, err := crds.Emitted(root, namespaced)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range emitted {
			want := cloud.IBM // whose resources are OpenTofu's
			for _, provider := range cloud.Providers {
				if strings.HasSuffix("."+k.Kind.Group, "."+provider) {
					want = provider
				}
			}
			if got := lists[listed{k.Group, k.Version, k.Plural}]; got != want {
				t.Errorf("%s: %s is in the list of %q, and not of %s", scope, k.CRD(), got, want)
			}
		}
		if len(lists) != len(emitted) {
			t.Errorf("%s: %d kinds are listed, and %d composed", scope, len(lists), len(emitted))
		}
	}
}

// TestRole holds that the account reads every kind of the lists, and changes nothing, and reads no Secret.
func TestRole(t *testing.T) {
	files, err := kinds(root)
	if err != nil {
		t.Fatal(err)
	}
	var role rbac.ClusterRole
	for doc := range strings.SplitSeq(string(files[kubernetes+"/role.yaml"]), "\n---\n") {
		if strings.Contains(doc, "kind: ClusterRole\n") && strings.Contains(doc, "rules:") {
			if err := yaml.UnmarshalStrict([]byte(doc), &role); err != nil {
				t.Fatal(err)
			}
		}
	}
	reads := func(group, resource string) bool {
		return slices.ContainsFunc(role.Rules, func(r rbac.PolicyRule) bool {
			return slices.Contains(r.APIGroups, group) && slices.Contains(r.Resources, resource)
		})
	}
	for _, r := range role.Rules {
		if strings.Join(r.Verbs, " ") != "get list watch" {
			t.Errorf("the role may %v", r.Verbs)
		}
	}
	if reads("", "secrets") {
		t.Error("the role reads Secrets")
	}
	for path, content := range files {
		if path == kubernetes+"/role.yaml" {
			continue
		}
		var list []listed
		if err := yaml.Unmarshal(content, &list); err != nil {
			t.Fatal(err)
		}
		for _, s := range list {
			if !reads(s.Group, s.Plural) {
				t.Errorf("%s: the role does not read %s of %s", path, s.Plural, s.Group)
			}
		}
	}
}
