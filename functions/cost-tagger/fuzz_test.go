package costtagger

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// FuzzRunFunction holds of any request that is no nonsense on the wire: what is
// desired stays desired, the answer keeps to the function specification, and the
// same request gives the same bytes.
func FuzzRunFunction(f *testing.F) {
	workspace := object.New(object.Map{
		"apiVersion": "opentofu.upbound.io/v1beta1",
		"kind":       "Workspace",
		"spec":       object.Map{"forProvider": object.Map{"varmap": object.Map{"tags": []string{"a:b"}}}},
	})
	withInput := request(xr(object.Map{
		"tags": object.Map{"a.b": "1", "a/b": "2"},
	}), map[string]*structpb.Struct{"w": workspace, "d": mr("network.azure.m.upbound.io/v1beta1", "DNSZone", object.Map{"tags": object.Map{"ENV": "x"}})})
	withInput.Input = object.New(object.Map{
		"policy":     "Retain",
		"ignoreTags": []string{"x*"},
		"tags":       []any{object.Map{"key": "size", "fromFieldPath": "spec.profile"}},
	})
	withInput.Meta = &fnv1.RequestMeta{Tag: "t", Capabilities: []fnv1.Capability{fnv1.Capability_CAPABILITY_REQUIRED_SCHEMAS}}
	for _, r := range []*fnv1.RunFunctionRequest{
		{},
		withInput,
		request(xr(nil), map[string]*structpb.Struct{"a": mr("rds.aws.upbound.io/v1beta3", "Instance", nil), "n": nil}),
		request(xr(object.Map{"entity": ":/"}), map[string]*structpb.Struct{"a": object.New(object.Map{"metadata": "x", "spec": "y"})}),
		request(xr(nil), map[string]*structpb.Struct{
			"u": mr("acme.example/v1", "Thing", nil),
			"g": mr("autoscaling.aws.upbound.io/v1beta3", "AutoscalingGroup", object.Map{"tag": []any{object.Map{"key": "a"}, "x"}}),
		}),
	} {
		b, err := proto.Marshal(r)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		req := &fnv1.RunFunctionRequest{}
		if proto.Unmarshal(b, req) != nil {
			return
		}
		again := proto.CloneOf(req)
		before := proto.CloneOf(req)
		rsp := run(t, req)
		holdSpecification(t, before, rsp)
		one, err := proto.MarshalOptions{Deterministic: true}.Marshal(rsp)
		if err != nil {
			t.Fatal(err)
		}
		two, err := proto.MarshalOptions{Deterministic: true}.Marshal(run(t, again))
		if err != nil || !bytes.Equal(one, two) {
			t.Error("the same request gave other bytes", err)
		}
	})
}

func holdSpecification(t *testing.T, req *fnv1.RunFunctionRequest, rsp *fnv1.RunFunctionResponse) {
	t.Helper()
	if rsp.GetMeta().GetTag() != req.GetMeta().GetTag() {
		t.Error("the tag is not copied")
	}
	if diff := cmp.Diff(req.GetContext(), rsp.GetContext(), protocmp.Transform()); diff != "" {
		t.Errorf("the context is changed: -want, +got:\n%s", diff)
	}
	got := rsp.GetDesired().GetResources()
	if len(got) != len(req.GetDesired().GetResources()) {
		t.Errorf("%d resources became %d", len(req.GetDesired().GetResources()), len(got))
	}
	for name, r := range req.GetDesired().GetResources() {
		for _, key := range []string{"apiVersion", "kind"} {
			if !proto.Equal(object.Get(r.GetResource(), key), object.Get(got[name].GetResource(), key)) {
				t.Errorf("%s: the %s is changed", name, key)
			}
		}
		if r.GetReady() != got[name].GetReady() || len(r.GetConnectionDetails()) != len(got[name].GetConnectionDetails()) {
			t.Errorf("%s: readiness or connection details are changed", name)
		}
	}
	for key, v := range rsp.GetDesired().GetComposite().GetResource().GetFields() {
		if key != "status" && !proto.Equal(v, object.Get(req.GetDesired().GetComposite().GetResource(), key)) {
			t.Errorf("%s of the XR is written", key)
		}
	}
	if len(rsp.GetConditions()) != 1 || len(rsp.GetConditions()[0].GetMessage()) > 32<<10 {
		t.Fatalf("want one condition of at most 32 KiB, got %v", rsp.GetConditions())
	}
	for _, r := range rsp.GetResults() {
		if r.GetSeverity() != fnv1.Severity_SEVERITY_FATAL || r.GetMessage() != rsp.GetConditions()[0].GetMessage() {
			t.Errorf("a quiet call has a result: %v", r)
		}
	}
}
