package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/hack/crds"
	"github.com/victor-onl/crossplane-resources/hack/tagfields"
	"github.com/victor-onl/crossplane-resources/internal/providers"
)

const root = "../.."

// TestCommitted holds that what is committed is of the versions that internal/providers
// names, without their CRDs: each file says so, none is missing or left over, and the
// table is what the readings give.
func TestCommitted(t *testing.T) {
	r := renewal{root: root, files: map[string][]byte{}, say: func(string) {}}
	for _, p := range providers.All() {
		for i, v := range p.Versions {
			if p.Group == "" {
				continue
			}
			if err := r.version(p, v, i == 0, nil); err != nil {
				t.Fatal(err)
			}
			if b := r.files[readingPath(p, v)]; tagfields.Covers(p.Group) && !strings.HasPrefix(string(b), readingHeading(p, v)) {
				t.Errorf("%s does not begin with %q", readingPath(p, v), readingHeading(p, v))
			}
		}
	}
	if err := r.table(); err != nil {
		t.Fatal(err)
	}
	changed, err := r.finish(true, crds.Folder, tagfields.Folder)
	if err != nil {
		t.Fatal(err)
	}
	if len(changed) > 0 {
		t.Errorf("run make truth: out of date, or left over: %v", changed)
	}
}

// TestSnapshotRead holds that the reading of the newest version has of each kind of the
// snapshot what the snapshot's CRD has.
func TestSnapshotRead(t *testing.T) {
	all, err := index([]string{filepath.Join(root, crds.Folder)})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range providers.All() {
		if !tagfields.Covers(p.Group) {
			continue
		}
		var files []string
		for _, path := range served(p, all) {
			files = append(files, path)
		}
		got, err := tagfields.Read(files)
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(root, readingPath(p, p.Newest())))
		if err != nil {
			t.Fatal(err)
		}
		want := tagfields.Parse(string(b))
		const fewest = 4
		if len(got.Kinds()) < fewest {
			t.Errorf("the snapshot has only %d kinds of %s", len(got.Kinds()), p.Name)
		}
		for _, kind := range got.Kinds() {
			if !slices.Contains(want.Kinds(), kind) {
				t.Errorf("the reading of %s has no %s", p.Of(p.Newest()), kind)
			}
		}
		if d := got.Differing(want); len(d) > 0 {
			t.Errorf("%s: the snapshot and the reading differ in %v", p.Of(p.Newest()), d)
		}
	}
}

// user is a provider with one kind that is tagged.
const user = `spec:
  group: %
  names: {kind: User}
  versions:
  - {name: v1, storage: false}
  - name: v2
    storage: true
    schema:
      openAPIV3Schema:
        properties: {spec: {properties: {forProvider: {properties: {FIELD: {additionalProperties: {type: string}}}}}}}
`

// TestVersion holds what a renewal does where it has CRDs, and where it does not.
func TestVersion(t *testing.T) {
	p := providers.Provider{Cloud: "aws", Name: "provider-aws", Group: "aws"}
	old, next := providers.Version{Release: "v1.0.0", Commit: "1111"}, providers.Version{Release: "v2.0.0", Commit: "2222"}
	const committed = "iam.aws\ntags=map: User\nrds.aws\ntags=map: User\nsqs.aws\ntags=map: User\n"
	cases := map[string]struct {
		reason string
		v      providers.Version
		crds   map[string]string // of groups, the field that looks like tags
		want   string            // the reading
		err    string
	}{
		"Away": {
			reason: "A version whose CRDs are not at hand keeps its reading.",
			v:      old, want: committed,
		},
		"Same": {
			reason: "The whole folder of a version is read again.",
			v:      old, crds: map[string]string{"iam.aws": "tags", "rds.aws": "labels", "sqs.aws": "tags"},
			want: strings.Replace(committed, "rds.aws\ntags", "rds.aws\nlabels", 1),
		},
		"Part": {
			reason: "A folder that lacks kinds of a version leaves its reading.",
			v:      old, crds: map[string]string{"rds.aws": "tags"}, want: committed,
		},
		"Other": {
			reason: "A folder of another version than it is given for is refused.",
			v:      old, crds: map[string]string{"rds.aws": "labels"}, err: "another version: rds.aws/User",
		},
		"Next": {
			reason: "A new version is read, also where it has fewer kinds.",
			v:      next, crds: map[string]string{"iam.aws": "tags", "rds.aws": "tags"},
			want: "iam.aws\ntags=map: User\nrds.aws\ntags=map: User\n",
		},
		"Few": {
			reason: "A folder with less than half of the kinds is no new version.",
			v:      next, crds: map[string]string{"rds.aws": "tags"}, err: "only 1 kinds",
		},
		"Unknown": {
			reason: "A new version needs its CRDs.",
			v:      next, err: "make truth CRDS=folder",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			r := renewal{root: t.TempDir(), files: map[string][]byte{}, say: func(string) {}}
			write(t, filepath.Join(r.root, readingPath(p, old)), readingHeading(p, old)+committed)
			found := map[string]string{}
			for group, field := range tc.crds {
				file := filepath.Join(t.TempDir(), group+".upbound.io_users.yaml")
				write(t, file, strings.NewReplacer("%", group+".upbound.io", "FIELD", field).Replace(user))
				found[filepath.Base(file)] = file
			}
			err := r.version(p, tc.v, false, found)
			if tc.err == "" && err != nil || tc.err != "" && (err == nil || !strings.Contains(err.Error(), tc.err)) {
				t.Fatalf("\n%s\nversion(): want error %q, got %v", tc.reason, tc.err, err)
			}
			_, got, _ := strings.Cut(string(r.files[readingPath(p, tc.v)]), "edit.\n")
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nreading: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestIndex holds that two versions of one kind are refused, and that only CRDs count.
func TestIndex(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a/rds.aws.upbound.io_users.yaml", "a/values.yaml", "a/some_notes.yaml"} {
		write(t, filepath.Join(dir, name), user)
	}
	got, err := index([]string{dir})
	if err != nil || len(got) != 1 {
		t.Errorf("index(): want one CRD, got %v, %v", got, err)
	}
	write(t, filepath.Join(dir, "b/rds.aws.upbound.io_users.yaml"), user)
	if _, err := index([]string{dir}); err == nil || !strings.Contains(err.Error(), "one version of a provider") {
		t.Errorf("index(): want an error for two versions of a kind, got %v", err)
	}
}

// TestSnapshotLacks holds that a version without a kind that the functions compose, or
// without one of its scopes, is refused.
func TestSnapshotLacks(t *testing.T) {
	r := renewal{root: t.TempDir(), files: map[string][]byte{}, say: func(string) {}}
	p := providers.Provider{Cloud: "ibm", Name: "provider-opentofu", Group: "opentofu"}
	file := filepath.Join(r.root, "opentofu.upbound.io_workspaces.yaml")
	write(t, file, user)
	err := r.version(p, providers.Version{Release: "v0.1.0", Module: "example.org/opentofu"}, true, map[string]string{filepath.Base(file): file})
	if err == nil || !strings.Contains(err.Error(), "provider-opentofu v0.1.0 has no opentofu.m.upbound.io_") {
		t.Errorf("version(): want an error that names the kind, got %v", err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
