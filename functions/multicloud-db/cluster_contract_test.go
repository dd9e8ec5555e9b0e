package multiclouddb

import (
	"slices"
	"strings"
	"testing"
)

// clusterContract are the edits that a live cluster is asked about before all others, and the cases of TestClusterEdits
// and TestClusterEditsIBM that try each on each cloud, in words. The size of nodes on Azure is in TestClusterLock, which
// has a lock to be refused by; what other machines come to is for the step that sizes.
var clusterContract = []struct{ edit, gcp, aws, azure, ibm string }{
	{
		"region, provider, type, project, env or name",
		"Region Provider Type Project Env ExternalName", "Region Provider Type Project Env ExternalName", "Region Provider Type Project Env ExternalName",
		"Region Provider Type Project Env Name",
	},
	{
		"network, subnets, ranges or VPC",
		"Network NetworkGone Subnetwork Pods Services RangesGone Zones", "Subnets SubnetMore SubnetLess SubnetsGone Services ServicesGone",
		"Group Subnet Zone NetworkGone Pods PodsGone Services Outbound", "VPC VPCGone Pods Services RangesGone Zones ZonesGone Group Outbound OutboundGone",
	},
	{
		"private or public endpoint",
		"Authorized AuthorizedNobody AuthorizedGone AuthorizedWorld DNSOn DNSOff DNSGone DNSGoneClosed",
		"Authorized AuthorizedNobody AuthorizedGone AuthorizedWorld AuthorizedPrivate", "Public Private", "Public PublicOff PublicGone",
	},
	{
		"version down, or by two minors",
		"VersionOlder VersionTwo Version", "VersionOlder VersionTwo Version", "VersionOlder VersionTwo Version", "VersionOlder VersionTwo Version",
	},
	{"profile", "Profile", "Profile", "Profile", "Profile"},
	{"high availability", "Alone Available", "Alone Available", "Alone Available", "Alone Available"},
	{"own key removed or changed", "Key KeyGone", "Key KeyGone", "Key KeyGone", "Key KeyGone"},
	{
		"account, role or identity", "Account AccountGone Project", "Role RoleGone NodeRole NodeRoleGone", "Identity IdentityGone Groups GroupsGone Tenant",
		"", // nodes have none there
	},
}

// TestClusterContract holds that no such edit is without its case on a cloud.
func TestClusterContract(t *testing.T) {
	t.Parallel()
	var has []string
	for _, tc := range slices.Concat(clusterEditsGCP, clusterEditsAWS, clusterEditsAzure) {
		has = append(has, tc.provider+" "+tc.name)
	}
	for name := range clusterEditsIBM {
		has = append(has, "ibm "+name)
	}
	for _, row := range clusterContract {
		for provider, names := range map[string]string{"gcp": row.gcp, "aws": row.aws, "azure": row.azure, "ibm": row.ibm} {
			for name := range strings.FieldsSeq(names) {
				if !slices.Contains(has, provider+" "+name) {
					t.Errorf("%s on %s: there is no case %s", row.edit, provider, name)
				}
			}
		}
	}
}
