package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/response"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// conditionSized is what this function sets on XR and claim.
const conditionSized = "Sized"

// Function sizes desired resources.
type Function struct {
	fnv1.UnimplementedFunctionRunnerServiceServer
}

// A sizer puts a profile on a desired resource of one kind.
type sizer func(desired, observed *structpb.Struct, p profile) (*sized, error)

// sizers by kind and API group, in both scopes.
//
//nolint:gochecknoglobals // A table, built once.
var sizers = map[[2]string]sizer{
	{"DatabaseInstance", "sql.gcp.upbound.io"}:   sizeGCP,
	{"DatabaseInstance", "sql.gcp.m.upbound.io"}: sizeGCP,
	{"Instance", "rds.aws.upbound.io"}:           sizeAWS,
	{"Instance", "rds.aws.m.upbound.io"}:         sizeAWS,
}

// sized is what became of one resource.
type sized struct {
	profile    string
	sku        sku
	storageGiB int
	kept       bool // its disk is larger than what is asked for
	ha         bool
	ok         bool // its body could be written
}

func (s *sized) keep(storageGiB int) { s.storageGiB, s.kept = storageGiB, true }

func (s *sized) String() string {
	text := fmt.Sprintf("%s: %s (%d vCPU, %g GiB), %d GiB of disk", s.profile, s.sku.name, s.sku.vcpu, s.sku.memoryGiB, s.storageGiB)
	if s.kept {
		text += ", kept although less is asked for"
	}
	return text
}

// RunFunction sizes what it knows among the desired resources, in place.
func (f *Function) RunFunction(_ context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	rsp := response.To(req)
	names := sizable(rsp.GetDesired().GetResources())
	if len(names) == 0 {
		return rsp, nil
	}
	p, err := requested(req)
	if err != nil {
		response.Fatal(rsp, conditionSized, "InvalidProfile", err)
		return rsp, nil
	}

	var first *sized
	var unwritten []string
	for _, name := range names {
		o := rsp.GetDesired().GetResources()[name].GetResource()
		s, err := sizerOf(o)(o, req.GetObserved().GetResources()[name].GetResource(), p)
		if err != nil {
			response.Fatal(rsp, conditionSized, "InvalidProfile", err)
			return rsp, nil
		}
		if !s.ok {
			unwritten = append(unwritten, name)
			continue
		}
		if first == nil {
			first = s
		}
	}
	if len(unwritten) > 0 {
		response.False(rsp, conditionSized, "NotSized", "cannot size "+strings.Join(unwritten, ", ")+": a field on the way is no object")
		return rsp, nil
	}
	object.Set(response.Composite(rsp), object.Map{
		"profile":          first.profile,
		"instance":         first.sku.name,
		"vcpu":             first.sku.vcpu,
		"memoryGiB":        first.sku.memoryGiB,
		"storageGiB":       first.storageGiB,
		"highAvailability": first.ha,
	}, "status", "size")
	response.True(rsp, conditionSized, "Sized", first.String())
	return rsp, nil
}

// requested returns the profile that the XR asks for, with its own disk size.
func requested(req *fnv1.RunFunctionRequest) (profile, error) {
	xr := req.GetObserved().GetComposite().GetResource()
	overrides := map[string]settings.Profile{}
	if data, ok := settings.FromContext(req.GetContext()); ok {
		s, err := settings.Parse(data, "settings")
		if err != nil {
			return profile{}, err
		}
		overrides = s.Profiles
	}
	r := object.Read(object.Struct(xr, "spec"), "spec")
	name := r.String("profile")
	disk := r.Object("database").Int("storageGiB", 1, maxDisk)
	if err := r.Err(); err != nil {
		return profile{}, err
	}
	p, err := profileOf(name, overrides)
	if err != nil {
		return profile{}, err
	}
	if disk > 0 {
		p.storageGiB = disk
	}
	return p, nil
}

func sizerOf(o *structpb.Struct) sizer {
	group, _, _ := strings.Cut(object.String(o, "apiVersion"), "/")
	return sizers[[2]string{object.String(o, "kind"), group}]
}

// sizable returns the names of the resources that have a sizer, in order.
func sizable(desired map[string]*fnv1.Resource) []string {
	var names []string
	for name, r := range desired {
		if sizerOf(r.GetResource()) != nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
