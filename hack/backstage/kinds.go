package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/types"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

const kubernetes = "backstage/kubernetes"

// about says what a list of kinds is for.
const about = "# Kinds that the Kubernetes plugin looks at, %s. Take none that the cluster does not serve.\n"

// A served kind as the plugin's configuration names it.
type served struct {
	Group      string `json:"group"`
	APIVersion string `json:"apiVersion"`
	Plural     string `json:"plural"`
}

// claims are the kind that all of them have.
var claims = served{"platform.victor.onl", "v1alpha1", "resources"}

// kinds returns the lists of kinds by scope and cloud, and the role that reads them.
func kinds(root string) (map[string][]byte, error) {
	files := map[string][]byte{}
	groups := map[string][]string{claims.Group: {claims.Plural}}
	plurals, err := plurals(root)
	if err != nil {
		return nil, err
	}
	for scope, folder := range map[string]string{render.ScopeClaim: "claims", render.ScopeNamespaced: "namespaced"} {
		lists := map[string][]served{}
		for _, t := range types.All {
			for _, k := range t.Kinds() {
				s := served{APIVersion: k.APIVersion(scope == render.ScopeNamespaced)}
				s.Group, s.APIVersion, _ = strings.Cut(s.APIVersion, "/")
				if s.Plural = plurals[s.Group+"/"+k.Kind]; s.Plural == "" {
					return nil, fmt.Errorf("no CRD in test/crds/snapshot serves %s of %s; run make truth", k.Kind, s.Group)
				}
				lists[ofCloud(k)] = append(lists[ofCloud(k)], s)
				groups[s.Group] = append(groups[s.Group], s.Plural)
			}
		}
		for provider, list := range lists {
			files[filepath.Join(kubernetes, folder, provider+".yaml")] = encoded(list, "on "+clouds[provider])
		}
		files[filepath.Join(kubernetes, folder, "claim.yaml")] = encoded([]served{claims}, "on every cloud")
	}
	files[filepath.Join(kubernetes, "role.yaml")], err = role(groups)
	return files, err
}

// ofCloud is the cloud of a kind: the last word of its group, and IBM's for OpenTofu.
func ofCloud(k managed.Kind) string {
	word := k.Group[strings.LastIndex(k.Group, ".")+1:]
	if slices.Contains(cloud.Providers, word) {
		return word
	}
	return cloud.IBM
}

// plurals of the kinds that the providers' CRDs serve, by group and kind.
func plurals(root string) (map[string]string, error) {
	files, err := filepath.Glob(filepath.Join(root, "test", "crds", "snapshot", "*.yaml"))
	if err != nil || len(files) == 0 {
		return nil, errors.Join(errors.New("no CRDs in test/crds/snapshot"), err)
	}
	out := map[string]string{}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, fmt.Errorf("cannot read a CRD: %w", err)
		}
		var crd struct {
			Spec struct {
				Group string `json:"group"`
				Names struct {
					Kind   string `json:"kind"`
					Plural string `json:"plural"`
				} `json:"names"`
			} `json:"spec"`
		}
		if err := yaml.Unmarshal(b, &crd); err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", f, err)
		}
		out[crd.Spec.Group+"/"+crd.Spec.Names.Kind] = crd.Spec.Names.Plural
	}
	return out, nil
}

// encoded are kinds, one a line, so that the lists of several clouds can be put together.
func encoded(list []served, where string) []byte {
	slices.SortFunc(list, func(a, b served) int { return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.Plural, b.Plural)) })
	list = slices.Compact(list)
	out := bytes.NewBufferString(heading + fmt.Sprintf(about, where))
	for _, s := range list {
		fmt.Fprintf(out, "- {group: %s, apiVersion: %s, plural: %s}\n", s.Group, s.APIVersion, s.Plural)
	}
	return out.Bytes()
}
