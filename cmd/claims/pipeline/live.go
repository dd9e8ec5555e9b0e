package pipeline

import (
	"context"
	"strings"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

const mainPart = lifecycle.Instance

// rounds are enough for all of a claim to be there: what is named by an id comes after it.
const rounds = 8

// A Live is a claim whose resources are made, as far as one can say without a cloud.
type Live struct {
	Answer

	Observed map[string]*fnv1.Resource
}

// Live composes an XR until a cloud that takes all that it is asked for has made it.
func (p *Pipeline) Live(ctx context.Context, xr *structpb.Struct) (*Live, error) {
	live := &Live{}
	xr = proto.CloneOf(xr)
	for range rounds {
		a, err := p.Run(ctx, xr, live.Observed)
		if err != nil {
			return nil, err
		}
		live.Answer = *a
		if a.Refusal != "" {
			return live, nil
		}
		next, same := make(map[string]*fnv1.Resource, len(a.Desired)), len(a.Desired) == len(live.Observed)
		for name, r := range a.Desired {
			next[name] = provided(name, r.GetResource(), live.Observed[name].GetResource())
			same = same && proto.Equal(next[name], live.Observed[name])
		}
		same = same && proto.Equal(a.Status, object.Struct(xr, "status"))
		live.Observed = next
		Show(xr, a.Status)
		if same {
			break
		}
	}
	return live, nil
}

// Show gives an XR the status of a composed one.
func Show(xr, status *structpb.Struct) {
	if status != nil {
		object.Put(xr, structpb.NewStructValue(proto.CloneOf(status)), "status")
	}
}

// made is when everything was made: any time will do.
const made = "2026-01-01T00:00:00Z"

// provided is a resource after its provider was there: it has what it is asked for, and
// reports no more than that. What is no managed resource is there as it is.
func provided(name string, desired, observed *structpb.Struct) *fnv1.Resource {
	o := proto.CloneOf(desired)
	if object.String(o, "metadata", "name") == "" {
		object.Set(o, "made-"+name, "metadata", "name")
	}
	if !strings.HasSuffix(lifecycle.Group(o), ".upbound.io") {
		return &fnv1.Resource{Resource: o}
	}
	external := object.String(o, "metadata", "annotations", managed.ExternalNameAnnotation)
	if was := object.String(observed, "metadata", "annotations", managed.ExternalNameAnnotation); was != "" {
		external = was // its provider wrote it, and nobody takes it away
	}
	if external == "" {
		external = "made-" + name
	}
	object.Set(o, external, "metadata", "annotations", managed.ExternalNameAnnotation)
	object.Set(o, made, "metadata", "annotations", "crossplane.io/external-create-succeeded")
	at := &structpb.Struct{Fields: map[string]*structpb.Value{"id": structpb.NewStringValue(external)}}
	for _, asked := range []string{"initProvider", "forProvider"} {
		overlay(at, object.Struct(o, "spec", asked))
	}
	object.Put(o, structpb.NewStructValue(object.New(object.Map{
		"atProvider": at,
		"conditions": []any{
			object.Map{"type": "Synced", "status": "True", "reason": "ReconcileSuccess"},
			object.Map{"type": "Ready", "status": "True", "reason": "Available"},
		},
	})), "status")
	return &fnv1.Resource{Resource: o}
}

// overlay writes the fields of one object over those of another.
func overlay(into, from *structpb.Struct) {
	for name, v := range from.GetFields() {
		if inner := into.GetFields()[name].GetStructValue(); inner != nil && v.GetStructValue() != nil {
			overlay(inner, v.GetStructValue())
			continue
		}
		into.Fields[name] = proto.CloneOf(v)
	}
}
