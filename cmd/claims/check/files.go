package check

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
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

// words without which a file has nothing that is read.
var words = []string{platformGroup, backstageGroup, "Namespace"}

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
			b, err := io.ReadAll(c.Stdin)
			if err != nil {
				return nil, fmt.Errorf("cannot read the standard input: %w", err)
			}
			out.add(parse("stdin", b))
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

// filesOf are the files of a folder that may have manifests. Folders that are hidden, and
// those of other people's packages, have none.
func filesOf(root string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules" || d.Name() == "vendor"):
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
	if err != nil {
		return &tree{findings: []report.Finding{{File: path, Line: 1, Severity: report.Error, Rule: ruleFile, Text: "cannot be read: " + err.Error()}}}
	}
	return parse(path, b)
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
		return nil, fmt.Errorf("it has %d MiB; allowed are %d", info.Size()>>20, manifest.MaxFile>>20)
	}
	return os.ReadFile(path) //nolint:gosec // The file that the user names.
}

// parse sorts the objects of a file by what they are.
func parse(file string, b []byte) *tree {
	docs, mistakes := manifest.Parse(file, b, wanted, words...)
	out := &tree{}
	for _, m := range mistakes {
		f := report.Finding{File: m.File, Line: m.Line, Severity: report.Error, Rule: ruleFile, Text: m.Text}
		if m.Template {
			f.Severity, f.Text = report.Warning, m.Text+"; it is not checked, so check what its template makes"
		}
		out.findings = append(out.findings, f)
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

func (t *tree) add(other *tree) {
	t.claims = append(t.claims, other.claims...)
	t.namespaces = append(t.namespaces, other.namespaces...)
	t.entities = append(t.entities, other.entities...)
	t.findings = append(t.findings, other.findings...)
}
