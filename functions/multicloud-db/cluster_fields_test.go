package multiclouddb

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// adoptableClusters are the kinds of cluster that a provider of Upjet's adopts, as adoptable are
// those of databases. What is in left is computed by Terraform where it is left out.
var adoptableClusters = map[string]struct {
	provider, crd string
	facts         string // that agree with the claim
	changes       []string
	creation      []string
	left          []string
}{
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

// TestClusterTakenOverAsItIs holds, for every field that the CRD lets a managed resource set,
// that it stays what the provider said it is, unless the claim is about it.
func TestClusterTakenOverAsItIs(t *testing.T) {
	t.Parallel()
	checker, err := crds.Load()
	if err != nil {
		t.Fatal(err)
	}
	for kind, tc := range adoptableClusters {
		for _, off := range []bool{false, true} {
			t.Run(kind+map[bool]string{true: "/off"}[off], func(t *testing.T) {
				t.Parallel()
				spec, status := schemas(t, strings.Replace(tc.crd, "%s", "", 1))
				sample := crds.Sample(status)
				if off {
					sample = crds.Off(sample)
				}
				there := sample.GetStructValue()
				crds.Overlay(there, fromYAML(t, tc.facts))
				claim := xrHead + "  provider: " + tc.provider + "\n  type: cluster\n  profile: medium\n  region: eu-west\n  externalName: old\n  adopt: Manage\n"
				namespaced := strings.NewReplacer("XResource", "Resource", "metadata: {", "metadata: {namespace: payments-prod-infra, ").Replace(claim)
				for scope, xr := range map[string]string{"claim": claim, "namespaced": namespaced} {
					o := takenOver(t, xr, there)
					if err := checker.Check(inNamespace(o, scope == "namespaced")); err != nil {
						t.Error(scope, err)
					}
					if policies := list(o, "spec", "managementPolicies"); len(policies) == 0 || slices.Contains(policies, "*") || slices.Contains(policies, "LateInitialize") {
						t.Errorf("%s: what is left out would be filled in, and pinned: %v", scope, policies)
					}
					for _, path := range crds.Leaves(spec, status, "") {
						isIn := func(p string) bool { return path == p || strings.HasPrefix(path, p+".") }
						if slices.ContainsFunc(slices.Concat(tc.changes, tc.creation), isIn) {
							continue
						}
						at := strings.Split(path, ".")
						is, asked := object.Get(there, at...).AsInterface(), object.Get(o, append([]string{"spec", "forProvider"}, at...)...).AsInterface()
						if slices.ContainsFunc(tc.left, isIn) {
							is = nil // or it would be set back whenever the cloud changes it
						}
						if diff := cmp.Diff(is, asked); diff != "" {
							t.Errorf("%s: %s would be reset: -there, +composed:\n%s", scope, path, diff)
						}
					}
				}
			})
		}
	}
}
