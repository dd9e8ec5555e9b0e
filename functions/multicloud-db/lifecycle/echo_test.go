package lifecycle

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
)

// composedBy begins the entry of what Crossplane applied.
const composedBy = "manager: apiextensions.crossplane.io/composed/0123456789abcdef, operation: Apply, fieldsType: FieldsV1"

func TestAsLast(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ reason, observed, want string }{
		"NoManagedFields": {
			"An object without managed fields, such as that of a render, is asked for with its spec, its labels, its external name and our annotations.",
			`
apiVersion: rds.aws.upbound.io/v1beta1
kind: SubnetGroup
metadata:
  name: x-1
  uid: u-1
  labels: {env: prod}
  annotations: {crossplane.io/external-name: main, crossplane.io/composition-resource-name: subnet-group,
      platform.victor.onl/requested-name: main, other.io/a: b}
spec: {forProvider: {region: eu-west-1, subnetIds: [a, b]}}
status: {atProvider: {id: main}}`, `
apiVersion: rds.aws.upbound.io/v1beta1
kind: SubnetGroup
metadata:
  labels: {env: prod}
  annotations: {crossplane.io/external-name: main, platform.victor.onl/requested-name: main}
spec: {forProvider: {region: eu-west-1, subnetIds: [a, b]}}`,
		},
		"OthersOnly": {
			"An Update under Crossplane's name, and an Apply under another, are no Apply of Crossplane's: the whole spec is asked for.",
			`
apiVersion: rds.aws.upbound.io/v1beta1
kind: SubnetGroup
metadata:
  managedFields:
  - {manager: apiextensions.crossplane.io/composed/0123456789abcdef, operation: Update, fieldsV1: {"f:spec": {"f:forProvider": {"f:region": {}}}}}
  - {manager: kubectl, operation: Apply, fieldsV1: {"f:spec": {"f:forProvider": {"f:region": {}}}}}
spec: {forProvider: {region: eu-west-1, description: d}}`, `
apiVersion: rds.aws.upbound.io/v1beta1
kind: SubnetGroup
spec: {forProvider: {region: eu-west-1, description: d}}`,
		},
		"LateInitialized": {
			"Fields that a provider filled in are its own, also beside those that Crossplane applied in one map, such as the tags of AWS.",
			`
apiVersion: ec2.aws.upbound.io/v1beta1
kind: SecurityGroup
metadata:
  name: x-1
  labels: {crossplane.io/composite: x, env: prod}
  annotations: {crossplane.io/composition-resource-name: security-group, crossplane.io/external-name: sg-1, platform.victor.onl/backstage-entity: e}
  managedFields:
  - ` + "{" + composedBy + `, fieldsV1: {"f:metadata": {"f:annotations": {"f:crossplane.io/composition-resource-name": {},
      "f:platform.victor.onl/backstage-entity": {}}, "f:generateName": {}, "f:labels": {"f:crossplane.io/composite": {},
      "f:env": {}}, "f:ownerReferences": {"k:{\"uid\":\"u\"}": {}}}, "f:spec": {"f:deletionPolicy": {},
      "f:forProvider": {"f:name": {}, "f:tags": {"f:env": {}}}}}}
  - {manager: provider, operation: Update, fieldsV1: {"f:metadata": {"f:annotations": {"f:crossplane.io/external-name": {}},
      "f:finalizers": {".": {}}}, "f:spec": {"f:forProvider": {"f:description": {}, "f:tags": {"f:crossplane-name": {}}}}}}
spec: {deletionPolicy: Orphan, forProvider: {name: n, description: Managed by Terraform, tags: {env: prod, crossplane-name: x-1}}}`, `
apiVersion: ec2.aws.upbound.io/v1beta1
kind: SecurityGroup
metadata: {annotations: {platform.victor.onl/backstage-entity: e}, labels: {env: prod}}
spec: {deletionPolicy: Orphan, forProvider: {name: n, tags: {env: prod}}}`,
		},
		"Resolved": {
			"A reference that a provider resolved stays its own; its selector is asked for again.",
			`
apiVersion: ec2.aws.upbound.io/v1beta1
kind: SecurityGroupIngressRule
metadata:
  managedFields:
  - ` + "{" + composedBy + `, fieldsV1: {"f:spec": {"f:forProvider": {"f:cidrIpv4": {}, "f:fromPort": {},
      "f:securityGroupIdSelector": {"f:matchControllerRef": {}}}}}}
  - {manager: provider, operation: Update, fieldsV1: {"f:spec": {"f:forProvider": {"f:securityGroupId": {},
      "f:securityGroupIdRef": {".": {}, "f:name": {}}}}}}
spec: {forProvider: {cidrIpv4: 10.0.0.0/16, fromPort: 5432, securityGroupId: sg-1, securityGroupIdRef: {name: x-2},
      securityGroupIdSelector: {matchControllerRef: true}}}`, `
apiVersion: ec2.aws.upbound.io/v1beta1
kind: SecurityGroupIngressRule
spec: {forProvider: {cidrIpv4: 10.0.0.0/16, fromPort: 5432, securityGroupIdSelector: {matchControllerRef: true}}}`,
		},
		"KeyedList": {
			"Of a list whose items have keys (k:) the items and the fields that Crossplane applied are asked for, in the order of the list; the keys go with them.",
			`
apiVersion: sql.gcp.upbound.io/v1beta2
kind: DatabaseInstance
metadata:
  managedFields:
  - ` + "{" + composedBy + `, fieldsV1: {"f:spec": {"f:forProvider": {"f:flags": {"k:{\"name\":\"b\",\"port\":2}": {".": {},
      "f:name": {}, "f:port": {}, "f:value": {}}, "k:{\"name\":\"a\",\"port\":1}": {".": {}, "f:name": {}, "f:port": {}}}}}}}
spec: {forProvider: {flags: [{name: a, port: 1, value: filled-in}, {name: a, port: 2, value: anothers}, {name: b, port: 2, value: ours}]}}`, `
apiVersion: sql.gcp.upbound.io/v1beta2
kind: DatabaseInstance
spec: {forProvider: {flags: [{name: a, port: 1}, {name: b, port: 2, value: ours}]}}`,
		},
		"Set": {
			"Of a set (v:) the values that Crossplane applied are asked for, whatever they are.",
			`
apiVersion: example.upbound.io/v1beta1
kind: Thing
metadata:
  managedFields:
  - ` + "{" + composedBy + `, fieldsV1: {"f:spec": {"f:forProvider": {"f:names": {"v:\"a\"": {}}, "f:ports": {"v:1": {}},
      "f:pairs": {"v:[\"a\",1]": {}, "v:{\"a\":1}": {}}, "f:flags": {"v:true": {}}}}}}
spec: {forProvider: {names: [a, b], ports: [1, 2], pairs: [[a, 1], [a, 2], {a: 1}, {a: 2}], flags: [true, false]}}`, `
apiVersion: example.upbound.io/v1beta1
kind: Thing
spec: {forProvider: {names: [a], ports: [1], pairs: [[a, 1], {a: 1}], flags: [true]}}`,
		},
		"Whole": {
			"A list or map that is one value for the API server, with an empty set of fields, is asked for whole.",
			`
apiVersion: rds.aws.upbound.io/v1beta1
kind: SubnetGroup
metadata:
  managedFields:
  - ` + "{" + composedBy + `, fieldsV1: {"f:spec": {"f:forProvider": {"f:subnetIds": {}, "f:policy": {}}, "f:managementPolicies": {}}}}
spec: {forProvider: {subnetIds: [a, b], policy: {x: {y: z}}}, managementPolicies: [Observe, Create]}`, `
apiVersion: rds.aws.upbound.io/v1beta1
kind: SubnetGroup
spec: {forProvider: {subnetIds: [a, b], policy: {x: {y: z}}}, managementPolicies: [Observe, Create]}`,
		},
		"EmptyMap": {
			"A map that Crossplane applied empty has an empty set of fields too; what a provider filled in there stays the provider's.",
			`
apiVersion: example.upbound.io/v1beta1
kind: Thing
metadata:
  managedFields:
  - ` + "{" + composedBy + `, fieldsV1: {"f:spec": {"f:forProvider": {}, "f:deletionPolicy": {}}}}
  - {manager: provider, operation: Update, fieldsV1: {"f:spec": {"f:forProvider": {"f:region": {}, "f:nested": {".": {}, "f:a": {}}}}}}
spec: {deletionPolicy: Orphan, forProvider: {region: eu-west-1, nested: {a: b}}}`, `
apiVersion: example.upbound.io/v1beta1
kind: Thing
spec: {deletionPolicy: Orphan, forProvider: {}}`,
		},
		"Gone": {
			"A field that Crossplane applied and somebody took out of the object is not asked for.",
			`
apiVersion: example.upbound.io/v1beta1
kind: Thing
metadata:
  managedFields:
  - ` + "{" + composedBy + `, fieldsV1: {"f:spec": {"f:forProvider": {"f:region": {}, "f:size": {}}}}}
spec: {forProvider: {region: eu-west-1}}`, `
apiVersion: example.upbound.io/v1beta1
kind: Thing
spec: {forProvider: {region: eu-west-1}}`,
		},
		"Secret": {
			"A Secret is asked for under its own name, with the keys that Crossplane applied.",
			`
apiVersion: v1
kind: Secret
type: Opaque
metadata:
  name: main-password
  namespace: prod
  uid: u-1
  managedFields:
  - {manager: apiextensions.crossplane.io/composed/0123456789abcdef, operation: Apply, apiVersion: v1,
      fieldsV1: {"f:data": {"f:password": {}}, "f:metadata": {"f:annotations": {"f:crossplane.io/composition-resource-name": {}},
      "f:labels": {"f:crossplane.io/composite": {}}}, "f:type": {}}}
  - {manager: kubectl, operation: Update, apiVersion: v1, fieldsV1: {"f:data": {"f:note": {}}}}
data: {password: cA==, note: bg==}`, `
apiVersion: v1
kind: Secret
type: Opaque
metadata: {name: main-password, namespace: prod}
data: {password: cA==}`,
		},
		"SecretOfNobody": {
			"A Secret without managed fields is asked for under its own name, with all of its keys.",
			"{apiVersion: v1, kind: Secret, type: Opaque, metadata: {name: main-password, namespace: prod, uid: u-1}, data: {password: cA==}}",
			"{apiVersion: v1, kind: Secret, type: Opaque, metadata: {name: main-password, namespace: prod}, data: {password: cA==}}",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			observed := fromYAML(t, tc.observed)
			if diff := cmp.Diff(fromYAML(t, tc.want), asLast(observed), protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nasLast(): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(fromYAML(t, tc.observed), observed, protocmp.Transform()); diff != "" {
				t.Errorf("asLast() changed what was observed: -before, +after:\n%s", diff)
			}
		})
	}
}
