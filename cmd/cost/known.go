package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cost/spend"
	"github.com/victor-onl/crossplane-resources/internal/costtag"
	"github.com/victor-onl/crossplane-resources/internal/manifest"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// knownOf reads what claims mean. A claim that cannot be read is an error: make validate says more
// on it.
func knownOf(paths []string) (known spend.Known, err error) {
	for _, path := range paths {
		before := len(known.Entities)
		err := filepath.WalkDir(path, func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !slices.Contains([]string{".yaml", ".yml", ".json"}, filepath.Ext(file)) && file != path {
				return err
			}
			b, err := os.ReadFile(file) //nolint:gosec // The files of whoever runs the command.
			if err != nil {
				return err
			}
			return addKnown(&known, file, b)
		})
		switch {
		case err != nil:
			return known, fmt.Errorf("--claims: %w", err)
		case len(known.Entities) == before:
			return known, fmt.Errorf("--claims: %s: has no claim", path)
		}
	}
	return known, nil
}

func addKnown(known *spend.Known, file string, b []byte) error {
	const group = "platform.victor.onl/"
	wanted := func(apiVersion, kind string) bool { return strings.HasPrefix(apiVersion, group) && kind == "Resource" }
	docs, mistakes := manifest.Parse(file, b, wanted, manifest.Word{Text: group})
	if len(mistakes) > 0 {
		return fmt.Errorf("%s:%d: %s", mistakes[0].File, mistakes[0].Line, mistakes[0].Text)
	}
	for _, d := range docs {
		xr, err := render.XROf(d.Object, render.ScopeClaim, "")
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		s, err := structpb.NewStruct(xr)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		c, err := claim.FromXR(s)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		known.Teams = append(known.Teams, c.Labels[costtag.LabelTeam])
		known.Systems = append(known.Systems, c.Labels[costtag.LabelSystem])
		known.Entities = append(known.Entities, c.Entity)
	}
	return nil
}
