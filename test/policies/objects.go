package policies

import "strings"

// object in YAML, of which most rows need no more than a name.
func object(apiVersion, kind, namespace, name, rest string) string {
	if namespace != "" {
		namespace = ", namespace: " + namespace
	}
	return "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: " + name + namespace + "}\n" + rest + "\n"
}

const (
	password = "gcp-payments-prod-main-password"
	prod     = "payments-prod-infra"
	locked   = `metadata.name: "` + password + `" is the name of a database's password, which jane may not write in namespace payments-prod-infra; ` +
		`allowed is whoever has the verb override on resources.platform.victor.onl there, as platform-engineer has`
)

// Objects beside Resources.
var Objects = []Act{
	{
		What: "write the status of a `Resource`", Verb: "update", Sub: "status", From: "platform-engineer",
		Before: resource("prod", "", ""), Object: resource("prod", "", "") + "status: {resource: {made: true}}",
	},
	{
		What: "create an `XResource`", Verb: "create", Scope: "claims", From: "platform-engineer",
		Object: object("platform.victor.onl/v1alpha1", "XResource", "", "policies",
			"spec: {"+strings.Replace(everything, "a-password", "a-password, namespace: default", 1)+", provider: gcp, profile: small, database: {engine: mysql}}"),
	},
	{
		What: "write the status of an `XResource`", Verb: "update", Sub: "status", Scope: "claims", From: "platform-engineer",
		Before: object("platform.victor.onl/v1alpha1", "XResource", "", "policies", "spec: {provider: gcp, profile: small, database: {engine: mysql}}"),
		Object: object("platform.victor.onl/v1alpha1", "XResource", "", "policies",
			"spec: {provider: gcp, profile: small, database: {engine: mysql}}\nstatus: {resource: {made: true}}"),
	},
	{
		What: "create a managed resource", Verb: "create", Scope: "claims", From: "platform-engineer",
		Object: object("storage.gcp.upbound.io/v1beta2", "Bucket", "", "policies", "spec: {forProvider: {location: EU}}"),
	},
	{
		What: "create a managed resource", Verb: "create", Scope: "namespaced", From: "platform-engineer",
		Object: object("storage.gcp.m.upbound.io/v1beta1", "Bucket", prod, "policies", "spec: {forProvider: {location: EU}}"),
	},
	{What: "read Secrets", Verb: "list", Object: object("v1", "Secret", prod, "main", ""), From: "platform-engineer"},
	{
		What: "create a Secret `*-password`", Verb: "create", From: "platform-engineer", Besides: "edit", Said: locked,
		Object: object("v1", "Secret", prod, password, ""),
	},
	{
		What: "change a Secret `*-password`", Verb: "update", From: "platform-engineer", Besides: "edit", Said: locked,
		Before: object("v1", "Secret", prod, password, "data: {password: YQ==}"), Object: object("v1", "Secret", prod, password, "data: {password: Yg==}"),
	},
	{
		What: "delete a Secret `*-password`", Verb: "delete", From: "platform-engineer", Besides: "edit", Said: locked,
		Object: object("v1", "Secret", prod, password, ""),
	},
	{What: "create another Secret", Verb: "create", Object: object("v1", "Secret", prod, "main", ""), From: "viewer", Besides: "edit"},
	{
		What: "create a Secret `*-password` in a namespace that is no `{project}-{env}-infra`", Verb: "create", Besides: "edit",
		Object: object("v1", "Secret", "payments", password, ""), From: "viewer",
	},
	{
		What: "write the settings", Verb: "create", From: "platform-engineer",
		Object: object("apiextensions.crossplane.io/v1beta1", "EnvironmentConfig", "", "policies", "data: {}"),
	},
	{
		What: "write a policy", Verb: "create", From: "platform-engineer", Foreign: true,
		Object: object("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicyBinding", "", "policies",
			"spec: {policyName: crossplane-resources-fields, validationActions: [Audit]}"),
	},
}
