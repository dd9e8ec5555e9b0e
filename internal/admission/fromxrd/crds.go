// Package fromxrd has the CRDs that Crossplane makes of an XRD, by Crossplane's own code. It
// links a client of Kubernetes with that, so that programs have its output instead.
package fromxrd

import (
	"fmt"
	"os"

	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"sigs.k8s.io/yaml"

	"github.com/crossplane/crossplane-runtime/v2/pkg/xcrd"
	xpv1 "github.com/crossplane/crossplane/apis/v2/apiextensions/v1"
)

// CRDs returns what Crossplane 2.x makes of an XRD: the CRD of its XRs, then that of
// its claims where it has them. Its core 2.4 has xcrd in the same words as the version
// of crossplane-runtime here.
func CRDs(path string) ([]*extv1.CustomResourceDefinition, error) {
	b, err := os.ReadFile(path) //nolint:gosec // The XRD that the caller names.
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
