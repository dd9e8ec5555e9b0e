package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Keys of one account, as RDS says them.
const (
	keyOurs   = "arn:aws:kms:eu-west-1:123456789012:key/ours"
	keyTheirs = "arn:aws:kms:eu-west-1:123456789012:key/theirs"
)

// TestFoundWhereItIs holds that a database on RDS which was there before its managed
// resource stays under its key and in its network, whatever the settings say by now,
// and that none of its later changes asks RDS for something else.
func TestFoundWhereItIs(t *testing.T) {
	t.Parallel()
	const name = "aws-payments-prod-cloudsql-main"
	const ours = "subnetGroup: ours, securityGroupIDs: [sg-ours]"
	for n, tc := range map[string]struct {
		reason, settings, there string
		want                    string // of spec.forProvider: key, subnet group, security groups, whether they are selected
		groups                  string // that are composed
		kept                    string // settings of the region that are for new databases only, or no longer say
	}{
		"Same": {
			"The settings say what it has.",
			"kmsKeyID: \"" + keyOurs + "\", " + ours, "kmsKeyId: \"" + keyOurs + "\", dbSubnetGroupName: ours, vpcSecurityGroupIds: [sg-1]",
			keyOurs + " ours sg-ours", "", "",
		},
		"OtherKey": {
			"A key is changed by making it anew.",
			"kmsKeyID: \"" + keyOurs + "\", " + ours, "kmsKeyId: \"" + keyTheirs + "\", dbSubnetGroupName: ours, vpcSecurityGroupIds: [sg-1]",
			" ours sg-ours", "", "kmsKeyID",
		},
		"GainedKey": {
			"So is RDS's own.", "kmsKeyID: \"" + keyOurs + "\"",
			"kmsKeyId: \"" + keyTheirs + "\", dbSubnetGroupName: default, vpcSecurityGroupIds: [sg-1]", "  ", "", "kmsKeyID",
		},
		"LostKey": {
			"Nobody asks for another one.",
			ours, "kmsKeyId: \"" + keyTheirs + "\", dbSubnetGroupName: ours, vpcSecurityGroupIds: [sg-1]", " ours sg-ours", "", "",
		},
		"Moved": {
			"Security groups of another network are no use here.",
			ours, "dbSubnetGroupName: theirs, vpcSecurityGroupIds: [sg-1]", " theirs sg-1", "", "subnetGroup,securityGroupIDs",
		},
		"FromVPC": {
			"Nor is one that was composed before it was seen, nor its subnet group: both go.",
			"subnetIDs: [a, b], vpcID: vpc-1, allowedCIDRs: [10.0.0.0/16]", "dbSubnetGroupName: theirs, vpcSecurityGroupIds: [sg-1]", " theirs sg-1",
			"", "subnetIDs,vpcID",
		},
		"Default": {"It stays in the default VPC.", ours, "dbSubnetGroupName: default, vpcSecurityGroupIds: [sg-1]", "  sg-1", "", "subnetGroup,securityGroupIDs"},
		"OwnGroup": {
			"The group that its last claim made is found again.",
			"subnetIDs: [a, b], vpcID: vpc-1", "dbSubnetGroupName: " + name + ", vpcSecurityGroupIds: [sg-1]", " " + name + "  selected",
			"security-group,subnet-group", "",
		},
		"NoLonger": {"The settings have lost its network.", "{}", "dbSubnetGroupName: theirs, vpcSecurityGroupIds: [sg-1]", " theirs sg-1", "", "subnetGroup"},
		"NotKnown": {"RDS has not said yet where it is.", ours, "engine: postgres", " ours sg-ours", "", ""},
	} {
		t.Run(n, func(t *testing.T) {
			t.Parallel()
			region := "{" + strings.Trim(tc.settings, "{}") + "}"
			req := request(t, specOf("aws", "postgres"), "metadata: {name: p}\ndata: {providers: {aws: {regions: {eu-west-1: "+region+"}}}}", nil)
			for range 4 { // before anybody has looked, and then until nothing changes
				rsp := run(t, proto.CloneOf(req))
				if got := fatal(rsp); got != "" {
					t.Fatal(tc.reason, got)
				}
				req.Observed.Resources = map[string]*fnv1.Resource{}
				for key, r := range rsp.GetDesired().GetResources() {
					req.Observed.Resources[key] = &fnv1.Resource{Resource: proto.CloneOf(r.GetResource())}
				}
				o := req.GetObserved().GetResources()[keyInstance].GetResource()
				object.Set(o, fromYAML(t, "{id: db-1, engineVersionActual: \"17.4\", "+tc.there+"}"), "status", "atProvider")
				restored(req)
			}
			rsp := run(t, req)
			if got := fatal(rsp); got != "" {
				t.Fatal(tc.reason, got)
			}
			spec := object.Struct(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "forProvider")
			got := []string{object.String(spec, "kmsKeyId"), object.String(spec, "dbSubnetGroupName"), strings.Join(list(spec, "vpcSecurityGroupIds"), ",")}
			if object.Struct(spec, "vpcSecurityGroupIdSelector") != nil {
				got = append(got, "selected")
			}
			if diff := cmp.Diff(tc.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("\n%s\nkey, subnet group, security groups: -want, +got:\n%s", tc.reason, diff)
			}
			groups := slices.DeleteFunc(slices.Sorted(maps.Keys(rsp.GetDesired().GetResources())), func(key string) bool {
				return key != keySubnetGroup && key != keySecurityGroup
			})
			if diff := cmp.Diff(tc.groups, strings.Join(groups, ",")); diff != "" {
				t.Errorf("\n%s\ngroups that are composed: -want, +got:\n%s", tc.reason, diff)
			}
			var kept []string
			_, message, _ := strings.Cut(rsp.GetConditions()[0].GetMessage(), "say otherwise: ")
			for setting := range strings.SplitSeq(message, ", ") {
				setting = strings.TrimPrefix(strings.TrimSuffix(setting, " (for new databases only)"), "settings providers.aws.regions.eu-west-1.")
				kept = append(kept, setting)
			}
			if diff := cmp.Diff(tc.kept, strings.Join(kept, ",")); diff != "" {
				t.Errorf("\n%s\nComposed: %s\nsettings that are kept from it: -want, +got:\n%s", tc.reason, rsp.GetConditions()[0].GetMessage(), diff)
			}
		})
	}
}
