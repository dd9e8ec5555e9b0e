package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/types"
)

// A kind of managed resource, without its scope, such as sql.gcp and User.
type kind struct{ group, name string }

// emitted lists the CRDs of the kinds that the Compositions emit in one scope: the kinds
// are those of all types, their names in the API from the snapshot of the providers' CRDs.
func emitted(root string, namespaced bool) ([]string, error) {
	served, err := served(filepath.Join(root, "test", "crds", "snapshot"), namespaced)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, t := range types.All {
		for _, k := range t.Kinds() {
			name, ok := served[kind{k.Group, k.Kind}]
			if !ok {
				return nil, fmt.Errorf("no CRD in test/crds/snapshot serves %s of %s; run make truth", k.Kind, k.Group)
			}
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// served returns the names of the CRDs of one scope by what they serve.
func served(snapshot string, namespaced bool) (map[kind]string, error) {
	files, err := filepath.Glob(filepath.Join(snapshot, "*.yaml"))
	if err != nil || len(files) == 0 {
		return nil, errors.Join(fmt.Errorf("no CRDs in %s", snapshot), err)
	}
	names := map[kind]string{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, fmt.Errorf("cannot read a CRD: %w", err)
		}
		crd := struct {
			Metadata struct {
				Name string `json:"name"`
			} `json:"metadata"`
			Spec struct {
				Group string `json:"group"`
				Names struct {
					Kind string `json:"kind"`
				} `json:"names"`
			} `json:"spec"`
		}{}
		if err := yaml.Unmarshal(b, &crd); err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", f, err)
		}
		group, m := strings.CutSuffix(strings.TrimSuffix(crd.Spec.Group, ".upbound.io"), ".m")
		if m == namespaced {
			names[kind{group: group, name: crd.Spec.Names.Kind}] = crd.Metadata.Name
		}
	}
	return names, nil
}
