package suite

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// A clusterOn is where a cloud's cluster and nodes say what they are asked for.
type clusterOn struct {
	example        string
	version        string // of the control plane
	nodes          string // the version of the nodes; "" where they are told none
	part, machine  string
	small, regular string // machines of the profiles nano and large; where nodes keep theirs the second is ""
	kind           string // in the cloud
}

var clustersOn = []clusterOn{
	{"gke-main", "minMasterVersion", "", "nodes", "nodeConfig.machineType", "e2-medium", "n4-standard-8", "Cluster"},
	{"eks-main", "version", "version", "launch-template", "instanceType", "t3.medium", "m7i.2xlarge", "Cluster"},
	{
		"aks-main", "kubernetesVersion", "defaultNodePool.orchestratorVersion", "instance", "defaultNodePool.vmSize", "Standard_D4ds_v5", "Standard_D8ds_v5",
		"KubernetesCluster",
	},
	{"iks-main", "varmap.kube_version", "", "instance", "varmap.flavor", "cx2.2x4", "", "Workspace"},
}

// Cluster makes a cluster in dev on each cloud, upgrades it, has its cloud move it on by itself, gives
// it other nodes, and deletes it with all that it is made of.
func (s *Suite) Cluster(t *testing.T) {
	for _, on := range clustersOn {
		t.Run(on.example, func(t *testing.T) { s.cluster(t, on) })
	}
	t.Run("Locked", s.lockedNodes)
}

// lockedNodes holds that the nodes of a locked cluster on Azure get other machines only once nobody
// locks it, and that it is locked again after that. The cloud refuses a pool that is made anew in one
// that is locked, and would have both pools for good.
func (s *Suite) lockedNodes(t *testing.T) {
	c := Example(t, "payments-prod-infra/aks-main", passing+"aks-locked")
	s.Apply(t, c)
	s.Complete(t, c)
	is := func(what, machine string, locked bool) {
		t.Helper()
		s.waitFor(t, c, what, func(*unstructured.Unstructured) error {
			composed, err := s.Composed(t, c)
			if err != nil {
				return err
			}
			if asked := at(composed["instance"], "spec.forProvider.defaultNodePool.vmSize"); asked != machine || (composed["lock"] != nil) != locked {
				return fmt.Errorf("nodes of %v are asked for, and it is locked: %t", asked, composed["lock"] != nil)
			}
			return nil
		})
	}
	allow := func(word any, spec map[string]any) {
		t.Helper()
		s.Patch(t, c, map[string]any{"metadata": map[string]any{"annotations": map[string]any{allowDelete: word}}, "spec": spec})
	}
	is("the lock", "Standard_D4ds_v5", true)
	s.Patch(t, c, map[string]any{"spec": map[string]any{"profile": "large"}})
	s.WaitSaid(t, c, "Composed", "False", `spec.profile: "medium" cannot become "large" on a live cluster that is locked`)
	is("the same nodes", "Standard_D4ds_v5", true)
	allow("true", map[string]any{})
	is("other nodes", "Standard_D8ds_v5", false)
	s.WaitReady(t, c)
	allow(nil, map[string]any{})
	is("the lock again", "Standard_D8ds_v5", true)
	s.WaitReady(t, c)
	instance := must(s.Composed(t, c))(t)["instance"]
	allow("true", map[string]any{"deletionPolicy": "Delete"})
	is("the end of the lock", "Standard_D8ds_v5", false)
	s.remove(t, c)
	s.gone(t, instance.GetKind(), instance.GetAnnotations()["crossplane.io/external-name"])
}

func (s *Suite) cluster(t *testing.T, on clusterOn) {
	t.Helper()
	c := Example(t, "payments-dev-infra/"+on.example, passing+on.example)
	Set(t, c, map[string]any{"version": "1.35"}, "spec", "cluster")
	s.Apply(t, c)
	s.Complete(t, c)
	s.kubectlReads(t, c)
	cluster := func(fields map[string]any) { s.Patch(t, c, map[string]any{"spec": map[string]any{"cluster": fields}}) }
	asks := func(version, size string) func(*unstructured.Unstructured) error {
		return func(*unstructured.Unstructured) error {
			composed, err := s.Composed(t, c)
			if err != nil {
				return err
			}
			asked, machine, nodes := at(composed["instance"], "spec.forProvider."+on.version), at(composed[on.part], "spec.forProvider."+on.machine), any(version)
			pool := composed["nodes"]
			if pool == nil { // which stands in the cluster
				pool = composed["instance"]
			}
			if on.nodes != "" {
				nodes = at(pool, "spec.forProvider."+on.nodes)
			}
			if asked != version || machine != size || nodes != version {
				return fmt.Errorf("version %v is asked for, and nodes of %v with %v", asked, machine, nodes)
			}
			return nil
		}
	}
	t.Run("TwoMinors", func(t *testing.T) {
		_, err := s.Client.Patch(t.Context(), plane.RefOf(c), map[string]any{"spec": map[string]any{"cluster": map[string]any{"version": "1.37"}}})
		if refused := (*plane.StatusError)(nil); !errors.As(err, &refused) || !strings.Contains(refused.Message, "spec.cluster.version") {
			t.Errorf("two minors ahead are not refused at admission: %v", err)
		}
	})
	t.Run("Upgrade", func(t *testing.T) {
		cluster(map[string]any{"version": "1.36"})
		s.waitFor(t, c, "the upgrade", asks("1.36", on.small))
		s.WaitReady(t, c)
	})
	t.Run("Followed", func(t *testing.T) {
		instance := must(s.Composed(t, c))(t)["instance"]
		name := instance.GetAnnotations()["crossplane.io/external-name"]
		fields := map[string]any{on.version: "1.37"}
		if variables, is := at(instance, "spec.forProvider.varmap").(map[string]any); is {
			moved := maps.Clone(variables)
			moved["kube_version"] = "1.37"
			fields = map[string]any{"varmap": moved}
		}
		s.Provider.Cloud.Alter(on.kind, name, fields)
		s.Provider.Look(plane.RefOf(instance))
		s.waitFor(t, c, "the cloud's own upgrade", asks("1.37", on.small))
		s.WaitReady(t, c)
	})
	t.Run("Nodes", func(t *testing.T) {
		s.Patch(t, c, map[string]any{"spec": map[string]any{"profile": "large"}})
		if on.regular == "" {
			s.WaitSaid(t, c, "Composed", "False", `spec.profile: "nano" cannot become "large" on a live cluster`)
			s.Patch(t, c, map[string]any{"spec": map[string]any{"profile": "nano"}})
			s.WaitReady(t, c)
			return
		}
		s.waitFor(t, c, "other nodes", asks("1.37", on.regular))
		s.WaitReady(t, c)
	})
	s.removeWhole(t, c)
	name, _, _ := strings.Cut(on.example, "-")
	for _, key := range s.Provider.Cloud.Names() {
		if kind, thing, _ := strings.Cut(key, "/"); strings.Contains(thing, "-dev-"+passing+name) {
			s.gone(t, kind, thing)
		}
	}
}
