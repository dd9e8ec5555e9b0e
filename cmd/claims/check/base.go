package check

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/manifest"
)

// before is what the change begins from: the claims in files that the change has touched, or in
// all files. It is nil where nothing is compared.
type before struct {
	claims map[string]*manifest.Document
	// touched reports whether a file is another one now.
	touched func(file string) bool
}

// of returns the claim as it was before, or nil.
func (b *before) of(d *manifest.Document) *manifest.Document {
	switch {
	case b == nil:
		return nil
	case !b.touched(d.File):
		return d
	}
	return b.claims[nameOf(d)]
}

// isSame reports whether two claims say the same: what a cluster writes is no edit.
func isSame(a, b *manifest.Document) bool {
	return a == b || reflect.DeepEqual(a.Object["spec"], b.Object["spec"]) &&
		maps.Equal(a.Texts("metadata", "labels"), b.Texts("metadata", "labels")) &&
		maps.Equal(a.Texts("metadata", "annotations"), b.Texts("metadata", "annotations"))
}

// readBase reads what the change begins from: a folder, or a commit of git.
func (c *checker) readBase(ctx context.Context, now *tree) (*before, error) {
	if c.Base == "" {
		return nil, nil //nolint:nilnil // Nothing is compared.
	}
	if slices.Contains(c.Paths, "-") {
		return nil, fmt.Errorf("cannot compare the standard input with --base %s: give files or folders", c.Base)
	}
	var was *tree
	var err error
	out := &before{claims: map[string]*manifest.Document{}, touched: func(string) bool { return true }}
	if isFolder(c.Base) {
		was, err = c.readFolder()
	} else {
		var of *commit
		if of, err = readCommit(ctx, c.Base, c.Paths); err != nil {
			return nil, err
		}
		was, out.touched = of.was, func(file string) bool { return of.touched[inGit(file)] }
		now.findings = append(now.findings, of.unseen(now.claims)...)
	}
	if err != nil {
		return nil, err
	}
	for _, d := range was.claims {
		out.claims[nameOf(d)] = d
	}
	return out, nil
}

// isFolder reports whether a base is a folder by its form. What there is does not count: a change
// may bring a folder that is named as a branch is.
func isFolder(base string) bool {
	first, _, _ := strings.Cut(filepath.ToSlash(base), "/")
	return filepath.IsAbs(base) || first == "." || first == ".."
}

// readFolder reads the base where it is a folder. Of one path that is a folder it is the
// counterpart; else each path stands in it as it stands here.
func (c *checker) readFolder() (*tree, error) {
	if len(c.Paths) == 1 {
		if info, err := os.Stat(c.Paths[0]); err == nil && info.IsDir() {
			return c.read([]string{c.Base})
		}
	}
	var paths []string
	for _, p := range c.Paths {
		if filepath.IsAbs(p) {
			return nil, fmt.Errorf("cannot find %s in the folder %s: give one folder, or paths from here", p, c.Base)
		}
		if at := filepath.Join(c.Base, p); exists(at) {
			paths = append(paths, at)
		}
	}
	return c.read(paths)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// inGit is the path of a file as git has it: folders on the way may be links.
func inGit(file string) string {
	return filepath.Join(resolved(filepath.Dir(file)), filepath.Base(file))
}

func absolute(path string) string {
	out, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	return out
}
