package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/victor-onl/crossplane-resources/cmd/claims/catalog"
	"github.com/victor-onl/crossplane-resources/cmd/claims/check"
	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// runEntities is claims entities.
func runEntities(_ context.Context, args []string, s streams) (int, error) {
	flags := flag.NewFlagSet("claims entities", flag.ContinueOnError)
	flags.SetOutput(s.err)
	var o catalog.Options
	flags.StringVar(&o.Owner, "owner", "", "of entities whose claims have no label team")
	flags.StringVar(&o.System, "system", "", "of entities whose claims have no label backstage.io/system")
	flags.StringVar(&o.Cluster, "cluster", "", "that Backstage asks for the claims, by its name in app-config; all of them otherwise")
	scope := flags.String("scope", render.ScopeClaim, "of XRs: claim or namespaced")
	out := flags.String("out", "", "folder that gets a file for each entity; one that is there stays as it is")
	if err := flags.Parse(args); err != nil {
		return exitBroken, err
	}
	made, wrong, err := check.Entities(check.Options{Paths: here(flags.Args()), Scope: *scope, Stdin: s.in}, o)
	if err != nil {
		return exitBroken, err
	}
	for _, f := range wrong {
		s.sayf("%s: %s\n", report.Place(f), report.Visible(f.Text))
	}
	for _, e := range made {
		if err := put(s, *out, e); err != nil {
			return exitBroken, err
		}
	}
	if len(wrong) > 0 {
		return exitRefused, nil
	}
	return exitFine, nil
}

// put writes an entity into a folder, or to the standard output.
func put(s streams, folder string, e *catalog.Entity) error {
	b, err := e.YAML()
	if err != nil {
		return fmt.Errorf("cannot encode an entity: %w", err)
	}
	if folder == "" {
		_, err := fmt.Fprintf(s.out, "---\n%s", b)
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // A folder of a repository, which all may read.
		return fmt.Errorf("cannot make the folder of entities: %w", err)
	}
	path := filepath.Join(folder, e.File())
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) //nolint:gosec // As above.
	switch {
	case errors.Is(err, fs.ErrExist):
		s.sayf("%s is there, and stays as it is\n", report.Visible(path))
		return nil
	case err != nil:
		return fmt.Errorf("cannot write an entity: %w", err)
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Close())
}
