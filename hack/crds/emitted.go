package crds

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/types"
	"github.com/victor-onl/crossplane-resources/internal/managed"
)

// A Served kind is one that the Compositions emit, as the API of a cluster has it.
type Served struct {
	Kind    managed.Kind
	Group   string // with the provider's domain, such as sql.gcp.m.upbound.io
	Version string
	Plural  string
}

// CRD is the name of its CustomResourceDefinition.
func (s Served) CRD() string { return s.Plural + "." + s.Group }

// Emitted are the kinds that the Compositions emit in one scope, by the names of their CRDs:
// those of all types, each with a CRD in the snapshot below root.
func Emitted(root string, namespaced bool) ([]Served, error) {
	var out []Served
	for _, t := range types.All {
		for _, k := range t.Kinds() {
			s := Served{Kind: k, Plural: plural(k.Kind)}
			s.Group, s.Version, _ = strings.Cut(k.APIVersion(namespaced), "/")
			if _, err := os.Stat(filepath.Join(root, Folder, s.Group+"_"+s.Plural+".yaml")); err != nil {
				return nil, fmt.Errorf("no CRD in %s serves %s of %s; run make truth: %w", Folder, k.Kind, s.Group, err)
			}
			out = append(out, s)
		}
	}
	slices.SortFunc(out, func(a, b Served) int { return cmp.Compare(a.CRD(), b.CRD()) })
	return slices.CompactFunc(out, func(a, b Served) bool { return a.CRD() == b.CRD() }), nil
}
