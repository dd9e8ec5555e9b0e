package main

import (
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"
	apiextensions "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"sigs.k8s.io/yaml"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// adoptable are the kinds of instance that a provider of Upjet's adopts.
var adoptable = map[string]struct {
	provider, engine, crd string
	facts                 string // that agree with the claim
	// changes are the fields that the claim, its policy and its size are about.
	changes []string
	// creation are fields that only count when an instance is made, or that the
	// provider computes where they are left out.
	creation []string
}{
	"DatabaseInstance": {
		provider: "gcp", engine: "postgres", crd: "sql.gcp.%supbound.io_databaseinstances",
		facts: "{databaseVersion: POSTGRES_17, region: europe-west1, settings: {diskSize: 50, ipConfiguration: {pscConfig: []}}}",
		changes: strings.Fields(`databaseVersion region encryptionKeyName deletionProtection settings.availabilityType settings.deletionProtectionEnabled
			settings.backupConfiguration.backupRetentionSettings.retainedBackups settings.backupConfiguration.backupRetentionSettings.retentionUnit
			settings.backupConfiguration.transactionLogRetentionDays settings.backupConfiguration.enabled settings.backupConfiguration.binaryLogEnabled
			settings.backupConfiguration.pointInTimeRecoveryEnabled settings.finalBackupConfig settings.retainBackupsOnDelete settings.tier settings.diskSize`),
		creation: strings.Fields(`backupdrBackup clone finalBackupDescription maintenanceVersion nodeCount pointInTimeRestoreContext replicaConfiguration
			replicaNames replicationCluster restoreBackupContext settings.ipConfiguration.pscConfig settings.sqlServerAuditConfig`),
	},
	"Instance": {
		provider: "aws", engine: "postgres", crd: "rds.aws.%supbound.io_instances",
		facts: `{engine: postgres, engineVersionActual: "17.4", region: eu-west-1, allocatedStorage: 50, multiAz: false}`,
		changes: strings.Fields(`engine engineVersion region identifier kmsKeyId dbSubnetGroupName deletionProtection multiAz backupRetentionPeriod
			copyTagsToSnapshot deleteAutomatedBackups finalSnapshotIdentifier skipFinalSnapshot instanceClass allocatedStorage maxAllocatedStorage
			allowMajorVersionUpgrade applyImmediately`),
		creation: strings.Fields(`blueGreenUpdate characterSetName identifierPrefix ncharCharacterSetName passwordWoVersion restoreToPointInTime
			s3Import snapshotIdentifier timezone upgradeStorageConfig`),
	},
	"PostgreSQL FlexibleServer": {
		provider: "azure", engine: "postgres", crd: "dbforpostgresql.azure.%supbound.io_flexibleservers",
		facts: `{version: "17", location: westeurope, storageMb: 65536}`,
		changes: strings.Fields(`version location resourceGroupName delegatedSubnetId privateDnsZoneId highAvailability.mode backupRetentionDays
			autoGrowEnabled skuName storageMb storageTier createMode`),
		creation: strings.Fields(`administratorPasswordWo administratorPasswordWoVersion pointInTimeRestoreTimeInUtc zone highAvailability.standbyAvailabilityZone`),
	},
	"MySQL FlexibleServer": {
		provider: "azure", engine: "mysql", crd: "dbformysql.azure.%supbound.io_flexibleservers",
		facts: `{version: "8.4", location: westeurope, storage: {sizeGb: 50}}`,
		changes: strings.Fields(`version location resourceGroupName delegatedSubnetId privateDnsZoneId highAvailability.mode backupRetentionDays
			skuName storage.sizeGb storage.autoGrowEnabled`),
		creation: strings.Fields(`administratorPasswordWo administratorPasswordWoVersion createMode pointInTimeRestoreTimeInUtc zone ` +
			`highAvailability.standbyAvailabilityZone`),
	},
}

// TestTakenOverAsItIs holds, for every field that the CRD lets a managed resource
// set, that it stays what the provider said it is, unless the claim is about it;
// and that nothing is written that only the provider reports.
func TestTakenOverAsItIs(t *testing.T) {
	t.Parallel()
	checker, err := crds.Load()
	if err != nil {
		t.Fatal(err)
	}
	for kind, tc := range adoptable {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			spec, status := schemas(t, strings.Replace(tc.crd, "%s", "", 1))
			there := sample(status).GetStructValue()
			overlay(there, fromYAML(t, tc.facts))
			claim := specOf(tc.provider, tc.engine) + "  externalName: old\n  adopt: Manage\n"
			namespaced := strings.NewReplacer("XResource", "Resource", "metadata: {", "metadata: {namespace: payments-prod-infra, ").Replace(claim)
			for scope, xr := range map[string]string{"claim": claim, "namespaced": namespaced} {
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
				complete(o, tc.provider)
				if err := checker.Check(inNamespace(o, scope == "namespaced")); err != nil {
					t.Error(scope, err)
				}
				for _, path := range leaves(spec, status, "") {
					if slices.ContainsFunc(slices.Concat(tc.changes, tc.creation), func(p string) bool { return path == p || strings.HasPrefix(path, p+".") }) {
						continue
					}
					at := strings.Split(path, ".")
					if diff := cmp.Diff(object.Get(there, at...).AsInterface(), object.Get(o, append([]string{"spec", "forProvider"}, at...)...).AsInterface()); diff != "" {
						t.Errorf("%s: %s would be reset: -there, +composed:\n%s", scope, path, diff)
					}
				}
			}
		})
	}
}

// complete adds what the function behind this one does, as far as a CRD needs it.
func complete(o *structpb.Struct, provider string) {
	if provider == "aws" {
		object.Set(o, "db.m7g.large", "spec", "forProvider", "instanceClass")
	}
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

// schemas of spec.forProvider and of status.atProvider, in the newest version.
func schemas(t *testing.T, name string) (spec, status apiextensions.JSONSchemaProps) {
	t.Helper()
	b, err := os.ReadFile("../../test/crds/snapshot/" + name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	crd := &apiextensions.CustomResourceDefinition{}
	if err := yaml.Unmarshal(b, crd); err != nil {
		t.Fatal(err)
	}
	top := crd.Spec.Versions[len(crd.Spec.Versions)-1].Schema.OpenAPIV3Schema.Properties
	return top["spec"].Properties["forProvider"], top["status"].Properties["atProvider"]
}

// sample is a value of a schema that has every field.
func sample(s apiextensions.JSONSchemaProps) *structpb.Value {
	switch s.Type {
	case "object":
		if s.AdditionalProperties != nil {
			return object.Value(map[string]string{"a": "b"})
		}
		out := &structpb.Struct{Fields: map[string]*structpb.Value{}}
		for name, p := range s.Properties {
			out.Fields[name] = sample(p)
		}
		return object.Value(out)
	case "array":
		return object.Value([]any{sample(*s.Items.Schema)})
	case "number", "integer":
		return object.Value(3)
	case "boolean":
		return object.Value(true)
	default:
		return object.Value("there")
	}
}

func overlay(into, from *structpb.Struct) {
	for name, v := range from.GetFields() {
		if inner := into.GetFields()[name].GetStructValue(); inner != nil && v.GetStructValue() != nil {
			overlay(inner, v.GetStructValue())
			continue
		}
		into.Fields[name] = v
	}
}

// leaves are the paths that both schemas have. A list is one.
func leaves(a, b apiextensions.JSONSchemaProps, at string) []string {
	var out []string
	for _, name := range slices.Sorted(maps.Keys(a.Properties)) {
		there, both := b.Properties[name]
		path := strings.TrimPrefix(at+"."+name, ".")
		switch {
		case !both:
		case len(a.Properties[name].Properties) > 0:
			out = append(out, leaves(a.Properties[name], there, path)...)
		default:
			out = append(out, path)
		}
	}
	return out
}
