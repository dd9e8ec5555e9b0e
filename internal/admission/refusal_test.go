package admission

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/manifest"
)

const claim = `
apiVersion: platform.victor.onl/v1alpha1
kind: Resource
metadata: {name: main, namespace: payments-dev-infra}
spec: {provider: gcp, profile: small, region: eu-west, database: {engine: postgres}}
`

func decoded(t *testing.T, text string) map[string]any {
	t.Helper()
	out, err := manifest.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRefusals(t *testing.T) {
	servers := map[string]func() (*Server, error){"claims": Claims, "namespaced": Namespaced}
	cases := map[string]struct {
		reason   string
		edit     []string
		status   string // of a live claim that is edited; "" where the claim is new
		want     []string
		wantText string // part of the first one
	}{
		"Fine":    {"A good claim is taken.", nil, "", nil, ""},
		"Unknown": {"A field that there is not has its path.", []string{"region", "regoin"}, "", []string{"spec.regoin"}, "spec.regoin: unknown field"},
		"Word": {
			"A word that there is not has the server's sentence, and that rules were not checked is not a second one.",
			[]string{"gcp", "oracle"},
			"",
			[]string{"spec.provider"},
			`spec.provider: Unsupported value: "oracle"`,
		},
		"Own": {
			"A sentence of the platform's stands alone.",
			[]string{"engine: postgres", `engine: postgres, version: "171"`},
			"",
			[]string{"spec.database.version"},
			`spec.database.version: "171" is not offered for postgres on gcp`,
		},
		"Metadata": {
			"A name that Kubernetes does not take is refused by path.",
			[]string{"name: main", "name: Main"},
			"",
			[]string{"metadata.name"},
			"metadata.name: Invalid value",
		},
		"Edit": {
			"An edit of a live claim is refused by the rules of edits.",
			[]string{"eu-west", "eu-central"},
			"{made: true, name: x, provider: gcp, region: europe-west1}",
			[]string{"spec.region"},
			`cannot become "eu-central" on a live database`,
		},
		"Unmade": {"What was not made may change.", []string{"eu-west", "eu-central"}, "{made: false}", nil, ""},
	}
	for scope, serve := range servers {
		s, err := serve()
		if err != nil {
			t.Fatal(err)
		}
		for name, tc := range cases {
			t.Run(scope+"/"+name, func(t *testing.T) {
				manifest := claim
				for i := 0; i < len(tc.edit); i += 2 {
					manifest = strings.Replace(manifest, tc.edit[i], tc.edit[i+1], 1)
				}
				got := s.RefuseCreate(t.Context(), decoded(t, manifest))
				if tc.status != "" {
					got = s.RefuseUpdate(t.Context(), decoded(t, claim+"status: {resource: "+tc.status+"}\n"), decoded(t, manifest))
				}
				var paths []string
				for _, r := range got {
					paths = append(paths, r.Path)
				}
				if diff := cmp.Diff(tc.want, paths); diff != "" || len(got) > 0 && !strings.Contains(got[0].Text, tc.wantText) {
					t.Errorf("\n%s\n-want, +got:\n%s%v", tc.reason, diff, got)
				}
			})
		}
	}
}
