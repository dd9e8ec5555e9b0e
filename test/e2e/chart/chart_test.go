package chart

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParse(t *testing.T) {
	cases := map[string]struct {
		reason, command string
		want            Release
		err             string
	}{
		"Whole": {
			reason:  "The command of the page on the packages is read.",
			command: "helm upgrade --install crossplane some/chart -n crossplane-system --create-namespace \\\n  --set 'provider.defaultActivations={}'",
			want: Release{
				Chart: "some/chart", Name: "crossplane", Namespace: "crossplane-system",
				// helm 4.3.1 makes one empty word of {}: valList in its pkg/strvals/parser.go.
				Set: map[string]any{"provider.defaultActivations": []any{""}},
			},
		},
		"List": {
			reason:  "Commas are between the items of a list.",
			command: "helm upgrade --install a b --set 'c={d,e}'",
			want:    Release{Chart: "b", Name: "a", Namespace: "default", Set: map[string]any{"c": []any{"d", "e"}}},
		},
		"Scalar": {
			reason:  "A value that is no list is refused, since its type would be a guess.",
			command: "helm upgrade --install a b --set c=1",
			err:     `--set c: "1" is no list in braces, which is all that is read here`,
		},
		"Flag": {
			reason:  "A flag that may change what is installed is refused.",
			command: "helm upgrade --install a b --values c.yaml",
			err:     `helm's "--values" is not read here; the flags that are: --create-namespace, -n, --set`,
		},
		"Install": {
			reason:  "Another command of helm is refused.",
			command: "helm install a b -n c",
			err:     `"helm install a b -n c" is not helm upgrade --install NAME CHART`,
		},
		"Shell": {
			reason:  "What only a shell can read is refused.",
			command: "helm upgrade --install a b -n $NAMESPACE",
			err:     `"helm upgrade --install a b -n $NAMESPACE" needs a shell`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := Parse(tc.command)
			said := ""
			if err != nil {
				said = err.Error()
			}
			if diff := cmp.Diff(tc.err, said); diff != "" {
				t.Errorf("\n%s\nParse(): error: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nParse(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// files of a chart that calls each function.
var files = map[string]string{
	"Chart.yaml":  "name: crossplane\nappVersion: 2.4.0\n",
	"values.yaml": "args: [--debug]\nprovider: {activations: ['*']}\nextra: {a: '{{ .Release.Name }}'}\n",
	"templates/_helpers.tpl": `{{- define "labels" }}
app: {{ default .Chart.Name .Values.nameOverride | replace "+" "_" | trunc 5 | trimSuffix "s" }}
version: {{ .Chart.AppVersion | quote }}
{{- end }}`,
	"templates/NOTES.txt": "for people",
	"templates/deployment.yaml": `metadata:
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "labels" . | indent 4 }}
args:
{{- range $arg := .Values.provider.activations }}
- --activation
- "{{ $arg }}"
{{- end }}
debug: {{ has "--debug" .Values.args }}
missing: {{ .Values.nothing }}
extra: {{ tpl (toYaml .Values.extra) $ | nindent 2 }}
`,
}

func TestRender(t *testing.T) {
	dir := t.TempDir()
	for name, text := range files {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cases := map[string]struct {
		reason string
		set    map[string]any
		want   string
		err    string
	}{
		"Defaults": {
			reason: "Values come from values.yaml, and one that is missing is empty.",
			want: `
---
metadata:
  namespace: there
  labels:    
    app: cros
    version: "2.4.0"
args:
- --activation
- "*"
debug: true
missing: 
extra: 
  a: 'here'
`,
		},
		"Unknown": {
			reason: "A value that the chart does not know changes nothing, so it is refused.",
			set:    map[string]any{"provider.defaultActivations": []any{""}},
			err:    "--set provider.defaultActivations: the chart has no value provider.defaultActivations; those here are activations",
		},
		"Through": {
			reason: "A list has no fields.",
			set:    map[string]any{"args.debug": []any{""}},
			err:    "--set args.debug: the chart's args has no fields",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := Release{Chart: dir, Name: "here", Namespace: "there", Set: tc.set}.Render()
			said := ""
			if err != nil {
				said = err.Error()
			}
			if diff := cmp.Diff(tc.err, said); diff != "" {
				t.Errorf("\n%s\nRender(): error: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(strings.Split(tc.want, "\n"), strings.Split(string(got), "\n")); diff != "" {
				t.Errorf("\n%s\nRender(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
