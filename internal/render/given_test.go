package render

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestGiven holds that every file that cannot be rendered is named, with what to
// change, before anything runs.
func TestGiven(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	const environment = "apiVersion: apiextensions.crossplane.io/v1beta1\nkind: EnvironmentConfig\nmetadata: {name: platform}\ndata: {}\n"
	claim := write("claim.yaml", "apiVersion: platform.victor.onl/v1alpha1\nkind: Resource\nmetadata: {name: a, namespace: b-dev-infra}\nspec: {}\n")
	settings := write("settings.yaml", environment)
	write("folder/a.yaml", "kind: Secret\n---\n"+environment)
	write("folder/note.txt", "{")

	cases := map[string]struct {
		reason string
		q      Request
		want   string
	}{
		"Fine":    {"Files that can be rendered pass.", Request{Claim: claim, Settings: []string{settings}}, ""},
		"Folder":  {"Settings may be a folder, of which only YAML is read.", Request{Claim: claim, Settings: []string{filepath.Join(dir, "folder")}}, ""},
		"NoClaim": {"A claim that is not there says how to give one.", Request{Claim: filepath.Join(dir, "none")}, "give a file by CLAIM="},
		"ClaimKind": {
			"What is no claim says what it is.",
			Request{Claim: settings},
			"settings.yaml: is apiextensions.crossplane.io/v1beta1 EnvironmentConfig; make it apiVersion platform.victor.onl/v1alpha1, kind Resource",
		},
		"ClaimYAML": {"A claim that is no YAML is named.", Request{Claim: write("broken.yaml", "a: b: c")}, "broken.yaml: cannot read YAML"},
		"Scope":     {"A scope that is none lists them.", Request{Claim: claim, Scope: "cluster"}, "allowed are claim, namespaced"},
		"NoSettings": {
			"Settings that are not there say how to give them.",
			Request{Claim: claim, Settings: []string{filepath.Join(dir, "none")}},
			"give a file by SETTINGS=",
		},
		"SettingsYAML": {"Settings that are no YAML are named.", Request{Claim: claim, Settings: []string{write("b.yaml", "a: b: c")}}, "b.yaml is no YAML"},
		"SettingsKind": {
			"A file without settings would render as if there were none.",
			Request{Claim: claim, Settings: []string{claim}},
			"claim.yaml: has no EnvironmentConfig",
		},
		"SettingsVersion": {
			"Settings of another version would not be found either.",
			Request{Claim: claim, Settings: []string{write("old.yaml", strings.Replace(environment, "v1beta1", "v1alpha1", 1))}},
			"old.yaml: is an EnvironmentConfig of apiextensions.crossplane.io/v1alpha1; make it apiVersion apiextensions.crossplane.io/v1beta1",
		},
		"NoObserved": {
			"Observed resources that are not there say how to give them.",
			Request{Claim: claim, Observed: filepath.Join(dir, "none")},
			"give a file by OBSERVED=",
		},
		"ObservedUnknown": {
			"An observed resource that is nobody's is named.",
			Request{Claim: claim, Observed: settings},
			`settings.yaml: EnvironmentConfig "platform" has no annotation crossplane.io/composition-resource-name`,
		},
		"ObservedComposed": {
			"One of a composition passes.",
			Request{Claim: claim, Observed: write("o.yaml", "kind: Secret\nmetadata: {annotations: {crossplane.io/composition-resource-name: password}}")},
			"",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			r := &Renderer{dir: t.TempDir()}
			if tc.q.Scope == "" {
				tc.q.Scope = ScopeClaim
			}
			_, err := r.prepare(tc.q)
			got := ""
			if err != nil {
				got = err.Error()
			}
			if (got == "") != (tc.want == "") || !strings.Contains(got, tc.want) {
				t.Errorf("\n%s\nprepare(): want an error with %q, got %q", tc.reason, tc.want, got)
			}
			if strings.Contains(got, "\n") {
				t.Errorf("\n%s\nprepare(): the error has more than one line: %q", tc.reason, got)
			}
		})
	}
}
