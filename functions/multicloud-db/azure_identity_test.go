package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestIdentityAzure holds that an identity is asked for by the words that the provider reads back, in whatever case the
// settings write them: others would be a change at every look. What has a name of the platform's stays as it is written.
func TestIdentityAzure(t *testing.T) {
	t.Parallel()
	const at = "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/"
	settings := strings.ReplaceAll(settingsCluster, netAzure+"Microsoft.ManagedIdentity/userAssignedIdentities/aks",
		"/Subscriptions/s/resourcegroups/Rg-Net/providers/microsoft.managedidentity/UserAssignedIdentities/Aks")
	l := aliveCluster(t, "azure", settings)
	rsp := l.run(t)
	want := []any{"/subscriptions/s/resourceGroups/Rg-Net" + at + "Aks"}
	if diff := cmp.Diff(want, flat(composed(rsp))["identity.identityIds"]); diff != "" {
		t.Errorf("a cluster: -want, +got:\n%s", diff)
	}
	l.settle(t, strings.ReplaceAll(settings, "/Subscriptions/s/resourcegroups/Rg-Net", "/SUBSCRIPTIONS/S/RESOURCEGROUPS/RG-NET"))
	rsp = l.run(t)
	if diff := cmp.Diff(want, flat(composed(rsp))["identity.identityIds"]); diff != "" || fatal(rsp) != "" {
		t.Errorf("settings that write the same in another case: %s-want, +got:\n%s", fatal(rsp), diff)
	}
}

// TestKeyIdentityAzure holds the same of the identity that may use a key of the platform's, which stands beside the key
// once more. A live resource that was asked for by the settings' own words is asked for by the provider's from then on.
func TestKeyIdentityAzure(t *testing.T) {
	t.Parallel()
	const (
		said = "/Subscriptions/s/resourcegroups/Rg-Keys/providers/microsoft.managedidentity/UserAssignedIdentities/Keys"
		want = "/subscriptions/s/resourceGroups/Rg-Keys/providers/Microsoft.ManagedIdentity/userAssignedIdentities/Keys"
	)
	settings := strings.ReplaceAll(settingsIDs("sku: Premium, subnetID: SUBNET/E, privateDNSZoneID: ZONE/S, KEY"),
		"GROUP/Microsoft.ManagedIdentity/userAssignedIdentities/Keys", said)
	cases := map[string]struct {
		reason, part, at string
		alive            func(t *testing.T, settings string) *live
	}{
		"postgres": {"PostgreSQL calls it the primary one.", keyInstance, "primaryUserAssignedIdentityId", func(t *testing.T, s string) *live {
			t.Helper()
			return aliveDatabase(t, "azure", "postgres", s)
		}},
		"mysql": {"MySQL calls it the primary one.", keyInstance, "primaryUserAssignedIdentityId", func(t *testing.T, s string) *live {
			t.Helper()
			return aliveDatabase(t, "azure", "mysql", s)
		}},
		"bucket": {"A bucket's key is that of its account.", keyInstance, "userAssignedIdentityId", func(t *testing.T, s string) *live {
			t.Helper()
			return aliveBucket(t, "azure", s)
		}},
		"cache": {"A cache has a key of one version.", keyInstance, "userAssignedIdentityId", func(t *testing.T, s string) *live {
			t.Helper()
			return aliveCache(t, "azure", s)
		}},
		"queue": {"A queue's key is that of its namespace.", "namespace", "identityId", func(t *testing.T, s string) *live {
			t.Helper()
			return aliveQueue(t, "azure", s)
		}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := tc.alive(t, settings)
			first := l.run(t)
			body := func(rsp *fnv1.RunFunctionResponse) *structpb.Struct {
				return object.Struct(rsp.GetDesired().GetResources()[tc.part].GetResource(), "spec", "forProvider")
			}
			got := map[string]any{"key": object.String(body(first), "customerManagedKey", tc.at), "block": list(body(first), "identity", "identityIds")[0]}
			if diff := cmp.Diff(map[string]any{"key": want, "block": want}, got); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
			object.Set(l.request.GetObserved().GetResources()[tc.part].GetResource(), said, "spec", "forProvider", "customerManagedKey", tc.at)
			next := l.run(t)
			if diff := cmp.Diff(bodies(first), bodies(next)); diff != "" || fatal(next) != "" || composedAs(next).GetMessage() != composedAs(first).GetMessage() {
				t.Errorf("\n%s\nasked for by the settings' words before: %s%s: -before, +after:\n%s", tc.reason, fatal(next), composedAs(next).GetMessage(), diff)
			}
		})
	}
}

// TestClusterCaseAzure holds that ids which Azure reports in another case than they were asked for, and settings that
// write them so, change nothing of a live cluster: another subnet would make the pool anew, another zone, set or key another cluster.
func TestClusterCaseAzure(t *testing.T) {
	t.Parallel()
	for name, turn := range map[string]func(string) string{
		"Lower": strings.ToLower,
		"Upper": strings.ToUpper,
		"Words": strings.NewReplacer("resourceGroups", "resourcegroups", "Microsoft.", "microsoft.", "virtualNetworks", "virtualnetworks").Replace,
	} {
		alive := aliveCluster(t, "azure", settingsCluster)
		before := alive.run(t)
		for where, turns := range map[string]func(*live){
			"reported": func(l *live) { turnReported(l, turn) },
			"said":     func(l *live) { l.settle(t, turnSaid(turn)) },
			"both":     func(l *live) { turnReported(l, turn); l.settle(t, turnSaid(turn)) },
		} {
			l := alive.twin()
			turns(l)
			rsp := l.run(t)
			if diff := cmp.Diff(flat(composed(before)), flat(composed(rsp))); diff != "" || composedAs(rsp).GetReason() != composedAs(before).GetReason() {
				t.Errorf("%s, %s: %s%s: -before, +after:\n%s", name, where, fatal(rsp), composedAs(rsp).GetMessage(), diff)
			}
		}
	}
}

// idsAzure are where a cluster of AKS has ids.
var idsAzure = [][]string{
	{"defaultNodePool", "vnetSubnetId"}, {"privateDnsZoneId"}, {"diskEncryptionSetId"}, {"keyManagementService", "keyVaultKeyId"}, {"resourceGroupName"},
}

func turnReported(l *live, turn func(string) string) {
	at := object.Struct(l.instance(), "status", "atProvider")
	for _, path := range idsAzure {
		object.Set(at, turn(object.String(at, path...)), path...)
	}
	object.Set(at, []any{turn(list(at, "identity", "identityIds")[0])}, "identity", "identityIds")
}

// turnSaid turns the values of the settings of a cluster on Azure, and no key of theirs.
func turnSaid(turn func(string) string) string {
	var out strings.Builder
	for line := range strings.Lines(settingsCluster) {
		key, value, _ := strings.Cut(line, ": ")
		if strings.HasPrefix(value, "/subscriptions/") || strings.Contains(value, "vault.azure.net") || strings.HasPrefix(value, "rg-") {
			line = key + ": " + turn(value)
		}
		out.WriteString(line)
	}
	return out.String()
}
