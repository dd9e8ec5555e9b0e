// Command truth renews what the project has of the providers' CRDs, in the versions
// that internal/providers names: the snapshot that tests hold composed resources
// against, and the cost-tagger's table. Versions that the module proxy has are
// downloaded; of the others it takes folders, or leaves what is there as it is:
// go run ./hack/truth [--check] [--crds=FOLDER]...
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/alecthomas/kong"

	"github.com/victor-onl/crossplane-resources/hack/crds"
	"github.com/victor-onl/crossplane-resources/hack/tagfields"
	"github.com/victor-onl/crossplane-resources/internal/providers"
)

type cli struct {
	CRDs  []string `help:"Folder with CRDs of versions that the module proxy does not have." name:"crds" sep:"none" type:"existingdir"`
	Check bool     `help:"Write nothing, and fail where something would change."`
}

func main() {
	c := &cli{}
	ctx := kong.Parse(c, kong.Description("Renew the snapshot of the providers' CRDs and the cost-tagger's table."))
	changed, err := c.run(context.Background())
	ctx.FatalIfErrorf(err)
	for _, path := range changed {
		fmt.Fprintln(os.Stderr, "changed:", path)
	}
	if c.Check && len(changed) > 0 {
		ctx.Fatalf("out of date: run make truth, with the same folders")
	}
}

// run renews everything, and returns the paths of what changes.
func (c *cli) run(ctx context.Context) ([]string, error) {
	r := renewal{root: ".", files: map[string][]byte{}, say: func(s string) { fmt.Fprintln(os.Stderr, s) }}
	given, err := index(c.CRDs)
	if err != nil {
		return nil, err
	}
	for _, p := range providers.All() {
		if p.Group == "" {
			continue
		}
		for i, v := range p.Versions {
			found := given
			if v.Module != "" {
				dir, err := download(ctx, v)
				if err != nil {
					return nil, err
				}
				if found, err = index([]string{filepath.Join(dir, "package", "crds")}); err != nil {
					return nil, err
				}
			}
			if err := r.version(p, v, i == 0, served(p, found)); err != nil {
				return nil, err
			}
		}
	}
	if err := r.beside(ctx); err != nil {
		return nil, err
	}
	if err := r.table(); err != nil {
		return nil, err
	}
	return r.finish(c.Check, crds.Folder, crds.Beside, tagfields.Folder)
}
