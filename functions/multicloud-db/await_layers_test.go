package multiclouddb

import (
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// TestAwaitLayers plays layers of settings that arrive one by one.
func TestAwaitLayers(t *testing.T) {
	t.Parallel()
	const of = "settings-env"
	said := func(data string) string { return "data: {" + data + "}" }
	whole := map[string]string{of: placed}
	cases := map[string]struct {
		reason, env string
		layers      map[string]string // by the requirement that they are asked for by
		awaits      string            // what is missing; "" where the claim composes
	}{
		"Whole":    {"An env's own layer is enough where no layer lists others.", "prod", whole, ""},
		"Platform": {"In prod what the layer of all envs says is half of the settings.", "prod", map[string]string{"settings": said("")}, "platform-prod"},
		"Project":  {"A project's layer is no env's.", "mgmt", map[string]string{"settings-project": said("")}, "platform-mgmt"},
		"Dev":      {"Dev needs no layer of its own.", "dev", map[string]string{"settings": said("")}, ""},
		"Listed": {
			"A layer that another one lists is awaited, in dev too.", "dev",
			map[string]string{"settings": said("layers: [platform-dev, platform-prod-payments, platform-dev-payments]"), of: said("")},
			"platform-dev-payments",
		},
		"ListedByEnv": {
			"The layer of all envs is awaited where an env's lists it.", "prod", map[string]string{of: said("layers: [platform]")}, "platform",
		},
		"Both": {
			"All that are missing are named.", "prod",
			map[string]string{"settings": said("layers: [platform-prod-payments]")},
			"platform-prod, platform-prod-payments",
		},
		"Others": {
			"Layers of other envs and projects are no claim's of this one.", "dev",
			map[string]string{"settings": said("layers: [platform-prod, platform-dev-blog]")},
			"",
		},
	}
	for name, tc := range cases {
		for _, provider := range cloud.Providers {
			t.Run(name+"/"+provider, func(t *testing.T) {
				t.Parallel()
				req := ask(t, provider, tc.env, none, nil)
				for requirement, settings := range tc.layers {
					req.RequiredResources[requirement] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: fromYAML(t, settings)}}}
				}
				rsp := run(t, req)
				switch {
				case tc.awaits != "":
					waits(t, rsp, "AwaitingSettings", "the settings are not whole: no EnvironmentConfig "+tc.awaits+", and nothing is composed without")
				case fatal(rsp) != "" || len(desired(rsp)) == 0:
					t.Errorf("\n%s\nnothing is composed: %s %v", tc.reason, fatal(rsp), rsp.GetConditions())
				}
			})
		}
	}
}
