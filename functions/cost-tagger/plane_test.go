package costtagger

import (
	"testing"

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
