package crds

import (
	"fmt"
	"os"

	v1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"sigs.k8s.io/yaml"
)

// ClaimSpec returns the schema of spec in a generated XRD, such as that of
// apis/claims/definition.yaml.
func ClaimSpec(path string) (*v1.JSONSchemaProps, error) {
	root, err := ClaimRoot(path)
	if err != nil {
		return nil, err
	}
	s := root.Properties["spec"]
	return &s, nil
}

// ClaimRoot returns the schema of a whole object in a generated XRD.
func ClaimRoot(path string) (*v1.JSONSchemaProps, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read an XRD: %w", err)
	}
	var xrd struct {
		Spec struct {
			Versions []struct {
				Schema v1.CustomResourceValidation `json:"schema"`
			} `json:"versions"`
		} `json:"spec"`
	}
	if err := yaml.Unmarshal(b, &xrd); err != nil {
		return nil, fmt.Errorf("cannot read the XRD %s: %w", path, err)
	}
	if len(xrd.Spec.Versions) == 0 || xrd.Spec.Versions[0].Schema.OpenAPIV3Schema == nil {
		return nil, fmt.Errorf("the XRD %s has no schema", path)
	}
	return xrd.Spec.Versions[0].Schema.OpenAPIV3Schema, nil
}
