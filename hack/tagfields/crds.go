package tagfields

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"
)

// A managedKind is a kind of managed resource, with the fields of its forProvider
// that look like tags.
type managedKind struct {
	group string // as in sql.gcp, in both scopes
	kind  string
	looks []look
}

// A look is a field by its path, and its shape: a map, or pairs with the names of
// their fields. Lists on the way leave no trace in the path: versions of a kind
// differ in whether they have a list of one or an object.
type look struct{ path, shape string }

const shapeMap = "map"

// A crd is what is read of a CustomResourceDefinition.
type crd struct {
	Spec struct {
		Group string `json:"group"`
		Names struct {
			Kind string `json:"kind"`
		} `json:"names"`
		Versions []struct {
			Storage bool `json:"storage"`
			Schema  struct {
				OpenAPIV3Schema property `json:"openAPIV3Schema"`
			} `json:"schema"`
		} `json:"versions"`
	} `json:"spec"`
}

type property struct {
	Type                 string              `json:"type"`
	Properties           map[string]property `json:"properties"`
	Items                *property           `json:"items"`
	AdditionalProperties *property           `json:"additionalProperties"`
}

// likeTags has tag or label as a word of its own, unlike stageVariables.
var likeTags = regexp.MustCompile(`(^t|T)ags?([A-Z]|$)|(^l|L)abels?([A-Z]|$)`)

// selector selects Kubernetes objects wherever a field refers to some. It is left out
// of readings, where it would be two thirds of all there is.
const selector = "matchLabels"

// readCRD returns the managed resource that a file with a CRD is of, if any.
func readCRD(file string) (managedKind, bool, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return managedKind{}, false, fmt.Errorf("cannot read a CRD: %w", err)
	}
	c := crd{}
	if err := yaml.Unmarshal(b, &c); err != nil {
		return managedKind{}, false, fmt.Errorf("cannot read %s: %w", file, err)
	}
	k, ok := c.managed()
	return k, ok, nil
}

// managed reads the storage version's forProvider; provider configs have none.
func (c crd) managed() (managedKind, bool) {
	group, ok := strings.CutSuffix(c.Spec.Group, ".upbound.io")
	if !ok {
		return managedKind{}, false
	}
	for _, v := range c.Spec.Versions {
		forProvider, ok := v.Schema.OpenAPIV3Schema.Properties["spec"].Properties["forProvider"]
		if !v.Storage || !ok {
			continue
		}
		k := managedKind{group: strings.TrimSuffix(group, ".m"), kind: c.Spec.Names.Kind}
		forProvider.walk("", func(l look) { k.looks = append(k.looks, l) })
		slices.SortFunc(k.looks, func(a, b look) int { return strings.Compare(a.path, b.path) })
		return k, true
	}
	return managedKind{}, false
}

// walk reports every field below that has a name like tags and could carry them:
// a map of strings, or a list of objects with a key and a value.
func (p property) walk(at string, found func(look)) {
	for name, field := range p.Properties {
		path := name
		if at != "" {
			path = at + "." + name
		}
		if likeTags.MatchString(name) && name != selector {
			if shape := field.shape(); shape != "" {
				found(look{path, shape})
			}
		}
		if field.Items != nil {
			field.Items.walk(path, found)
			continue
		}
		field.walk(path, found)
	}
}

func (p property) shape() string {
	if p.AdditionalProperties != nil && p.AdditionalProperties.Type == "string" {
		return shapeMap
	}
	if p.Items == nil {
		return ""
	}
	_, key := p.Items.Properties["key"]
	_, value := p.Items.Properties["value"]
	if !key || !value {
		return ""
	}
	var names []string
	for name := range p.Items.Properties {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, ",")
}
