package multiclouddb

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// late is what each provider fills into spec.forProvider of an instance from what
// the cloud chose, where nothing was asked for.
var late = map[string]string{
	"gcp": "{project: acme, maintenanceVersion: POSTGRES_17_4.R20260101, settings: {activationPolicy: ALWAYS, pricingPlan: PER_USE, " +
		"locationPreference: {zone: europe-west1-b}, ipConfiguration: {serverCaMode: GOOGLE_MANAGED_INTERNAL_CA}, diskSize: 128}}",
	"aws": "{kmsKeyId: \"arn:aws:kms:eu-west-1:123456789012:key/default\", dbSubnetGroupName: default, vpcSecurityGroupIds: " +
		"[sg-default], backupWindow: \"03:00-03:30\", caCertIdentifier: rds-ca-rsa2048-g1, networkType: IPV4, optionGroupName: " +
		"\"default:postgres-17\", iops: 3000, storageThroughput: 125}",
	"azure/postgres": "{zone: \"1\", storageTier: P10, authentication: {passwordAuthEnabled: true}, highAvailability: {standbyAvailabilityZone: \"2\"}}",
	"azure/mysql":    "{zone: \"1\", storage: {iops: 700}, highAvailability: {standbyAvailabilityZone: \"2\"}, replicationRole: None}",
}

// TestLateInitialized holds that what a provider fills in is not taken for what was
// asked for: the claim is as quiet as before, and settings that say more later are
// for new databases.
func TestLateInitialized(t *testing.T) {
	t.Parallel()
	const more = "metadata: {name: p}\ndata: {providers: {aws: {regions: {eu-west-1: {kmsKeyID: \"arn:ours\", subnetGroup: ours, securityGroupIDs: [sg-1]}}}}}"
	for name, tc := range map[string]struct{ provider, engine, settings, reason string }{
		"GCP":            {"gcp", "postgres", settingsProd, "Composed"},
		"AWS":            {"aws", "postgres", "", "NoNetwork"},
		"AWSNetwork":     {"aws", "mysql", settingsProd, "Composed"},
		"Azure/postgres": {"azure", "postgres", "", "NoNetwork"},
		"Azure/mysql":    {"azure", "mysql", "", "NoNetwork"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			spec := specOf(tc.provider, tc.engine)
			first := run(t, request(t, spec, tc.settings, nil))
			fields, ok := late[tc.provider]
			if !ok {
				fields = late[tc.provider+"/"+tc.engine]
			}
			observed := map[string]*fnv1.Resource{}
			for key, r := range first.GetDesired().GetResources() {
				o := made(r.GetResource())
				if key == keyInstance {
					lateInitialize(object.Struct(o, "spec", "forProvider"), fromYAML(t, fields))
					object.Set(o, "x", "status", "atProvider", "id")
				}
				observed[key] = &fnv1.Resource{Resource: o}
			}
			play := func(settings string) *fnv1.RunFunctionResponse {
				req := request(t, spec, settings, nil)
				for key, r := range observed {
					req.Observed.Resources[key] = proto.CloneOf(r)
				}
				return run(t, req)
			}
			again := play(tc.settings)
			if got := fatal(again); got != "" {
				t.Fatal(got)
			}
			if c := again.GetConditions()[0]; c.GetReason() != tc.reason {
				t.Errorf("Composed is %s: %s", c.GetReason(), c.GetMessage())
			}
			before, after := first.GetDesired().GetResources()[keyInstance], again.GetDesired().GetResources()[keyInstance]
			for _, r := range []*fnv1.Resource{before, after} {
				delete(object.Struct(r.GetResource(), "spec").GetFields(), "managementPolicies") // it is made now
			}
			if diff := cmp.Diff(object.Struct(before.GetResource(), "spec"), object.Struct(after.GetResource(), "spec"), protocmp.Transform()); diff != "" {
				t.Errorf("what was filled in is asked for: -before, +after:\n%s", diff)
			}
			if tc.provider != "aws" || tc.settings != "" {
				return
			}
			rsp := play(more)
			if got := fatal(rsp); got != "" {
				t.Errorf("settings for new databases are refused for one that lives: %s", got)
			}
			for _, field := range []string{"kmsKeyId", "dbSubnetGroupName"} {
				if got := object.String(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "forProvider", field); got != "" {
					t.Errorf("%s became %q", field, got)
				}
			}
		})
	}
}

// lateInitialize adds what is missing, as Upjet does.
func lateInitialize(into, from *structpb.Struct) {
	for name, v := range from.GetFields() {
		inner := into.GetFields()[name].GetStructValue()
		switch {
		case inner != nil && v.GetStructValue() != nil:
			lateInitialize(inner, v.GetStructValue())
		case into.GetFields()[name] == nil:
			into.Fields[name] = v
		}
	}
}
