package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

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
