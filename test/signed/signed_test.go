//go:build signed

// Package signed releases the project's packages to a registry on the loopback, by the commands
// of package/README.md, and holds that what is tampered with is refused, for its reason.
package signed

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

const (
	root    = "../.."
	page    = "package/README.md"
	heading = "## Release and verify"
	version = "v0.2.0"
	commit  = "0123456789abcdef0123456789abcdef01234567"
)

// scopes of the Configurations.
var scopes = []string{"claims", "namespaced"}

// A release is what the tests share: a registry that has one, and who signed it.
type release struct {
	*plant
	dir  string // the keys, packages and manifests
	env  []string
	team string
}

// TestRelease runs the page's commands, and then all that looks at what they left.
func TestRelease(t *testing.T) {
	p := serve(t)
	r := &release{plant: p, dir: t.TempDir(), team: p.host + "/team"}
	r.env = append(os.Environ(), "COSIGN_PASSWORD=of the test", "COMMIT="+commit, "DATE=2026-01-02T03:04:05Z",
		"PACKAGES="+filepath.Join(r.dir, "xpkg"), "INSTALL="+filepath.Join(r.dir, "install"))
	var said string
	for _, command := range r.commands(t) {
		out, err := r.run(t.Context(), "bash", "-ec", command)
		if err != nil {
			t.Fatalf("%s: %v\n%s", command, err, out)
		}
		said = out
	}
	if got := strings.Count(said, p.host+"/team/"); got != len(names) {
		t.Errorf("make verify names %d packages, want %d: %s", got, len(names), said)
	}
	t.Run("Keys", r.keys)
	t.Run("Manifests", r.manifests)
	t.Run("Attested", r.attested)
	t.Run("Again", r.again)
	t.Run("Other", r.other)
	t.Run("Refused", r.refused)
	t.Run("Tampered", r.tampered)
}

// commands of the page, of this registry and of keys in the test's folder.
func (r *release) commands(t *testing.T) []string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, page))
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(b), "\n"+heading+"\n")
	_, block, ok := strings.Cut(section, "```sh\n")
	block, _, _ = strings.Cut(block, "```")
	if !ok {
		t.Fatalf("%s has no commands below %q", page, heading)
	}
	for was, is := range map[string]string{"registry.example.org/team": r.team, "KEY=cosign": "KEY=" + filepath.Join(r.dir, "cosign")} {
		if !strings.Contains(block, was) {
			t.Fatalf("the commands below %q have no %q", heading, was)
		}
		block = strings.ReplaceAll(block, was, is)
	}
	return strings.Split(strings.TrimSpace(block), "\n\n")
}

// run runs a program in the project's folder, and returns all that it says.
func (r *release) run(ctx context.Context, program string, args ...string) (string, error) {
	c := exec.CommandContext(ctx, program, args...)
	c.Dir, c.Env = root, r.env
	out, err := c.CombinedOutput()
	return string(out), err
}

// keys are never written over, nor half of a pair.
func (r *release) keys(t *testing.T) {
	for _, there := range []string{".key", ".pub"} {
		pair := filepath.Join(t.TempDir(), "cosign")
		if err := os.WriteFile(pair+there, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := r.run(t.Context(), "make", "keys", "KEY="+pair+".key")
		if want := pair + there + " is there already, and no key is written over"; err == nil || !strings.Contains(out, want) {
			t.Errorf("want %q, got %v: %s", want, err, out)
		}
		files, err := os.ReadDir(filepath.Dir(pair))
		if err != nil || len(files) != 1 {
			t.Errorf("beside cosign%s there is more: %v, %v", there, files, err)
		}
	}
}

// names of the packages: the functions, and the Configurations of all clouds and of each.
var names = append(configurations(), "function-cost-tagger", "function-multicloud-db", "function-profile-sizer")

func configurations() []string {
	var out []string
	for _, scope := range scopes {
		out = append(out, "crossplane-resources-"+scope)
		for _, c := range cloud.Providers {
			out = append(out, "crossplane-resources-"+scope+"-"+c)
		}
	}
	return out
}

// manifests of the release name its registry alone, and what the project's own tree has under
// their names is of the project's.
func (r *release) manifests(t *testing.T) {
	var files []string
	err := filepath.WalkDir(filepath.Join(r.dir, "install"), func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(r.dir, path)
		files = append(files, rel)
		if err != nil {
			return err
		}
		b, err := os.ReadFile(path)
		if strings.Contains(string(b), "ghcr.io/victor-onl") {
			t.Errorf("%s names another registry than the release's", rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"install/cosign.pub", "install/providers.yaml"}
	for _, scope := range scopes {
		want = append(want, "install/"+scope+"/install.yaml")
		for _, c := range cloud.Providers {
			want = append(want, "install/"+scope+"/install-"+c+".yaml")
		}
	}
	for _, c := range cloud.Providers {
		want = append(want, "install/providers-"+c+".yaml")
	}
	slices.Sort(want)
	slices.Sort(files)
	if diff := cmp.Diff(want, files); diff != "" {
		t.Errorf("what a release writes: -want, +got:\n%s", diff)
	}
}

// again holds that the same release is no other one: nothing is pushed or signed twice.
func (r *release) again(t *testing.T) {
	before := r.state(t)
	if out, err := r.publish(t, version, commit); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if diff := cmp.Diff(before, r.state(t)); diff != "" {
		t.Errorf("the registry after the same release: -before, +after:\n%s", diff)
	}
}

// other holds that a version that is there keeps its content, and that nothing is pushed.
func (r *release) other(t *testing.T) {
	before := r.state(t)
	out, err := r.publish(t, version, strings.Repeat("f", 40))
	if want := r.team + "/function-cost-tagger:" + version + " is there with other content"; err == nil || !strings.Contains(out, want) {
		t.Errorf("want %q, got %v: %s", want, err, out)
	}
	if diff := cmp.Diff(before, r.state(t)); diff != "" {
		t.Errorf("the registry after a release that was refused: -before, +after:\n%s", diff)
	}
}

// publish releases a commit.
func (r *release) publish(t *testing.T, version, commit string) (string, error) {
	t.Helper()
	return r.run(t.Context(), "make", "release", "VERSION="+version, "REGISTRY="+r.team, "KEY="+filepath.Join(r.dir, "cosign.key"), "COMMIT="+commit)
}

// state is every tag of every package with its digest.
func (r *release) state(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, name := range names {
		repo := repository(t, r.team+"/"+name)
		for _, tag := range tags(t, repo) {
			out[name+":"+tag] = digestOf(t, repo.Tag(tag)).String()
		}
	}
	return out
}

// refused holds that a release with bad input says all that is wrong, and does nothing.
func (r *release) refused(t *testing.T) {
	cases := map[string]struct {
		reason string
		args   []string
		want   string
	}{
		"NoRegistry": {"The registry of a release is said, and not the project's.", []string{"VERSION=v0.3.0", "KEY=/dev/null"}, `REGISTRY "" is empty; `},
		"NoVersion":  {"The version of a release is said, and not the first one.", []string{"REGISTRY=" + r.team, "KEY=/dev/null"}, `VERSION "" is empty; `},
		"Scheme":     {"A registry has no scheme.", []string{"VERSION=v0.3.0", "REGISTRY=http://" + r.team, "KEY=/dev/null"}, `/team" has a scheme; `},
		"Tag":        {"A package's tag is its version.", []string{"VERSION=v0.3.0", "REGISTRY=" + r.team + ":v1", "KEY=/dev/null"}, `/team:v1" has a tag; `},
		"Upper": {
			"A repository's name is in lower case.",
			[]string{"VERSION=v0.3.0", "REGISTRY=" + r.host + "/Team", "KEY=/dev/null"},
			`/Team" has upper case, `,
		},
		"NoV":   {"A version has a v.", []string{"VERSION=0.3.0", "REGISTRY=" + r.team, "KEY=/dev/null"}, `VERSION "0.3.0" begins with no v; `},
		"Build": {"A tag has no build.", []string{"VERSION=v0.3.0+1", "REGISTRY=" + r.team, "KEY=/dev/null"}, `VERSION "v0.3.0+1" has a build, `},
		"NoKey": {"A release is signed.", []string{"VERSION=v0.3.0", "REGISTRY=" + r.team}, `KEY "" and COSIGN ""; one of them is to be set`},
		"TwoKeys": {
			"A release is signed in one way.",
			[]string{"VERSION=v0.3.0", "REGISTRY=" + r.team, "KEY=/dev/null", "COSIGN=cosign"},
			`KEY "/dev/null" and COSIGN "cosign"; one of them is to be set`,
		},
		"KeyMissing": {"A key that is not there signs nothing.", []string{"VERSION=v0.3.0", "REGISTRY=" + r.team, "KEY=nowhere.key"}, `KEY "nowhere.key" is no file`},
		"Dirty": {
			"What is released can be built again from a commit.",
			[]string{"VERSION=v0.3.0", "REGISTRY=" + r.team, "KEY=/dev/null", "COMMIT=" + commit + "-dirty"},
			"has changes or files that are not committed",
		},
	}
	before := r.state(t)
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			out, err := r.run(t.Context(), "make", append([]string{"release"}, tc.args...)...)
			if err == nil || !strings.Contains(out, tc.want) {
				t.Errorf("\n%s\nwant %q, got %v: %s", tc.reason, tc.want, err, out)
			}
		})
	}
	if diff := cmp.Diff(before, r.state(t)); diff != "" {
		t.Errorf("the registry after bad input: -before, +after:\n%s", diff)
	}
}
