package multiclouddb

import (
	"strings"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// TestNowhere holds that platform alone says whether a namespace of another form than
// {project}-{env}-infra may name a project and an env: the layers of those are the claim's
// own choice.
func TestNowhere(t *testing.T) {
	t.Parallel()
	const open, closed = "{policy: {overrides: {project: true, env: true}}}", "{policy: {overrides: {project: false, env: false}}}"
	cases := map[string]struct{ reason, platform, env, project, want string }{
		"Platform": {"What platform lets be named may be named.", open, closed, closed, ""},
		"Env":      {"The layer of the env that is named lets nothing be named.", closed, open, "", "policy.overrides.project"},
		"Project":  {"The layer of the project that is named lets nothing be named, without platform.", "", "", open, "policy.overrides.project"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			xr := strings.ReplaceAll(xrHead, "payments-prod-infra", "sandbox") + specGCP + "  project: shop\n  env: dev\n"
			req := request(t, xr, none, nil)
			for requirement, layer := range map[string][2]string{
				"settings": {"platform", tc.platform}, "settings-env": {"platform-dev", tc.env}, "settings-project": {"platform-dev-shop", tc.project},
			} {
				req.RequiredResources[requirement] = &fnv1.Resources{}
				if layer[1] != "" {
					o := fromYAML(t, "metadata: {name: "+layer[0]+"}\ndata: "+layer[1])
					req.RequiredResources[requirement].Items = []*fnv1.Resource{{Resource: o}}
				}
			}
			rsp, err := (&Function{}).RunFunction(t.Context(), req)
			if err != nil {
				t.Fatal(err)
			}
			if got := fatal(rsp); (got == "") != (tc.want == "") || !strings.Contains(got, tc.want) {
				t.Errorf("%s It is refused: %q, want %q.", tc.reason, got, tc.want)
			}
		})
	}
}
