package check

import (
	"io/fs"
	"os"
	"path/filepath"

	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/internal/manifest"
)

// unseen are claims whose edits git does not show among those of its repository: behind a link,
// which stays the same whatever it leads to, and in a repository inside of this one.
func (c *commit) unseen(claims []*manifest.Document) []report.Finding {
	var out []report.Finding
	for _, d := range claims {
		switch info, err := os.Lstat(d.File); {
		case err == nil && info.Mode()&fs.ModeSymlink != 0:
			out = append(out, at(d, report.Error, ruleFile, "", "the claim is behind a link, whose edits git does not show; put the file itself here"))
		case c.isInAnother(inGit(d.File)):
			out = append(out, at(d, report.Error, ruleFile, "",
				"the claim is in a repository of its own, whose edits git does not show here; check that repository by itself"))
		}
	}
	return out
}

// isInAnother reports whether a file is in a repository inside of the commit's, such as a
// submodule.
func (c *commit) isInAnother(file string) bool {
	for dir := filepath.Dir(file); dir != c.top && dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if exists(filepath.Join(dir, ".git")) {
			return true
		}
	}
	return false
}
