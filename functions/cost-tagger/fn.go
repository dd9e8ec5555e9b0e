// Package costtagger is the composition function function-cost-tagger. It puts cost tags and
// labels on every resource that the steps before it desire.
package costtagger

import (
	"context"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/costtag"
	"github.com/victor-onl/crossplane-resources/internal/environment"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/response"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// Condition is what this function sets on XR and claim.
const Condition = "CostTagged"

const condition = Condition

// Reasons of the condition.
const (
	reasonTagged          = "Tagged"
	reasonNotTagged       = "NotTagged"
	reasonDropped         = "TagsDropped"
	reasonObserved        = "Observed"   // only observed
	reasonPaused          = "Paused"     // a provider leaves it alone
	reasonNotUpdated      = "NotUpdated" // it exists, and its provider may not update it
	reasonNoTags          = "NoTags"
	reasonInvalidClaim    = "InvalidClaim"
	reasonInvalidSettings = "InvalidSettings"
	reasonInvalidInput    = "InvalidInput"
	reasonInvalidTags     = "InvalidTags"
)

// platformGroup is the API group of the claims that the convention is for.
const platformGroup = "platform.victor.onl"

// Function tags what a pipeline desires.
type Function struct {
	fnv1.UnimplementedFunctionRunnerServiceServer
}

// RunFunction decodes the input, the claim and the settings, and tags the desired
// resources in place.
func (*Function) RunFunction(ctx context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	rsp := response.To(req)
	xr := req.GetObserved().GetComposite().GetResource()

	in, err := readInput(req.GetInput())
	if err != nil {
		response.Fatal(rsp, condition, reasonInvalidInput, err)
		return rsp, nil
	}
	ours := isResource(xr)
	if !ours && len(in.sources) == 0 {
		response.False(rsp, condition, reasonNoTags, "nothing is tagged: the platform's convention is for a Resource, so give this step an input with tags")
		return rsp, nil
	}
	var c *claim.Claim
	var more map[string]string
	var plane string
	var gone bool
	if ours {
		if c, err = claim.FromXR(xr); err != nil {
			response.Fatal(rsp, condition, reasonInvalidClaim, err)
			return rsp, nil
		}
		if more, plane, gone, err = settingsTags(rsp, xr); err != nil {
			response.Fatal(rsp, condition, reasonInvalidSettings, err)
			return rsp, nil
		}
	}
	tags, notes, err := collect(c, more, plane, in, xr, environment.Of(rsp.GetContext()))
	if err != nil {
		response.Fatal(rsp, condition, reasonInvalidTags, err)
		return rsp, nil
	}

	if gone && len(more) > 0 {
		notes = append(notes, note{"the settings are gone: the tags that they gave stay as they were", missing})
	}

	t := newTagger(in, tags, notes, schemasOf(req))
	statusTo := in.statusTo
	if ours {
		t.convention(c)
		if len(statusTo) == 0 {
			statusTo = []string{"status", "cost"}
		}
	}
	t.survey(rsp.GetDesired().GetResources())
	observed := req.GetObserved().GetResources()
	for name, r := range rsp.GetDesired().GetResources() {
		if err := ctx.Err(); err != nil {
			return nil, err // nobody waits for the rest
		}
		t.tag(name, r.GetResource(), observed[name])
	}
	t.schemas.require(rsp)
	t.report(rsp, statusTo)
	return rsp, nil
}

// isResource says whether an XR is the platform's own, as a claim has it or
// namespaced.
func isResource(xr *structpb.Struct) bool {
	kind := object.String(xr, "kind")
	return groupOf(object.String(xr, "apiVersion")) == platformGroup && (kind == "Resource" || kind == "XResource")
}

// settingsTags reads no more than the tags of the settings, and the control plane: what else is wrong
// with them is for the steps to judge that need it. Tags that cannot be read are
// an error, since to go on without them would take them off live resources; where
// there are no settings any more, the tags that they gave the last time stay.
func settingsTags(rsp *fnv1.RunFunctionResponse, xr *structpb.Struct) (tags map[string]string, plane string, gone bool, err error) {
	data, ok := environment.FromContext(rsp.GetContext())
	if !ok {
		tags = inherited(xr)
		plane = tags[costtag.ControlPlane]
		return tags, plane, true, nil
	}
	r := object.Read(data, "settings")
	tags, plane = r.StringMap("tags"), settings.ReadControlPlane(r)
	return tags, plane, false, r.Err()
}
