package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestClusterOutboundAzure holds that a public endpoint never cuts off the nodes of its own cluster: AKS lets them in by
// itself only where they leave by the cluster's load balancer. Behind a firewall or a gateway of the platform's their
// address is one of the list, and a list of nobody is refused.
func TestClusterOutboundAzure(t *testing.T) {
	t.Parallel()
	const empty = notMovedAzure + "authorizedNetworks: is empty, and the nodes of this cluster leave by "
	public := strings.Replace(settingsCluster, openAzure[0], openAzure[1], 1)
	for outbound, refused := range map[string]string{
		"loadBalancer": "", "userDefinedRouting": empty + "userDefinedRouting", "userAssignedNATGateway": empty + "userAssignedNATGateway",
	} {
		by := strings.Replace(public, "userDefinedRouting", outbound, 1)
		l := aliveCluster(t, "azure", by)
		rsp := l.run(t)
		says, among := composedAs(rsp).GetMessage(), "whose address has to be among them"
		if strings.Contains(says, among) != (refused != "") || strings.Contains(says, "own nodes") != (refused == "") {
			t.Errorf("%s: Composed says %q", outbound, says)
		}
		nobody := strings.Replace(by, "[203.0.113.0/24]", "[]", 1)
		for name, settings := range map[string]string{
			"Said": nobody, "Unsaid": strings.Replace(nobody, "            outboundType: "+outbound+"\n", "", 1),
		} {
			l := l.twin()
			l.settle(t, settings)
			rsp := l.run(t)
			got := fatal(rsp)
			if !strings.HasPrefix(got, refused) || (got == "") != (refused == "") {
				t.Errorf("%s, %s: -want, +got:\n%s", outbound, name, cmp.Diff(refused, got))
			}
		}
	}
}
