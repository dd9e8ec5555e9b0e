package providers

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/providers/packages"
)

// together is the section of docs/providers.md on the versions that are tested with one another.
func together(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("\n## Tested together\n\n" +
		"The versions of this commit, and how far each is tried with the others. No cloud, and no\n" +
		"provider's own program, is in it: `make e2e` installs packages with the CRDs of the\n" +
		"providers, in the fourth column's version, and a stand-in reconciles what is composed.\n" +
		"So a newer version of a range is one whose fields nobody has read here.\n\n" +
		"| what | version | range that the packages ask for | on a control plane |\n| --- | --- | --- | --- |\n")
	fmt.Fprintf(&b, "| Crossplane, claims and namespaced XRs | %s | 2.x | its core, RBAC manager and chart |\n", tool(t, "CORE"))
	fmt.Fprintf(&b, "| Crossplane, claims | %s | 1.20 or newer | the same |\n", tool(t, "CORE_V1"))
	fmt.Fprintf(&b, "| Kubernetes' API server | %s | | itself |\n", tool(t, "APISERVER"))
	depends, err := packages.Of(root, "claims")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range All() {
		if p.Group == "" {
			fmt.Fprintf(&b, "| %s | %s | that one, by the modules | nothing: the modules run by OpenTofu, against a stand-in for IBM Cloud |\n", p.Name, p.Least)
			continue
		}
		asked := packages.Provider{Least: p.Least}.Range()
		var names []string
		for _, d := range packages.OfCloud(depends, p.Cloud) {
			names = append(names, "`"+d.Name()+"`")
		}
		fmt.Fprintf(&b, "| %s: %s | CRDs of %s | `%s` | packages of %s with these CRDs |\n", p.Cloud, strings.Join(names, ", "), p.Newest(), asked, p.Least)
	}
	return b.String() + "\n[package/README.md](../package/README.md#the-same-on-every-cluster) says how a platform holds its clusters to one\n" +
		"version of each, and to its bytes.\n"
}

// tool is the version of one of the programs in make/tools.mk that e2e runs.
func tool(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, "make", "tools.mk"))
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^` + name + `\s*:=.*-(v[0-9.]+)$`).FindSubmatch(b)
	if m == nil {
		t.Fatalf("make/tools.mk has no version of %s", name)
	}
	return string(m[1])
}
