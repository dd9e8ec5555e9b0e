package managed

import (
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Exists says whether the cloud may have what a managed resource stands for.
func Exists(o *structpb.Struct) bool {
	if o == nil {
		return false
	}
	if object.String(o, "status", "atProvider", "id") != "" || object.String(object.Condition(o, "Ready"), "status") == "True" {
		return true
	}
	if CreationFailed(o) {
		return false
	}
	return WasMade(o) || object.String(object.Condition(o, "Synced"), "status") == "True"
}

// WasMade reports whether the provider of a managed resource made what it stands for, or began to:
// what was there before has neither annotation.
func WasMade(o *structpb.Struct) bool {
	annotations := object.Struct(o, "metadata", "annotations")
	for _, a := range []string{"crossplane.io/external-create-pending", "crossplane.io/external-create-succeeded"} {
		if object.String(annotations, a) != "" {
			return !CreationFailed(o)
		}
	}
	return false
}

// CreationFailed reports whether the last try to make what a managed resource stands for
// failed: by Upjet's condition, for it creates large resources in the background, or by the
// newest of the annotations that every provider writes (crossplane-runtime's
// ExternalCreateIncomplete and its twins, whose times are all UTC).
func CreationFailed(o *structpb.Struct) bool {
	if object.String(object.Condition(o, "LastAsyncOperation"), "reason") == "AsyncCreateFailure" {
		return true
	}
	annotations := object.Struct(o, "metadata", "annotations")
	failed := object.String(annotations, "crossplane.io/external-create-failed")
	return failed != "" && failed >= object.String(annotations, "crossplane.io/external-create-pending") &&
		failed >= object.String(annotations, "crossplane.io/external-create-succeeded")
}
