// Package crds checks objects against the schemas of the providers' CRDs, as an
// API server would: structure, unknown fields, defaults and CEL rules. The
// snapshot of the CRDs is made by make truth.
package crds

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	v1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	metav1validation "k8s.io/apimachinery/pkg/apis/meta/v1/validation"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/admission"
)

//go:embed snapshot/*.yaml beside/*.yaml
var snapshot embed.FS

// A Checker knows the schemas of the snapshot.
type Checker struct {
	kinds map[string]*kind // by apiVersion and kind
}

type kind struct {
	*admission.Schema

	namespaced bool
}

// Load reads the snapshot.
func Load() (*Checker, error) {
	files, err := fs.Glob(snapshot, "*/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("cannot read the snapshot: %w", err)
	}
	c := &Checker{kinds: map[string]*kind{}}
	for _, name := range files {
		b, err := snapshot.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("cannot read the snapshot: %w", err)
		}
		if err := c.add(name, b); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// LoadFile reads one CRD, such as that of a function's input.
func LoadFile(path string) (*Checker, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read a CRD: %w", err)
	}
	c := &Checker{kinds: map[string]*kind{}}
	return c, c.add(path, b)
}

func (c *Checker) add(name string, b []byte) error {
	crd := &v1.CustomResourceDefinition{}
	if err := yaml.UnmarshalStrict(b, crd); err != nil {
		return fmt.Errorf("cannot read %s: %w", name, err)
	}
	for _, v := range crd.Spec.Versions {
		s, err := admission.NewSchema(v.Schema.OpenAPIV3Schema)
		if err != nil {
			return fmt.Errorf("cannot use the schema of %s: %w", name, err)
		}
		c.kinds[crd.Spec.Group+"/"+v.Name+" "+crd.Spec.Names.Kind] = &kind{s, crd.Spec.Scope == v1.NamespaceScoped}
	}
	return nil
}

// Check returns what an API server would refuse of an object.
func (c *Checker) Check(o map[string]any) error {
	o = runtime.DeepCopyJSON(o)
	apiVersion, _ := o["apiVersion"].(string)
	name, _ := o["kind"].(string)
	if apiVersion == "v1" && name == "Secret" {
		return checkSecret(o)
	}
	k, ok := c.kinds[apiVersion+" "+name]
	if !ok {
		return fmt.Errorf("no CRD serves %s %s", apiVersion, name)
	}
	meta, _ := o["metadata"].(map[string]any)
	if _, has := meta["namespace"]; has != k.namespaced {
		return fmt.Errorf("metadata.namespace is there: %t; the kind is namespaced: %t", has, k.namespaced)
	}
	var errs []error
	for _, path := range k.Decode(o) {
		errs = append(errs, fmt.Errorf("unknown field %s", path))
	}
	wrong := checkLabels(meta)
	for _, p := range append(wrong, k.Refuse(context.Background(), wrong, o, nil)...) {
		errs = append(errs, p)
	}
	return errors.Join(errs...)
}

func checkLabels(meta map[string]any) field.ErrorList {
	labels := map[string]string{}
	if m, ok := meta["labels"].(map[string]any); ok {
		for k, v := range m {
			labels[k] = fmt.Sprint(v)
		}
	}
	return metav1validation.ValidateLabels(labels, field.NewPath("metadata", "labels"))
}

func checkSecret(o map[string]any) error {
	for k := range o {
		if !slices.Contains([]string{"apiVersion", "kind", "metadata", "type", "data"}, k) {
			return fmt.Errorf("unknown field %s", k)
		}
	}
	meta, _ := o["metadata"].(map[string]any)
	if meta["namespace"] == nil || meta["name"] == nil {
		return errors.New("a Secret needs metadata.name and metadata.namespace")
	}
	return checkLabels(meta).ToAggregate()
}
