package check

import (
	"fmt"
	"strings"

	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/manifest"
)

// namespaceLabels are those that the platform has on every namespace, and the value of those
// that an infra namespace's name says.
var namespaceLabels = []struct {
	key  string
	says func(project, env string) string
}{
	{"project", func(project, _ string) string { return project }},
	{"env", func(_, env string) string { return env }},
	{"service", nil},
	{"team", nil},
	{"backstage.io/domain", func(project, _ string) string { return project }},
	{"backstage.io/system", nil},
	{"backstage.io/component", nil},
	{"argocd/app", nil},
	{"argocd/app-set", nil},
}

// namespaces holds the labels of namespaces that are for claims.
func namespaces(docs []*manifest.Document) []report.Finding {
	var out []report.Finding
	for _, d := range docs {
		project, env, ok := claim.Split(d.Text("metadata", "name"))
		if !ok {
			continue
		}
		labels := d.Texts("metadata", "labels")
		var missing []string
		for _, l := range namespaceLabels {
			value, there := labels[l.key]
			if !there || value == "" {
				missing = append(missing, l.key)
				continue
			}
			if l.says == nil || l.says(project, env) == value {
				continue
			}
			path := labelPath(l.key)
			out = append(out, at(d, report.Error, ruleNamespace, path,
				fmt.Sprintf("%s: is %q on the namespace %s; make it %q", path, value, d.Text("metadata", "name"), l.says(project, env))))
		}
		if len(missing) > 0 {
			out = append(out, at(d, report.Error, ruleNamespace, "metadata.labels", fmt.Sprintf("metadata.labels: the namespace %s has no %s; "+
				"the platform's namespaces have nine labels", d.Text("metadata", "name"), strings.Join(missing, ", "))))
		}
	}
	return out
}

// labelPath is the path of a label, by which its line is found.
func labelPath(key string) string { return "metadata.labels[" + key + "]" }
