package multiclouddb

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// TestClusterTheirsAzure holds that what others turn on in a cluster of AKS stays on: Azure Policy and Defender for Cloud do so in all
// clusters of a subscription, by themselves and again and again. The provider takes off what it is not told of, unless that
// stands in spec.initProvider (filterInitExclusiveDiffs of pkg/controller in upjet), and so may do it once.
func TestClusterTheirsAzure(t *testing.T) {
	t.Parallel()
	checker, err := crds.Load()
	if err != nil {
		t.Fatal(err)
	}
	for field, tc := range map[string]struct {
		there string
		never bool // the provider takes it off not even once
	}{
		"azurePolicyEnabled":           {"true", true},
		"microsoftDefender":            {"{logAnalyticsWorkspaceId: /workspaces/w}", false},
		"omsAgent":                     {"{logAnalyticsWorkspaceId: /workspaces/w, msiAuthForMonitoringEnabled: true, omsAgentIdentity: [{clientId: x}]}", false},
		"monitorMetrics":               {"{}", false},
		"keyVaultSecretsProvider":      {"{secretRotationEnabled: true, secretRotationInterval: 2m, secretIdentity: [{clientId: x}]}", false},
		"maintenanceWindow":            {"{allowed: [{day: Sunday, hours: [1, 2]}]}", false},
		"maintenanceWindowAutoUpgrade": {"{frequency: Weekly, interval: 1, duration: 4, notAllowed: [{start: a, end: b}]}", false},
		"maintenanceWindowNodeOs":      {"{frequency: Weekly, interval: 1, duration: 4}", false},
	} {
		t.Run(field, func(t *testing.T) {
			t.Parallel()
			l := aliveCluster(t, "azure", settingsCluster)
			on := fromYAML(t, "{v: "+tc.there+"}").GetFields()["v"]
			off := 0
			for call := range 5 {
				has := proto.CloneOf(on) // others have turned it on, again
				o := l.instance()
				if object.Get(o, "spec", "initProvider", field) == nil {
					off++
				}
				object.Set(o, has, "status", "atProvider", field)
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				if call == 3 { // a report that lacks it for once changes nothing
					delete(object.Struct(l.instance(), "status", "atProvider").GetFields(), field)
					rsp = l.run(t)
				}
				next := made(rsp.GetDesired().GetResources()[keyInstance].GetResource())
				if err := checker.Check(inNamespace(next, false)); err != nil {
					t.Error(err)
				}
				if said := object.Get(next, "spec", "forProvider", field); said != nil {
					t.Errorf("it is asked for as %v", said)
				}
				object.Set(next, object.Get(o, "status"), "status")
				l.request.Observed.Resources[keyInstance] = &fnv1.Resource{Resource: next, ConnectionDetails: clusterDetails["azure/"+keyInstance]}
			}
			if want := map[bool]int{true: 0, false: 1}[tc.never]; off != want {
				t.Errorf("in five looks the provider takes it off %d times, want %d", off, want)
			}
		})
	}
	l := aliveCluster(t, "azure", settingsCluster)
	if diff := cmp.Diff(map[string]any{"azurePolicyEnabled": false}, object.Struct(l.instance(), "spec", "initProvider").AsMap()); diff != "" {
		t.Errorf("of a cluster in which nobody has turned on anything: -want, +got:\n%s", diff)
	}
}

// TestClusterWindowGCP holds that the maintenance window of a cluster of GKE is asked for at creation only: exclusions stand in the
// same block, and one that somebody adds, so that nothing is upgraded for some weeks, would be taken off at the next look.
func TestClusterWindowGCP(t *testing.T) {
	t.Parallel()
	l := aliveCluster(t, "gcp", settingsCluster)
	object.Set(l.instance(), fromYAML(t, `{dailyMaintenanceWindow: {startTime: "03:00"}, maintenanceExclusion: [{exclusionName: freeze}]}`),
		"status", "atProvider", "maintenancePolicy")
	o := l.run(t).GetDesired().GetResources()[keyInstance].GetResource()
	if got := object.Get(o, "spec", "forProvider", "maintenancePolicy"); got != nil {
		t.Errorf("the provider is asked for %v, and takes the exclusion off", got)
	}
	if got := object.String(o, "spec", "initProvider", "maintenancePolicy", "dailyMaintenanceWindow", "startTime"); got != "03:00" {
		t.Errorf("a new cluster gets the window %q", got)
	}
}
