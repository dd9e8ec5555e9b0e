// Package conformance holds a function against Crossplane's specification of
// composition functions (contributing/specifications/functions.md), as it is served:
// one suite, which each of our functions calls in a test of its own.
package conformance

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
	"github.com/crossplane/function-sdk-go/proto/v1beta1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/runner"
)

const (
	ttl     = 90 * time.Second
	again   = 1000 // calls that give the same bytes
	callers = 200  // at the same time
)

// Labels says that a function labels and annotates every desired resource.
type Labels bool

// Test holds a function against the specification.
func Test(t *testing.T, f runner.Function, labels Labels) {
	t.Helper()
	conn := serve(t, f)
	call := func(t *testing.T, req *fnv1.RunFunctionRequest) *fnv1.RunFunctionResponse {
		t.Helper()
		rsp, err := fnv1.NewFunctionRunnerServiceClient(conn).RunFunction(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		return rsp
	}

	t.Run("Tag", func(t *testing.T) {
		for _, tag := range []string{"", "a", " b\n", strings.Repeat("c", 4096)} {
			for _, req := range []*fnv1.RunFunctionRequest{Request(t), fatalRequest(t), {}} {
				req.Meta = &fnv1.RequestMeta{Tag: tag}
				if got := call(t, req).GetMeta().GetTag(); got != tag {
					t.Errorf("tag %q is answered with %q", tag, got)
				}
			}
		}
	})
	t.Run("TTL", func(t *testing.T) {
		for _, req := range []*fnv1.RunFunctionRequest{Request(t), fatalRequest(t)} {
			if got := call(t, req).GetMeta().GetTtl().AsDuration(); got != ttl {
				t.Errorf("TTL is %s", got)
			}
		}
	})
	t.Run("PassThrough", func(t *testing.T) { passThrough(t, Request(t), call(t, Request(t)), labels) })
	t.Run("Desired", func(t *testing.T) { desired(t, Request(t), call(t, Request(t))) })
	t.Run("Quiet", func(t *testing.T) {
		if got := call(t, Request(t)).GetResults(); len(got) != 0 {
			t.Errorf("a quiet call has results: %v", got)
		}
	})
	t.Run("Fatal", func(t *testing.T) { fatal(t, call(t, fatalRequest(t)), f.Condition) })
	t.Run("Requirements", func(t *testing.T) {
		req := Request(t)
		want := call(t, proto.CloneOf(req)).GetRequirements()
		object.Set(req.GetObserved().GetComposite().GetResource(), "Delete", "spec", "deletionPolicy") // refused in prod
		if diff := cmp.Diff(want, call(t, req).GetRequirements(), protocmp.Transform()); diff != "" {
			t.Errorf("a fatal result asks for something else: -quiet, +fatal:\n%s", diff)
		}
	})
	t.Run("Beta", func(t *testing.T) { beta(t, conn, call(t, Request(t))) })
	t.Run("SameBytes", func(t *testing.T) {
		want := encode(t, run(t, f))
		for range again {
			if !bytes.Equal(want, encode(t, run(t, f))) {
				t.Fatal("the same request gave other bytes")
			}
		}
	})
	t.Run("Concurrent", func(t *testing.T) {
		want := encode(t, call(t, Request(t)))
		var wg sync.WaitGroup
		for range callers {
			req := Request(t)
			wg.Go(func() {
				rsp, err := fnv1.NewFunctionRunnerServiceClient(conn).RunFunction(t.Context(), req)
				if err != nil || !bytes.Equal(want, encode(t, rsp)) {
					t.Errorf("a caller among many got another answer, %v", err)
				}
			})
		}
		wg.Wait()
	})
	t.Run("Hostile", func(t *testing.T) { testHostile(t, f) })
	t.Run("Cancelled", func(t *testing.T) {
		for looks := range 2 { // before it begins, and while it works
			ctx := &impatient{Context: t.Context(), looks: looks}
			if rsp, err := f.Server.RunFunction(ctx, Request(t)); !errors.Is(err, context.Canceled) {
				t.Errorf("nobody waits, and it works on to %v, %v", rsp, err)
			}
		}
	})
}

// impatient is the context of a caller who goes while the function works, once it
// has looked a number of times.
type impatient struct {
	context.Context //nolint:containedctx // It is one.

	looks int
}

func (c *impatient) Err() error {
	if c.looks--; c.looks < 0 {
		return context.Canceled
	}
	return nil
}

func run(t *testing.T, f runner.Function) *fnv1.RunFunctionResponse {
	t.Helper()
	rsp, err := f.Server.RunFunction(t.Context(), Request(t))
	if err != nil {
		t.Fatal(err)
	}
	return rsp
}

func encode(t *testing.T, m proto.Message) []byte {
	t.Helper()
	b, err := proto.MarshalOptions{Deterministic: true}.Marshal(m)
	if err != nil {
		t.Error(err)
	}
	return b
}

func fatalRequest(t *testing.T) *fnv1.RunFunctionRequest {
	t.Helper()
	req := Request(t)
	object.Set(req.GetObserved().GetComposite().GetResource(), fromYAML(t, refused), "spec")
	return req
}

// passThrough holds that what is not the function's comes out as it went in.
func passThrough(t *testing.T, req *fnv1.RunFunctionRequest, rsp *fnv1.RunFunctionResponse, labels Labels) {
	t.Helper()
	for name := range req.GetDesired().GetResources() {
		if rsp.GetDesired().GetResources()[name] == nil {
			t.Errorf("%s is no longer desired", name)
		}
	}
	for name := range foreign {
		was, is := req.GetDesired().GetResources()[name], rsp.GetDesired().GetResources()[name]
		if labels {
			unlabel(was.GetResource())
			unlabel(is.GetResource())
		}
		if diff := cmp.Diff(was, is, protocmp.Transform()); diff != "" {
			t.Errorf("%s, which is others': -was, +is:\n%s", name, diff)
		}
	}
	for name := range known {
		was, is := req.GetDesired().GetResources()[name], rsp.GetDesired().GetResources()[name]
		if is.GetReady() != was.GetReady() || !cmp.Equal(is.GetConnectionDetails(), was.GetConnectionDetails()) {
			t.Errorf("%s: readiness or connection details of others changed: %v", name, is)
		}
	}
	for key, was := range req.GetContext().GetFields() {
		is := rsp.GetContext().GetFields()[key]
		if key == environment { // which more may be put into
			for k, v := range was.GetStructValue().GetFields() {
				if diff := cmp.Diff(v, is.GetStructValue().GetFields()[k], protocmp.Transform()); diff != "" {
					t.Errorf("environment %s: -was, +is:\n%s", k, diff)
				}
			}
			continue
		}
		if diff := cmp.Diff(was, is, protocmp.Transform()); diff != "" {
			t.Errorf("context %s: -was, +is:\n%s", key, diff)
		}
	}
	was, is := req.GetDesired().GetComposite(), rsp.GetDesired().GetComposite()
	if diff := cmp.Diff(object.Get(was.GetResource(), "status", "theirs"), object.Get(is.GetResource(), "status", "theirs"), protocmp.Transform()); diff != "" {
		t.Errorf("the XR's status of others: -was, +is:\n%s", diff)
	}
	if got := string(is.GetConnectionDetails()["theirs"]); got != "x" {
		t.Errorf("a connection detail of others became %q", got)
	}
}

func unlabel(o *structpb.Struct) {
	delete(object.Struct(o, "metadata").GetFields(), "labels")
	delete(object.Struct(o, "metadata").GetFields(), "annotations")
	if len(object.Struct(o, "metadata").GetFields()) == 0 {
		delete(o.GetFields(), "metadata")
	}
}

// desired holds what a function may desire.
func desired(t *testing.T, req *fnv1.RunFunctionRequest, rsp *fnv1.RunFunctionResponse) {
	t.Helper()
	for key := range rsp.GetDesired().GetComposite().GetResource().GetFields() {
		if key != "status" && req.GetDesired().GetComposite().GetResource().GetFields()[key] == nil {
			t.Errorf("it desires %s of the XR; only status is a function's", key)
		}
	}
	for name, r := range rsp.GetDesired().GetResources() {
		o, theirs := r.GetResource(), req.GetDesired().GetResources()[name].GetResource()
		if object.Get(o, "status") != nil {
			t.Errorf("%s: it desires a status", name)
		}
		secret := object.String(o, "apiVersion") == "v1" && object.String(o, "kind") == "Secret"
		if got := object.String(o, "metadata", "name"); got != "" && got != object.String(theirs, "metadata", "name") && !secret {
			t.Errorf("%s: it desires the name %q, which is Crossplane's to give", name, got)
		}
	}
}

// fatal holds what a fatal result comes with.
func fatal(t *testing.T, rsp *fnv1.RunFunctionResponse, conditionType string) {
	t.Helper()
	if n := len(rsp.GetResults()); n != 1 {
		t.Fatalf("%d results, not one", n)
	}
	r := rsp.GetResults()[0]
	if r.GetSeverity() != fnv1.Severity_SEVERITY_FATAL || r.GetReason() == "" || r.GetTarget() != fnv1.Target_TARGET_COMPOSITE_AND_CLAIM {
		t.Errorf("the result is %v", r)
	}
	if strings.ContainsAny(r.GetMessage(), "\n\r") {
		t.Errorf("the sentence has more than one line: %q", r.GetMessage())
	}
	for _, c := range rsp.GetConditions() {
		if c.GetType() == conditionType && c.GetStatus() == fnv1.Status_STATUS_CONDITION_FALSE && c.GetMessage() == r.GetMessage() &&
			c.GetReason() == r.GetReason() && c.GetTarget() == fnv1.Target_TARGET_COMPOSITE_AND_CLAIM {
			return
		}
	}
	t.Errorf("the sentence stands in no condition %s of the claim: %v", conditionType, rsp.GetConditions())
}

// beta holds that the older service answers the same.
func beta(t *testing.T, conn *grpc.ClientConn, want *fnv1.RunFunctionResponse) {
	t.Helper()
	req := &v1beta1.RunFunctionRequest{}
	if err := proto.Unmarshal(encode(t, Request(t)), req); err != nil {
		t.Fatal(err)
	}
	rsp, err := v1beta1.NewFunctionRunnerServiceClient(conn).RunFunction(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(encode(t, want), encode(t, rsp)) {
		t.Error("v1beta1 answers otherwise")
	}
}
