package main

import (
	"slices"
	"strings"
	"testing"

	rbac "k8s.io/api/rbac/v1"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/types"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// TestKinds holds that each kind which is composed is in one list of its scope, that of its cloud.
func TestKinds(t *testing.T) {
	files, err := kinds(root)
	if err != nil {
		t.Fatal(err)
	}
	for scope, namespaced := range map[string]bool{"claims": false, "namespaced": true} {
		lists := map[string][]string{}
		for _, provider := range cloud.Providers {
			var list []served
			if err := yaml.Unmarshal(files[kubernetes+"/"+scope+"/"+provider+".yaml"], &list); err != nil {
				t.Fatal(err)
			}
			for _, s := range list {
				lists[provider] = append(lists[provider], s.Group+"/"+s.APIVersion)
				if word := strings.TrimSuffix(strings.TrimSuffix(s.Group, ".upbound.io"), ".m"); !strings.HasSuffix(word, provider) && word != "opentofu" {
					t.Errorf("%s: the list of %s has %s", scope, provider, s.Group)
				}
			}
		}
		for _, typ := range types.All {
			for _, k := range typ.Kinds() {
				if !slices.Contains(lists[ofCloud(k)], k.APIVersion(namespaced)) {
					t.Errorf("%s: nothing lists %s of %s", scope, k.Kind, k.APIVersion(namespaced))
				}
			}
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
		var list []served
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
