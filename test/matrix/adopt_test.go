package matrix

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// existing is what each provider reports of a database that was there before, with
// 300 GiB of disk, a standby and 20 days of backups.
var existing = map[string]string{
	"gcp/postgres": "{id: x, databaseVersion: POSTGRES_17, region: europe-west1, settings: {tier: db-custom-2-8192, edition: ENTERPRISE, " +
		"diskSize: 300, availabilityType: REGIONAL, ipConfiguration: {ipv4Enabled: true, sslMode: ALLOW_UNENCRYPTED_AND_ENCRYPTED, " +
		"authorizedNetworks: [{value: 192.0.2.0/24}]}, backupConfiguration: {backupRetentionSettings: {retainedBackups: 20}}}}",
	"gcp/mysql": "{id: x, databaseVersion: MYSQL_8_4, region: europe-west1, settings: {tier: db-custom-2-8192, edition: ENTERPRISE, " +
		"diskSize: 300, availabilityType: REGIONAL, ipConfiguration: {ipv4Enabled: false, privateNetwork: other}, backupConfiguration: " +
		"{backupRetentionSettings: {retainedBackups: 20}}}}",
	"aws/postgres": "{id: db-1, identifier: old, engine: postgres, engineVersionActual: \"17.4\", region: eu-west-1, allocatedStorage: 300, " +
		"multiAz: true, backupRetentionPeriod: 20, storageEncrypted: true, storageType: io1, iops: 6000, publiclyAccessible: true, username: " +
		"boss, parameterGroupName: tuned, tags: {a: b}, tagsAll: {a: b}}",
	"aws/mysql": "{id: db-1, identifier: old, engine: mysql, engineVersionActual: \"8.4.5\", region: eu-west-1, allocatedStorage: 300, " +
		"multiAz: true, backupRetentionPeriod: 20, storageEncrypted: false, username: boss, manageMasterUserPassword: true}",
	"azure/postgres": "{id: /old, fqdn: old.postgres.database.azure.com, version: \"17\", location: West Europe, resourceGroupName: theirs, " +
		"storageMb: 524288, highAvailability: {mode: SameZone}, backupRetentionDays: 20, administratorLogin: boss, publicNetworkAccessEnabled: " +
		"true, identity: {type: UserAssigned, identityIds: [/id], principalId: p, tenantId: t}}",
	"azure/mysql": "{id: /old, fqdn: old.mysql.database.azure.com, version: \"8.4\", location: westeurope, resourceGroupName: theirs, " +
		"storage: {sizeGb: 300}, highAvailability: {mode: ZoneRedundant}, backupRetentionDays: 20, administratorLogin: boss, publicNetworkAccess: " +
		"Enabled, publicNetworkAccessEnabled: true}",
	"ibm/postgres": "{outputs: {crn: \"crn:v1:bluemix:public:databases-for-postgresql:eu-es:a/0:1::\", name: old, service: " +
		"databases-for-postgresql, engine_version: \"17\", location: eu-es, disk_mb: 307200, plan: standard, resource_group_id: 0123456789abcdef0123456789abcdef}}",
	"ibm/mysql": "{outputs: {crn: \"crn:v1:bluemix:public:databases-for-mysql:eu-es:a/0:1::\", name: old, service: databases-for-mysql, " +
		"engine_version: \"8.4\", location: eu-es, disk_mb: 307200, plan: standard, resource_group_id: 0123456789abcdef0123456789abcdef}}",
}

// TestAdopted holds that an existing database of every cloud and engine is looked
// at, then taken over, in both scopes, without being made anew or less than it is.
func TestAdopted(t *testing.T) {
	checker, err := crds.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, provider := range providers {
		for _, engine := range engines {
			for _, scope := range scopes {
				c := cell{provider: provider, engine: engine, scope: scope, env: "dev", profile: "medium", extra: "  externalName: old\n"}
				t.Run(c.String(), func(t *testing.T) {
					looked := c.only(t, checker, c.run(t, full, nil))
					if policies := policiesOf(looked); c.provider != "ibm" && !slices.Equal(policies, []string{"Observe"}) {
						t.Errorf("it is not only looked at, but %v", policies)
					}
					observed := map[string]*fnv1.Resource{"instance": {Resource: looked}}
					object.Set(
						looked,
						fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}], atProvider: `+existing[c.provider+"/"+c.engine]+"}"),
						"status",
					)
					if provider == "aws" {
						object.Set(looked, "old", "metadata", "annotations", "crossplane.io/external-name")
					}
					c.only(t, checker, c.run(t, full, observed))

					c.extra += "  adopt: Manage\n"
					rsp := c.run(t, full, observed)
					instance := c.only(t, checker, rsp)
					if policies := policiesOf(instance); slices.Equal(policies, []string{"Observe"}) {
						t.Fatal("it is not taken over:", rsp.GetConditions())
					}
					got := c.read(rsp.GetDesired().GetResources())
					if !got.orphan || got.storageGiB < 300 || c.provider != "ibm" && (!got.ha || got.retentionDays < 20) {
						t.Errorf("it is less than it was: %+v", got)
					}
					body := object.Struct(instance, "spec", "forProvider")
					if strings.Contains(body.String(), "passwordSecretRef") || strings.Contains(body.String(), "PasswordSecretRef") {
						t.Error("its password would be another one")
					}
				})
			}
		}
	}
}

// only is the instance, which is all that may be composed for a database that has
// the rest, but for a lock.
func (c cell) only(t *testing.T, checker *crds.Checker, rsp *fnv1.RunFunctionResponse) *structpb.Struct {
	t.Helper()
	if got := render.Fatal(rsp); got != "" {
		t.Fatal(got)
	}
	desired := rsp.GetDesired().GetResources()
	if names := slices.Sorted(maps.Keys(desired)); !slices.Equal(names, []string{"instance"}) {
		t.Fatalf("composed are %v", names)
	}
	if err := checker.Check(named(desired["instance"], "instance", c.scope)); err != nil {
		t.Error(err)
	}
	return desired["instance"].GetResource()
}

func policiesOf(o *structpb.Struct) []string {
	var out []string
	for _, v := range object.Get(o, "spec", "managementPolicies").GetListValue().GetValues() {
		out = append(out, v.GetStringValue())
	}
	return out
}
