package costtagger

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/costtag"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestRecord holds on which resources the keys of the tags are recorded, and for how long.
func TestRecord(t *testing.T) {
	platform := []string{"backstage-entity", "env", "managed-by", "project", "service", "system", "team"}
	cases := map[string]struct {
		reason, adopt string
		isForeign     bool
		tags, input   string // of the claim and of the step
		asked         string // by the step before
		last, there   string // the record, and what the provider reports
		want          []string
	}{
		"Made":     {reason: "A resource that its claim made has no tags of others to be told from.", asked: "{}"},
		"Observed": {reason: "Nothing is written to a resource that is only observed.", adopt: adoptObserve, asked: "{}"},
		"Foreign":  {reason: "An XR of another platform's has no takeovers.", adopt: adoptManage, isForeign: true, input: "{tags: [{values: {a: b}}]}", asked: "{}"},
		"Managed":  {reason: "Of a resource that was taken over the keys are recorded.", adopt: adoptManage, asked: "{theirs: x}", want: platform},
		"Claim": {
			reason: "A tag of the claim is recorded as well.", adopt: adoptManage, tags: "{center: x}", asked: "{theirs: x}",
			want: append([]string{"center"}, platform...),
		},
		"Retained": {
			reason: "A tag that gives way to the one which is there is somebody else's.", adopt: adoptManage, asked: "{theirs: x}",
			input: "{tags: [{values: {theirs: mine, more: z}, policy: Retain}]}", want: append([]string{"more"}, platform...),
		},
		"Reported": {
			reason: "A key that went stays recorded while the provider reports it.", adopt: adoptManage, asked: "{}", last: `["gone"]`,
			there: "{gone: x}", want: append([]string{"gone"}, platform...),
		},
		"Gone": {reason: "A key that the provider reports no more is forgotten.", adopt: adoptManage, asked: "{}", last: `["gone"]`, there: "{a: b}", want: platform},
		"Silent": {
			reason: "A key is not forgotten while the provider reports nothing.", adopt: adoptManage, asked: "{}", last: `["gone"]`,
			want: append([]string{"gone"}, platform...),
		},
		"Edited": {reason: "A record that no longer can be read is written anew.", adopt: adoptManage, asked: "{}", last: "gone", there: "{gone: x}", want: platform},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			spec := object.Map{}
			if tc.tags != "" {
				spec["tags"] = fromYAML(t, tc.tags)
			}
			o := mr("rds.aws.m.upbound.io/v1beta1", "Instance", object.Map{"tags": fromYAML(t, tc.asked)})
			if tc.adopt != "" {
				object.Set(o, tc.adopt, "metadata", "annotations", annotationAdopt)
			}
			if tc.adopt == adoptObserve {
				object.Set(o, []string{"Observe"}, "spec", "managementPolicies")
			}
			x := xr(spec)
			if tc.isForeign {
				object.Set(x, "example.org/v1", "apiVersion")
			}
			req := request(x, nil)
			req.Desired.Resources["r"] = &fnv1.Resource{Resource: o}
			if tc.input != "" {
				req.Input = fromYAML(t, tc.input)
			}
			live := object.New(object.Map{"apiVersion": "rds.aws.m.upbound.io/v1beta1"})
			object.Set(live, tc.last, "metadata", "annotations", costtag.KeysAnnotation)
			if tc.there != "" {
				object.Set(live, fromYAML(t, tc.there), "status", "atProvider", "tags")
			}
			req.Observed.Resources = map[string]*fnv1.Resource{"r": {Resource: live}}
			got := costtag.Keys(run(t, req).GetDesired().GetResources()["r"].GetResource())
			slices.Sort(tc.want)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nkeys: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
