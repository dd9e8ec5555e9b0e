package managed_test

import (
	"fmt"

	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A body is written once, and put into the envelope of either scope. A namespaced kind has
// no deletionPolicy: to outlive its managed resource is to be managed without Delete.
func ExampleResource_Object() {
	r := managed.Resource{
		Kind:         managed.Kind{Group: "sql.gcp", Version: "v1beta2", Kind: "User"},
		ExternalName: "dbadmin",
		Orphan:       true,
		ForProvider:  object.Map{"instance": "main"},
	}
	for _, namespaced := range []bool{false, true} {
		b, err := yaml.Marshal(r.Object(namespaced))
		if err != nil {
			panic(err)
		}
		fmt.Println(string(b))
	}
	// Output:
	// apiVersion: sql.gcp.upbound.io/v1beta2
	// kind: User
	// metadata:
	//   annotations:
	//     crossplane.io/external-name: dbadmin
	// spec:
	//   deletionPolicy: Orphan
	//   forProvider:
	//     instance: main
	//   providerConfigRef:
	//     name: default
	//
	// apiVersion: sql.gcp.m.upbound.io/v1beta1
	// kind: User
	// metadata:
	//   annotations:
	//     crossplane.io/external-name: dbadmin
	// spec:
	//   forProvider:
	//     instance: main
	//   managementPolicies:
	//   - Observe
	//   - Create
	//   - Update
	//   - LateInitialize
	//   providerConfigRef:
	//     kind: ClusterProviderConfig
	//     name: default
}

// A resource whose creation failed does not exist: its claim may still be put right.
func ExampleExists() {
	pending := object.Map{"crossplane.io/external-create-pending": "2026-11-25T00:00:00Z"}
	failed := object.Map{"type": "LastAsyncOperation", "status": "False", "reason": "AsyncCreateFailure"}
	fmt.Println(managed.Exists(object.New(object.Map{"metadata": object.Map{"annotations": pending}})))
	fmt.Println(managed.Exists(object.New(object.Map{
		"metadata": object.Map{"annotations": pending},
		"status":   object.Map{"conditions": []any{failed}},
	})))
	// Output:
	// true
	// false
}
