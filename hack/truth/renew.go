package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/hack/crds"
	"github.com/victor-onl/crossplane-resources/hack/tagfields"
	"github.com/victor-onl/crossplane-resources/internal/providers"
)

// A renewal collects what the files are to be, by their paths from the root.
type renewal struct {
	root  string
	files map[string][]byte
	say   func(string)
}

// version renews what is made of one version of a provider. Without its CRDs, what
// the project has of that version stays.
func (r *renewal) version(p providers.Provider, v providers.Version, newest bool, found map[string]string) error {
	if len(found) == 0 {
		r.say(p.Of(v) + ": left as it is, since the module proxy does not have it; to renew it, give a folder with its package/crds: make truth CRDS=folder")
	}
	if newest {
		if err := r.snapshot(p, v, found); err != nil {
			return err
		}
	}
	if !tagfields.Covers(p.Group) {
		return nil
	}
	return r.reading(p, v, found)
}

// snapshot shortens the CRDs of the kinds that the functions compose.
func (r *renewal) snapshot(p providers.Provider, v providers.Version, found map[string]string) error {
	header := []byte(crds.Header(p.Of(v)))
	for _, name := range crds.Files(p.Serves) {
		at := filepath.Join(crds.Folder, name)
		path, ok := found[name]
		switch {
		case !ok && len(found) > 0:
			return fmt.Errorf("%s has no %s, which the functions compose: is this package/crds of that version?", p.Of(v), name)
		case !ok:
			b, err := os.ReadFile(filepath.Join(r.root, at))
			if err != nil || !bytes.HasPrefix(b, header) {
				return fmt.Errorf("%s is not of %s, which the module proxy does not have: give a folder with its package/crds: make truth CRDS=folder", at, p.Of(v))
			}
			r.files[at] = b
			continue
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("cannot read a CRD: %w", err)
		}
		b, err := crds.Shorten(raw)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		r.files[at] = append(bytes.Clone(header), b...)
	}
	return nil
}

// reading reads the fields whose names are like tags in the CRDs of one version. A
// folder with few of its kinds, as a copy for tests may be, cannot renew a reading:
// it is only held against the one that is there.
func (r *renewal) reading(p providers.Provider, v providers.Version, found map[string]string) error {
	at := readingPath(p, v)
	b, err := os.ReadFile(filepath.Join(r.root, at))
	have := err == nil
	if len(found) == 0 {
		if !have {
			return fmt.Errorf("there is no %s, and the module proxy does not have %s: give a folder with its package/crds: make truth CRDS=folder", at, p.Of(v))
		}
		r.files[at] = b
		return nil
	}
	read, err := tagfields.Read(slices.Sorted(maps.Values(found)))
	if err != nil {
		return err
	}
	then := tagfields.Parse(string(b))
	lacking := 0
	for _, kind := range then.Kinds() {
		if !slices.Contains(read.Kinds(), kind) {
			lacking++
		}
	}
	switch {
	case lacking > 0:
		r.say(fmt.Sprintf("%s: these folders lack %d of its %d kinds, so %s is left as it is", p.Of(v), lacking, len(then.Kinds()), at))
		if differing := read.Differing(then); len(differing) > 0 {
			return fmt.Errorf("%s: these folders are of another version: %s are not as %s has them", p.Of(v), strings.Join(differing, ", "), at)
		}
		r.files[at] = b
	case !have && !r.whole(p, read):
		return fmt.Errorf("%s: these folders have only %d kinds: give the whole package/crds of that version", p.Of(v), len(read.Kinds()))
	default:
		r.files[at] = []byte(read.Text(readingHeading(p, v)))
		r.say(fmt.Sprintf("%s: %d kinds read", p.Of(v), len(read.Kinds())))
	}
	return nil
}
