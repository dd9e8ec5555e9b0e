package costtagger

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// xr is what stands behind a claim of the team payments.
func xr(spec object.Map) *structpb.Struct {
	body := object.Map{
		"provider": "gcp", "profile": "medium",
		"database": object.Map{"engine": "postgres"},
		"claimRef": object.Map{"name": "main", "namespace": "payments-prod-infra"},
	}
	maps.Copy(body, spec)
	return object.New(object.Map{
		"apiVersion": "platform.victor.onl/v1alpha1", "kind": "XResource",
		"metadata": object.Map{"name": "main-x1", "labels": object.Map{
			"team": "team-payments", "backstage.io/system": "gateway", "backstage.io/kubernetes-id": "gcp-payments-prod-main",
		}},
		"spec": body,
	})
}

func request(x *structpb.Struct, desired map[string]*structpb.Struct) *fnv1.RunFunctionRequest {
	req := &fnv1.RunFunctionRequest{
		Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: x}},
		Desired:  &fnv1.State{Resources: map[string]*fnv1.Resource{}},
	}
	for name, o := range desired {
		req.Desired.Resources[name] = &fnv1.Resource{Resource: o}
	}
	return req
}

func mr(apiVersion, kind string, forProvider object.Map) *structpb.Struct {
	return object.New(object.Map{"apiVersion": apiVersion, "kind": kind, "spec": object.Map{"forProvider": forProvider}})
}

func run(t testing.TB, req *fnv1.RunFunctionRequest) *fnv1.RunFunctionResponse {
	t.Helper()
	rsp, err := (&Function{}).RunFunction(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	return rsp
}

func TestRunFunction(t *testing.T) {
	gcpTags := object.Map{
		"backstage-entity": "resource_default_gcp-payments-prod-main", "project": "payments", "env": "prod",
		"service": "main", "team": "team-payments", "system": "gateway", "managed-by": "crossplane",
	}
	awsTags := object.Map{
		"backstage-entity": "resource:default/gcp-payments-prod-main", "project": "payments", "env": "prod",
		"service": "main", "team": "team-payments", "system": "gateway", "managed-by": "crossplane",
	}
	with := func(m object.Map, k string, v any) object.Map {
		out := object.Map{k: v}
		maps.Copy(out, m)
		return out
	}
	const whole = "spec.forProvider"
	cases := map[string]struct {
		reason  string
		desired *structpb.Struct
		at      string // path of what is wanted
		want    *structpb.Value
		message string
		status  string // of the condition's reason
	}{
		"GCP": {
			reason: "Cloud SQL keeps labels beside its other settings, and what an earlier step set stays",
			desired: mr(
				"sql.gcp.upbound.io/v1beta2", "DatabaseInstance",
				object.Map{"settings": object.Map{"tier": "t", "userLabels": object.Map{"mine": "1", "env": "x"}}},
			),
			at: whole, want: object.Value(object.Map{"settings": object.Map{"tier": "t", "userLabels": with(gcpTags, "mine", "1")}}),
			message: "1 resource tagged", status: reasonTagged,
		},
		"GCPNamespaced": {
			reason:  "The namespaced kind has the same field",
			desired: mr("sql.gcp.m.upbound.io/v1beta1", "DatabaseInstance", object.Map{}),
			at:      whole, want: object.Value(object.Map{"settings": object.Map{"userLabels": gcpTags}}),
			message: "1 resource tagged", status: reasonTagged,
		},
		"AWS": {
			reason:  "AWS takes the entity ref verbatim",
			desired: mr("rds.aws.upbound.io/v1beta3", "Instance", object.Map{}),
			at:      whole, want: object.Value(object.Map{"tags": awsTags}),
			message: "1 resource tagged", status: reasonTagged,
		},
		"AWSNamespaced": {
			reason:  "The namespaced kind has the same field",
			desired: mr("ec2.aws.m.upbound.io/v1beta1", "SecurityGroup", object.Map{}),
			at:      whole, want: object.Value(object.Map{"tags": awsTags}),
			message: "1 resource tagged", status: reasonTagged,
		},
		"NoField": {
			reason:  "A kind without a tag field is named",
			desired: mr("sql.gcp.upbound.io/v1beta2", "User", object.Map{"a": "b"}),
			at:      whole, want: object.Value(object.Map{"a": "b"}),
			message: "0 resources tagged; no tag field: User", status: reasonTagged,
		},
		"Unknown": {
			reason:  "A kind that the table lacks is left alone and named",
			desired: mr("new.aws.upbound.io/v1beta1", "Thing", object.Map{"a": "b"}),
			at:      whole, want: object.Value(object.Map{"a": "b"}),
			message: "0 resources tagged; unknown kinds, left alone: Thing", status: reasonTagged,
		},
		"Secret": {
			reason:  "A Secret costs nothing; it has labels, and its own stay",
			desired: object.New(object.Map{"apiVersion": "v1", "kind": "Secret", "metadata": object.Map{"labels": object.Map{"a": "b", "env": "x"}}}),
			at:      "metadata.labels", want: object.Value(object.Map{
				"a": "b", "project": "payments", "env": "prod", "service": "main", "team": "team-payments",
				"backstage.io/domain": "payments", "backstage.io/system": "gateway", "backstage.io/kubernetes-id": "gcp-payments-prod-main",
				"argocd/app": "crossplane-payments-prod-main", "argocd/app-set": "crossplane-claims",
			}),
			message: "0 resources tagged", status: reasonTagged,
		},
		"WrongType": {
			reason:  "A resource whose tags are no object stays as it is and is named",
			desired: mr("rds.aws.upbound.io/v1beta3", "Instance", object.Map{"tags": "x"}),
			at:      whole, want: object.Value(object.Map{"tags": "x"}),
			message: "not tagged, because the field has another type; correct it in the step before: r (spec.forProvider.tags)", status: reasonNotTagged,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			rsp := run(t, request(xr(nil), map[string]*structpb.Struct{"r": tc.desired}))
			o := rsp.GetDesired().GetResources()["r"].GetResource()
			if diff := cmp.Diff(tc.want, object.Get(o, strings.Split(tc.at, ".")...), protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nRunFunction(...): -want, +got:\n%s", tc.reason, diff)
			}
			if got := object.String(o, "metadata", "annotations", annotationEntity); got != "resource:default/gcp-payments-prod-main" {
				t.Errorf("\n%s\nentity annotation is %q", tc.reason, got)
			}
			c := rsp.GetConditions()[0]
			if diff := cmp.Diff([]string{tc.status, tc.message}, []string{c.GetReason(), c.GetMessage()}); diff != "" {
				t.Errorf("\n%s\ncondition: -want, +got:\n%s", tc.reason, diff)
			}
			if len(rsp.GetResults()) > 0 {
				t.Errorf("\n%s\na quiet call has no results, got %v", tc.reason, rsp.GetResults())
			}
		})
	}
}

func TestManyTags(t *testing.T) {
	tags := object.Map{"big": strings.Repeat("x", 10_000)}
	for i := range 200 {
		tags[fmt.Sprintf("t%03d", i)] = "v"
	}
	rsp := run(t, request(xr(object.Map{"tags": tags}), map[string]*structpb.Struct{
		"a": mr("sqs.aws.upbound.io/v1beta1", "Queue", nil),
		"g": mr("sql.gcp.upbound.io/v1beta2", "DatabaseInstance", nil),
	}))
	a := object.Struct(rsp.GetDesired().GetResources()["a"].GetResource(), "spec", "forProvider", "tags")
	g := object.Struct(rsp.GetDesired().GetResources()["g"].GetResource(), "spec", "forProvider", "settings", "userLabels")
	if diff := cmp.Diff([]int{awsMost, gcpMost}, []int{len(a.GetFields()), len(g.GetFields())}); diff != "" {
		t.Errorf("each cloud's limit on the count holds: -want, +got:\n%s", diff)
	}
	for _, k := range []string{"backstage-entity", "project", "env", "service", "team", "system", "managed-by", "big", "t000"} {
		if object.Get(a, k) == nil || object.Get(g, k) == nil {
			t.Errorf("%s is dropped, though it comes first", k)
		}
	}
	notes := object.Get(rsp.GetDesired().GetComposite().GetResource(), "status", "cost", "adjusted").GetListValue().GetValues()
	// 161 do not fit at AWS, 144 at Google Cloud; two long values; one entity.
	if diff := cmp.Diff(161+144+3, len(notes)); diff != "" {
		t.Errorf("everything that is dropped or changed is reported: -want, +got:\n%s", diff)
	}
}

func TestConformance(t *testing.T) {
	desired := func() map[string]*structpb.Struct {
		return map[string]*structpb.Struct{
			"a": mr("rds.aws.upbound.io/v1beta3", "Instance", object.Map{"x": "y"}),
			"b": mr("sql.gcp.upbound.io/v1beta2", "Database", nil),
			"c": mr("sql.gcp.upbound.io/v1beta2", "DatabaseInstance", object.Map{"settings": "x"}),
			"d": nil,
		}
	}
	env := object.New(object.Map{"apiextensions.crossplane.io/environment": object.Map{"tags": object.Map{"cost-center": "cc-1", "env": "no"}}, "other": "kept"})
	var first []byte
	for range 100 {
		req := request(xr(object.Map{"tags": object.Map{"a.b": "1", "a/b": "2"}}), desired())
		req.Meta = &fnv1.RequestMeta{Tag: "tag"}
		req.Context = proto.Clone(env).(*structpb.Struct)
		rsp := run(t, req)
		b, err := proto.MarshalOptions{Deterministic: true}.Marshal(rsp)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = b
			if rsp.GetMeta().GetTag() != "tag" {
				t.Error("the request's tag is not copied")
			}
			if diff := cmp.Diff(env, rsp.GetContext(), protocmp.Transform()); diff != "" {
				t.Errorf("the context is changed: -want, +got:\n%s", diff)
			}
			x := rsp.GetDesired().GetComposite().GetResource()
			if len(x.GetFields()) != 1 || object.Struct(x, "status", "cost") == nil {
				t.Errorf("of the XR only the status may be written, got %v", x)
			}
			if got := object.String(x, "status", "cost", "tags", "cost-center"); got != "cc-1" {
				t.Errorf("a tag of the settings is %q", got)
			}
			if len(rsp.GetDesired().GetResources()) != 4 {
				t.Error("a resource once desired stays desired")
			}
		}
		if string(first) != string(b) {
			t.Fatal("the same request gave other bytes")
		}
	}
}

func TestFatal(t *testing.T) {
	bad := request(xr(nil), nil)
	bad.Context = object.New(object.Map{"apiextensions.crossplane.io/environment": object.Map{"tags": "x"}})
	cases := map[string]struct {
		reason, want string
		req          *fnv1.RunFunctionRequest
	}{
		"NoSpec": {
			"Without a spec nobody knows whose cost it is", reasonInvalidClaim,
			request(object.New(object.Map{"apiVersion": "platform.victor.onl/v1alpha1", "kind": "Resource"}), nil),
		},
		"Settings": {"To go on without the settings' tags would take them off live resources", reasonInvalidSettings, bad},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			rsp := run(t, tc.req)
			if len(rsp.GetResults()) != 1 || rsp.GetResults()[0].GetSeverity() != fnv1.Severity_SEVERITY_FATAL {
				t.Fatalf("\n%s\nwant one fatal result, got %v", tc.reason, rsp.GetResults())
			}
			c := rsp.GetConditions()[0]
			if c.GetReason() != tc.want || c.GetMessage() != rsp.GetResults()[0].GetMessage() {
				t.Errorf("\n%s\ngot condition %v", tc.reason, c)
			}
		})
	}
	if rsp := run(t, &fnv1.RunFunctionRequest{Observed: request(xr(nil), nil).GetObserved()}); len(rsp.GetResults()) > 0 {
		t.Errorf("nothing desired is nothing wrong, got %v", rsp.GetResults())
	}
}

// TestEveryType holds that a claim of any type is tagged, whatever its type needs: that
// is for the step to judge that composes it.
func TestEveryType(t *testing.T) {
	x := xr(object.Map{"type": "bucket", "database": nil, "profile": nil})
	rsp := run(t, request(x, map[string]*structpb.Struct{"bucket": mr("storage.gcp.upbound.io/v1beta2", "Bucket", object.Map{})}))
	if len(rsp.GetResults()) > 0 {
		t.Fatal(rsp.GetResults())
	}
	got := object.String(rsp.GetDesired().GetResources()["bucket"].GetResource(), "spec", "forProvider", "labels", "service")
	if diff := cmp.Diff("main", got); diff != "" {
		t.Errorf("the tag of a bucket: -want, +got:\n%s", diff)
	}
}
