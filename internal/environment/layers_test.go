package environment

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

var (
	payments = Place{Env: "prod", Project: "payments"}
	blog     = Place{Env: "dev", Project: "blog"}
)

func TestNamesOf(t *testing.T) {
	cases := map[string]struct {
		reason     string
		place, own Place
		want       Names
	}{
		"Own": {
			reason: "a claim in its own project and env has three layers", place: payments, own: payments,
			want: Names{"settings": "platform", "settings-env": "platform-prod", "settings-project": "platform-prod-payments"},
		},
		"Nowhere": {
			reason: "a namespace of another form has no layers of its own", place: payments, own: Place{},
			want: Names{"settings": "platform", "settings-env": "platform-prod", "settings-project": "platform-prod-payments"},
		},
		"OtherProject": {
			reason: "a claim that names another project of its env asks for the layer of its namespace's project too",
			place:  payments, own: Place{Env: "prod", Project: "blog"},
			want: Names{
				"settings": "platform", "settings-env": "platform-prod", "settings-project": "platform-prod-payments",
				"settings-own-project": "platform-prod-blog",
			},
		},
		"OtherEnv": {
			reason: "a claim that names another project and env asks for five, which is the most", place: payments, own: blog,
			want: Names{
				"settings": "platform", "settings-env": "platform-prod", "settings-project": "platform-prod-payments",
				"settings-own-env": "platform-dev", "settings-own-project": "platform-dev-blog",
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, NamesOf(tc.place, tc.own)); diff != "" {
				t.Errorf("%s: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// found is an answer with one EnvironmentConfig.
func found(name string) *fnv1.Resources {
	return &fnv1.Resources{Items: []*fnv1.Resource{{Resource: object.New(object.Map{
		"metadata": object.Map{"name": name}, "data": object.Map{"from": name},
	})}}}
}

func TestAnswered(t *testing.T) {
	type want struct {
		Layers, Own   []string
		Asked, Legacy bool
	}
	of := func(requirements map[string]string) map[string]*fnv1.Resources {
		out := map[string]*fnv1.Resources{}
		for requirement, name := range requirements {
			if out[requirement] = (&fnv1.Resources{}); name != "" {
				out[requirement] = found(name)
			}
		}
		return out
	}
	cases := map[string]struct {
		reason       string
		own          Place
		newer, older map[string]*fnv1.Resources
		want         want
	}{
		"NotAsked": {reason: "Crossplane has not looked yet in the first call", own: payments},
		"Nothing": {
			reason: "an answer without items says that there is no EnvironmentConfig", own: payments,
			newer: of(map[string]string{"settings": "", "settings-env": "", "settings-project": ""}), want: want{Asked: true},
		},
		"Layers": {
			reason: "layers are in the order of their strength, whichever there are", own: payments,
			newer: of(map[string]string{"settings": "platform", "settings-env": "", "settings-project": "platform-prod-payments"}),
			want: want{
				Layers: []string{"platform", "platform-prod-payments"}, Own: []string{"platform", "platform-prod-payments"}, Asked: true,
			},
		},
		"OwnLayers": {
			reason: "the layers of a namespace are told from those of the env and project that its claim names", own: blog,
			newer: of(map[string]string{
				"settings": "platform", "settings-env": "platform-prod", "settings-project": "", "settings-own-env": "platform-dev",
				"settings-own-project": "platform-dev-blog",
			}),
			want: want{
				Layers: []string{"platform", "platform-prod"}, Own: []string{"platform", "platform-dev", "platform-dev-blog"}, Asked: true,
			},
		},
		"OwnProject": {
			reason: "two projects of one env share its layer", own: Place{Env: "prod", Project: "blog"},
			newer: of(map[string]string{"settings-env": "platform-prod", "settings-own-project": "platform-prod-blog"}),
			want:  want{Layers: []string{"platform-prod"}, Own: []string{"platform-prod", "platform-prod-blog"}, Asked: true},
		},
		"Older": {
			reason: "Crossplane 1.20 answers in the older form only", own: payments,
			older: of(map[string]string{"settings": "platform", "settings-env": ""}),
			want:  want{Layers: []string{"platform"}, Own: []string{"platform"}, Asked: true, Legacy: true},
		},
		"Both": {
			reason: "Crossplane that answers in both forms is not taken for 1.20", own: payments,
			newer: of(map[string]string{requireVersion: ""}), older: of(map[string]string{requireVersion: ""}),
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			req := &fnv1.RunFunctionRequest{RequiredResources: tc.newer, ExtraResources: tc.older} //nolint:staticcheck // Crossplane 1.20 knows no other.
			layers, own, asked := Answered(req, NamesOf(payments, tc.own))
			if diff := cmp.Diff(tc.want, want{namesOf(layers), namesOf(own), asked, Legacy(req)}); diff != "" {
				t.Errorf("%s: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

func namesOf(layers []settings.Layer) []string {
	var out []string
	for _, l := range layers {
		out = append(out, l.Name)
	}
	return out
}

func TestRequire(t *testing.T) {
	answers := map[string]*fnv1.Resources{"settings": {}}
	newer := &fnv1.RequestMeta{Capabilities: []fnv1.Capability{fnv1.Capability_CAPABILITY_REQUIRED_RESOURCES}}
	cases := map[string]struct {
		reason       string
		req          *fnv1.RunFunctionRequest
		newer, older bool
	}{
		"Unknown": {reason: "a Crossplane that says nothing is asked in both forms", req: &fnv1.RunFunctionRequest{}, newer: true, older: true},
		"Capable": {reason: "a Crossplane that names the newer form is asked in it alone", req: &fnv1.RunFunctionRequest{Meta: newer}, newer: true},
		"Legacy": {
			reason: "a Crossplane that answered in the older form alone is asked in it alone",
			req:    &fnv1.RunFunctionRequest{ExtraResources: answers}, older: true, //nolint:staticcheck // Crossplane 1.20 knows no other.
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			rsp := &fnv1.RunFunctionResponse{}
			Require(tc.req, rsp, NamesOf(payments, payments))
			r := rsp.GetRequirements()
			if got := len(r.GetResources()) == 3; got != tc.newer {
				t.Errorf("%s: asked in the newer form: %t, want %t", tc.reason, got, tc.newer)
			}
			if got := len(r.GetExtraResources()) == 3; got != tc.older { //nolint:staticcheck // Crossplane 1.20 knows no other.
				t.Errorf("%s: asked in the older form: %t, want %t", tc.reason, got, tc.older)
			}
		})
	}
}
