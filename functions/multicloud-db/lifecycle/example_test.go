package lifecycle_test

import (
	"fmt"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// A topic is a type of one field, which its settings choose and no cloud can change.
type topic struct{ Key string }

var kindTopic = managed.Kind{Group: "pubsub.gcp", Version: "v1beta2", Kind: "Topic"}

var topics = lifecycle.Type[topic]{
	Name: "topic",
	Fields: []lifecycle.Field[topic]{{
		Row: lifecycle.Row{Name: "kmsKeyID", Path: "kmsKeyID", Rule: lifecycle.Sticky}, Regional: true,
		Of: func(t *topic) *string { return &t.Key },
	}},
	Read: func(_ lifecycle.Call, _ lifecycle.Live, p lifecycle.Place) (topic, lifecycle.Policy, error) {
		return topic{Key: p.OfRegion.KMSKeyID}, lifecycle.Policy{}, nil
	},
	Clouds: map[string]lifecycle.Cloud[topic]{"gcp": {
		Mains: []lifecycle.Main{{
			Kind:   kindTopic,
			Fields: map[string]lifecycle.At{"kmsKeyID": {Is: []string{"kmsKeyName"}}, "region": {Is: []string{"region"}}},
		}},
		Compose: func(in lifecycle.In[topic]) (lifecycle.Parts, error) {
			return lifecycle.Parts{lifecycle.Instance: {Kind: kindTopic, Name: in.Name, Body: object.Map{
				"kmsKeyName": lifecycle.Optional(in.Want.Key),
			}}}, nil
		},
		Connect:   func(lifecycle.In[topic]) lifecycle.Connection { return lifecycle.Connection{} },
		Protected: func(lifecycle.Live) bool { return false },
	}},
}

// The rule of a field decides what an edit comes to on a live resource: a key of the
// settings stays when they no longer say it, and another one is refused.
func ExampleType_Run() {
	call := lifecycle.Call{
		Claim:     &claim.Claim{Name: "news", Namespace: "shop-prod-infra", Provider: "gcp", Type: "topic", Project: "shop", Env: "prod", Region: "europe-west1"},
		Settings:  keyed("old"),
		Answered:  true,
		Recognize: func(*structpb.Struct) (string, string) { return "gcp", "topic" },
	}
	made, _, _ := topics.Run(call)
	live := made.Parts[lifecycle.Instance].Object
	object.Set(live, "projects/acme/topics/news", "status", "atProvider", "id")
	object.Set(live, "2026-11-25T00:00:00Z", "metadata", "annotations", "crossplane.io/external-create-succeeded")
	call.Parts = map[string]lifecycle.Observed{lifecycle.Instance: {Object: live}}

	call.Settings = keyed("")
	kept, _, _ := topics.Run(call)
	fmt.Println(object.String(kept.Parts[lifecycle.Instance].Object, "spec", "forProvider", "kmsKeyName"))

	call.Settings = keyed("new")
	_, _, refusal := topics.Run(call)
	sentence, advice, _ := strings.Cut(refusal.Err.Error(), "; ")
	fmt.Println(refusal.Reason + ": " + sentence)
	fmt.Println(advice)
	// Output:
	// old
	// Refused: settings providers.gcp.regions.europe-west1.kmsKeyID: "old" cannot become "new" on a live topic
	// set it back to "old", or make a second claim and migrate
}

// keyed are settings with a key, which is "" for none.
func keyed(key string) *settings.Settings {
	return &settings.Settings{Providers: map[string]settings.Provider{"gcp": {Regions: map[string]settings.Region{"europe-west1": {KMSKeyID: key}}}}}
}
