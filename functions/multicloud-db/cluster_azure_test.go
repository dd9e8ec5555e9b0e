package multiclouddb

import (
	"encoding/base64"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"
	"sigs.k8s.io/yaml"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestClusterAgainAzure holds that a claim which is made again on Azure has the cluster that it left,
// with its pool as it is.
func TestClusterAgainAzure(t *testing.T) {
	t.Parallel()
	const section = `  cluster: {version: "1.35", highAvailability: true, nodes: {min: 3, max: 9}}` + "\n"
	for name, tc := range map[string]struct {
		reason               string
		made, spec, settings []string // old and new: of the claim before, of the claim made again, of its settings
		want                 map[string]any
	}{
		"Same":     {reason: "The same words ask for the same."},
		"Subnet":   {reason: "Nodes stay in their subnet.", settings: []string{"subnets/aks", "subnets/other"}},
		"Zone":     {reason: "The name of the API server stays in its zone.", settings: []string{"privatelink.westeurope", "other.privatelink.westeurope"}},
		"Ranges":   {reason: "The ranges are the cluster's.", settings: []string{"10.200.0.0/16", "10.201.0.0/16", "172.21.0.0/16", "172.22.0.0/16"}},
		"Outbound": {reason: "So is the way out.", settings: []string{"userDefinedRouting", "userAssignedNATGateway"}},
		"Disks":    {reason: "So is the key of the disks.", settings: []string{"diskEncryptionSets/aks", "diskEncryptionSets/other"}},
		"Key":      {reason: "And that of the Secrets.", settings: []string{"keys/clusters/1", "keys/clusters/2"}},
		"Public":   {reason: "A private cluster stays private.", settings: openAzure},
		"PublicStays": {
			reason: "Who is let in stays let in where the settings say nothing.", settings: []string{},
			made: []string{"PUBLIC", ""},
		},
		"Unsaid": {reason: "A claim that says nothing of its nodes takes those that it finds.", spec: []string{section, "  cluster: {}\n"}},
		"Alone": {
			reason: "Zones that new nodes would have are not those of nodes that are there.",
			made:   []string{section, "  cluster: {highAvailability: false}\n"},
			spec:   []string{"{highAvailability: false}", "{highAvailability: true, nodes: {min: 3, max: 6}}"},
			want:   map[string]any{poolAzure + "upgradeSettings.maxSurge": "33%", poolAzure + "minCount": 3.0, poolAzure + "maxCount": 6.0},
		},
		"Nodes": {
			reason: "Other bounds are an edit.", spec: []string{"min: 3, max: 9", "min: 6, max: 12"},
			want: map[string]any{poolAzure + "minCount": 6.0, poolAzure + "maxCount": 12.0},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := settingsCluster
			if len(tc.made) == 2 && tc.made[0] == "PUBLIC" {
				settings, tc.made = strings.Replace(settings, openAzure[0], openAzure[1], 1), nil
			}
			left := aliveCluster(t, "azure", settings, tc.made...)
			before := left.run(t)
			left.spec = strings.NewReplacer(tc.spec...).Replace(left.spec)
			rsp := again(t, left, strings.NewReplacer(append([]string{openAzure[1], ""}, tc.settings...)...).Replace(settings))
			want := flat(composed(before))
			maps.Copy(want, tc.want)
			if diff := cmp.Diff(want, flat(composed(rsp))); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestClusterPublicAzure holds that the public endpoint of a cluster on Azure is never open to the world.
func TestClusterPublicAzure(t *testing.T) {
	t.Parallel()
	public := strings.NewReplacer(append(openAzure, balancedAzure...)...).Replace(settingsCluster)
	for name, tc := range map[string]struct{ reason, list, want string }{
		"Same":  {"Whom the settings say is let in.", "[203.0.113.0/24]", "203.0.113.0/24"},
		"Other": {"They are followed.", "[198.51.100.0/24]", "198.51.100.0/24"},
		"None":  {"A list of nobody lets in the cluster's own nodes alone: without an item the world would come in.", "[]", "0.0.0.0/32"},
		"Gone":  {"A list that is gone changes nothing.", "null", "203.0.113.0/24"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := aliveCluster(t, "azure", public)
			l.settle(t, strings.Replace(public, "[203.0.113.0/24]", tc.list, 1))
			for range 2 {
				rsp := l.run(t)
				got := flat(composed(rsp))
				if diff := cmp.Diff([]any{tc.want}, got["apiServerAccessProfile.authorizedIpRanges"]); diff != "" {
					t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
				}
				if got["privateClusterEnabled"] != false || composedAs(rsp).GetReason() != "PublicEndpoint" && tc.list != "null" {
					t.Errorf("\n%s\nit is private, or nobody is told that it is not: %s", tc.reason, composedAs(rsp).GetReason())
				}
				observeCluster(t, l, rsp.GetDesired().GetResources())
			}
		})
	}
}

// TestClusterNodesAzure holds how many nodes a claim comes to on Azure, and in which zones.
func TestClusterNodesAzure(t *testing.T) {
	t.Parallel()
	three := []any{"1", "2", "3"}
	const whole = "{version: \"1.35\", highAvailability: true, nodes: {min: 3, max: 9}}"
	for name, tc := range map[string]struct {
		reason, cluster, env, region string
		least, most                  float64
		zones                        any
		says                         string
	}{
		"DefaultProd": {"Three zones have a node each, and room for as many again.", "{}", "prod", "eu-west", 3, 6, three, ""},
		"DefaultDev":  {"AKS takes two at least.", "{}", "dev", "eu-west", 2, 3, nil, ""},
		"One":         {"One that the claim says is lifted, and that is said.", "{nodes: {min: 1, max: 1}}", "dev", "eu-west", 2, 2, nil, "is lifted to 2"},
		"Most":        {"Less than the least takes it along.", "{nodes: {max: 5}}", "dev", "eu-west", 2, 5, nil, ""},
		"Zoneless":    {"A region without zones has none to spread nodes over.", "{}", "prod", "westus", 3, 6, nil, "westus has no zones"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := settingsCluster
			if tc.region != "eu-west" {
				settings = strings.Replace(settings, "westeurope:", tc.region+":", 1)
			}
			l := aliveCluster(t, "azure", settings, whole, tc.cluster, "env: staging", "env: "+tc.env, "region: eu-west", "region: "+tc.region)
			rsp := l.run(t)
			got := flat(composed(rsp))
			is := []any{got[poolAzure+"minCount"], got[poolAzure+"maxCount"], got[poolAzure+"zones"]}
			if diff := cmp.Diff([]any{tc.least, tc.most, tc.zones}, is); diff != "" || got[poolAzure+"nodeCount"] != nil {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
			if says := composedAs(rsp).GetMessage(); !strings.Contains(says, tc.says) {
				t.Errorf("\n%s\nComposed says %q", tc.reason, says)
			}
		})
	}
}

// TestClusterUntoldAzure holds that reports which lack what they had change nothing of a live cluster.
func TestClusterUntoldAzure(t *testing.T) {
	t.Parallel()
	alive := aliveCluster(t, "azure", settingsCluster)
	before := flat(composed(alive.run(t)))
	for _, field := range append([]string{""}, strings.Fields(`location defaultNodePool networkProfile currentKubernetesVersion kubernetesVersion identity
		privateClusterEnabled privateDnsZoneId dnsPrefix nodeResourceGroup azureActiveDirectoryRoleBasedAccessControl keyManagementService diskEncryptionSetId`)...) {
		l := alive.twin()
		there := object.Struct(l.instance(), "status", "atProvider")
		if field == "" {
			object.Set(l.instance(), fromYAML(t, "{id: x}"), "status", "atProvider")
		}
		delete(there.GetFields(), field)
		rsp := l.run(t)
		if diff := cmp.Diff(before, flat(composed(rsp))); diff != "" {
			t.Errorf("a report without %q: fatal %q: -want, +got:\n%s", field, fatal(rsp), diff)
		}
	}
}

// TestClusterConnectionAzure holds what is published of a cluster on Azure: of the secret that its
// provider writes the CA alone.
func TestClusterConnectionAzure(t *testing.T) {
	t.Parallel()
	l := aliveCluster(t, "azure", settingsCluster)
	got := map[string]string{}
	for key, value := range l.run(t).GetDesired().GetComposite().GetConnectionDetails() {
		got[key] = string(value)
	}
	kubeconfig := got["kubeconfig"]
	delete(got, "kubeconfig")
	want := map[string]string{
		"name": got["name"], "provider": "azure", "region": "westeurope", "version": "1.35", "endpoint": "https://x.privatelink.westeurope.azmk8s.io",
		"ca.crt": "pem", "oidcIssuer": "https://westeurope.oic.prod-aks.azure.com/t/x/",
	}
	if diff := cmp.Diff(want, got); diff != "" || got["name"] == "" {
		t.Errorf("-want, +got:\n%s", diff)
	}
	read := map[string]any{}
	if err := yaml.UnmarshalStrict([]byte(kubeconfig), &read); err != nil {
		t.Fatalf("%v in\n%s", err, kubeconfig)
	}
	user, _ := read["users"].([]any)[0].(map[string]any)["user"].(map[string]any)
	exec, _ := user["exec"].(map[string]any)
	if len(user) != 1 || exec["command"] != "kubelogin" || !strings.Contains(kubeconfig, base64.StdEncoding.EncodeToString([]byte("pem"))) {
		t.Errorf("the kubeconfig has another login, or no CA:\n%s", kubeconfig)
	}
	l.request.GetObserved().GetResources()[keyInstance].ConnectionDetails = nil
	object.Set(l.xr(), structpb.NewNullValue(), "status")
	if rsp := l.run(t); len(rsp.GetDesired().GetComposite().GetConnectionDetails()) != 0 {
		t.Error("a connection is published that no CA verifies")
	}
}
