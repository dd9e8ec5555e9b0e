// Package catalog knows the entities of Backstage's catalog that claims have.
package catalog

import "strings"

// A Ref names an entity: [kind:][namespace/]name, in any case of letters.
type Ref struct{ Kind, Namespace, Name string }

// ParseRef reads a reference. What it leaves out is of that kind, in the namespace default
// (https://backstage.io/docs/features/software-catalog/references).
func ParseRef(text, kind string) Ref {
	r := Ref{Kind: kind, Namespace: "default", Name: strings.ToLower(strings.TrimSpace(text))}
	if before, after, ok := strings.Cut(r.Name, ":"); ok {
		r.Kind, r.Name = before, after
	}
	if before, after, ok := strings.Cut(r.Name, "/"); ok {
		r.Namespace, r.Name = before, after
	}
	return r
}

// String is the whole of a reference, by which two are compared.
func (r Ref) String() string { return r.Kind + ":" + r.Namespace + "/" + r.Name }

// Says reports whether a label says which entity a reference is of. A label has no room for a
// namespace, so that one without it is of any.
func Says(label, ref, kind string) bool {
	said, is := ParseRef(label, kind), ParseRef(ref, kind)
	if !strings.Contains(label, "/") {
		said.Namespace = is.Namespace
	}
	return said == is
}

// Kinds of entities.
const (
	Resource = "resource"
	Group    = "group"
	System   = "system"
)

// Annotations by which Backstage's Kubernetes plugin finds the objects of an entity
// (@backstage/plugin-kubernetes-common).
const (
	KubernetesSelector = "backstage.io/kubernetes-label-selector"
	KubernetesCluster  = "backstage.io/kubernetes-cluster"
	KubernetesSpace    = "backstage.io/kubernetes-namespace"
)

// Labels of a claim that its entity repeats.
const (
	LabelTeam   = "team"
	LabelSystem = "backstage.io/system"
)
