package main

import (
	"context"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/response"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// condition that the function sets on XR and claim.
const condition = "CostTagged"

// Reasons of the condition.
const (
	reasonTagged          = "Tagged"
	reasonNotTagged       = "NotTagged"
	reasonInvalidClaim    = "InvalidClaim"
	reasonInvalidSettings = "InvalidSettings"
)

// Function tags what a pipeline desires.
type Function struct {
	fnv1.UnimplementedFunctionRunnerServiceServer
}

// RunFunction decodes the claim and the settings, and tags the desired resources
// in place.
func (*Function) RunFunction(_ context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	rsp := response.To(req)

	c, err := claim.FromXR(req.GetObserved().GetComposite().GetResource())
	if err != nil {
		response.Fatal(rsp, condition, reasonInvalidClaim, err)
		return rsp, nil
	}
	more, err := settingsTags(rsp)
	if err != nil {
		response.Fatal(rsp, condition, reasonInvalidSettings, err)
		return rsp, nil
	}

	t := newTagger(c, more)
	for name, r := range rsp.GetDesired().GetResources() {
		t.tag(name, r.GetResource())
	}
	t.report(rsp)
	return rsp, nil
}

// settingsTags reads no more than the tags of the settings: what else is wrong
// with them is for the steps to judge that need it. Tags that cannot be read are
// an error, since to go on without them would take them off live resources.
func settingsTags(rsp *fnv1.RunFunctionResponse) (map[string]string, error) {
	data, ok := settings.FromContext(rsp.GetContext())
	if !ok {
		return nil, nil //nolint:nilnil // No settings, no tags.
	}
	r := object.Read(data, "settings")
	tags := r.StringMap("tags")
	return tags, r.Err()
}
