package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/victor-onl/crossplane-resources/hack/crds"
	"github.com/victor-onl/crossplane-resources/internal/providers"
)

// beside are the CRDs of kinds that are composed and that no provider of a cloud serves.
var beside = []struct {
	of   string
	v    providers.Version
	file string // in the module
}{
	{
		"external-secrets",
		providers.Version{Release: "v1.3.2", Module: "github.com/external-secrets/external-secrets"},
		"config/crds/bases/external-secrets.io_pushsecrets.yaml",
	},
}

// beside shortens those CRDs.
func (r *renewal) beside(ctx context.Context) error {
	for _, b := range beside {
		dir, err := download(ctx, b.v)
		if err != nil {
			return err
		}
		raw, err := os.ReadFile(filepath.Join(dir, b.file))
		if err != nil {
			return fmt.Errorf("cannot read a CRD: %w", err)
		}
		short, err := crds.Shorten(raw)
		if err != nil {
			return fmt.Errorf("%s: %w", b.file, err)
		}
		r.files[filepath.Join(crds.Beside, filepath.Base(b.file))] = append(bytes.Clone([]byte(crds.Header(b.of+" "+b.v.Release))), short...)
	}
	return nil
}
