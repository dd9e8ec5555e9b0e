package check

import (
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestFiles holds what is read of a folder: manifests, through links, and nothing of a
// folder that is hidden or somebody else's. What cannot be read is told.
func TestFiles(t *testing.T) {
	bad := edit(t, good, "eu-west", "EU")
	files(t, map[string]string{
		"claims/a.yaml": good, "claims/.hidden/b.yaml": bad, "claims/node_modules/c.yaml": bad, "claims/d.txt": bad,
		"claims/e.YML":  edit(t, bad, "name: main", "name: e", "-dev-main", "-dev-e"),
		"claims/f.json": `{"apiVersion": "platform.victor.onl/v1alpha1", "kind": "Resource"}`,
	})
	for link, to := range map[string]string{"claims/gone.yaml": "nowhere", "claims/folder.yaml": "."} {
		if err := os.Symlink(to, link); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo("claims/pipe.yaml", 0o600); err != nil {
		t.Fatal(err)
	}
	want := []string{
		`claims/e.YML:13: error compose: spec.region: "EU" is not allowed; allowed is lowercase letters, digits and hyphens; did you mean "eu"?`,
		"claims/f.json:1: error compose: needs metadata.name and metadata.namespace; the namespace is {project}-{env}-infra",
		"claims/f.json:1: error schema: metadata.name: Required value: name or generateName is required",
		"claims/f.json:1: error schema: metadata.namespace: Required value",
		"claims/f.json:1: error schema: spec: Required value",
		"claims/gone.yaml:1: error file: cannot be read: stat claims/gone.yaml: no such file or directory",
		"claims/pipe.yaml:1: error file: cannot be read: p--------- is no file",
	}
	if diff := cmp.Diff(want, said(t, Options{Paths: []string{"claims", "claims/a.yaml"}})); diff != "" {
		t.Errorf("-want, +got:\n%s", diff)
	}
}

// TestSettings holds that what a claim comes to under the settings that are given is said,
// and that it waits for a network only there.
func TestSettings(t *testing.T) {
	const config = "apiVersion: apiextensions.crossplane.io/v1beta1\nkind: EnvironmentConfig\nmetadata: {name: platform-dev}\ndata: {policy: POLICY}\n"
	cases := map[string]struct{ reason, policy, want string }{
		"Network": {
			"A claim that would wait for a network is warned of.", "{requireNetwork: true}",
			"a.yaml:1: warning compose: Composed (",
		},
		"Allowed": {
			"What the policy does not allow is refused in its line.", "{requireNetwork: false, allowed: {profiles: [nano]}}",
			`a.yaml:12: error compose: spec.profile: "small" is not allowed by settings policy.allowed.profiles; allowed are nano`,
		},
		"Observed": {
			"What is only looked at, since the settings say so, is for a cluster to say.", "{adopt: observe}",
			"",
		},
		"Invalid": {
			"Settings that are wrong are no field of the claim.",
			"{requireNetwork: 5}",
			"a.yaml:1: error compose: settings platform-dev: data.policy.requireNetwork: 5 is not allowed",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			files(t, map[string]string{"a.yaml": good, "settings/dev.yaml": strings.Replace(config, "POLICY", tc.policy, 1)})
			if tc.want == "" {
				put(t, "a.yaml", edit(t, good, "spec:\n", "spec:\n  externalName: orders\n"))
			}
			got := said(t, Options{Paths: []string{"a.yaml"}, Settings: []string{"settings"}})
			if tc.want == "" && len(got) == 0 {
				return
			}
			if tc.want == "" || len(got) == 0 || !strings.HasPrefix(got[0], tc.want) {
				t.Errorf("\n%s\nRun(): want %q, got %q", tc.reason, tc.want, got)
			}
		})
	}
}
