package profilesizer

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestSizelessQueue holds what is said of a queue where its cloud has no size to choose, in its
// own words and in both scopes.
func TestSizelessQueue(t *testing.T) {
	const claimed = `{apiVersion: platform.victor.onl/v1alpha1, kind: Resource, spec: {type: queue, profile: huge}}`
	standard := queueOnAzure("sku: Standard")
	cases := map[string]struct{ reason, xr, kind, want string }{
		"PubSub": {
			"Pub/Sub is paid by what is sent.", claimed, "{apiVersion: pubsub.gcp.m.upbound.io/v1beta1, kind: Subscription}",
			"NotApplicable: Pub/Sub has no size to choose",
		},
		"SQS": {
			"SQS is paid by what is sent.", claimed, "{apiVersion: sqs.aws.m.upbound.io/v1beta1, kind: Queue}", "NotApplicable: SQS has no size to choose",
		},
		"Standard": {
			"A Standard namespace is shared with others.", claimed, standard, "NotApplicable: a Standard namespace of Service Bus has no size to choose",
		},
		"Platform": {
			"A queue in the platform's own namespace is as large as that lets it be.", claimed, "{apiVersion: servicebus.azure.m.upbound.io/v1beta1, kind: Queue}",
			"NotApplicable: the namespace of Service Bus is not of this queue alone, which has no size to choose",
		},
		"LookedAt": {
			"The namespace of a queue that was taken over is others', of whatever SKU, and says nothing of the queue.", claimed,
			strings.Replace(queueOnAzure(""), "spec: {", "spec: {managementPolicies: [Observe], ", 1), "",
		},
		"NotComposed": {
			"Of a queue that nothing is composed of yet nobody knows whether it has a size.", claimed, "{apiVersion: v1, kind: Secret}", "",
		},
		"Foreign": {
			"An XR of somebody else's passes through.", "{apiVersion: example.org/v1, kind: Store, spec: {type: queue}}",
			"{apiVersion: sqs.aws.m.upbound.io/v1beta1, kind: Queue}", "",
		},
		"OtherType": {
			"A queue beside another type is no size of that.", "{apiVersion: platform.victor.onl/v1alpha1, kind: Resource, spec: {type: cache}}",
			"{apiVersion: sqs.aws.m.upbound.io/v1beta1, kind: Queue}", "",
		},
	}
	for name, tc := range cases {
		for _, group := range []string{".m.upbound.io", ".upbound.io"} {
			desired := fromYAML(t, strings.Replace(tc.kind, ".m.upbound.io", group, 1))
			req := &fnv1.RunFunctionRequest{
				Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: fromYAML(t, tc.xr)}},
				Desired:  &fnv1.State{Resources: map[string]*fnv1.Resource{"instance": {Resource: proto.CloneOf(desired)}}},
			}
			rsp, err := (&Function{}).RunFunction(t.Context(), req)
			if err != nil || len(rsp.GetResults()) > 0 {
				t.Fatal(name, err, rsp.GetResults())
			}
			if diff := cmp.Diff(tc.want, conditionOf(rsp)); diff != "" {
				t.Errorf("%s%s\n%s\nSized: -want, +got:\n%s", name, group, tc.reason, diff)
			}
			if diff := cmp.Diff(desired, rsp.GetDesired().GetResources()["instance"].GetResource(), protocmp.Transform()); diff != "" {
				t.Errorf("%s%s\n%s\nwhat has no size changed: -want, +got:\n%s", name, group, tc.reason, diff)
			}
		}
	}
}

// TestSizelessNodes holds that of a cluster that was taken over no nodes are told of, which are its
// owner's, and that those of another one are told ahead of it.
func TestSizelessNodes(t *testing.T) {
	const xr = `{"apiVersion": "platform.victor.onl/v1alpha1", "kind": "Resource", "spec": {"type": "cluster", "profile": "medium"}}`
	for _, api := range []string{"container.gcp.m.upbound.io/v1beta1", "eks.aws.upbound.io/v1beta2"} {
		for kept, want := range map[string]string{"kept": "NotApplicable", "": "Sized"} {
			cluster := `{"apiVersion": "` + api + `", "kind": "Cluster", "metadata": {"annotations": {"platform.victor.onl/requested-type": "cluster", ` +
				`"platform.victor.onl/requested-size": "` + kept + `"}}, "spec": {"forProvider": {"region": "eu-west-1"}}}`
			req := &fnv1.RunFunctionRequest{
				Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: fromYAML(t, xr)}},
				Desired:  &fnv1.State{Resources: map[string]*fnv1.Resource{"instance": {Resource: fromYAML(t, cluster)}}},
			}
			rsp, err := (&Function{}).RunFunction(t.Context(), req)
			if err != nil || len(rsp.GetResults()) > 0 {
				t.Fatal(err, rsp.GetResults())
			}
			size := object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status", "size")
			tells := object.String(size, "instance") != ""
			if got := rsp.GetConditions()[0].GetReason(); got != want || tells == (kept != "") || object.String(size, "profile") != "medium" {
				t.Errorf("%s, %q: Sized is %s, and the size %v", api, kept, got, size)
			}
		}
	}
}

func TestSizeless(t *testing.T) {
	const bucket = `{"apiVersion": "storage.gcp.m.upbound.io/v1beta1", "kind": "Bucket", "spec": {"forProvider": {"location": "europe-west1"}}}`
	cases := map[string]struct{ reason, xr, wantReason, wantProfile string }{
		"Bucket": {
			"A bucket without a profile is a whole claim.",
			`{"apiVersion": "platform.victor.onl/v1alpha1", "kind": "Resource", "spec": {"type": "bucket"}}`, "NotApplicable", "",
		},
		"Claimed": {
			"A bucket behind a claim has no size either.",
			`{"apiVersion": "platform.victor.onl/v1alpha1", "kind": "XResource", "spec": {"type": "bucket"}}`, "NotApplicable", "",
		},
		"Profile": {
			"A bucket's profile is shown, and means nothing.",
			`{"apiVersion": "platform.victor.onl/v1alpha1", "kind": "Resource", "spec": {"type": "bucket", "profile": "medium"}}`, "NotApplicable",
			"medium",
		},
		"NoSuch": {
			"A bucket's profile is judged by nobody.",
			`{"apiVersion": "platform.victor.onl/v1alpha1", "kind": "Resource", "spec": {"type": "bucket", "profile": "huge"}}`, "NotApplicable",
			"huge",
		},
		"WrongType": {
			"A bucket's profile of another type is no profile.",
			`{"apiVersion": "platform.victor.onl/v1alpha1", "kind": "Resource", "spec": {"type": "bucket", "profile": 5}}`, "NotApplicable", "",
		},
		"Foreign": {
			"An XR of somebody else's that has a type is not known here.",
			`{"apiVersion": "example.org/v1", "kind": "Store", "spec": {"type": "bucket"}}`, "", "",
		},
		"NoCondition": {
			"A database that is not composed yet has a size.",
			`{"apiVersion": "platform.victor.onl/v1alpha1", "kind": "Resource", "spec": {"type": "database"}}`, "", "",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			req := &fnv1.RunFunctionRequest{
				Observed: &fnv1.State{Composite: &fnv1.Resource{Resource: fromYAML(t, tc.xr)}},
				Desired:  &fnv1.State{Resources: map[string]*fnv1.Resource{"instance": {Resource: fromYAML(t, bucket)}}},
			}
			rsp, err := (&Function{}).RunFunction(t.Context(), req)
			if err != nil || len(rsp.GetResults()) > 0 {
				t.Fatal(err, rsp.GetResults())
			}
			got := ""
			for _, c := range rsp.GetConditions() {
				got = c.GetReason()
			}
			if diff := cmp.Diff(tc.wantReason, got); diff != "" {
				t.Errorf("\n%s\nSized: -want, +got:\n%s", tc.reason, diff)
			}
			profile := object.String(rsp.GetDesired().GetComposite().GetResource(), "status", "size", "profile")
			if diff := cmp.Diff(tc.wantProfile, profile); diff != "" {
				t.Errorf("\n%s\nstatus.size.profile: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
