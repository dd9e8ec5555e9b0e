package main

import (
	"bytes"
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/hack/crds"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

const kubernetes = "backstage/kubernetes"

// about says what a list of kinds is for.
const about = "# Kinds that the Kubernetes plugin looks at, %s. Take none that the cluster does not serve.\n"

// claims are the kind that all of them have.
var claims = crds.Served{Group: "platform.victor.onl", Version: "v1alpha1", Plural: "resources"}

// kinds returns the lists of kinds by scope and cloud, and the role that reads them.
func kinds(root string) (map[string][]byte, error) {
	files := map[string][]byte{}
	groups := map[string][]string{claims.Group: {claims.Plural}}
	for scope, folder := range map[string]string{render.ScopeClaim: "claims", render.ScopeNamespaced: "namespaced"} {
		emitted, err := crds.Emitted(root, scope == render.ScopeNamespaced)
		if err != nil {
			return nil, err
		}
		lists := map[string][]crds.Served{}
		for _, s := range emitted {
			lists[ofCloud(s.Kind)] = append(lists[ofCloud(s.Kind)], s)
			groups[s.Group] = append(groups[s.Group], s.Plural)
		}
		for provider, list := range lists {
			files[filepath.Join(kubernetes, folder, provider+".yaml")] = encoded(list, "on "+clouds[provider])
		}
		files[filepath.Join(kubernetes, folder, "claim.yaml")] = encoded([]crds.Served{claims}, "on every cloud")
	}
	var err error
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

// encoded are kinds, one a line, so that the lists of several clouds can be put together.
func encoded(list []crds.Served, where string) []byte {
	slices.SortFunc(list, func(a, b crds.Served) int {
		return cmp.Or(cmp.Compare(a.Group, b.Group), cmp.Compare(a.Plural, b.Plural))
	})
	out := bytes.NewBufferString(heading + fmt.Sprintf(about, where))
	for _, s := range list {
		fmt.Fprintf(out, "- {group: %s, apiVersion: %s, plural: %s}\n", s.Group, s.Version, s.Plural)
	}
	return out.Bytes()
}
