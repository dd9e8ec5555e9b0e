package main

// about is what kubectl explain says of the kind.
const about = "A Resource is a database, a bucket, a cache, a queue or a Kubernetes cluster of a project in an env, on Google Cloud, AWS, " +
	"Azure or IBM Cloud. " +
	"spec says what is asked for, and status.resource what runs and where it is reached. Where it is not ready, the conditions say why: " +
	"Composed whether the claim and the settings can be met, Provisioned what the cloud says, with the provider's own error, " +
	"Sized what the profile came to, and CostTagged which tags the bill carries."

// columns are what kubectl get shows, and behind -o wide. Crossplane adds its own behind them:
// SYNCED, READY, AGE, of claims CONNECTION-SECRET, and of XRs COMPOSITION and its revision
// (schemas.go of crossplane-runtime's pkg/xcrd 2.4, and of Crossplane's internal/xcrd 1.20).
// Only the first result of a path is printed, and a filter has one comparison (tableconvertor.go
// of apiextensions-apiserver, and jsonpath of client-go), so that no column can have
// whatever is False: each condition has one.
func columns() []any {
	return []any{
		column("TYPE", ".spec.type"),
		column("PROVIDER", ".status.resource.provider"),
		column("PROFILE", ".spec.profile"),
		column("ENDPOINT", ".status.resource.endpoint"),
		wide("ENGINE", ".status.resource.engine"),
		wide("VERSION", ".status.resource.version"),
		wide("SIZE", ".status.size.instance"),
		wide("COMPOSED", condition("Composed", "reason")),
		wide("PROVISIONED", condition("Provisioned", "reason")),
		wide("COMPOSED-MESSAGE", condition("Composed", "message")),
		wide("PROVISIONED-MESSAGE", condition("Provisioned", "message")),
		wide("SYNCED-MESSAGE", condition("Synced", "message")),
	}
}

func column(name, path string) object {
	return object{"name": name, "type": "string", "jsonPath": path}
}

// wide is a column behind kubectl get -o wide.
func wide(name, path string) object {
	c := column(name, path)
	c["priority"] = 1
	return c
}

// condition is the path to what a condition has in a field.
func condition(name, field string) string {
	return ".status.conditions[?(@.type=='" + name + "')]." + field
}
