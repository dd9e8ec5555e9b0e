// Package envelope puts what a claim renders into the envelope of a namespaced XR. The
// two scopes ask a cloud for the same, so that one golden a claim is enough for both.
package envelope

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// ours is the API of claims and XRs.
const ours = "platform.victor.onl/v1alpha1"

// upbound is the apiVersion of a cluster-scoped kind of an upjet provider.
var upbound = regexp.MustCompile(`^([a-z0-9.]+)\.upbound\.io/v[a-z0-9]+$`)

// Namespaced changes an object that a claim's XR renders, or the XR itself, to the one
// that a namespaced XR renders. It refuses what a namespaced XR cannot have.
func Namespaced(o map[string]any, namespace string) error {
	switch o["apiVersion"] {
	case ours:
		return composite(o, namespace)
	case "v1":
		metadata(o, namespace)
		return nil
	default:
		return managed(o, namespace)
	}
}

// composite makes of a claim's XR the namespaced one: its own name and namespace, its
// references below spec.crossplane, and no conditions to copy to a claim.
func composite(xr map[string]any, namespace string) error {
	meta, spec := At(xr, "metadata"), At(xr, "spec")
	name, _ := meta["name"].(string)
	i := strings.LastIndex(name, "-")
	if xr["kind"] != "XResource" || i < 0 {
		return fmt.Errorf("%v %q is not the XR of a claim, which is an XResource whose name has a suffix", xr["kind"], name)
	}
	xr["kind"] = "Resource"
	meta["name"], meta["namespace"] = name[:i], namespace
	spec["crossplane"] = map[string]any{"resourceRefs": spec["resourceRefs"]}
	delete(spec, "resourceRefs")
	delete(At(xr, "status"), "claimConditionTypes")
	for _, ref := range List(xr, "spec", "crossplane", "resourceRefs") {
		ref["apiVersion"] = apiVersion(ref["apiVersion"])
		delete(ref, "namespace")
	}
	return nil
}

// managed changes a managed resource. Its forProvider stays, but for references.
func managed(o map[string]any, namespace string) error {
	o["apiVersion"] = apiVersion(o["apiVersion"])
	metadata(o, namespace)
	spec := At(o, "spec")
	spec["managementPolicies"] = policies(spec)
	delete(spec, "deletionPolicy")
	config := At(spec, "providerConfigRef")
	if config == nil {
		return errors.New("spec.providerConfigRef: is missing")
	}
	config["kind"] = "ClusterProviderConfig"
	return localize(spec, "spec", namespace)
}

// metadata says whose an object is: of no claim, and of an XR in the same namespace.
func metadata(o map[string]any, namespace string) {
	At(o, "metadata")["namespace"] = namespace
	for _, label := range []string{"crossplane.io/claim-name", "crossplane.io/claim-namespace"} {
		delete(At(o, "metadata", "labels"), label)
	}
	for _, owner := range List(o, "metadata", "ownerReferences") {
		if owner["kind"] == "XResource" {
			owner["kind"] = "Resource"
		}
	}
}

// apiVersion that a kind has in a namespace.
func apiVersion(v any) any {
	s, _ := v.(string)
	return upbound.ReplaceAllString(s, "$1.m.upbound.io/v1beta1")
}

// policies are the management policies that mean in a namespace what deletionPolicy and
// policies mean in the cluster: a namespaced kind has no deletionPolicy, and Orphan is to
// manage all but Delete. A cluster-scoped kind with policies obeys those alone too.
func policies(spec map[string]any) []any {
	listed, _ := spec["managementPolicies"].([]any)
	switch {
	case listed != nil:
		return listed
	case spec["deletionPolicy"] == "Orphan":
		return []any{"Observe", "Create", "Update", "LateInitialize"}
	default:
		return []any{"*"}
	}
}

// localize takes the namespace out of every reference to a Secret: in a namespace it is
// that of the object itself.
func localize(v any, path, namespace string) error {
	var errs []error
	switch v := v.(type) {
	case map[string]any:
		if v["name"] != nil && v["namespace"] != nil && (v["key"] != nil || strings.HasSuffix(path, ".writeConnectionSecretToRef")) {
			if v["namespace"] != namespace {
				errs = append(errs, fmt.Errorf("%s.namespace: \"%v\" is not the XR's, %s, beyond which a namespaced XR reaches no Secret", path, v["namespace"], namespace))
			}
			delete(v, "namespace")
		}
		for k, inner := range v {
			errs = append(errs, localize(inner, path+"."+k, namespace))
		}
	case []any:
		for i, inner := range v {
			errs = append(errs, localize(inner, fmt.Sprintf("%s[%d]", path, i), namespace))
		}
	}
	return errors.Join(errs...)
}

// At returns the map at a path, or nil.
func At(o map[string]any, path ...string) map[string]any {
	for _, p := range path {
		o, _ = o[p].(map[string]any)
	}
	return o
}

// List returns the maps of the list at a path.
func List(o map[string]any, path ...string) []map[string]any {
	items, _ := At(o, path[:len(path)-1]...)[path[len(path)-1]].([]any)
	out := make([]map[string]any, 0, len(items))
	for _, v := range items {
		m, _ := v.(map[string]any)
		out = append(out, m)
	}
	return out
}
