// Package policies says who may do what on a cluster with package/policies. The tests on
// control planes hold the API server to these rows, and docs/policies.md is made of them.
package policies

import "slices"

// Roles of the platform, the least first. Each may all that those before it may.
var Roles = []string{"viewer", "developer", "lead", "platform-engineer"}

// An Act is something that somebody tries.
type Act struct {
	What string // as the page has it
	Verb string // list, create, update or delete
	// Object is what is written, or the kind that is read, in YAML. Before is what stood
	// there; in the words of Object where it is empty.
	Object, Before string
	Sub            string // the subresource that is written
	Earlier        string // the policy that came after what stood there
	Scope          string // claims or namespaced, where the other has no such object
	From           string // the least role that may
	Besides        string // a role of Kubernetes' own that everybody has too
	Foreign        bool   // it is nothing that Crossplane does
	// Said is what the policy answers to jane, whom RBAC lets write such objects.
	Said string
}

// Nobody is the least role of what no role may.
const Nobody = "nobody"

// May reports whether a role is enough for the act.
func (a Act) May(role string) bool {
	return a.From != Nobody && slices.Index(Roles, role) >= slices.Index(Roles, a.From)
}

// resource is a claim or namespaced XR in an infra namespace of the project payments.
func resource(env, annotations, spec string) string {
	return resourceIn("payments-"+env+"-infra", annotations, spec)
}

func resourceIn(namespace, annotations, spec string) string {
	return "apiVersion: platform.victor.onl/v1alpha1\nkind: Resource\n" +
		"metadata: {name: policies, namespace: " + namespace + ", annotations: {" + annotations + "}}\n" +
		"spec: {provider: gcp, profile: small, region: eu-west, database: {engine: postgres}, " + spec + "}\n"
}

// bound is the field by which a claim names its XR.
func bound(xr string) string {
	return "resourceRef: {apiVersion: platform.victor.onl/v1alpha1, kind: XResource, name: " + xr + "}"
}

// Annotations and fields of all that is kept.
const (
	allow      = `platform.victor.onl/allow-delete: "true"`
	everything = "adopt: Observe, externalName: main, project: blog, env: mgmt, deletionPolicy: Delete, writeConnectionSecretToRef: {name: a-password}"
)

// Who is told of in a refusal.
const (
	adopters   = "allowed is whoever has the verb adopt on resources.platform.victor.onl there, as lead and platform-engineer have"
	overriders = "or whoever has the verb override on resources.platform.victor.onl there, as platform-engineer has"
	deleters   = "whoever has the verb allow-delete on resources.platform.victor.onl there, as lead and platform-engineer have"
	inProd     = "is not allowed to jane in namespace payments-prod-infra; "
)

// Fields of Resources.
var Fields = []Act{
	{What: "read a `Resource`", Verb: "list", Object: resource("prod", "", ""), From: "viewer"},
	{What: "create one", Verb: "create", Object: resource("prod", "", ""), From: "developer"},
	{What: "edit one", Verb: "update", Before: resource("prod", "", ""), Object: resource("prod", "", "tags: {a: b}"), From: "developer"},
	{What: "delete one", Verb: "delete", Object: resource("prod", "", ""), From: "developer"},
	{
		What: "`adopt`, in a new one", Verb: "create", Object: resource("prod", "", "adopt: Manage"), From: "lead",
		Said: `spec.adopt: "Manage" ` + inProd + adopters,
	},
	{
		What: "`adopt`, from `Observe` to `Manage`", Verb: "update", From: "lead",
		Before: resource("prod", "", "adopt: Observe"), Object: resource("prod", "", "adopt: Manage"),
		Said: `spec.adopt: "Manage" ` + inProd + adopters,
	},
	{
		What: "`externalName`", Verb: "create", Object: resource("prod", "", "externalName: main"), From: "lead",
		Said: `spec.externalName: "main" ` + inProd + adopters,
	},
	{
		What: "`externalName`, another one", Verb: "update", From: "lead",
		Before: resource("prod", "", "externalName: main"), Object: resource("prod", "", "externalName: other"),
		Said: `spec.externalName: "other" ` + inProd + adopters,
	},
	{
		What: "`project`, another one than the namespace's", Verb: "create", Object: resource("prod", "", "project: blog"), From: "platform-engineer",
		Said: `spec.project: "blog" ` + inProd + "allowed is the namespace's own project, " + overriders,
	},
	{
		What: "`env`, another one than the namespace's", Verb: "update", From: "platform-engineer",
		Before: resource("prod", "", ""), Object: resource("prod", "", "env: dev"),
		Said: `spec.env: "dev" ` + inProd + "allowed is the namespace's own env, " + overriders,
	},
	{What: "`project` and `env`, the namespace's own", Verb: "create", Object: resource("prod", "", "project: payments, env: prod"), From: "developer"},
	{
		What: "`deletionPolicy: Delete` in prod", Verb: "create", Object: resource("prod", "", "deletionPolicy: Delete"), From: "lead",
		Said: `spec.deletionPolicy: "Delete" ` + inProd + "allowed is Orphan, or " + deleters,
	},
	{
		What: "`deletionPolicy: Delete` in prod, in place of `Orphan`", Verb: "update", From: "lead",
		Before: resource("prod", "", "deletionPolicy: Orphan"), Object: resource("prod", "", "deletionPolicy: Delete"),
		Said: `spec.deletionPolicy: "Delete" ` + inProd + "allowed is Orphan, or " + deleters,
	},
	{
		What: "take `env: dev` away in prod's namespace, with `Delete` set", Verb: "update", From: "lead",
		Before: resource("prod", "", "env: dev, deletionPolicy: Delete"), Object: resource("prod", "", "deletionPolicy: Delete"),
		Said: `spec.deletionPolicy: "Delete" ` + inProd + "allowed is Orphan, or " + deleters,
	},
	{What: "`deletionPolicy: Delete` in dev", Verb: "create", Object: resource("dev", "", "deletionPolicy: Delete"), From: "developer"},
	{
		What: "the annotation `allow-delete`", Verb: "create", Object: resource("prod", allow, ""), From: "lead",
		Said: `metadata.annotations.platform.victor.onl/allow-delete: "true" ` + inProd + "allowed is " + deleters,
	},
	{
		What: "the annotation `allow-delete` in dev", Verb: "update", Before: resource("dev", "", ""), Object: resource("dev", allow, ""), From: "lead",
		Said: `metadata.annotations.platform.victor.onl/allow-delete: "true" is not allowed to jane in namespace payments-dev-infra; allowed is ` + deleters,
	},
	{
		What: "the annotation `allow-delete: \"false\"`", Verb: "update", From: "developer",
		Before: resource("prod", allow, ""), Object: resource("prod", `platform.victor.onl/allow-delete: "false"`, ""),
	},
	{
		What: "`writeConnectionSecretToRef` with the name of a password's Secret", Verb: "create", From: "platform-engineer",
		Object: resource("prod", "", "writeConnectionSecretToRef: {name: "+password+"}"),
		Said:   `spec.writeConnectionSecretToRef.name: "` + password + `" ` + inProd + "allowed is a name that does not end in -password, " + overriders,
	},
	{
		What: "`resourceRef`, by which a claim is bound to an XR that was made without one", Verb: "create", Scope: "claims", From: "platform-engineer",
		Object: resource("prod", "", bound("other")),
		Said:   `spec.resourceRef.name: "other" ` + inProd + "allowed is none, since Crossplane writes it, " + overriders,
	},
	{
		What: "`resourceRef`, another one", Verb: "update", Scope: "claims", From: "platform-engineer",
		Before: resource("prod", "", bound("own")), Object: resource("prod", "", bound("other")),
		Said: `spec.resourceRef.name: "other" ` + inProd + "allowed is none, since Crossplane writes it, " + overriders,
	},
	{
		What: "edit a claim that Crossplane has bound", Verb: "update", Scope: "claims", From: "developer",
		Before: resource("prod", "", bound("own")), Object: resource("prod", "", bound("own")+", tags: {a: b}"),
	},
	{
		What: "edit one that has all of these, and leave them", Verb: "update", From: "developer",
		Before: resource("prod", allow, everything), Object: resource("prod", allow, everything+", tags: {a: b}"),
	},
	{What: "take all of these away", Verb: "update", Before: resource("prod", allow, everything), Object: resource("prod", "", ""), From: "developer"},
	{
		What: "create one in a namespace that is no `{project}-{env}-infra`", Verb: "create", Object: resourceIn("payments", "", ""), From: Nobody,
		Said: `metadata.namespace: "payments" is no {project}-{env}-infra with env one of dev, staging, prod, mgmt; rename it, or set spec.project ` +
			`and spec.env, as whoever has the verb override on resources.platform.victor.onl there may`,
	},
	{
		What: "create one there with `project` and `env`", Verb: "create", From: "platform-engineer",
		Object: resourceIn("payments", "", "project: payments, env: dev"),
		Said:   `spec.project: "payments" is not allowed to jane in namespace payments; allowed is the namespace's own project, ` + overriders,
	},
	{
		What: "edit one there that was made before the policy", Verb: "update", From: "developer", Earlier: "crossplane-resources-namespaces",
		Before: resourceIn("payments", "", ""), Object: resourceIn("payments", "", "tags: {a: b}"),
	},
}
