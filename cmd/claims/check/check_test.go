package check

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

const root = "../../.."

// good is a claim that nothing is said of.
const good = `apiVersion: platform.victor.onl/v1alpha1
kind: Resource
metadata:
  name: main
  namespace: payments-dev-infra
  labels:
    team: team-payments
    backstage.io/system: gateway
    backstage.io/kubernetes-id: gcp-payments-dev-main
spec:
  provider: gcp
  profile: small
  region: eu-west
  database: {engine: postgres}
`

// files writes files into a folder, which is the one that is worked in.
func files(t *testing.T, contents map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	write(t, contents)
}

func write(t *testing.T, contents map[string]string) {
	t.Helper()
	for path, content := range contents {
		put(t, path, content)
	}
}

func put(tb testing.TB, path, content string) {
	tb.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		tb.Fatal(err)
	}
}

// lookedUp is the day of the table of versions, on which none of the tests' has ended.
func lookedUp() time.Time { return time.Date(2026, time.November, 27, 0, 0, 0, 0, time.UTC) }

// said is what is found, a line each.
func said(t *testing.T, o Options) []string {
	t.Helper()
	if o.Scope == "" {
		o.Scope = render.ScopeClaim
	}
	if len(o.Paths) == 0 {
		o.Paths = []string{"."}
	}
	if o.Today == nil {
		o.Today = lookedUp
	}
	r, err := Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range r.Findings {
		out = append(out, fmt.Sprintf("%s:%d: %s %s: %s", f.File, f.Line, f.Severity, f.Rule, f.Text))
	}
	return out
}

// edit is a text with some words in place of others.
func edit(tb testing.TB, text string, pairs ...string) string {
	tb.Helper()
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(text, pairs[i]) {
			tb.Fatalf("there is no %q", pairs[i])
		}
		text = strings.Replace(text, pairs[i], pairs[i+1], 1)
	}
	return text
}

// TestExamples holds that the examples are taken in both scopes, whoever gives the settings.
func TestExamples(t *testing.T) {
	for _, settings := range [][]string{nil, {root + "/examples/settings"}} {
		for _, scope := range []string{render.ScopeClaim, render.ScopeNamespaced} {
			r, err := Run(t.Context(), Options{Paths: []string{root + "/examples/claims"}, Settings: settings, Scope: scope})
			if err != nil {
				t.Fatal(err)
			}
			if r.Claims < 40 {
				t.Errorf("only %d claims were found", r.Claims)
			}
			for _, f := range r.Findings {
				if f.Severity == report.Error || f.Rule != ruleLabels {
					t.Errorf("%s, settings %v: %+v", scope, settings, f)
				}
			}
		}
	}
}

func TestClaims(t *testing.T) {
	const adopts = "externalName: gcp-payments-dev-main\n  adopt: Observe\n"
	cases := map[string]struct {
		reason string
		files  map[string]string
		want   []string
	}{
		"Good": {"Of a claim that is right nothing is said.", map[string]string{"a.yaml": good}, nil},
		"Others": {
			"Other kinds, and files that are no manifests, are passed by.",
			map[string]string{"a.yaml": good, "b.yaml": "kind: Deployment\n", "README.md": "platform.victor.onl/ {{"},
			nil,
		},
		"Both": {
			"A field that the API server and the functions refuse has the sentence of the platform, in its line.",
			map[string]string{"a.yaml": edit(t, good, "engine: postgres", "engine: postgresql")},
			[]string{`a.yaml:14: error compose: spec.database.engine: "postgresql" is not allowed; allowed are postgres, mysql; did you mean "postgres"?`},
		},
		"Several": {
			"Each mistake stands at its own field.",
			map[string]string{"a.yaml": edit(t, good, "provider: gcp", "provider: GCP", "region: eu-west", "region: EU-West", "gcp-payments-dev-main", "x")},
			[]string{
				`a.yaml:11: error compose: spec.provider: "GCP" is not allowed; allowed are gcp, aws, azure, ibm; did you mean "gcp"?`,
				`a.yaml:13: error compose: spec.region: "EU-West" is not allowed; allowed is lowercase letters, digits and hyphens; did you mean "eu-west"?`,
			},
		},
		"OnlyServer": {
			"What only an API server refuses has its sentence.",
			map[string]string{"a.yaml": edit(t, good, "team: team-payments", "team: \"-payments-\"")},
			[]string{`a.yaml:6: error schema: metadata.labels: Invalid value: "-payments-": a valid label must be an empty string or consist of alphanumeric ` +
				`characters, '-', ` +
				`'_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is ` +
				`'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`},
		},
		"Kind": {
			"Another kind of the platform's group is a mistake.",
			map[string]string{"a.yaml": edit(t, good, "kind: Resource", "kind: Ressource")},
			[]string{"a.yaml:1: error compose: is platform.victor.onl/v1alpha1 Ressource; make it apiVersion platform.victor.onl/v1alpha1, kind Resource"},
		},
		"Labels": {
			"A claim without labels has no tags, and is not in Backstage.",
			map[string]string{"a.yaml": edit(t, good, "    team: team-payments\n", "", "    backstage.io/system: gateway\n", "", "gcp-payments-dev-main", "other")},
			[]string{
				"a.yaml:6: warning labels: metadata.labels[backstage.io/system]: is missing, and with it the cost tag system",
				"a.yaml:6: warning labels: metadata.labels[team]: is missing, and with it the cost tag team",
				`a.yaml:7: error labels: metadata.labels[backstage.io/kubernetes-id]: "other" is not the name of the claim's entity, so that Backstage does not ` +
					`show the claim; set it to "gcp-payments-dev-main"`,
			},
		},
		"Template": {
			"What a template makes a claim of is not judged, and that is said.",
			map[string]string{"a.yaml": edit(t, good, "name: main", `name: "{{ .Values.name }}"`)},
			[]string{"a.yaml:1: warning file: has a field that a template is to fill in; it is not checked, so check what its template makes"},
		},
		"Broken": {
			"A claim that is no YAML is told with its line.",
			map[string]string{"a.yaml": good + "  database: {engine: mysql}\n"},
			[]string{`a.yaml:15: error file: cannot be read: key "database" already set in map`},
		},
		"Twice": {
			"A claim that stands in two files is applied by two Applications in turn.",
			map[string]string{"a.yaml": good, "b.yaml": edit(t, good, "small", "large")},
			[]string{"b.yaml:4: error double: metadata.name: the claim payments-dev-infra/main stands in a.yaml:4 too; only one of them counts, so take the other out"},
		},
		"OneDatabase": {
			"Two claims of one database would edit it in turn.",
			map[string]string{
				"a.yaml": good,
				"b.yaml": edit(t, good, "name: main", "name: other", "-dev-main", "-dev-other", "spec:\n", "spec:\n  "+adopts),
				"s.yaml": "apiVersion: apiextensions.crossplane.io/v1beta1\nkind: EnvironmentConfig\nmetadata: {name: platform-dev}\ndata: {policy: {adopt: observe}}\n",
			},
			[]string{
				"b.yaml:11: error double: spec.externalName: the claim is for gcp-payments-dev-main, and so is payments-dev-infra/main in a.yaml:4; one " +
					"resource has one claim",
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			files(t, tc.files)
			o := Options{}
			if tc.files["s.yaml"] != "" {
				o.Settings = []string{"s.yaml"}
			}
			if diff := cmp.Diff(tc.want, said(t, o)); diff != "" {
				t.Errorf("\n%s\nRun(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
