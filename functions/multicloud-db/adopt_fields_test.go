package multiclouddb

import (
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// adoptable are the kinds of instance that a provider of Upjet's adopts.
var adoptable = map[string]struct {
	provider, engine, crd string
	facts                 string // that agree with the claim
	source                string // the field that a read replica has
	// changes are the fields that the claim, its policy and its size are about.
	changes []string
	// creation are fields that only count when an instance is made, or that the
	// provider computes where they are left out.
	creation []string
	// left are fields that Terraform computes where they are left out, and that the cloud or a
	// person may change: none is ever asked for.
	left []string
}{
	"DatabaseInstance": {
		provider: "gcp", engine: "postgres", source: "masterInstanceName", crd: "sql.gcp.%supbound.io_databaseinstances",
		facts: "{databaseVersion: POSTGRES_17, region: europe-west1, settings: {diskSize: 50, availabilityType: REGIONAL, " +
			"ipConfiguration: {pscConfig: []}}}",
		changes: strings.Fields(`deletionProtection settings.diskSize`),
		creation: strings.Fields(`backupdrBackup clone finalBackupDescription maintenanceVersion nodeCount pointInTimeRestoreContext replicaConfiguration
			replicaNames replicationCluster restoreBackupContext settings.ipConfiguration.pscConfig settings.sqlServerAuditConfig`),
		left: strings.Fields(`masterInstanceName settings.connectionPoolConfig settings.connectorEnforcement settings.dataApiAccess settings.dataCacheConfig
			settings.dataDiskProvisionedIops settings.dataDiskProvisionedThroughput settings.insightsConfig settings.ipConfiguration.serverCaMode
			settings.ipConfiguration.sslMode settings.locationPreference settings.readPoolAutoScaleConfig`),
	},
	"Instance": {
		provider: "aws", engine: "postgres", source: "replicateSourceDb", crd: "rds.aws.%supbound.io_instances",
		facts: `{engine: postgres, engineVersionActual: "17.4", region: eu-west-1, allocatedStorage: 50, multiAz: false}`,
		changes: strings.Fields(`engineVersion deleteAutomatedBackups finalSnapshotIdentifier skipFinalSnapshot allocatedStorage
			allowMajorVersionUpgrade applyImmediately`),
		creation: strings.Fields(`blueGreenUpdate characterSetName identifierPrefix ncharCharacterSetName passwordWoVersion restoreToPointInTime
			s3Import snapshotIdentifier timezone upgradeStorageConfig`),
		left: strings.Fields(`availabilityZone backupWindow caCertIdentifier databaseInsightsMode domainFqdn engineLifecycleSupport iops licenseModel
			maintenanceWindow masterUserSecretKmsKeyId monitoringRoleArn networkType optionGroupName parameterGroupName performanceInsightsKmsKeyId
			performanceInsightsRetentionPeriod port replicaMode storageThroughput storageType vpcSecurityGroupIds`),
	},
	"PostgreSQL FlexibleServer": {
		provider: "azure", engine: "postgres", source: "sourceServerId", crd: "dbforpostgresql.azure.%supbound.io_flexibleservers",
		facts:   `{version: "17", location: westeurope, storageMb: 65536}`,
		changes: strings.Fields(`storageMb createMode`),
		// The provider takes no other replicationRole than None, with which a replica becomes a
		// primary. Of PostgreSQL it reports what its managed resource says, and of MySQL it
		// computes the role where that is left out.
		creation: strings.Fields(`replicationRole administratorPasswordWo administratorPasswordWoVersion pointInTimeRestoreTimeInUtc zone
			highAvailability.standbyAvailabilityZone`),
		left: strings.Fields(`authentication`),
	},
	"MySQL FlexibleServer": {
		provider: "azure", engine: "mysql", source: "sourceServerId", crd: "dbformysql.azure.%supbound.io_flexibleservers",
		facts:   `{version: "8.4", location: westeurope, storage: {sizeGb: 50}}`,
		changes: strings.Fields(`storage.sizeGb`),
		creation: strings.Fields(`replicationRole administratorPasswordWo administratorPasswordWoVersion createMode pointInTimeRestoreTimeInUtc zone ` +
			`highAvailability.standbyAvailabilityZone`),
		left: strings.Fields(`publicNetworkAccess storage.iops`),
	},
}

// TestTakenOverAsItIs holds, for every field that the CRD lets a managed resource
// set, that it stays what the provider said it is, unless the claim is about it;
// and that nothing is written that only the provider reports: of a primary, of a replica, and
// of a primary with each switch off and each number 0.
func TestTakenOverAsItIs(t *testing.T) {
	t.Parallel()
	checker, err := crds.Load()
	if err != nil {
		t.Fatal(err)
	}
	for kind, tc := range adoptable {
		for _, role := range []string{"primary", "replica", "off"} {
			t.Run(kind+"/"+role, func(t *testing.T) {
				t.Parallel()
				_, status := schemas(t, strings.Replace(tc.crd, "%s", "", 1))
				sample := crds.Sample(status)
				if role == "off" {
					sample = crds.Off(sample)
					delete(sample.GetStructValue().GetFields(), "highAvailability") // with a standby Azure has the disk of MySQL grow
				}
				there := sample.GetStructValue()
				crds.Overlay(there, fromYAML(t, tc.facts))
				if role != "replica" {
					delete(there.GetFields(), tc.source)
				}
				adoptedKind{crd: tc.crd, changes: tc.changes, creation: tc.creation, left: tc.left}.stays(t, checker, specOf(tc.provider, tc.engine), there)
			})
		}
	}
}

// takenOver is the instance of a claim that manages what is there.
func takenOver(t *testing.T, xr string, there *structpb.Struct) *structpb.Struct {
	t.Helper()
	req := request(t, xr, settingsAdopt, map[string]string{keyInstance: "{}"})
	req.Observed.Resources[keyInstance] = &fnv1.Resource{Resource: object.New(object.Map{
		"metadata": object.Map{"annotations": object.Map{requested + "external-name": "old"}},
		"status":   object.Map{"atProvider": there},
	})}
	rsp := run(t, req)
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
	if policies := list(o, "spec", "managementPolicies"); slices.Equal(policies, []string{"Observe"}) {
		t.Fatal(rsp.GetConditions())
	}
	return o
}

func inNamespace(o *structpb.Struct, namespaced bool) map[string]any {
	out := o.AsMap()
	meta, _ := out["metadata"].(map[string]any)
	meta["name"] = "x"
	if namespaced {
		meta["namespace"] = "payments-prod-infra"
	}
	return out
}

// schemas are those of a CRD's forProvider and atProvider.
func schemas(t *testing.T, name string) (spec, status apiextensions.JSONSchemaProps) {
	t.Helper()
	spec, status, err := crds.Schemas(name)
	if err != nil {
		t.Fatal(err)
	}
	return spec, status
}
