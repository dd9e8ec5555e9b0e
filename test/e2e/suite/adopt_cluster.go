package suite

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// A clusterTaken is a cluster that somebody made, as its cloud has it.
type clusterTaken struct {
	example, name, version, tags string // the last two are fields
	has                          map[string]any
}

// clustersTaken have what no cluster of a claim's has, and lack what each of those has.
var clustersTaken = []clusterTaken{
	{"gke-main", "theirs-gke", "minMasterVersion", "resourceLabels", map[string]any{
		"location": "europe-west1", "network": "projects/acme/global/networks/theirs", "subnetwork": "theirs", "initialNodeCount": int64(2),
		"minMasterVersion": "1.35", "enableShieldedNodes": false, "deletionProtection": false, "releaseChannel": map[string]any{"channel": "RAPID"},
		"networkPolicy": map[string]any{"enabled": true, "provider": "CALICO"}, "resourceLabels": map[string]any{"owner": "them"},
		"maintenancePolicy": map[string]any{"dailyMaintenanceWindow": map[string]any{"startTime": "05:00"}},
	}},
	{"eks-main", "theirs-eks", "version", "tags", map[string]any{
		"region": "eu-west-1", "version": "1.35", "roleArn": "arn:aws:iam::123456789012:role/theirs", "deletionProtection": false,
		"accessConfig":           map[string]any{"authenticationMode": "CONFIG_MAP", "bootstrapClusterCreatorAdminPermissions": true},
		"enabledClusterLogTypes": []any{"scheduler"}, "tags": map[string]any{"owner": "them"},
		"kubernetesNetworkConfig": map[string]any{"ipFamily": "ipv4", "serviceIpv4Cidr": "10.100.0.0/16"},
		"vpcConfig": map[string]any{
			"subnetIds": []any{"subnet-8", "subnet-9"}, "endpointPublicAccess": true, "endpointPrivateAccess": false,
			"publicAccessCidrs": []any{"198.51.100.0/24"},
		},
	}},
}

// adoptClusters has claims look at clusters of somebody's, take them over, and upgrade them. The cloud
// makes nothing for that, and changes nothing but tags and the version; when the claims go, all stays.
func (s *Suite) adoptClusters(t *testing.T) {
	const namespace = "takenover-dev-infra"
	s.Apply(t, parsed(t, "{apiVersion: v1, kind: Namespace, metadata: {name: "+namespace+"}}"))
	settings := parsed(t, "{apiVersion: apiextensions.crossplane.io/v1beta1, kind: EnvironmentConfig, metadata: {name: platform-dev-takenover}, "+
		"data: {policy: {adopt: manage, adoptNames: [\"theirs-*\"]}}}")
	s.Apply(t, settings)
	for _, there := range clustersTaken {
		t.Run(there.name, func(t *testing.T) { s.adoptCluster(t, there, namespace) })
	}
	s.do(t, func() error { return s.Client.Delete(t.Context(), plane.RefOf(settings)) })
}

func (s *Suite) adoptCluster(t *testing.T, there clusterTaken, namespace string) {
	t.Helper()
	s.Provider.Cloud.Put("Cluster", there.name, there.has, false)
	history := len(s.Provider.Cloud.History())
	claim := Example(t, "payments-dev-infra/"+there.example, passing+"taken-"+there.example)
	claim.SetNamespace(namespace)
	unstructured.RemoveNestedField(claim.Object, "spec", "entity")
	Set(t, claim, map[string]any{"version": "1.35"}, "spec", "cluster")
	Set(t, claim, there.name, "spec", "externalName")
	s.Apply(t, claim)
	s.WaitSaid(t, claim, "Composed", "True", "only looked at; spec.adopt Manage takes it over, and changes nothing but that it gets cost tags")
	s.Patch(t, claim, map[string]any{"spec": map[string]any{"adopt": "Manage"}})
	s.WaitSaid(t, claim, "Composed", "True", "was there before its claim", "its nodes stay their owner's")
	s.WaitReady(t, claim)
	s.waitFor(t, claim, "the connection", func(*unstructured.Unstructured) error {
		name, _ := Get(claim, "spec", "writeConnectionSecretToRef", "name").(string)
		secret, err := s.Secret(t.Context(), claim.GetNamespace(), name)
		if err != nil {
			return err
		}
		if len(secret["kubeconfig"]) == 0 {
			return fmt.Errorf("it has %v", slices.Sorted(maps.Keys(secret)))
		}
		return nil
	})
	s.connection(t, claim)

	has := func(what string, want map[string]any) {
		t.Helper()
		s.waitFor(t, claim, what, func(*unstructured.Unstructured) error {
			is := maps.Clone(s.Provider.Cloud.Has("Cluster", there.name))
			tags, _ := is[there.tags].(map[string]any)
			if tags["owner"] != "them" || tags["project"] != "takenover" {
				return fmt.Errorf("its tags are %v", tags)
			}
			is[there.tags] = want[there.tags]
			if diff := cmp.Diff(want, is); diff != "" {
				return fmt.Errorf("the cluster: -want, +got:\n%s", diff)
			}
			return nil
		})
	}
	has("the takeover", there.has)

	s.Patch(t, claim, map[string]any{"spec": map[string]any{"cluster": map[string]any{"version": "1.36"}}})
	s.WaitSaid(t, claim, "Composed", "False", "since nobody here sees the cluster's nodes")
	has("nothing newer", there.has)
	s.Patch(t, claim, map[string]any{"metadata": map[string]any{"annotations": map[string]any{"platform.victor.onl/upgrade": "1.36"}}})
	newer := maps.Clone(there.has)
	newer[there.version] = "1.36"
	has("the upgrade", newer)
	s.WaitReady(t, claim)

	s.remove(t, claim)
	stays := s.Provider.Cloud.Has("Cluster", there.name) != nil
	touched := slices.ContainsFunc(s.Provider.Cloud.History()[history:], func(e string) bool { return strings.Contains(e, "/"+there.name) })
	if !stays || touched {
		t.Errorf("something was made, or gone: %v", s.Provider.Cloud.History()[history:])
	}
	s.Provider.Cloud.Take("Cluster", there.name)
}
