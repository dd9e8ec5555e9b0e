package crds

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestShorten holds what of a CRD is kept.
func TestShorten(t *testing.T) {
	const long = `
metadata: {name: users.iam.aws.upbound.io, annotations: {a: b}}
spec:
  group: iam.aws.upbound.io
  conversion: {strategy: None}
  versions:
  - {name: v1beta1, storage: false}
  - name: v1beta2
    storage: true
    additionalPrinterColumns: [{name: AGE}]
    schema: {openAPIV3Schema: {description: Dropped., properties: {description: {type: string, description: A field of that name stays.}}}}
status: {}
`
	const want = `metadata:
  name: users.iam.aws.upbound.io
spec:
  group: iam.aws.upbound.io
  versions:
  - name: v1beta2
    schema:
      openAPIV3Schema:
        properties:
          description:
            type: string
    storage: true
`
	got, err := Shorten([]byte(long))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("Shorten(): -want, +got:\n%s", diff)
	}
}

// TestFiles holds that each kind is there in both scopes, and what namespaced
// resources alone refer to in its one.
func TestFiles(t *testing.T) {
	got := Files(func(group string) bool { return group == "opentofu.upbound.io" || group == "opentofu.m.upbound.io" })
	want := []string{
		"opentofu.m.upbound.io_clusterproviderconfigs.yaml",
		"opentofu.m.upbound.io_providerconfigs.yaml",
		"opentofu.m.upbound.io_workspaces.yaml",
		"opentofu.upbound.io_providerconfigs.yaml",
		"opentofu.upbound.io_workspaces.yaml",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Files(): -want, +got:\n%s", diff)
	}
}
