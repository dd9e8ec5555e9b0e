package costtagger

import (
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// The field of a launch template with the tags of what is launched by it.
const (
	specifications = "tagSpecifications"
	resourceType   = "resourceType"
)

// launched are the resources that a launch template tags and that are billed. EC2 takes
// network-interface and spot-instances-request as well, which cost nothing by themselves, and
// a launch fails that does not make what is named: so they are only filled where a step
// before has named them. All machines but those of instance-store images have a volume. From
// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateTagSpecificationRequest.html.
var launched = []struct{ resource, what string }{{"instance", "machines"}, {"volume", "volumes"}}

// isTemplate reports whether an object is a launch template of provider-aws.
func isTemplate(o *structpb.Struct) bool { return kindOf(o) == launchTemplate }

var launchTemplate = kind{"ec2.aws", "LaunchTemplate"}

// kindOf returns the kind of an object as the table has it.
func kindOf(o *structpb.Struct) kind {
	return kind{shortGroup(groupOf(object.String(o, "apiVersion"))), object.String(o, "kind")}
}

// specify has a launch template tag what is launched by it, for the table to fill. Another
// specification makes another version of a template that exists, and whoever follows its
// latest version replaces every machine for it: nodes of EKS are recycled, a group refreshes.
// So none is added to a template that exists without it, and that is said.
func (t *tagger) specify(o *structpb.Struct, observed *fnv1.Resource) {
	forProvider := object.Ensure(o, "spec", "forProvider")
	if !isTemplate(o) || forProvider == nil {
		return
	}
	live := observed.GetResource()
	here, ok := present(forProvider, specifications)
	if ok && here.GetListValue() == nil || object.Get(o, "spec", "initProvider", specifications) != nil {
		return
	}
	items := slices.Clone(here.GetListValue().GetValues())
	if slices.ContainsFunc(items, func(v *structpb.Value) bool { return v.GetStructValue() == nil }) {
		return
	}
	for _, l := range launched {
		switch {
		case specifies(here, l.resource):
		case isMade(o, live) && !specifies(object.Get(live, "spec", "forProvider", specifications), l.resource) &&
			!specifies(object.Get(live, "status", "atProvider", specifications), l.resource):
			t.note(note{"tags of LaunchTemplate do not reach its " + l.what + ": a new version of a template that exists may replace machines, " +
				"so set " + specifications + " of " + l.resource + " in the step before", missing})
		default:
			items = append(items, object.Value(object.Map{resourceType: l.resource}))
		}
	}
	if len(items) > 0 {
		forProvider.Fields[specifications] = structpb.NewListValue(&structpb.ListValue{Values: items})
	}
}

// isMade reports whether EC2 has a launch template. It assigns their names, so that a name of
// its form is of one that is there, before any report of it: one that is taken over by its
// name, or whose provider cannot look at it now.
func isMade(desired, live *structpb.Struct) bool {
	return managed.Exists(live) || slices.ContainsFunc([]*structpb.Struct{desired, live}, func(o *structpb.Struct) bool {
		return strings.HasPrefix(object.String(o, "metadata", "annotations", managed.ExternalNameAnnotation), "lt-")
	})
}

// specifies reports whether a list of tag specifications has one of a resource.
func specifies(list *structpb.Value, resource string) bool {
	return slices.ContainsFunc(list.GetListValue().GetValues(), func(v *structpb.Value) bool {
		return object.String(v.GetStructValue(), resourceType) == resource
	})
}
