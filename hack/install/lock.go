package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/providers/packages"
)

// waveLock comes before everything that it is about.
const waveLock = -4

// locked says what a lock is, above its objects. A digest in spec.package would be the version
// that Crossplane counts with, and no digest is in a range; the image that an ImageConfig rewrites
// is pulled alone (GetSource and GetResolvedSource of the revision, and RewritePath of
// crossplane-runtime's pkg/xpkg 2.4 and Crossplane's internal/xpkg 1.20).
const locked = `#
# What the tags of the packages were when this was made, whatever they are today: Crossplane
# pulls each package by its digest, and goes on counting with its version.
`

// lockLine is an image with its tag, and its digest, behind a repository where that is another.
var lockLine = regexp.MustCompile(`^(\S+):(v\d+\.\d+\.\d+\S*) +(?:(\S+)@)?(sha256:[0-9a-f]{64})$`)

// A pin is a version of a package, and where it is pulled from.
type pin struct{ version, pulled string }

// A lock has the pins by repository.
type lock map[string]pin

// readLock reads a file of lines, each an image and its digest. The versions of the providers
// are in the ranges that the Configurations ask for, and those of a cloud are one.
func readLock(path string, depends []packages.Provider) (lock, error) {
	file, err := os.Open(path) //nolint:gosec // The file that the caller names.
	if err != nil {
		return nil, fmt.Errorf("cannot read the lock: %w", err)
	}
	defer file.Close() //nolint:errcheck // Read only.
	out := lock{}
	n := 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		n++
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		m := lockLine.FindStringSubmatch(line)
		if m == nil {
			return nil, fmt.Errorf("%s:%d: %q is not allowed; allowed is an image with its tag and its digest, such as "+
				"xpkg.crossplane.io/crossplane-contrib/provider-gcp-sql:v3.0.0 sha256:…", path, n, line)
		}
		if _, twice := out[m[1]]; twice {
			return nil, fmt.Errorf("%s:%d: %s is there a second time", path, n, m[1])
		}
		pulled := m[1]
		if m[3] != "" {
			pulled = m[3]
		}
		out[m[1]] = pin{m[2], pulled + "@" + m[4]}
	}
	return out, out.check(path, depends)
}

// check refuses versions of providers that no Configuration takes.
func (l lock) check(path string, depends []packages.Provider) error {
	clouds := map[string]string{}
	for _, d := range depends {
		p, ok := l[d.Package]
		if !ok {
			continue
		}
		if !d.Takes(p.version) {
			return fmt.Errorf("%s: %s:%s is not in the range that the Configurations ask for, %s", path, d.Package, p.version, d.Range())
		}
		if was := clouds[d.Cloud()]; was != "" && was != p.version {
			return fmt.Errorf("%s: %s:%s is beside packages of %s in %s; those of one cloud have one version", path, d.Package, p.version, d.Cloud(), was)
		}
		clouds[d.Cloud()] = p.version
	}
	return nil
}

// of gives a provider its version in the lock.
func (l lock) of(p packages.Provider) packages.Provider {
	if pinned, ok := l[p.Package]; ok {
		p.Least = pinned.version
	}
	return p
}

// lock writes the lock of a manifest, and returns which of its images have no line. With any, the
// lock would be a half, and none is written.
func (f *flags) lock(l lock, scope, cloud string, images []string) (missing []string, err error) {
	var all []object
	for _, image := range images {
		repository, version := image[:strings.LastIndex(image, ":")], image[strings.LastIndex(image, ":")+1:]
		p, ok := l[repository]
		if !ok || p.version != version {
			missing = append(missing, image)
			continue
		}
		all = append(all, object{
			"apiVersion": "pkg.crossplane.io/v1beta1", "kind": "ImageConfig", "metadata": meta("lock-"+derived(image), "lock", waveLock),
			"spec": object{
				"matchImages":  []any{object{"type": "Prefix", "prefix": image}},
				"rewriteImage": object{"prefix": p.pulled},
			},
		})
	}
	if len(missing) > 0 {
		return missing, nil
	}
	return nil, f.write(filepath.Join(scope, of("lock", cloud)+".yaml"), part{locked, all})
}

// locks writes the lock of each manifest whose images all have a line.
func (f *flags) locks(l lock, clouds []string) error {
	var nearest []string
	whole := false
	for _, scope := range scopesOf {
		depends, err := packages.Of(".", scope)
		if err != nil {
			return err
		}
		for _, c := range clouds {
			images := []string{f.Registry + "/" + of("crossplane-resources-"+scope, c) + ":" + f.Version}
			for _, name := range functions {
				images = append(images, f.Registry+"/"+name+":"+f.Version)
			}
			for _, p := range packages.OfCloud(depends, c) {
				images = append(images, l.of(p).Image())
			}
			missing, err := f.lock(l, scope, c, images)
			if err != nil {
				return err
			}
			whole = whole || len(missing) == 0
			if nearest == nil || len(missing) < len(nearest) {
				nearest = missing
			}
		}
	}
	if !whole {
		return fmt.Errorf("%s: no manifest has all its packages there; what is nearest lacks %s", f.Lock, strings.Join(nearest, ", "))
	}
	return nil
}
