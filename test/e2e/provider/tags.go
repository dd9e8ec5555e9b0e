package provider

import (
	"strings"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
)

// tag adds the tags that provider-aws gives all that has some (TagInitializer in its
// config/overrides.go), whatever is late-initialized, unless the resource is only looked
// at. It says whether something changed.
func tag(o *unstructured.Unstructured) bool {
	gvk := o.GroupVersionKind()
	tags, tagged, err := unstructured.NestedMap(o.Object, "spec", "forProvider", "tags")
	if err != nil || !tagged || !strings.Contains(gvk.Group, ".aws.") || !allows(o, "Create") && !allows(o, "Update") {
		return false
	}
	config, _, err := unstructured.NestedString(o.Object, "spec", "providerConfigRef", "name")
	if err != nil {
		return false
	}
	changed := false
	for key, value := range map[string]string{
		"crossplane-kind": strings.ToLower(gvk.GroupKind().String()), "crossplane-name": o.GetName(), "crossplane-providerconfig": config,
	} {
		if tags[key] != value {
			tags[key], changed = value, true
		}
	}
	return changed && unstructured.SetNestedMap(o.Object, tags, "spec", "forProvider", "tags") == nil
}
