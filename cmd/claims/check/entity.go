package check

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/cmd/claims/catalog"
	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/manifest"
	"github.com/victor-onl/crossplane-resources/internal/render"
)

// readCatalog adds the entities of the catalog: of the folders that are named, else of the
// folder that a domain's repository has beside its claims.
func (c *checker) readCatalog(now *tree) error {
	folders := c.Catalog
	if len(folders) == 0 {
		folders = besideClaims(c.Paths)
	}
	read, err := c.read(folders)
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, f := range now.files {
		known[absolute(f)] = true
	}
	for _, d := range read.entities {
		if !known[absolute(d.File)] {
			now.entities = append(now.entities, d)
		}
	}
	for _, f := range read.findings {
		if !known[absolute(f.File)] {
			now.findings = append(now.findings, f)
		}
	}
	return nil
}

// besideClaims are the catalogs of domain repositories, by the layout {root}/crossplane/claims
// and {root}/catalog.
func besideClaims(paths []string) []string {
	var out []string
	for _, p := range paths {
		root, _ := claimsRoot(p)
		if root == "" {
			continue
		}
		beside := shortest(filepath.Join(root, "catalog"))
		if info, err := os.Stat(beside); err == nil && info.IsDir() && !slices.Contains(out, beside) {
			out = append(out, beside)
		}
	}
	return out
}

// claimsRoot returns the root of the domain repository whose crossplane/claims a path is, or
// is below of, and "" of any other path.
func claimsRoot(path string) (root string, below bool) {
	folders := strings.Split(filepath.ToSlash(absolute(path)), "/")
	for i := len(folders) - 1; i > 0; i-- {
		if folders[i] == "claims" && folders[i-1] == "crossplane" {
			return filepath.FromSlash(strings.Join(folders[:i-1], "/") + "/"), i < len(folders)-1
		}
	}
	return "", false
}

// shortest is a path from here where it is below, by which people know it.
func shortest(path string) string {
	for _, here := range []string{absolute("."), resolved(".")} {
		if rel, err := filepath.Rel(here, path); err == nil && filepath.IsLocal(rel) {
			return rel
		}
	}
	return path
}

// entityOf is the entity that a claim has.
func entityOf(s *subject) catalog.Ref {
	return catalog.ParseRef(s.judgment.claim.Entity, catalog.Resource)
}

// refOf is the reference of an entity in a file.
func refOf(d *manifest.Document) catalog.Ref {
	r := catalog.ParseRef(d.Text("metadata", "name"), catalog.Resource)
	if namespace := d.Text("metadata", "namespace"); namespace != "" {
		r.Namespace = strings.ToLower(namespace)
	}
	return r
}

// entities holds claims and entities against each other, where there are any entities.
func entities(subjects []*subject, now *tree, scope string) []report.Finding {
	if len(now.entities) == 0 {
		return nil
	}
	var out []report.Finding
	known := map[string]*manifest.Document{}
	for _, d := range now.entities {
		ref := refOf(d).String()
		if first, ok := known[ref]; ok {
			out = append(out, at(d, report.Error, ruleEntity, "metadata.name",
				fmt.Sprintf("metadata.name: the entity %s stands in %s:%d too; the catalog takes one of them", ref, first.File, first.Line("metadata.name"))))
			continue
		}
		known[ref] = d
	}
	claimed, unread := map[string]bool{}, false
	for _, s := range subjects {
		if s.judgment.claim == nil {
			unread = true
			continue
		}
		ref := entityOf(s)
		claimed[ref.String()] = true
		d := known[ref.String()]
		if d == nil {
			out = append(out, at(s.doc, report.Error, ruleEntity, "metadata.name",
				fmt.Sprintf("metadata.name: the claim has no entity %s in the catalog; claims entities makes it", ref)))
			continue
		}
		out = append(out, differs(s, d, scope)...)
	}
	if !now.whole || unread {
		return out // whose entity one is may be what was not read
	}
	for ref, d := range known {
		if !claimed[ref] && isOfClaim(d) {
			out = append(out, at(d, report.Error, ruleEntity, "metadata.name",
				fmt.Sprintf("metadata.name: the entity %s has no claim; delete it, or write the claim", ref)))
		}
	}
	return out
}

// isOfClaim reports whether an entity says that it is of a claim: by what it selects, and by
// the cloud that its name begins with. Other resources have entities as well.
func isOfClaim(d *manifest.Document) bool {
	selector := d.Text("metadata", "annotations", catalog.KubernetesSelector)
	provider, _, _ := strings.Cut(d.Text("metadata", "name"), "-")
	return strings.Contains(selector, claim.KubernetesID+"=") && slices.Contains(cloud.Providers, provider) &&
		slices.Contains(claim.Types, d.Text("spec", "type"))
}

// differs says in what an entity is not that of its claim.
func differs(s *subject, d *manifest.Document, scope string) []report.Finding {
	c := s.judgment.claim
	said := nameOf(s.doc)
	var out []report.Finding
	rows := []struct {
		path []string
		want string // "" where the claim does not say
		kind string // of the entity that is meant, or "" where it is none
	}{
		{[]string{"spec", "type"}, c.Type, ""},
		{[]string{"spec", "owner"}, c.Labels[catalog.LabelTeam], catalog.Group},
		{[]string{"spec", "system"}, c.Labels[catalog.LabelSystem], catalog.System},
	}
	for _, r := range rows {
		is, path := d.Text(r.path...), strings.Join(r.path, ".")
		if r.want == "" || r.want == is || r.kind != "" && catalog.Says(r.want, is, r.kind) {
			continue
		}
		out = append(out, at(d, report.Error, ruleEntity, path, fmt.Sprintf("%s: is %q, and the claim %s says %q; make them the same", path, is, said, r.want)))
	}
	selector, path := d.Text("metadata", "annotations", catalog.KubernetesSelector), "metadata.annotations["+catalog.KubernetesSelector+"]"
	id := c.KubernetesID()
	if selector != claim.KubernetesID+"="+id && d.Text("metadata", "annotations", claim.KubernetesID) != id {
		out = append(out, at(d, report.Error, ruleEntity, path,
			fmt.Sprintf("%s: is %q, by which Backstage does not show the claim %s; make it %q", path, selector, said, claim.KubernetesID+"="+id)))
	}
	if space := d.Text("metadata", "annotations", catalog.KubernetesSpace); space != "" && scope == render.ScopeClaim {
		path := "metadata.annotations[" + catalog.KubernetesSpace + "]"
		out = append(out, at(d, report.Warning, ruleEntity, path,
			fmt.Sprintf("%s: is %q, in which Backstage finds none of what the claim is composed of, which is in no namespace; take it out", path, space)))
	}
	return out
}
