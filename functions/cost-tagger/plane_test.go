package costtagger

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestControlPlane holds that the control plane of the settings is a tag of the platform's
// own, which no claim says in its place, and which stays when the settings are gone.
func TestControlPlane(t *testing.T) {
	const key, group, kind = "control-plane", "rds.aws.upbound.io/v1beta3", "Instance"
	cases := map[string]struct{ reason, context, status, want, fatal string }{
		"Said": {reason: "The settings name it.", context: "{controlPlane: mgmt-eu}", want: "mgmt-eu"},
		"Tags": {reason: "It wins over a tag of the settings.", context: "{controlPlane: mgmt-eu, tags: {control-plane: b}}", want: "mgmt-eu"},
		"None": {reason: "Where the settings name none, nobody else does: the tag tells whose a resource is.", context: "{}", want: ""},
		"Gone": {
			reason: "Settings that are gone leave it as it was.", status: "{cost: {inherited: [control-plane], tags: {control-plane: mgmt-eu}}}", want: "mgmt-eu",
		},
		"Form": {
			reason: "A name that no cloud takes as it is, is refused.", context: "{controlPlane: Mgmt EU}",
			fatal: `settings.controlPlane: "Mgmt EU" is not allowed`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			x := xr(object.Map{"tags": object.Map{key: "claim"}})
			if tc.status != "" {
				object.Put(x, structpb.NewStructValue(fromYAML(t, tc.status)), "status")
			}
			req := request(x, map[string]*structpb.Struct{"r": mr(group, kind, nil)})
			if tc.context != "" {
				req.Context = fromYAML(t, "{apiextensions.crossplane.io/environment: "+tc.context+"}")
			}
			rsp := run(t, req)
			if len(rsp.GetResults()) > 0 || tc.fatal != "" {
				if got := rsp.GetResults()[0].GetMessage(); tc.fatal == "" || len(got) < len(tc.fatal) || got[:len(tc.fatal)] != tc.fatal {
					t.Errorf("\n%s\ngot %q, want %q", tc.reason, got, tc.fatal)
				}
				return
			}
			if got := object.String(rsp.GetDesired().GetResources()["r"].GetResource(), "spec", "forProvider", "tags", key); got != tc.want {
				t.Errorf("\n%s\ngot %q, want %q", tc.reason, got, tc.want)
			}
		})
	}
}

// TestControlPlaneSpelled holds that nobody but the settings names a control plane in any letters: Google Cloud and IBM Cloud
// write keys in lower case, and Azure tells no two cases apart, so that the tag of a claim or of the settings would
// say there that a resource is another control plane's. On AWS it is another key, and a cost tag like any.
func TestControlPlaneSpelled(t *testing.T) {
	const says = "Control-Plane dropped, since "
	for name, tc := range map[string]struct{ version, kind, field string }{
		"gcp":   {"storage.gcp.upbound.io/v1beta2", "Bucket", "labels"},
		"azure": {"storage.azure.upbound.io/v1beta2", "Account", "tags"},
		"aws":   {"s3.aws.upbound.io/v1beta2", "Bucket", "tags"},
	} {
		for from, context := range map[string]string{"claim": "{}", "settings": "{tags: {CONTROL-plane: b}}", "named": "{controlPlane: mgmt-eu}"} {
			t.Run(name+"/"+from, func(t *testing.T) {
				req := request(xr(object.Map{"tags": object.Map{"Control-Plane": "claim"}}), map[string]*structpb.Struct{"r": mr(tc.version, tc.kind, nil)})
				req.Context = fromYAML(t, "{apiextensions.crossplane.io/environment: "+context+"}")
				rsp := run(t, req)
				var planes []string
				for key, v := range object.Struct(rsp.GetDesired().GetResources()["r"].GetResource(), "spec", "forProvider", tc.field).GetFields() {
					if key == "control-plane" || name == "azure" && strings.EqualFold(key, "control-plane") {
						planes = append(planes, v.GetStringValue())
					}
				}
				want := map[string][]string{"named": {"mgmt-eu"}}[from]
				if diff := cmp.Diff(want, planes); diff != "" {
					t.Errorf("the control plane that is written: -want, +got:\n%s", diff)
				}
				if from == "settings" {
					return // of two such keys one has a hash behind it, or both
				}
				drops := name != "aws" && from != "named" // else the claim's tag has a key of its own
				if c := rsp.GetConditions()[0]; (c.GetReason() == reasonDropped) != drops || strings.Contains(c.GetMessage(), says) != drops {
					t.Errorf("CostTagged is %s: %s", c.GetReason(), c.GetMessage())
				}
			})
		}
	}
}
