package check

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/internal/manifest"
)

// A tree is what stands in files.
type tree struct {
	claims, namespaces, entities []*manifest.Document
	findings                     []report.Finding
	files                        []string
	whole                        bool // folders were read, and not some of their files
}

// Groups and kinds of what is read.
const (
	platformGroup  = "platform.victor.onl/"
	backstageGroup = "backstage.io/"
)

// stdin is the name of what is no file.
const stdin = "stdin"

// words without which a file has nothing that is read. Charts have the word Namespace as well, as in
// {{ .Release.Namespace }}, so that the kind counts alone.
var words = []manifest.Word{
	{Text: platformGroup},
	{Text: backstageGroup},
	{Text: "Namespace", Form: regexp.MustCompile(`(?m)^[^#\n]*\bkind["']?\s*:\s*["']?Namespace\b`)},
}

func wanted(apiVersion, kind string) bool {
	return isClaim(apiVersion, kind) || isEntity(apiVersion, kind) || apiVersion == "v1" && kind == "Namespace"
}

// isClaim reports whether an object is of the platform, and so a claim: another kind or
// version of its group is a mistake.
func isClaim(apiVersion, _ string) bool { return strings.HasPrefix(apiVersion, platformGroup) }

// isEntity reports whether an object is what Backstage calls a Resource.
func isEntity(apiVersion, kind string) bool {
	return strings.HasPrefix(apiVersion, backstageGroup) && kind == "Resource"
}

// read reads files, and the YAML and JSON files of folders.
func (c *checker) read(paths []string) (*tree, error) {
	out := &tree{whole: true}
	for _, path := range paths {
		if path == "-" {
			out.whole = false
			b, err := io.ReadAll(io.LimitReader(c.Stdin, manifest.MaxFile+1))
			switch {
			case err != nil:
				return nil, fmt.Errorf("cannot read the standard input: %w", err)
			case len(b) > manifest.MaxFile: // what follows is not known
				out.mistake(manifest.TooLarge(stdin, int64(len(b))))
			default:
				out.add(parse(stdin, b))
			}
			continue
		}
		info, err := os.Stat(path)
		if err != nil {
			return nil, fmt.Errorf("cannot read what to check: %w", err)
		}
		if !info.IsDir() {
			out.whole = false
			out.files = append(out.files, filepath.Clean(path))
			continue
		}
		if _, below := claimsRoot(path); below {
			out.whole = false
		}
		files, err := filesOf(path)
		if err != nil {
			return nil, err
		}
		out.files = append(out.files, files...)
	}
	slices.Sort(out.files)
	out.files = slices.Compact(out.files)
	parsed := make([]*tree, len(out.files))
	_ = each(len(out.files), func(i int) error { //nolint:errcheck // A file that is not read is a finding.
		parsed[i] = readFile(out.files[i])
		return nil
	})
	for _, p := range parsed {
		out.add(p)
	}
	return out, nil
}

// filesOf are the files of a folder that may have manifests.
func filesOf(root string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && isPassedBy(path):
			return filepath.SkipDir
		case !d.IsDir() && isManifest(path) && !leadsToFolder(path, d):
			out = append(out, filepath.Clean(path))
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("cannot read what to check: %w", err)
	}
	return out, nil
}

// isPassedBy reports whether a folder has no manifests that are applied: one that is hidden, or has
// other people's packages. Of a domain's claims all are applied.
func isPassedBy(folder string) bool {
	name := filepath.Base(folder)
	if _, below := claimsRoot(folder); below {
		return name == ".git"
	}
	return strings.HasPrefix(name, ".") || name == "node_modules" || name == "vendor"
}

func isManifest(path string) bool {
	return slices.Contains([]string{".yaml", ".yml", ".json"}, strings.ToLower(filepath.Ext(path)))
}

func leadsToFolder(path string, d fs.DirEntry) bool {
	if d.Type()&fs.ModeSymlink == 0 {
		return false
	}
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func readFile(path string) *tree {
	b, err := readRegular(path)
	switch {
	case errors.Is(err, errLarge):
		return large(path)
	case err != nil:
		return unread(path, err)
	}
	return parse(path, b)
}

// unread is a file that the system does not give.
func unread(path string, err error) *tree {
	return &tree{findings: []report.Finding{{File: path, Line: 1, Severity: report.Error, Rule: ruleFile, Text: "cannot be read: " + err.Error()}}}
}

// readRegular reads a file, and waits for no pipe or device.
func readRegular(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no file", info.Mode().Type())
	}
	if info.Size() > manifest.MaxFile {
		return nil, errLarge
	}
	return os.ReadFile(path) //nolint:gosec // The file that the user names.
}

// errLarge is of a file that is not read as a whole.
var errLarge = errors.New("it is too large")

// large is a file that is too large to be read, which is told where it may have what is read.
func large(path string) *tree {
	out := &tree{}
	f, err := os.Open(path) //nolint:gosec // The file that the user names.
	if err == nil {
		defer f.Close() //nolint:errcheck // Nothing was written.
		var may bool
		if may, err = manifest.MayHave(f, words...); err == nil && !may {
			return out
		}
	}
	info, statErr := os.Stat(path)
	if err = errors.Join(err, statErr); err != nil {
		return unread(path, err)
	}
	out.mistake(manifest.TooLarge(path, info.Size()))
	return out
}

// parse sorts the objects of a file by what they are.
func parse(file string, b []byte) *tree {
	docs, mistakes := manifest.Parse(file, b, wanted, words...)
	out := &tree{}
	for _, m := range mistakes {
		out.mistake(m)
	}
	for _, d := range docs {
		switch {
		case isClaim(d.APIVersion(), d.Kind()):
			out.claims = append(out.claims, d)
		case isEntity(d.APIVersion(), d.Kind()):
			out.entities = append(out.entities, d)
		default:
			out.namespaces = append(out.namespaces, d)
		}
	}
	return out
}

// mistake adds what is said of a file that is not read.
func (t *tree) mistake(m manifest.Mistake) {
	f := report.Finding{File: m.File, Line: m.Line, Severity: report.Error, Rule: ruleFile, Text: m.Text}
	if m.Template {
		f.Severity, f.Text = report.Warning, m.Text+"; it is not checked, so check what its template makes"
	}
	t.findings = append(t.findings, f)
}

func (t *tree) add(other *tree) {
	t.claims = append(t.claims, other.claims...)
	t.namespaces = append(t.namespaces, other.namespaces...)
	t.entities = append(t.entities, other.entities...)
	t.findings = append(t.findings, other.findings...)
}
