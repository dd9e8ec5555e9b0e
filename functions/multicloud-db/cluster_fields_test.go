package multiclouddb

import (
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/test/crds"
)

// adoptableClusters are the kinds of cluster that a provider of Upjet's adopts, as adoptable are
// those of databases. What is in left is computed by Terraform where it is left out.
var adoptableClusters = map[string]adoptedKind{
	"GKE": {
		provider: "gcp", crd: "container.gcp.%supbound.io_clusters",
		facts:    `{location: europe-west1, masterVersion: 1.35.1-gke.1, enableAutopilot: false}`,
		changes:  strings.Fields(`deletionProtection`),
		creation: strings.Fields(`minMasterVersion removeDefaultNodePool skipNodePoolRefresh ignoreNodeCountChanges`),
		left: strings.Fields(`addonsConfig allowNetAdmin anonymousAuthenticationConfig authenticatorGroupsConfig autopilotClusterPolicyConfig
			autopilotPrivilegedAdmission clusterAutoscaling clusterIpv4Cidr confidentialNodes controlPlaneEndpointsConfig costManagementConfig
			databaseEncryption datapathProvider defaultMaxPodsPerNode defaultSnatStatus enableAutopilot enableIntranodeVisibility enterpriseConfig
			gatewayApiConfig gkeAutoUpgradeConfig identityServiceConfig ipAllocationPolicy loggingConfig loggingService masterAuth
			masterAuthorizedNetworksConfig meshCertificates monitoringConfig monitoringService networkingMode nodeConfig nodeCreationConfig
			nodeLocations nodePoolAutoConfig nodePoolDefaults nodeVersion notificationConfig podAutoscaling privateClusterConfig
			privateIpv6GoogleAccess project rbacBindingConfig releaseChannel securityPostureConfig serviceExternalIpsConfig subnetwork
			verticalPodAutoscaling workloadIdentityConfig`),
	},
	"EKS": {
		provider: "aws", crd: "eks.aws.%supbound.io_clusters",
		facts:   `{region: eu-west-1, version: "1.35", computeConfig: {enabled: false}, outpostConfig: null, deletionProtection: true}`,
		changes: strings.Fields(`forceUpdateVersion`),
		left: strings.Fields(`accessConfig bootstrapSelfManagedAddons outpostConfig upgradePolicy version vpcConfig.controlPlaneEgressMode
			vpcConfig.publicAccessCidrs`),
	},
}

// TestClusterTakenOverAsItIs holds the same of clusters, and of one with each switch off and each
// number 0.
func TestClusterTakenOverAsItIs(t *testing.T) {
	t.Parallel()
	checker, err := crds.Load()
	if err != nil {
		t.Fatal(err)
	}
	for kind, tc := range adoptableClusters {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			_, status := schemas(t, strings.Replace(tc.crd, "%s", "", 1))
			tc.staysAsItIs(t, checker, "cluster", crds.Sample(status).GetStructValue())
			tc.staysAsItIs(t, checker, "cluster", crds.Off(crds.Sample(status)).GetStructValue())
		})
	}
}
