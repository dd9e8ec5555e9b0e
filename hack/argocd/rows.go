package main

// What Argo CD calls the health of an object (pkg/health of argoproj/gitops-engine).
const (
	healthy     = "Healthy"
	suspended   = "Suspended"   // waits for somebody, or was paused by somebody
	progressing = "Progressing" // gets on by itself
	degraded    = "Degraded"    // somebody has to mend it
)

// A row is what one reason of a condition means. A reason that stands in two rows of a condition
// means different things by the condition's status, or by its message, which stands behind the
// reason then.
type row struct{ Condition, Reason, Status, Health string }

// claims are the rows of a claim and of a namespaced XR. FatalError is Crossplane's own word for
// a condition of a function that did not come to speak, since a step before it failed; of a claim
// nothing else tells, since its Synced is not that of its XR (reasonFatalError of
// internal/controller/apiextensions/composite in 1.20 and 2.4). Where several conditions are not
// Healthy the worst counts, and of two that are as bad the first in the order of the rows.
var claims = []row{
	{"Composed", "Composed", "", healthy},
	{"Composed", "SettingsKept", "", healthy},
	{"Composed", "NoDeadLetters", "", healthy},
	{"Composed", "SharedNamespace", "", healthy},
	{"Composed", "PublicEndpoint", "", healthy},
	{"Composed", "DeclaredByTheApp", "", healthy},
	{"Composed", "SameZone", "", healthy},
	{"Composed", "Adopted", "", healthy},
	{"Composed", "Found", "", healthy},
	{"Composed", "Observed", "", healthy},
	{"Composed", "Observing", "", progressing},
	{"Composed", "Differs", "", suspended}, // until the claim says what is there
	{"Composed", "NotAllowed", "True", healthy},
	{"Composed", "NotAllowed", "False", degraded},
	{"Composed", "NoNetwork", "True", healthy},
	{"Composed", "NoNetwork", "False", suspended}, // until the platform names one
	{"Composed", "AwaitingSettings", "Unknown", progressing},
	{"Composed", "AwaitingSettings", "False", suspended}, // until the platform adds them
	{"Composed", "PasswordUnknown", "", degraded},
	{"Composed", "InvalidClaim", "", degraded},
	{"Composed", "InvalidSettings", "", degraded},
	{"Composed", "InvalidInput", "", degraded},
	{"Composed", "NotInstalled", "", degraded},
	{"Composed", "Refused", "", degraded},
	{"Composed", "NameTaken", "", degraded},
	{"Composed", "ForeignSecret", "", degraded},
	{"Composed", "NoPassword", "", degraded},
	{"Composed", "PasswordLost", "", degraded},
	{"Composed", "Panic", "", degraded},
	{"Composed", "FatalError", "", degraded},

	{"Sized", "Sized", "", healthy},
	{"Sized", "Kept", "", healthy},
	{"Sized", "NotApplicable", "", healthy},
	{"Sized", "Observed", "", healthy},
	{"Sized", "HeldBack", "", healthy}, // what runs is what ran; the message says what waits
	{"Sized", "NotSized", "", degraded},
	{"Sized", "InvalidProfile", "", degraded},
	{"Sized", "InvalidInput", "", degraded},
	{"Sized", "Panic", "", degraded},
	{"Sized", "FatalError", "", degraded},

	{"CostTagged", "Tagged", "", healthy},
	{"CostTagged", "Observed", "", healthy},
	{"CostTagged", "Paused", "", healthy}, // Provisioned is Paused, too
	{"CostTagged", "NotUpdated", "", healthy},
	{"CostTagged", "TagsDropped", "", degraded},
	{"CostTagged", "NotTagged", "", degraded},
	{"CostTagged", "NoTags", "", degraded},
	{"CostTagged", "InvalidClaim", "", degraded},
	{"CostTagged", "InvalidSettings", "", degraded},
	{"CostTagged", "InvalidInput", "", degraded},
	{"CostTagged", "InvalidTags", "", degraded},
	{"CostTagged", "Panic", "", degraded},
	{"CostTagged", "FatalError", "", degraded},

	{"Provisioned", "Available", "", healthy},
	{"Provisioned", "Changing", "True", healthy},
	{"Provisioned", "Changing", "False", progressing},
	{"Provisioned", "Creating", "", progressing},
	{"Provisioned", "Deleting", "", degraded}, // nobody asked for it in Git
	{"Provisioned", "Unavailable", "", degraded},
	{"Provisioned", "Stopped", "", degraded},
	{"Provisioned", "Paused", "", suspended},
	{"Provisioned", "ProviderError", "", degraded},
	{"Provisioned", "UnknownState", "", progressing},
	{"Provisioned", "NotResized", "", degraded},
	{"Provisioned", "MadeAgain", "", degraded},
	{"Provisioned", "PasswordUnknown", "", degraded},
	{"Provisioned", "AwaitingPassword", "", suspended}, // until the database's owner writes it
	{"Provisioned", "NotComposed", "", healthy},        // Composed says why
	{"Provisioned", "FatalError", "", degraded},

	{"EndOfLife", "EndsSoon", "", healthy}, // the message says until when
	{"EndOfLife", "Ended", "", healthy},    // it serves as before
	{"EndOfLife", "Supported", "False", healthy},
	{"EndOfLife", "FatalError", "", healthy},
	{"Delivered", "Delivered", "", healthy},
	{"Delivered", "NoSecret", "", healthy}, // the claim asks for none
	{"Delivered", "NotAsked", "", healthy},
	{"Delivered", "Delivering", "", progressing},
	{"Delivered", "Waiting", "", progressing},
	{"Delivered", "StoreError", "", degraded},
	{"Delivered", "NotInstalled", "", degraded},
	{"Delivered", "NotSupported", "", degraded},
	{"Delivered", "FatalError", "", healthy},
	{"Rotated", "Rotated", "", healthy},
	{"Rotated", "NotAsked", "", healthy},
	{"Rotated", "NotCounted", "", healthy},   // the word stays in Git
	{"Rotated", "NotSupported", "", healthy}, // likewise, and the database is as it was
	{"Rotated", "Rotating", "", progressing},
	{"Rotated", "Waiting", "", progressing},
	{"Rotated", "FatalError", "", healthy},

	// Of Crossplane itself (apis/core of crossplane-runtime, and the claim's and the XR's
	// reconcilers in internal/controller/apiextensions, 1.20 and 2.4).
	{"Synced", "ReconcileSuccess", "", healthy},
	{"Synced", "ReconcileError", "", degraded},
	{"Synced", "ReconcilePaused", "", suspended},
	// Of an XR on 2.x: of what it composes Crossplane hears too much, and looks now and then only
	// (apis/apiextensions/v1 of Crossplane 2.4).
	{"Responsive", "WatchCircuitClosed", "", healthy},
	{"Responsive", "WatchCircuitOpen", "", progressing},
	{"Ready", "Available", "", healthy},
	{"Ready", "Waiting", "", progressing},
	{"Ready", "Creating", "", progressing},
	{"Ready", "Deleting", "", progressing},
	{"Ready", "Unavailable", "", progressing},
}

// packages are the rows of a package (apis/pkg/v1 of Crossplane, 1.20 and 2.4).
var packages = []row{
	{"Installed", "ActivePackageRevision", "", healthy},
	{"Installed", "InactivePackageRevision", "", suspended}, // until somebody activates it
	{"Installed", "UnpackingPackage", "", progressing},
	{"Healthy", "HealthyPackageRevision", "", healthy},
	{"Healthy", "UnhealthyPackageRevision", "", degraded},
	// Nobody has judged the new revision yet (PackageHealth of apis/pkg/v1, 2.4).
	{"Healthy", `UnhealthyPackageRevision: Package revision health is "Unknown"`, "", progressing},
	{"Healthy", `UnhealthyPackageRevision: Package runtime health is "Unknown"`, "", progressing},
	{"Healthy", "UnknownPackageRevisionHealth", "", progressing},
}
