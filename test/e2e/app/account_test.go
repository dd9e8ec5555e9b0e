//go:build app

package app

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
	"github.com/victor-onl/crossplane-resources/test/e2e/suite"
)

// A kind as the Kubernetes plugin names one.
type kind struct {
	Group      string `json:"group"`
	APIVersion string `json:"apiVersion"`
	Plural     string `json:"plural"`
}

// looksAt are the kinds that a list of backstage/kubernetes has.
func looksAt(t *testing.T, list string) []kind {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(suite.Root, "backstage", "kubernetes", list))
	if err != nil {
		t.Fatal(err)
	}
	var kinds []kind
	if err := yaml.Unmarshal(b, &kinds); err != nil || len(kinds) == 0 {
		t.Fatal("no kinds in", list, err)
	}
	return kinds
}

// asked are the kinds that the Kubernetes plugin asks every cluster for: DEFAULT_OBJECTS of
// @backstage/plugin-kubernetes-backend 0.21.11.
var asked = []kind{
	{"", "v1", "pods"},
	{"", "v1", "services"},
	{"", "v1", "configmaps"},
	{"", "v1", "limitranges"},
	{"", "v1", "resourcequotas"},
	{"apps", "v1", "deployments"},
	{"apps", "v1", "replicasets"},
	{"apps", "v1", "statefulsets"},
	{"apps", "v1", "daemonsets"},
	{"autoscaling", "v2", "horizontalpodautoscalers"},
	{"batch", "v1", "jobs"},
	{"batch", "v1", "cronjobs"},
	{"networking.k8s.io", "v1", "ingresses"},
}

// TestReads lists every kind that Backstage looks at, by the account of role.yaml.
func TestReads(t *testing.T) {
	apply(t, "backstage/kubernetes/role.yaml")
	config, err := s.Kubeconfig(t.Context(), "backstage", "backstage-kubernetes")
	if err != nil {
		t.Fatal(err)
	}
	kinds := asked
	for _, cloud := range []string{"claim", "gcp", "aws", "azure", "ibm"} {
		kinds = append(kinds, looksAt(t, "claims/"+cloud+".yaml")...)
	}
	for _, k := range kinds {
		path := "/apis/" + k.Group + "/" + k.APIVersion + "/" + k.Plural
		if k.Group == "" {
			path = "/api/" + k.APIVersion + "/" + k.Plural
		}
		if err := plane.Wait(t.Context(), suite.Patience, path, func() error {
			c := exec.CommandContext(t.Context(), filepath.Join(suite.Root, ".cache", "bin", "kubectl-v1.35.4"), "--kubeconfig="+config, "get", "--raw", path)
			if out, err := c.CombinedOutput(); err != nil {
				return fmt.Errorf("%w: %s", err, strings.TrimSpace(string(out)))
			}
			return nil
		}); err != nil {
			t.Error(err)
		}
	}
	t.Logf("%d kinds are listed", len(kinds))
}

// TestRefused has the account try what it must not.
func TestRefused(t *testing.T) {
	apply(t, "backstage/kubernetes/role.yaml")
	account, err := s.Client.Account(t.Context(), "backstage", "backstage-kubernetes")
	if err != nil {
		t.Fatal(err)
	}
	claim := "apiVersion: platform.victor.onl/v1alpha1\nkind: Resource\nmetadata: {name: cloudsql-x, namespace: payments-dev-infra}\n" +
		"spec: {provider: gcp, profile: nano, region: eu-west, database: {engine: postgres}}\n"
	instance := "apiVersion: sql.gcp.upbound.io/v1beta2\nkind: DatabaseInstance\nmetadata: {name: x}\nspec: {forProvider: {}}\n"
	secret := "apiVersion: v1\nkind: Secret\nmetadata: {name: cloudsql-main, namespace: payments-dev-infra}\n"
	pod := "apiVersion: v1\nkind: Pod\nmetadata: {name: x, namespace: payments-dev-infra}\n"
	cases := map[string]struct{ reason, verb, object string }{
		"ListSecrets":    {"The connection of a claim is in a Secret, which is the app's alone.", "list", secret},
		"CreateSecret":   {"A Secret of a service account's token would be a way to be another account.", "create", secret},
		"CreateClaim":    {"A claim is made by a merge, and not by Backstage.", "create", claim},
		"UpdateClaim":    {"A claim is changed by a merge, and not by Backstage.", "update", claim},
		"DeleteClaim":    {"A claim is deleted by a merge, and not by Backstage.", "delete", claim},
		"DeleteInstance": {"Managed resources belong to Crossplane.", "delete", instance},
		"CreatePod":      {"A pod could have any Secret of its namespace.", "create", pod},
		"ListNodes":      {"Nodes are not looked at: the metrics of pods are off.", "list", "apiVersion: v1\nkind: Node\nmetadata: {name: x}\n"},
		"ListRoles":      {"Who may do what is not shown.", "list", "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: x}\n"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if err := account.Try(t.Context(), tc.verb, parsed(t, tc.object)); !plane.IsForbidden(err) {
				t.Errorf("\n%s\n%s: want forbidden, got %v", tc.reason, tc.verb, err)
			}
		})
	}
}
