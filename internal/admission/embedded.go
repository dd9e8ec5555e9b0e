package admission

import (
	_ "embed"
	"encoding/json"
	"fmt"

	extv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
)

// The CRDs of claims and of namespaced XRs, as make generate has Crossplane's own code make
// them of apis.
var (
	//go:embed claim.json
	claims []byte
	//go:embed namespaced.json
	namespaced []byte
)

// Claims serves claims, as an API server with Crossplane 2.x does.
func Claims() (*Server, error) { return load(claims) }

// Namespaced serves namespaced XRs.
func Namespaced() (*Server, error) { return load(namespaced) }

func load(b []byte) (*Server, error) {
	crd := &extv1.CustomResourceDefinition{}
	if err := json.Unmarshal(b, crd); err != nil {
		return nil, fmt.Errorf("cannot read the CRD: %w", err)
	}
	return Serve(crd)
}
