package managed

import (
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// pausedAnnotation on a managed resource, or on what is desired of it, pauses it
// (crossplane-runtime, pkg/meta).
const pausedAnnotation = "crossplane.io/paused"

// OnlyObserved reports whether a managed resource may neither make nor change what the
// cloud has: nothing below its spec.forProvider reaches the cloud, and the CRDs ask for
// none of it. A resource without management policies may do everything. One that is paused
// is not observed either: what it desires stays for the day that it is not paused.
func OnlyObserved(o *structpb.Struct) bool {
	policies, said := policiesOf(o)
	return said && len(policies) > 0 && !mayDo(policies, "Create") && !mayDo(policies, "Update")
}

// IsPaused reports whether a provider is told to leave a managed resource alone: by the
// annotation, or by an empty list of management policies (crossplane-runtime's
// ManagementPoliciesResolver). The observed object is nil before the first one.
func IsPaused(desired, observed *structpb.Struct) bool {
	policies, said := policiesOf(desired)
	return said && len(policies) == 0 || hasPause(desired) || hasPause(observed)
}

func hasPause(o *structpb.Struct) bool {
	return object.String(o, "metadata", "annotations", pausedAnnotation) == "true"
}

// MayChange reports whether what a managed resource desires now reaches the cloud: nobody
// has paused it, and its policies let the provider update the cloud's resource, or make it
// where there is none yet. The observed object is nil before the first one.
func MayChange(desired, observed *structpb.Struct) bool {
	policies, said := policiesOf(desired)
	return !IsPaused(desired, observed) && (!said || mayDo(policies, "Update") || mayDo(policies, "Create") && !Exists(observed))
}

// MayUpdate reports whether the policies of a managed resource let its provider change what the
// cloud has, whether or not somebody has paused it.
func MayUpdate(o *structpb.Struct) bool {
	policies, said := policiesOf(o)
	return o != nil && (!said || mayDo(policies, "Update"))
}

// IsOrphan reports whether the cloud's resource outlives a managed one.
func IsOrphan(o *structpb.Struct) bool {
	if object.String(o, "spec", "deletionPolicy") == "Orphan" {
		return true
	}
	policies, _ := policiesOf(o)
	return len(policies) > 0 && !mayDo(policies, "Delete")
}

// LetGo has a provider delete the cloud's resource together with a managed one, of which a
// desired and an observed form are given. The observed policies count, whoever wrote them:
// with no Delete among them the cloud's resource would stay.
func LetGo(desired, observed *structpb.Struct) {
	if policies, _ := policiesOf(observed); len(policies) > 0 && !mayDo(policies, "Delete") {
		all := make([]any, 0, len(policies)+1)
		for _, p := range policies {
			all = append(all, p.GetStringValue())
		}
		object.Set(desired, append(all, "Delete"), "spec", "managementPolicies")
	}
	if object.String(observed, "spec", "deletionPolicy") != "" {
		object.Set(desired, "Delete", "spec", "deletionPolicy")
	}
}

// policiesOf are the policies as they stand: a list may be long, and is asked for often.
func policiesOf(o *structpb.Struct) (policies []*structpb.Value, said bool) {
	list := object.Get(o, "spec", "managementPolicies").GetListValue()
	return list.GetValues(), list != nil
}

func mayDo(policies []*structpb.Value, action string) bool {
	return slices.ContainsFunc(policies, func(v *structpb.Value) bool { return v.GetStringValue() == "*" || v.GetStringValue() == action })
}
