package check

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/cmd/claims/report"
	"github.com/victor-onl/crossplane-resources/internal/claim"
)

// layout holds a claim against the folders that it is in. A domain's repository has one folder
// for each claim, crossplane/claims/{env}/{claim}: the ApplicationSet takes the names of both
// from there. Of any other layout a folder that is named as a namespace is one.
func layout(s *subject) []report.Finding {
	namespace, name := s.doc.Text("metadata", "namespace"), s.doc.Text("metadata", "name")
	folders := strings.Split(filepath.ToSlash(filepath.Dir(absolute(s.doc.File))), "/")
	_, env, ok := claim.Split(namespace)
	if at := inRepository(folders); at != nil {
		return against(s, []told{
			{"metadata.namespace", namespace, env, at[0], "env", !ok},
			{"metadata.name", name, name, at[1], "name", false},
		})
	}
	if last := folders[len(folders)-1]; ok {
		if _, _, isNamespace := claim.Split(last); isNamespace {
			return against(s, []told{{"metadata.namespace", namespace, namespace, last, "namespace", false}})
		}
	}
	return nil
}

// told is what a claim says of itself, and what its folder says.
type told struct {
	path, value string
	says, where string
	what        string
	unknown     bool
}

func against(s *subject, rows []told) []report.Finding {
	var out []report.Finding
	for _, r := range rows {
		if !r.unknown && r.says != r.where && r.where != "" {
			out = append(out, at(s.doc, report.Error, ruleLayout, r.path,
				fmt.Sprintf("%s: %q is in the folder of the %s %s; move the file, or correct the %s", r.path, r.value, r.what, r.where, r.what)))
		}
	}
	return out
}

// inRepository returns the env and the claim that a file is of by a domain repository's
// layout, or nil. A file beside the claims' folders has no claim's name.
func inRepository(folders []string) []string {
	for i := len(folders) - 1; i > 0; i-- {
		if folders[i] != "claims" || folders[i-1] != "crossplane" {
			continue
		}
		below := folders[i+1:]
		if len(below) == 0 || !slices.Contains(claim.Envs, below[0]) {
			return nil
		}
		return []string{below[0], append(below, "")[1]}
	}
	return nil
}
