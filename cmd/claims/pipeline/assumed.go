package pipeline

import (
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// assumedRegion is where claims are that name no region, where nobody gives the settings.
const assumedRegion = "eu-west"

// Assumed are settings for who has none to give: what every platform has to say stands in
// them, and nothing that a platform may allow. They are in no place and of no account, so what
// is composed by them is to be judged only.
func Assumed() []map[string]any {
	providers := map[string]any{}
	for _, provider := range cloud.Providers {
		providers[provider] = map[string]any{"region": assumedRegion, "bucketNameSalt": "assumed"}
	}
	var out []map[string]any
	for _, env := range claim.Envs {
		out = append(out, map[string]any{
			"apiVersion": "apiextensions.crossplane.io/v1beta1",
			"kind":       "EnvironmentConfig",
			"metadata":   map[string]any{"name": "platform-" + env},
			"data":       map[string]any{"providers": providers, "policy": map[string]any{"requireNetwork": false}},
		})
	}
	return out
}
