package profilesizer

import (
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestLimit holds that a profile brings no disk that is larger than the settings allow, and
// that nothing which is there is refused for its size.
func TestLimit(t *testing.T) {
	const instance = "{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, spec: {forProvider: {engine: postgres, engineVersion: '17'}}}"
	cases := map[string]struct{ reason, kind, more, policy, observed, status, want string }{
		"Within": {"A disk of the largest size is allowed.", "Resource", "", "{allowed: {maxStorageGiB: 1024}}", "", "{}", ""},
		"Beyond": {
			"The disk that comes with a profile is a disk.", "Resource", "", "{allowed: {maxStorageGiB: 512}}", "", "{}",
			"spec.profile: a disk of 1024 GiB, as the profile xlarge has it here, is not allowed by settings policy.allowed.maxStorageGiB; allowed is at most 512",
		},
		"Said": {
			"A smaller disk that the claim names takes the place of the profile's.", "Resource", "database: {storageGiB: 100}, ",
			"{allowed: {maxStorageGiB: 512}}", "", "{}", "",
		},
		"There": {"A disk that is there is not refused.", "Resource", "", "{allowed: {maxStorageGiB: 512}}", "{id: x, allocatedStorage: 1024}", "{}", ""},
		"Asked": {
			"A disk that was asked for before, and is not there yet, is not refused.", "Resource", "", "{allowed: {maxStorageGiB: 512}}",
			"{id: x, allocatedStorage: 128}", "{size: {storageGiB: 1024}}", "",
		},
		"Edited": {
			"A live database gets no disk of an edit that is larger than the largest.", "Resource", "", "{allowed: {maxStorageGiB: 512}}",
			"{id: x, allocatedStorage: 128}", "{size: {storageGiB: 128}}", "allowed is at most 512",
		},
		"Foreign": {"A policy in the environment of somebody else's XR is none of ours.", "Store", "", "{allowed: {maxStorageGiB: 512}}", "", "{}", ""},
		"Text": {
			"A limit that is no number is named.", "Resource", "", "{allowed: {maxStorageGiB: 2Ti}}", "", "{}", "settings.policy.allowed.maxStorageGiB",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			group := map[bool]string{true: "platform.victor.onl", false: "example.org"}[tc.kind == "Resource"]
			x := fromYAML(t, "{apiVersion: "+group+"/v1alpha1, kind: "+tc.kind+", spec: {"+tc.more+"profile: xlarge}, status: "+tc.status+"}")
			req := &fnv1.RunFunctionRequest{
				Observed: &fnv1.State{
					Composite: &fnv1.Resource{Resource: x},
					Resources: map[string]*fnv1.Resource{},
				},
				Desired: &fnv1.State{Resources: map[string]*fnv1.Resource{"instance": {Resource: fromYAML(t, instance)}}},
				Context: fromYAML(t, "{apiextensions.crossplane.io/environment: {policy: "+tc.policy+"}}"),
			}
			if tc.observed != "" {
				o := fromYAML(t, instance)
				object.Put(o, structpb.NewStructValue(fromYAML(t, tc.observed)), "status", "atProvider")
				req.Observed.Resources["instance"] = &fnv1.Resource{Resource: o}
			}
			rsp, err := (&Function{}).RunFunction(t.Context(), req)
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, r := range rsp.GetResults() {
				got = r.GetMessage()
			}
			if (got == "") != (tc.want == "") || !strings.Contains(got, tc.want) {
				t.Errorf("\n%s\ngot %q, want %q", tc.reason, got, tc.want)
			}
		})
	}
}
