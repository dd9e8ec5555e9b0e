package catalog

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// An Entity is a Resource of the catalog, with the fields that one of a claim has.
type Entity struct {
	APIVersion string   `json:"apiVersion"`
	Kind       string   `json:"kind"`
	Metadata   Metadata `json:"metadata"`
	Spec       Spec     `json:"spec"`
}

// Metadata of an entity.
type Metadata struct {
	Name        string            `json:"name"`
	Namespace   string            `json:"namespace,omitempty"`
	Description string            `json:"description"`
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations"`
	Tags        []string          `json:"tags"`
}

// Spec of an entity.
type Spec struct {
	Type   string `json:"type"`
	Owner  string `json:"owner"`
	System string `json:"system,omitempty"`
}

// Options are what a claim does not say.
type Options struct {
	Owner   string // where the claim has no label team
	System  string // where the claim has no label backstage.io/system
	Cluster string // as Backstage's app-config calls it; "" asks all of them
}

// name is the form that Backstage takes (CommonValidatorFunctions of @backstage/catalog-model).
var name = regexp.MustCompile(`^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$`)

// space is the form of its namespaces (KubernetesValidatorFunctions there).
var space = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$`)

// Of makes the entity of a claim.
func Of(c *claim.Claim, o Options) (*Entity, error) {
	ref := ParseRef(c.Entity, Resource)
	switch {
	case ref.Kind != Resource:
		return nil, fmt.Errorf("spec.entity: %q is a %s; allowed is a resource", c.Entity, ref.Kind)
	case !space.MatchString(ref.Namespace):
		return nil, fmt.Errorf("spec.entity: %q is no namespace of an entity; allowed are at most 63 lowercase letters, digits and -", ref.Namespace)
	case !name.MatchString(c.EntityName()) || !name.MatchString(ref.Name):
		return nil, fmt.Errorf("spec.entity: %q is no name of an entity; allowed are at most 63 letters, digits, -, _ and ., so give a shorter one "+
			"before the resource is made", c.EntityName())
	}
	e := &Entity{
		APIVersion: "backstage.io/v1alpha1",
		Kind:       "Resource",
		Metadata: Metadata{
			Name:        c.EntityName(),
			Description: what(c) + " " + c.Name + " of " + c.Project + " in " + c.Env,
			Labels:      map[string]string{"project": c.Project, "env": c.Env},
			Annotations: map[string]string{KubernetesSelector: claim.KubernetesID + "=" + c.KubernetesID()},
			Tags:        tags(c),
		},
		Spec: Spec{Type: c.Type},
	}
	if ref.Namespace != "default" {
		e.Metadata.Namespace = ref.Namespace
	}
	if o.Cluster != "" {
		e.Metadata.Annotations[KubernetesCluster] = o.Cluster
	}
	owner, system := first(c.Labels[LabelTeam], o.Owner), first(c.Labels[LabelSystem], o.System)
	if owner == "" {
		return nil, errors.New("metadata.labels.team: is missing, and an entity has an owner; set the label, or give one by --owner")
	}
	e.Spec.Owner = ParseRef(owner, Group).String()
	if system != "" {
		e.Spec.System = ParseRef(system, System).String()
	}
	return e, nil
}

// what a resource is to people.
func what(c *claim.Claim) string {
	if c.Type != claim.TypeDatabase {
		return strings.ToUpper(c.Type[:1]) + c.Type[1:]
	}
	return map[string]string{cloud.Postgres: "PostgreSQL database", cloud.MySQL: "MySQL database"}[c.Database.Engine]
}

func tags(c *claim.Claim) []string {
	kind := c.Type
	if kind == claim.TypeDatabase {
		kind = c.Database.Engine
	}
	return []string{c.Provider, kind, c.Env}
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// File is the name of the file that an entity stands in. No name and no namespace has an @.
func (e *Entity) File() string {
	if e.Metadata.Namespace != "" {
		return e.Metadata.Name + "@" + e.Metadata.Namespace + ".yaml"
	}
	return e.Metadata.Name + ".yaml"
}

// YAML of an entity.
func (e *Entity) YAML() ([]byte, error) { return yaml.Marshal(e) }
