// Package response writes the answer of a composition function: what every one
// of our functions does in the same way. The SDK has a package for it too, which
// links client-go and doubles a function's size.
package response

import (
	"strings"
	"unicode"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// To starts the answer to a request. It passes on the desired state, which the
// function then edits in place, and the pipeline's context.
func To(req *fnv1.RunFunctionRequest) *fnv1.RunFunctionResponse {
	rsp := &fnv1.RunFunctionResponse{
		Meta:    &fnv1.ResponseMeta{Tag: req.GetMeta().GetTag()},
		Desired: req.GetDesired(),
		Context: req.GetContext(),
	}
	if rsp.GetDesired() == nil {
		rsp.Desired = &fnv1.State{}
	}
	return rsp
}

// maxSentence is the length, in bytes, of what a claim shows. A condition takes 32
// KiB, and a sentence repeats what a person wrote, which may be a megabyte.
const maxSentence = 4000

// sentence is one line of bounded length.
func sentence(s string) string {
	if len(s) > maxSentence {
		s = strings.ToValidUTF8(s[:maxSentence], "") + "…"
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}

// Fatal ends the pipeline: Crossplane then leaves every composed resource as it
// is. A fatal result reaches the XR's events only, so the same sentence stands
// in a condition, which reaches the claim as well.
func Fatal(rsp *fnv1.RunFunctionResponse, conditionType, reason string, err error) {
	rsp.Results = append(rsp.Results, &fnv1.Result{
		Severity: fnv1.Severity_SEVERITY_FATAL,
		Message:  sentence(err.Error()),
		Reason:   &reason,
		Target:   fnv1.Target_TARGET_COMPOSITE_AND_CLAIM.Enum(),
	})
	False(rsp, conditionType, reason, err.Error())
}

// True sets a condition of XR and claim to True.
func True(rsp *fnv1.RunFunctionResponse, conditionType, reason, message string) {
	condition(rsp, conditionType, fnv1.Status_STATUS_CONDITION_TRUE, reason, message)
}

// False sets a condition of XR and claim to False.
func False(rsp *fnv1.RunFunctionResponse, conditionType, reason, message string) {
	condition(rsp, conditionType, fnv1.Status_STATUS_CONDITION_FALSE, reason, message)
}

// Unknown sets a condition of XR and claim to Unknown.
func Unknown(rsp *fnv1.RunFunctionResponse, conditionType, reason, message string) {
	condition(rsp, conditionType, fnv1.Status_STATUS_CONDITION_UNKNOWN, reason, message)
}

func condition(rsp *fnv1.RunFunctionResponse, conditionType string, status fnv1.Status, reason, message string) {
	c := &fnv1.Condition{
		Type:   conditionType,
		Status: status,
		Reason: reason,
		Target: fnv1.Target_TARGET_COMPOSITE_AND_CLAIM.Enum(),
	}
	if message = sentence(message); message != "" {
		c.Message = &message
	}
	rsp.Conditions = append(rsp.Conditions, c)
}

// Composite returns the desired XR, made where no function before wrote one.
// Only its status may be written.
func Composite(rsp *fnv1.RunFunctionResponse) *structpb.Struct {
	d := rsp.GetDesired()
	if d.GetComposite() == nil {
		d.Composite = &fnv1.Resource{}
	}
	if d.GetComposite().GetResource() == nil {
		d.Composite.Resource = &structpb.Struct{}
	}
	if d.GetComposite().GetResource().GetFields() == nil {
		d.Composite.Resource.Fields = map[string]*structpb.Value{}
	}
	return d.GetComposite().GetResource()
}
