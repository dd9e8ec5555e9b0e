package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestFlags holds what is said of flags that are not as they should be, and of what the command is.
func TestFlags(t *testing.T) {
	cases := map[string]struct {
		reason    string
		args      []string
		code      int
		out, said string // parts of them
		never     string // a part of neither
	}{
		"After": {
			"A flag after a path is no path, and that is said.",
			[]string{"check", ".", "--base", "main"},
			exitBroken, "", `"--base" stands after a path; flags stand before the paths, and a file of that name is ./--base`, "stat",
		},
		"AfterOne": {
			"A flag of one hyphen is a flag as well.", []string{"entities", "-", "-owner=x"}, exitBroken, "", `"-owner=x" stands after a path`, "stat",
		},
		"Input": {"A single hyphen after a path is the standard input.", []string{"check", ".", "-"}, exitFine, "0 claims", "", "stands after"},
		"Ended": {
			"What follows the end of all flags is a path.", []string{"check", "--", "-none", "--base"}, exitBroken, "", "stat -none", "stands after",
		},
		"Version":    {"The command says which one it is.", []string{"--version"}, exitFine, "claims ", "", "usage"},
		"VersionOne": {"One hyphen does as well as two.", []string{"-version"}, exitFine, "gcp: checked against ", "", "usage"},
		"VersionWord": {
			"A command that there is not is none, even where it is a flag.",
			[]string{"version"},
			exitBroken, "", "claims check [flags]", "checked against",
		},
		"Scope": {
			"Entities are made in a scope that there is.",
			[]string{"entities", "--scope", "cluster", "-"},
			exitBroken, "", `--scope: "cluster" is not allowed; allowed are claim, namespaced`, "",
		},
		"CheckScope": {
			"Claims are checked in a scope that there is.",
			[]string{"check", "--scope", "", "-"},
			exitBroken, "", `--scope: "" is not allowed; allowed are claim, namespaced`, "",
		},
		"Settings": {
			"Settings that are not there are told by the flag that names them.",
			[]string{"check", "--settings", "nowhere", "-"},
			exitBroken, "", "cannot read the settings of --settings nowhere: ", "SETTINGS=",
		},
		"Folder": {"The help says how a folder is told from a commit.", []string{"check", "-h"}, exitFine, "", "./folder", ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			code, out, said := call(t, "", tc.args...)
			if code != tc.code || !strings.Contains(out, tc.out) || !strings.Contains(said, tc.said) {
				t.Errorf("\n%s\nrun(): want %d, %q and %q, got %d, %q and %q", tc.reason, tc.code, tc.out, tc.said, code, out, said)
			}
			if tc.never != "" && strings.Contains(out+said, tc.never) {
				t.Errorf("\n%s\nrun(): want no %q, got %q and %q", tc.reason, tc.never, out, said)
			}
		})
	}
}

// TestGitHubPlaces holds that GitHub finds the files, whose paths it has from the repository's root.
func TestGitHubPlaces(t *testing.T) {
	const wrong = "apiVersion: platform.victor.onl/v1alpha1\nkind: Thing\n"
	cases := map[string]struct{ reason, from, path, want string }{
		"Root":    {"At the root a path is as it is.", ".", "infra", "file=infra/claims/a.yaml,"},
		"Below":   {"Below the root it is written from there.", "infra", "claims", "file=infra/claims/a.yaml,"},
		"Beside":  {"A path may lead out of the folder.", "other", "../infra", "file=infra/claims/a.yaml,"},
		"NoGit":   {"Where there is no repository a path is as it is.", "../alone", ".", "file=a.yaml,"},
		"Outside": {"A file outside of the repository is named as it was.", "infra", "../../alone", "file=../../alone/a.yaml,"},
		"Input":   {"The standard input is no file.", "infra", "-", "file=stdin,"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			t.Chdir(dir)
			put(t, "repo/infra/claims/a.yaml", wrong)
			put(t, "repo/other/x.yaml", "{}")
			put(t, "alone/a.yaml", wrong)
			if out, err := exec.CommandContext(t.Context(), "git", "init", "-q", "repo").CombinedOutput(); err != nil {
				t.Fatal(err, string(out))
			}
			t.Chdir(filepath.Join("repo", tc.from))
			if _, out, _ := call(t, wrong, "check", "--format", "github", tc.path); !strings.Contains(out, tc.want) {
				t.Errorf("\n%s\nrun(): want %q, got %q", tc.reason, tc.want, out)
			}
		})
	}
}
