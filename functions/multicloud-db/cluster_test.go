package multiclouddb

import (
	"encoding/base64"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestClusterOrder holds that the pool is asked for once the cluster is there, and stays asked
// for when the cluster is not ready for a while.
func TestClusterOrder(t *testing.T) {
	t.Parallel()
	for _, provider := range clusterClouds() {
		l := &live{provider: provider, spec: strings.Replace(specCluster, "gcp", provider, 1)}
		l.request = request(t, xrHead+l.spec, settingsCluster, nil)
		first := l.run(t)
		if got := slices.Sorted(maps.Keys(first.GetDesired().GetResources())); !slices.Equal(got, []string{keyInstance}) {
			t.Errorf("%s: before the cluster is there, composed are %v: %s", provider, got, fatal(first))
		}
		if c := conditionOf(first, "Provisioned"); c.GetReason() != "Creating" || !strings.Contains(c.GetMessage(), keyInstance) {
			t.Errorf("%s: Provisioned is %s: %s", provider, c.GetReason(), c.GetMessage())
		}
		l.settledCluster(t)
		object.Set(l.instance(), fromYAML(t, `{conditions: [{type: Ready, status: "False"}]}`).GetFields()["conditions"], "status", "conditions")
		if l.run(t).GetDesired().GetResources()[poolPart(provider)] == nil {
			t.Errorf("%s: the nodes go while the cluster is not ready", provider)
		}
	}
}

func conditionOf(rsp *fnv1.RunFunctionResponse, kind string) *fnv1.Condition {
	i := slices.IndexFunc(rsp.GetConditions(), func(c *fnv1.Condition) bool { return c.GetType() == kind })
	if i < 0 {
		return nil
	}
	return rsp.GetConditions()[i]
}

// TestClusterLacks holds that no cluster is made without what it needs of the settings, each
// named, in whatever env and whatever their policy says, and that a live one keeps what it has.
func TestClusterLacks(t *testing.T) {
	t.Parallel()
	needs := map[string][]string{"gcp": {
		"projectID", "regions.europe-west1.cluster.network", "regions.europe-west1.cluster.subnetwork", "regions.europe-west1.cluster.podsRange",
		"regions.europe-west1.cluster.servicesRange", "regions.europe-west1.cluster.nodeServiceAccount",
	}, "aws": {
		"regions.eu-west-1.cluster.subnetIDs", "regions.eu-west-1.cluster.clusterRoleARN", "regions.eu-west-1.cluster.nodeRoleARN",
		"regions.eu-west-1.cluster.adminPrincipalARNs",
	}, "azure": {
		"regions.westeurope.cluster.subnetID", "regions.westeurope.cluster.identityID", "regions.westeurope.cluster.adminGroupIDs",
	}}
	for provider, settings := range needs {
		for _, setting := range settings {
			for _, env := range []string{"dev", "staging", "prod"} {
				key := setting[strings.LastIndex(setting, ".")+1:]
				var left []string
				for line := range strings.Lines(settingsCluster) {
					if !strings.HasPrefix(strings.TrimSpace(line), key+":") {
						left = append(left, line)
					}
				}
				spec := strings.NewReplacer("gcp", provider, "env: staging", "env: "+env).Replace(specCluster)
				rsp := run(t, request(t, xrHead+spec, strings.Join(left, ""), nil))
				c := composedAs(rsp)
				want := "settings providers." + provider + "." + setting + " is not set, and no new cluster is composed without"
				if c.GetReason() != "NoNetwork" || c.GetStatus() != fnv1.Status_STATUS_CONDITION_FALSE || c.GetMessage() != want {
					t.Errorf("%s: Composed is %s: %s", setting, c.GetReason(), c.GetMessage())
				}
				if n := len(rsp.GetDesired().GetResources()); n != 0 || fatal(rsp) != "" {
					t.Errorf("%s: %d resources, fatal %q", setting, n, fatal(rsp))
				}
			}
		}
		l := aliveCluster(t, provider, settingsCluster)
		before := l.run(t)
		l.settle(t, "metadata: {name: p}\ndata: {}")
		if diff := cmp.Diff(bodies(before), bodies(l.run(t))); diff != "" {
			t.Errorf("%s: what lives changes with settings that are empty: -before, +after:\n%s", provider, diff)
		}
	}
}

// TestClusterConnection holds what is published of a cluster: a kubeconfig that is read as one
// and has no credential in it, whole or not at all.
func TestClusterConnection(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason, settings string
		want             map[string]string // but for the kubeconfig
		server           string
	}{
		"Private": {
			"By the private endpoint the cluster's own CA tells the server.", strings.Replace(settingsCluster, "            dnsEndpoint: true\n", "", 1),
			map[string]string{"endpoint": "https://10.0.0.6", "ca.crt": "pem"},
			"https://10.0.0.6",
		},
		"DNS": {
			"By a name of Google's a public CA does.", settingsCluster,
			map[string]string{"endpoint": "https://gke-x.europe-west1.gke.goog"},
			"https://gke-x.europe-west1.gke.goog",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := aliveCluster(t, "gcp", tc.settings)
			rsp := l.run(t)
			got := map[string]string{}
			for key, value := range rsp.GetDesired().GetComposite().GetConnectionDetails() {
				got[key] = string(value)
			}
			kubeconfig := got["kubeconfig"]
			delete(got, "kubeconfig")
			maps.Copy(tc.want, map[string]string{
				"name": got["name"], "provider": "gcp", "region": "europe-west1", "version": "1.35",
				"oidcIssuer": "https://container.googleapis.com/v1/projects/acme-prod/locations/europe-west1/clusters/x",
			})
			if diff := cmp.Diff(tc.want, got); diff != "" || got["name"] == "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
			read := map[string]any{}
			if err := yaml.UnmarshalStrict([]byte(kubeconfig), &read); err != nil {
				t.Fatalf("%v in\n%s", err, kubeconfig)
			}
			cluster := map[string]any{"server": tc.server}
			if ca := tc.want["ca.crt"]; ca != "" {
				cluster["certificate-authority-data"] = base64.StdEncoding.EncodeToString([]byte(ca))
			}
			want := map[string]any{
				"apiVersion": "v1", "kind": "Config", "current-context": got["name"],
				"clusters": []any{map[string]any{"name": got["name"], "cluster": cluster}},
				"contexts": []any{map[string]any{"name": got["name"], "context": map[string]any{"cluster": got["name"], "user": got["name"]}}},
				"users": []any{map[string]any{"name": got["name"], "user": map[string]any{"exec": map[string]any{
					"apiVersion": "client.authentication.k8s.io/v1beta1", "command": "gke-gcloud-auth-plugin", "interactiveMode": "IfAvailable",
					"installHint": "gcloud components install gke-gcloud-auth-plugin", "provideClusterInfo": true,
				}}}},
			}
			if diff := cmp.Diff(want, read); diff != "" {
				t.Errorf("\n%s\nkubeconfig: -want, +got:\n%s", tc.reason, diff)
			}
			delete(object.Struct(l.instance(), "status").GetFields(), "atProvider")
			rsp = l.run(t)
			if n := len(rsp.GetDesired().GetComposite().GetConnectionDetails()); n != 0 || rsp.GetDesired().GetComposite().GetReady() != fnv1.Ready_READY_FALSE {
				t.Errorf("%d keys are published of a cluster that nobody knows the address of", n)
			}
		})
	}
}

// TestClusterProtected holds that what is protected outlives its claim, also where settings come
// to say less, and that the claim's own annotation lets it go.
func TestClusterProtected(t *testing.T) {
	t.Parallel()
	const less = "policy: {deletionPolicy: Delete, deletionProtection: false}\n  providers:"
	for _, provider := range clusterClouds() {
		for env, keeps := range map[string]bool{"prod": true, "mgmt": true, "staging": false, "dev": false} {
			l := aliveCluster(t, provider, settingsCluster, "env: staging", "env: "+env)
			check := func(when string, kept bool) {
				t.Helper()
				l.settledCluster(t)
				rsp := l.run(t)
				for _, part := range []string{keyInstance, poolPart(provider)} {
					if got := orphaned(rsp.GetDesired().GetResources()[part].GetResource()); got != kept {
						t.Errorf("%s in %s, %s: %s outlives its claim: %t", provider, env, when, part, got)
					}
				}
				got := composed(rsp)["deletionProtection"]
				if provider == "azure" {
					got = rsp.GetDesired().GetResources()[keyLock] != nil
				}
				if got != kept {
					t.Errorf("%s in %s, %s: deletionProtection is %v", provider, env, when, got)
				}
			}
			check("by default", keeps)
			l.settle(t, strings.Replace(settingsCluster, "providers:", less, 1))
			check("with settings that say less", keeps)
			object.Set(l.xr(), "true", "metadata", "annotations", "platform.victor.onl/allow-delete")
			check("with the annotation", false)
		}
	}
}
