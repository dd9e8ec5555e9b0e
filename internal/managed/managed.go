// Package managed puts the body of a managed resource into the envelope that the
// XR's scope asks for. Of every upjet kind spec.forProvider is the same in the
// newest cluster-scoped version and in the namespaced one (checked path by path
// for 93 kinds), so each body is written once.
package managed

import (
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// ExternalNameAnnotation names the cloud's resource behind a managed resource.
const ExternalNameAnnotation = "crossplane.io/external-name"

// A Kind of managed resource.
type Kind struct {
	Group   string // without the provider's domain, such as sql.gcp
	Version string // of the cluster-scoped kind; the namespaced one is v1beta1
	Kind    string
	// Unfilled says that the provider is to fill in nothing that is left out: what it
	// fills in once it goes by for good, such as the names of replicas that somebody adds
	// and removes. A kind whose cloud assigns the id has to be filled in, or its resource is
	// made again after a restart of its provider (crossplane/upjet issue 531).
	Unfilled bool
}

// APIVersion of the kind in one of the two scopes.
func (k Kind) APIVersion(namespaced bool) string {
	if namespaced {
		return k.Group + ".m.upbound.io/v1beta1"
	}
	return k.Group + ".upbound.io/" + k.Version
}

// A Resource is a managed resource apart from its envelope.
type Resource struct {
	Kind           Kind
	ExternalName   string // "" where the provider assigns it
	ProviderConfig string // "" is default
	Orphan         bool   // the cloud's resource outlives the managed one
	Observe        bool   // the cloud's resource is only looked at
	Find           bool   // it is looked for, and made where it is missing, and not changed
	Taken          bool   // it was taken over, and while it outlives the managed one none is made in its place
	ForProvider    object.Map
	InitProvider   object.Map
	Annotations    map[string]string
}

// Object returns the managed resource as Crossplane composes it: without a name,
// which Crossplane gives, and without a namespace, which is the XR's.
func (r Resource) Object(namespaced bool) *structpb.Struct {
	annotations := object.Map{}
	for k, v := range r.Annotations {
		annotations[k] = v
	}
	if r.ExternalName != "" {
		annotations[ExternalNameAnnotation] = r.ExternalName
	}
	body := object.Map{
		"apiVersion": r.Kind.APIVersion(namespaced),
		"kind":       r.Kind.Kind,
		"spec":       r.spec(namespaced),
	}
	if len(annotations) > 0 {
		body["metadata"] = object.Map{"annotations": annotations}
	}
	return object.New(body)
}

func (r Resource) spec(namespaced bool) object.Map {
	name := r.ProviderConfig
	if name == "" {
		name = "default"
	}
	spec := object.Map{"forProvider": r.ForProvider}
	if len(r.InitProvider) > 0 {
		spec["initProvider"] = r.InitProvider
	}
	if policies := r.policies(namespaced); policies != nil {
		spec["managementPolicies"] = policies
	}
	if namespaced {
		spec["providerConfigRef"] = object.Map{"kind": "ClusterProviderConfig", "name": name}
		return spec
	}
	spec["providerConfigRef"] = object.Map{"name": name}
	spec["deletionPolicy"] = "Delete"
	if r.Orphan {
		spec["deletionPolicy"] = "Orphan"
	}
	return spec
}

// policies are the management policies. Namespaced kinds have no deletionPolicy, and
// others obey none beside policies: Orphan is to manage all but Delete.
func (r Resource) policies(namespaced bool) []string {
	whole := !r.Find && !r.Kind.Unfilled
	switch {
	case r.Observe:
		return []string{"Observe"}
	case whole && !namespaced:
		return nil
	case whole && !r.Orphan:
		return []string{"*"}
	}
	policies := []string{"Observe", "Create"}
	if r.Taken && r.Orphan && !r.Find { // none takes Update and Delete without Create (defaultSupportedManagementPolicies of crossplane-runtime)
		policies = policies[:1]
	}
	for _, p := range []struct {
		action   string
		withheld bool
	}{{"Update", r.Find}, {"Delete", r.Orphan}, {"LateInitialize", r.Kind.Unfilled}} {
		if !p.withheld {
			policies = append(policies, p.action)
		}
	}
	return policies
}

// SecretRef points a managed resource at a key of a Secret.
func SecretRef(namespaced bool, namespace, name, key string) object.Map {
	ref := object.Map{"name": name, "key": key}
	if !namespaced {
		ref["namespace"] = namespace
	}
	return ref
}
