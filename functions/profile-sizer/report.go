package profilesizer

import (
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/response"
)

// Condition is what this function sets on XR and claim.
const Condition = "Sized"

const condition = Condition

// Our own XRs, whose status has a size: behind a claim, and namespaced.
const (
	ownGroup   = "platform.victor.onl/"
	ownClaimed = "XResource"
	ownKind    = "Resource"
)

// A result is what became of one desired resource.
type result struct {
	name string
	*sized
}

// statusOf says where an XR's status has a size; "" where it has none. Crossplane
// cannot apply a status with a field that the XRD does not have.
func statusOf(xr *structpb.Struct) string {
	kind := object.String(xr, "kind")
	if (kind == ownKind || kind == ownClaimed) && strings.HasPrefix(object.String(xr, "apiVersion"), ownGroup) {
		return statusField
	}
	return ""
}

// report writes the size of the main resource into the XR's status, and says in a
// condition what was done, and what differs from what is asked for.
func report(rsp *fnv1.RunFunctionResponse, statusTo string, results []result, unknown []string) {
	unwritten := slices.Clone(unknown)
	var written []result
	for _, r := range results {
		if r.unwritten {
			unwritten = append(unwritten, r.name)
		} else {
			written = append(written, r)
		}
	}
	written = present(written)
	if len(written) > 0 && statusTo != "" {
		// The XRDs of others have no fields of later versions, and Crossplane could not apply them.
		if s := mainOf(written); !object.Set(response.Composite(rsp), s.status(statusTo == statusField), strings.Split(statusTo, ".")...) {
			unwritten = append(unwritten, "the XR's "+statusTo)
		}
	}
	switch {
	case len(unwritten) > 0:
		slices.Sort(unwritten)
		response.False(
			rsp, condition, "NotSized",
			"cannot size "+strings.Join(unwritten, ", ")+": no kind with a size, or a field on the way is missing or no object",
		)
	case len(written) > 0:
		say(rsp, written)
	}
}

// report says why nothing was sized, where that was asked for.
func (l *left) report(rsp *fnv1.RunFunctionResponse, req *fnv1.RunFunctionRequest, in *input) {
	switch {
	case len(l.unknown) > 0:
		report(rsp, "", nil, l.unknown)
	case len(l.observed) > 0:
		response.True(rsp, condition, "Observed", l.looks(req, in))
	case len(in.targets) > 0:
		response.False(rsp, condition, "NotSized", "no desired resource has a name and a kind that input.resources asks for")
	}
}

// looks says of all that is only observed what runs. What is wrong with profiles decides nothing.
func (l *left) looks(req *fnv1.RunFunctionRequest, in *input) string {
	asked, err := newRequest(req, in)
	lines := make([]string, 0, len(l.observed))
	for _, k := range l.observed {
		line := ""
		if err == nil && k.layout != nil {
			p, err := asked.profile(k.source)
			if err != nil {
				p = &profile{}
			}
			line = k.looks(req.GetObserved().GetResources()[k.name].GetResource(), k.meant(p))
		}
		if line == "" {
			lines = append(lines, k.name+" is only observed, and keeps its size")
			continue
		}
		lines = append(lines, k.name+" is only observed: "+line)
	}
	slices.Sort(lines)
	return strings.Join(lines, "; ")
}

func say(rsp *fnv1.RunFunctionResponse, written []result) {
	var message strings.Builder
	message.WriteString(mainOf(written).String())
	held := false
	for _, r := range written {
		for _, note := range r.notes {
			message.WriteString("; ")
			if len(written) > 1 {
				message.WriteString(r.name + ": ")
			}
			message.WriteString(note)
		}
		held = held || r.held
	}
	if held {
		response.False(rsp, condition, "HeldBack", message.String())
		return
	}
	reason := "Sized"
	if mainOf(written).kept {
		reason = "Kept"
	}
	response.True(rsp, condition, reason, message.String())
}

// mainOf returns the resource that the status is about: the first by name that is
// of a cloud's size, else the first.
func mainOf(written []result) *sized {
	for _, r := range written {
		if r.sku != nil {
			return r.sized
		}
	}
	return written[0].sized
}

// status of a size. What does not apply is left out.
func (s *sized) status(bounds bool) object.Map {
	out := object.Map{}
	if bounds && s.connections > 0 {
		out["maxConnections"] = s.connections
	}
	if bounds && s.iops > 0 {
		out["iops"] = s.iops
	}
	if s.profile != "" {
		out["profile"] = s.profile
	}
	if s.sku != nil {
		out["instance"] = s.sku.Name
	}
	for key, figure := range map[string]float64{
		"vcpu": s.vcpu, "memoryGiB": s.memoryGiB, "usableMemoryGiB": s.usableGiB, "storageGiB": float64(s.storageGiB),
	} {
		if figure > 0 {
			out[key] = figure
		}
	}
	if s.stands {
		out["highAvailability"] = s.ha
	}
	return out
}
