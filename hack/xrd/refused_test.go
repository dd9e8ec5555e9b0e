package main

import (
	"context"
	"fmt"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	crdvalidation "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation"
)

// refused returns why an API server would not take a CRD, such as for the cost of its
// rules.
func refused(crd *extv1.CustomResourceDefinition) error {
	internal := &apiextensions.CustomResourceDefinition{}
	if err := extv1.Convert_v1_CustomResourceDefinition_To_apiextensions_CustomResourceDefinition(crd.DeepCopy(), internal, nil); err != nil {
		return fmt.Errorf("cannot convert the CRD %s: %w", crd.Name, err)
	}
	internal.Status.StoredVersions = []string{internal.Spec.Versions[0].Name}
	return crdvalidation.ValidateCustomResourceDefinition(context.Background(), internal).ToAggregate()
}
