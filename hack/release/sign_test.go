package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTools holds how the programs are called that sign: a program that writes down its
// arguments stands for each.
func TestTools(t *testing.T) {
	cases := map[string]struct {
		reason string
		by     func(program string) tool
		want   []string
	}{
		"Key": {
			"A key signs without a transparency log unless one is named.",
			func(p string) tool { return keyed(p, "my.key", "") },
			[]string{"sign --key=my.key r/f@sha256:1", "attest --key=my.key --type=spdxjson --predicate=f.spdx.json r/f@sha256:1"},
		},
		"Log": {
			"A transparency log is told of each signature.",
			func(p string) tool { return keyed(p, "my.key", "https://log.example.org") },
			[]string{
				"sign --key=my.key --log=https://log.example.org r/f@sha256:1",
				"attest --key=my.key --log=https://log.example.org --type=spdxjson --predicate=f.spdx.json r/f@sha256:1",
			},
		},
		"Keyless": {
			"Version 3 of cosign writes the form that Crossplane reads only when it is told to.",
			keyless,
			[]string{
				"sign --yes --new-bundle-format=false --use-signing-config=false r/f@sha256:1",
				"attest --yes --new-bundle-format=false --use-signing-config=false --type=spdxjson --predicate=f.spdx.json r/f@sha256:1",
			},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			program, log := filepath.Join(dir, "cosign"), filepath.Join(dir, "log")
			if err := os.WriteFile(program, []byte("#!/bin/sh\necho \"$@\" >>"+log+"\n"), 0o700); err != nil {
				t.Fatal(err)
			}
			by := tc.by(program)
			if err := by.sign(t.Context(), "r/f@sha256:1"); err != nil {
				t.Fatal(err)
			}
			if err := by.attest(t.Context(), "r/f@sha256:1", "spdxjson", "f.spdx.json"); err != nil {
				t.Fatal(err)
			}
			b, err := os.ReadFile(log)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, strings.Split(strings.TrimSpace(string(b)), "\n")); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestRun holds that what a program says of its failure is the error, and nothing else.
func TestRun(t *testing.T) {
	cases := map[string]struct{ reason, script, out, want string }{
		"Well":   {"What is printed is returned without the line's end.", "echo well; echo aside >&2", "well", ""},
		"Said":   {"A program that says why it fails is believed.", "echo half; echo 'signer: no key' >&2; exit 1", "", "signer: no key"},
		"Silent": {"A program that says nothing fails by its code.", "exit 3", "", "sh -c: exit status 3"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			out, err := run(t.Context(), "sh", "-c", tc.script)
			got := ""
			if err != nil {
				got = err.Error()
			}
			if diff := cmp.Diff([]string{tc.out, tc.want}, []string{out, got}); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
