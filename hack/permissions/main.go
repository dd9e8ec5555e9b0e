// Package main makes what each cloud has to grant the providers, in the cloud's own format,
// and the page that says why: go run ./hack/permissions, behind make generate.
//
// The tables in rows say which actions a kind takes, and where that was read. A test holds
// that they have the kinds that are composed, all of them and no other.
package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/types"
	"github.com/victor-onl/crossplane-resources/internal/managed"
)

const folder = "examples/permissions"

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "permissions:", err)
		os.Exit(1)
	}
}

func run(root string) error {
	out, err := files(root)
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(out)) {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			return fmt.Errorf("cannot make a folder: %w", err)
		}
		if err := os.WriteFile(path, out[name], 0o600); err != nil {
			return fmt.Errorf("cannot write what a cloud grants: %w", err)
		}
	}
	return nil
}

// A format is that of a cloud.
type format struct {
	cloud  string
	name   string // of the file, without what is kept
	suffix string
	write  func(rows []row, keeps bool) ([]byte, error)
	keeps  bool // whether the cloud can grant all but the deletes
	parted bool // whether each type has a file
}

var formats = []format{
	{cloud: "gcp", name: "gcp-role", suffix: ".yaml", write: writeGCP, keeps: true},
	// A managed policy of AWS has 6,144 characters at most, which all types together are over.
	{cloud: "aws", name: "aws-policy", suffix: ".json", write: writeAWS, keeps: true, parted: true},
	{cloud: "azure", name: "azure-role", suffix: ".json", write: writeAzure, keeps: true},
	// A role of IBM Cloud that makes instances deletes them.
	{cloud: "ibm", name: "ibm-policy", suffix: ".json", write: writeIBM},
}

// files are what is made, by the path in the project.
func files(root string) (map[string][]byte, error) {
	out := map[string][]byte{}
	tables := map[string][]row{}
	for _, f := range formats {
		rows, err := read(f.cloud)
		if err != nil {
			return nil, err
		}
		tables[f.cloud] = rows
		for part, of := range f.parts(rows) {
			if out[folder+"/"+f.name+part+f.suffix], err = f.write(of, false); err != nil {
				return nil, err
			}
			if !f.keeps {
				continue
			}
			if out[folder+"/"+f.name+part+"-keep"+f.suffix], err = f.write(kept(of), true); err != nil {
				return nil, err
			}
		}
	}
	page, err := pageOf(root, tables)
	if err != nil {
		return nil, err
	}
	out[pagePath] = page
	return out, nil
}

// parts are the rows of each file, by the end of its name.
func (f format) parts(rows []row) map[string][]row {
	if !f.parted {
		return map[string][]row{"": rows}
	}
	out := map[string][]row{}
	for _, t := range types.All {
		for _, r := range rows {
			if r.kind == every || slices.ContainsFunc(t.Kinds(), func(k managed.Kind) bool { return k.Group+" "+k.Kind == r.kind }) {
				out["-"+t.Word()] = append(out["-"+t.Word()], r)
			}
		}
	}
	return out
}
