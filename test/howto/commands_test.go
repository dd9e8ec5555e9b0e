package howto

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/test/crds"
)

// verbs of kubectl that pages have, with the flags of each. That they do what is said is tried on
// control planes (test/e2e), and by kubectl's own help.
var verbs = map[string][]string{
	"annotate": {"-n", "--overwrite"},
	"apply":    {"-f"},
	"create":   {"-n", "--from-literal", "--from-file"},
	"delete":   {"-n"},
	"describe": {"-n"},
	"get":      {"-n", "-A", "-o", "-l"},
	"logs":     {"-n", "--follow"},
	"wait":     {"-n", "--for", "--timeout", "--all"},
}

// kinds that pages ask kubectl for, as it takes them.
var kinds = []string{
	"resource", "resources", "secret", "job", "managed", "environmentconfigs",
	"functions.pkg.crossplane.io", "configurations.pkg.crossplane.io", "providers.pkg.crossplane.io",
}

// status is a path below the status of a claim.
var status = regexp.MustCompile(`jsonpath='\{\.status\.([\w.]+)\}'`)

// TestCommands holds that make has each target and variable that a page names, and that kubectl is
// told files, kinds, flags and fields that there are.
func TestCommands(t *testing.T) {
	run := 0
	for _, page := range pages(t) {
		for _, b := range blocks(t, page) {
			if b.language != "sh" {
				continue
			}
			text := strings.ReplaceAll(strings.TrimSpace(b.text), "\\\n", "")
			for line := range strings.SplitSeq(strings.ReplaceAll(text, " | ", "\n"), "\n") {
				run++
				switch words := strings.Fields(line); words[0] {
				case "make":
					made(t, line, words[1:])
				case "kubectl":
					asked(t, line, words[1:])
				case "openssl", "tr": // make a password
				default:
					t.Errorf("%s: nobody tries %q", filepath.Base(page), line)
				}
			}
		}
	}
	if run < 25 {
		t.Errorf("the pages have only %d commands", run)
	}
}

// made holds that make would do it.
func made(t *testing.T, line string, words []string) {
	t.Helper()
	//nolint:gosec // Our own page.
	if out, err := exec.CommandContext(t.Context(), "make", append([]string{"-n", "-C", root}, words...)...).CombinedOutput(); err != nil {
		t.Errorf("%s: %v: %s", line, err, out)
	}
	b, err := os.ReadFile(root + "/Makefile")
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range words {
		if name, _, ok := strings.Cut(w, "="); ok && !regexp.MustCompile(`(?m)^`+name+` +\?=`).Match(b) {
			t.Errorf("%s: make has no variable %s", line, name)
		}
	}
}

// asked holds what kubectl is told.
func asked(t *testing.T, line string, words []string) {
	t.Helper()
	flags, ok := verbs[words[0]]
	if !ok {
		t.Errorf("%s: nobody tries kubectl %s", line, words[0])
	}
	for i, w := range words {
		if flag, _, _ := strings.Cut(w, "="); strings.HasPrefix(w, "-") && !slices.Contains(flags, flag) {
			t.Errorf("%s: nobody tries the flag %s", line, flag)
		}
		if w == "-f" {
			if _, err := os.Stat(filepath.Join(root, words[i+1])); err != nil {
				t.Errorf("%s: %v", line, err)
			}
		}
	}
	if words[0] != "apply" {
		for kind := range strings.SplitSeq(words[1], ",") {
			if kind, _, _ = strings.Cut(kind, "/"); !slices.Contains(kinds, kind) {
				t.Errorf("%s: nobody knows the kind %s", line, kind)
			}
		}
	}
	for _, m := range status.FindAllStringSubmatch(line, -1) {
		if !hasStatus(t, strings.Split(m[1], ".")) {
			t.Errorf("%s: a claim has no status.%s", line, m[1])
		}
	}
}

// hasStatus reports whether the XRD has a field of the status.
func hasStatus(t *testing.T, path []string) bool {
	t.Helper()
	object, err := crds.ClaimRoot(root + "/apis/claims/definition.yaml")
	if err != nil {
		t.Fatal(err)
	}
	at := object.Properties["status"]
	for _, name := range path {
		next, ok := at.Properties[name]
		if !ok {
			return false
		}
		at = next
	}
	return true
}
