package managed

import (
	"slices"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// OnlyObserved reports whether a managed resource may neither make nor change what the
// cloud has: nothing below its spec.forProvider reaches the cloud, and the CRDs ask for
// none of it. A resource without management policies may do everything; one with an empty
// list of them is paused (crossplane-runtime's ManagementPoliciesResolver).
func OnlyObserved(o *structpb.Struct) bool {
	policies, said := policiesOf(o)
	return said && !mayDo(policies, "Create") && !mayDo(policies, "Update")
}

// MayChange reports whether what a managed resource desires now reaches the cloud: its
// policies let the provider update the cloud's resource, or make it where there is none yet.
// The observed object is nil before the first one.
func MayChange(desired, observed *structpb.Struct) bool {
	policies, said := policiesOf(desired)
	return !said || mayDo(policies, "Update") || mayDo(policies, "Create") && !Exists(observed)
}

func policiesOf(o *structpb.Struct) (policies []string, said bool) {
	list := object.Get(o, "spec", "managementPolicies").GetListValue()
	for _, v := range list.GetValues() {
		policies = append(policies, v.GetStringValue())
	}
	return policies, list != nil
}

func mayDo(policies []string, action string) bool {
	return slices.Contains(policies, "*") || slices.Contains(policies, action)
}
