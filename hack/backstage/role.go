package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"

	"github.com/victor-onl/crossplane-resources/internal/object"

	"sigs.k8s.io/yaml"
)

// asked are what the Kubernetes plugin asks for beside the kinds of its configuration, for
// every entity: 13 kinds of Kubernetes' own (plugin-kubernetes-backend 0.21.11), and no Secrets.
var asked = []struct {
	group     string
	resources []string
}{
	{"", []string{"configmaps", "limitranges", "pods", "resourcequotas", "services"}},
	{"apps", []string{"daemonsets", "deployments", "replicasets", "statefulsets"}},
	{"autoscaling", []string{"horizontalpodautoscalers"}},
	{"batch", []string{"cronjobs", "jobs"}},
	{"networking.k8s.io", []string{"ingresses"}},
}

const aboutRole = `# The account by which Backstage's Kubernetes plugin looks at claims and at what they are made
# of, on the cluster that Crossplane runs on. It reads no Secret.
`

// role returns the account with what it may read. Groups that the cluster does not serve do no
// harm here.
func role(groups map[string][]string) ([]byte, error) {
	const name, namespace = "backstage-kubernetes", "backstage"
	rules := make([]any, 0, len(asked)+len(groups))
	rule := func(group string, resources []string) {
		rules = append(rules, object.Map{"apiGroups": []string{group}, "resources": resources, "verbs": []string{"get", "list", "watch"}})
	}
	for _, a := range asked {
		rule(a.group, a.resources)
	}
	for _, group := range slices.Sorted(maps.Keys(groups)) {
		rule(group, slices.Compact(slices.Sorted(slices.Values(groups[group]))))
	}
	out := bytes.NewBufferString(heading + aboutRole)
	for i, o := range []object.Map{
		{"apiVersion": "v1", "kind": "Namespace", "metadata": object.Map{"name": namespace}},
		{"apiVersion": "v1", "kind": "ServiceAccount", "metadata": object.Map{"name": name, "namespace": namespace}},
		{
			"apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/service-account-token",
			"metadata": object.Map{"name": name, "namespace": namespace, "annotations": object.Map{"kubernetes.io/service-account.name": name}},
		},
		{"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": object.Map{"name": name}, "rules": rules},
		{
			"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": object.Map{"name": name},
			"roleRef":  object.Map{"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": name},
			"subjects": []any{object.Map{"kind": "ServiceAccount", "name": name, "namespace": namespace}},
		},
	} {
		if i > 0 {
			out.WriteString("---\n")
		}
		b, err := yaml.Marshal(o)
		if err != nil {
			return nil, fmt.Errorf("cannot encode the role: %w", err)
		}
		out.Write(b)
	}
	return out.Bytes(), nil
}
