package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/hack/crds"
)

// engineers says what the role is.
const engineers = `#
# The platform team's role, for a ClusterRoleBinding. Whoever has it writes packages,
# Compositions and Secrets, by which all of the cluster and of the clouds can be reached.
`

// writeRole makes the role of platform engineers: it names the API groups of every managed
// resource, since RBAC has no pattern for a part of a group's name.
func writeRole() error {
	var groups []string
	for _, namespaced := range []bool{false, true} {
		kinds, err := crds.Emitted(".", namespaced)
		if err != nil {
			return err
		}
		for _, k := range kinds {
			groups = append(groups, k.Group, family(k.Group))
		}
	}
	slices.Sort(groups)
	all := []string{"*"}
	rule := func(groups, resources []string, verbs ...string) object {
		return object{"apiGroups": groups, "resources": resources, "verbs": verbs}
	}
	read := []string{"get", "list", "watch"}
	out := bytes.NewBufferString(header + engineers)
	if err := encode(out, object{
		"apiVersion": "rbac.authorization.k8s.io/v1",
		"kind":       "ClusterRole",
		"metadata":   object{"name": "crossplane-resources-platform-engineer"},
		"rules": []object{
			rule([]string{"platform.victor.onl"}, all, "*"), // with adopt, override and allow-delete
			rule(slices.Compact(groups), all, "*"),
			rule([]string{"apiextensions.crossplane.io", "pkg.crossplane.io", "ops.crossplane.io", "protection.crossplane.io"}, all, "*"),
			rule([]string{"admissionregistration.k8s.io"}, []string{"validatingadmissionpolicies", "validatingadmissionpolicybindings"}, "*"),
			rule([]string{""}, []string{"secrets"}, append(read, "create", "update", "patch", "delete")...),
			rule([]string{"", "events.k8s.io"}, []string{"events", "namespaces"}, read...),
			rule([]string{"apiextensions.k8s.io"}, []string{"customresourcedefinitions"}, read...),
		},
	}); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join("package", "policies", "platform-engineer.yaml"), out.Bytes(), 0o600); err != nil {
		return fmt.Errorf("cannot write the role of platform engineers: %w", err)
	}
	return nil
}

// family is the group of a cloud's provider configs, such as gcp.m.upbound.io.
func family(group string) string {
	head := strings.TrimSuffix(group, ".upbound.io")
	scope := ""
	if rest, ok := strings.CutSuffix(head, ".m"); ok {
		head, scope = rest, ".m"
	}
	return head[strings.LastIndex(head, ".")+1:] + scope + ".upbound.io"
}
