// Package profilesizer is the composition function function-profile-sizer. It puts the
// sizes of the XR's profile on the desired resources it knows.
package profilesizer

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/response"
)

// Function sizes desired resources.
type Function struct {
	fnv1.UnimplementedFunctionRunnerServiceServer
}

// RunFunction sizes what it knows among the desired resources, in place. A fatal
// result makes Crossplane discard what was written until then.
func (f *Function) RunFunction(ctx context.Context, req *fnv1.RunFunctionRequest) (*fnv1.RunFunctionResponse, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	rsp := response.To(req)
	in, err := readInput(req.GetInput())
	if err != nil {
		response.Fatal(rsp, condition, "InvalidInput", err)
		return rsp, nil
	}
	picks, left := in.pick(rsp.GetDesired().GetResources())
	if len(picks) == 0 && left.isEmpty() && reportSizeless(rsp, req.GetObserved().GetComposite().GetResource()) {
		return rsp, nil
	}
	if len(picks) == 0 {
		left.report(rsp, req, in)
		return rsp, nil
	}
	asked, err := newRequest(req, in)
	if err != nil {
		response.Fatal(rsp, condition, "InvalidProfile", err)
		return rsp, nil
	}
	slices.SortFunc(picks, func(a, b pick) int { return strings.Compare(a.name, b.name) })
	results := make([]result, 0, len(picks))
	for _, k := range picks {
		if err := ctx.Err(); err != nil {
			return nil, err // nobody waits for the rest
		}
		s, err := size(req, asked, k)
		if err != nil {
			response.Fatal(rsp, condition, "InvalidProfile", err)
			return rsp, nil
		}
		results = append(results, result{k.name, s})
	}
	report(rsp, cmp.Or(in.statusTo, statusOf(asked.xr)), results, left.unknown)
	return rsp, nil
}

func size(req *fnv1.RunFunctionRequest, asked *request, k pick) (*sized, error) {
	kept := k.layout != nil && isKept(k.resource)
	p, err := asked.profile(k.source)
	if err != nil && !kept {
		return nil, err
	}
	if err != nil {
		p = asked.unknown(k.source)
	}
	p = k.meant(p).atLeast(k.resource)
	observed := req.GetObserved().GetResources()[k.name].GetResource()
	var s *sized
	if kept {
		s, err = k.keep(observed, p, err)
	} else {
		s, err = k.size(k.resource, observed, p)
	}
	if err != nil {
		return nil, err
	}
	if k.layout != nil {
		s.without(k.layout, k.resource, observed, p)
	}
	frozen := k.layout != nil && !s.kept && !managed.MayChange(k.managed, observed) &&
		s.freeze(k.layout, k.resource, observed, p, why(k.managed, observed))
	if !frozen && k.layout != nil && k.layout.waits != nil && s.sku != nil {
		k.layout.waits(s, k.resource, observed, p)
	}
	if k.layout != nil {
		s.bound(k.layout, k.resource, observed)
	}
	if !frozen && k.isManaged() && managed.IsPaused(k.managed, observed) {
		s.notes = append(s.notes, "it is paused, so that nothing of it is changed")
	}
	return s, nil
}

// isManaged reports whether a provider looks after a resource.
func (k pick) isManaged() bool { return k.layout != nil || k.managed != k.resource }

// why says what lets nothing be changed.
func why(desired, observed *structpb.Struct) string {
	if managed.IsPaused(desired, observed) {
		return "since it is paused"
	}
	return "since its managementPolicies let nothing be changed"
}
