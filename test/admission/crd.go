// Package admission does to an object what an API server does that serves the CRDs
// which Crossplane makes of an XRD: by Crossplane's own code, and by the API server's.
package admission

import (
	"context"
	"fmt"
	"os"

	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	crdvalidation "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/validation"
	"sigs.k8s.io/yaml"

	"github.com/crossplane/crossplane-runtime/v2/pkg/xcrd"
	xpv1 "github.com/crossplane/crossplane/apis/v2/apiextensions/v1"
)

// CRDs returns what Crossplane 2.x makes of an XRD: the CRD of its XRs, then that of
// its claims where it has them. Its core 2.4 has xcrd in the same words as the version
// of crossplane-runtime here.
func CRDs(path string) ([]*extv1.CustomResourceDefinition, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read an XRD: %w", err)
	}
	xrd := &xpv1.CompositeResourceDefinition{}
	if err := yaml.Unmarshal(b, xrd); err != nil {
		return nil, fmt.Errorf("cannot read the XRD %s: %w", path, err)
	}
	xr, err := xcrd.ForCompositeResource(xrd)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	crds := []*extv1.CustomResourceDefinition{xr}
	if xrd.Spec.ClaimNames != nil {
		claim, err := xcrd.ForCompositeResourceClaim(xrd)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		crds = append(crds, claim)
	}
	for _, crd := range crds {
		crd.SetOwnerReferences(nil) // no server gave the XRD an id
		extv1.SetDefaults_CustomResourceDefinition(crd)
		extv1.SetDefaults_CustomResourceDefinitionSpec(&crd.Spec)
	}
	return crds, nil
}

// Refused returns why an API server would not take a CRD, such as for the cost of its
// rules.
func Refused(crd *extv1.CustomResourceDefinition) error {
	internal := &apiextensions.CustomResourceDefinition{}
	if err := extv1.Convert_v1_CustomResourceDefinition_To_apiextensions_CustomResourceDefinition(crd.DeepCopy(), internal, nil); err != nil {
		return fmt.Errorf("cannot convert the CRD %s: %w", crd.Name, err)
	}
	internal.Status.StoredVersions = []string{internal.Spec.Versions[0].Name}
	return crdvalidation.ValidateCustomResourceDefinition(context.Background(), internal).ToAggregate()
}
