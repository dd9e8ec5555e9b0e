package main

import (
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/response"
)

// isSizeless reports whether an XR is a Resource of a type that no cloud sells by size.
func isSizeless(xr *structpb.Struct) bool {
	return statusOf(xr) != "" && !claim.Sized(object.String(xr, "spec", "type"))
}

// reportSizeless says so. A profile that the claim gives all the same is shown, and judged
// by nobody: it decides nothing.
func reportSizeless(rsp *fnv1.RunFunctionResponse, xr *structpb.Struct) {
	if profile := object.String(xr, "spec", "profile"); profile != "" {
		object.Set(response.Composite(rsp), object.Map{"profile": profile}, strings.Split(statusField, ".")...)
	}
	response.True(rsp, condition, "NotApplicable", "a "+object.String(xr, "spec", "type")+" has no size, and grows with what is in it")
}

func (l *left) isEmpty() bool { return len(l.unknown)+len(l.observed) == 0 }
