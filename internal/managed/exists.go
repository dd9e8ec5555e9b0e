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
	// Upjet creates large resources in the background, and says here how it ended.
	if object.String(object.Condition(o, "LastAsyncOperation"), "reason") == "AsyncCreateFailure" {
		return false
	}
	annotations := object.Struct(o, "metadata", "annotations")
	for _, a := range []string{"crossplane.io/external-create-pending", "crossplane.io/external-create-succeeded"} {
		if object.String(annotations, a) != "" {
			return true
		}
	}
	return object.String(object.Condition(o, "Synced"), "status") == "True"
}
