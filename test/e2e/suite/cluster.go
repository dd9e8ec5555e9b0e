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
	small, regular string // machines of the profiles nano and medium; where nodes keep theirs the second is ""
	kind           string // in the cloud
}

var clustersOn = []clusterOn{
	{"gke-main", "minMasterVersion", "", "nodes", "nodeConfig.machineType", "e2-medium", "n4-standard-4", "Cluster"},
	{"eks-main", "version", "version", "launch-template", "instanceType", "t3.medium", "m7i.xlarge", "Cluster"},
	{"iks-main", "varmap.kube_version", "", "instance", "varmap.flavor", "cx2.2x4", "", "Workspace"},
}

// Cluster makes a cluster in dev on each cloud, upgrades it, has its cloud move it on by itself, gives
// it other nodes, and deletes it with all that it is made of.
func (s *Suite) Cluster(t *testing.T) {
	for _, on := range clustersOn {
		t.Run(on.example, func(t *testing.T) { s.cluster(t, on) })
	}
}

func (s *Suite) cluster(t *testing.T, on clusterOn) {
	t.Helper()
	c := Example(t, "payments-dev-infra/"+on.example, passing+on.example)
	Set(t, c, map[string]any{"version": "1.35"}, "spec", "cluster")
	s.Apply(t, c)
	s.Complete(t, c)
	cluster := func(fields map[string]any) { s.Patch(t, c, map[string]any{"spec": map[string]any{"cluster": fields}}) }
	asks := func(version, size string) func(*unstructured.Unstructured) error {
		return func(*unstructured.Unstructured) error {
			composed, err := s.Composed(t, c)
			if err != nil {
				return err
			}
			asked, machine, nodes := at(composed["instance"], "spec.forProvider."+on.version), at(composed[on.part], "spec.forProvider."+on.machine), any(version)
			if on.nodes != "" {
				nodes = at(composed["nodes"], "spec.forProvider."+on.nodes)
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
		s.Patch(t, c, map[string]any{"spec": map[string]any{"profile": "medium"}})
		if on.regular == "" {
			s.WaitSaid(t, c, "Composed", "False", `spec.profile: "nano" cannot become "medium" on a live cluster`)
			s.Patch(t, c, map[string]any{"spec": map[string]any{"profile": "nano"}})
			s.WaitReady(t, c)
			return
		}
		s.waitFor(t, c, "other nodes", asks("1.37", on.regular))
		s.WaitReady(t, c)
	})
	s.remove(t, c)
	name, _, _ := strings.Cut(on.example, "-")
	for _, key := range s.Provider.Cloud.Names() {
		if kind, thing, _ := strings.Cut(key, "/"); strings.Contains(thing, "-dev-"+passing+name) {
			s.gone(t, kind, thing)
		}
	}
}
