package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// TestInWordsOfRDS holds that a new database is given key and subnet group in the words
// that RDS answers with, and that one which was made otherwise is not refused: it can be
// put right by its settings.
func TestInWordsOfRDS(t *testing.T) {
	t.Parallel()
	const at = "settings providers.aws.regions.eu-west-1."
	const arn = `; allowed is the ARN of a key, such as arn:aws:kms:eu-west-1:123456789012:key/0123, and neither an alias nor an id`
	for name, tc := range map[string]struct {
		reason, settings, spec, there string
		fatal                         string
		want                          string // key and subnet group
	}{
		"ARN": {reason: "It is said as RDS says it.", settings: `kmsKeyID: "` + keyOurs + `", subnetGroup: prod-db`, want: keyOurs + " prod-db"},
		"Partition": {
			reason:   "So it is in other partitions.",
			settings: `kmsKeyID: "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/mrk-1"`,
			want:     "arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/mrk-1 ",
		},
		"Alias": {reason: "An alias never comes back.", settings: "kmsKeyID: alias/prod", fatal: at + `kmsKeyID: "alias/prod" is not allowed` + arn},
		"AliasARN": {
			reason:   "Nor does its ARN.",
			settings: `kmsKeyID: "arn:aws:kms:eu-west-1:123456789012:alias/prod"`,
			fatal:    at + `kmsKeyID: "arn:aws:kms:eu-west-1:123456789012:alias/prod" is not allowed` + arn,
		},
		"Id": {reason: "Nor does an id.", settings: `kmsKeyID: "0123"`, fatal: at + `kmsKeyID: "0123" is not allowed` + arn},
		"UpperCase": {
			reason:   "RDS keeps names in lower case.",
			settings: "subnetGroup: Prod-DB",
			fatal:    at + `subnetGroup: "Prod-DB" is not allowed; allowed is the name as RDS has it, which is in lower case: "prod-db"`,
		},
		"Live": {
			reason:   "One that was made so is not refused.",
			settings: "kmsKeyID: alias/prod, subnetGroup: Prod-DB",
			spec:     "{kmsKeyId: alias/prod, dbSubnetGroupName: Prod-DB}",
			want:     "alias/prod Prod-DB",
		},
		"Mended": {
			reason:   "Settings that say it as RDS does are no move.",
			settings: `kmsKeyID: "` + keyOurs + `", subnetGroup: prod-db`,
			spec:     "{kmsKeyId: alias/prod, dbSubnetGroupName: Prod-DB}",
			there:    "{kmsKeyId: \"" + keyOurs + "\", dbSubnetGroupName: prod-db}",
			want:     keyOurs + " prod-db",
		},
		"Other": {
			reason:   "Those that say another key are.",
			settings: `kmsKeyID: "` + keyTheirs + `", subnetGroup: prod-db`,
			spec:     "{kmsKeyId: alias/prod, dbSubnetGroupName: prod-db}",
			there:    "{kmsKeyId: \"" + keyOurs + "\"}",
			fatal: at + `kmsKeyID: "alias/prod" cannot become "` + keyTheirs + `" on a live database; set it back to "alias/prod", or make a ` +
				`second claim and migrate`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := alive(t, "aws")
			req := request(t, xrHead+l.spec, "metadata: {name: p}\ndata: {providers: {aws: {regions: {eu-west-1: {"+tc.settings+"}}}}}", nil)
			if tc.spec != "" {
				req.Observed = l.request.GetObserved()
				crds.Overlay(object.Struct(l.instance(), "spec", "forProvider"), fromYAML(t, tc.spec))
				object.Set(l.instance(), "kmsKeyID,region,subnetGroup", "metadata", "annotations", requested+placement)
				if tc.there != "" {
					crds.Overlay(object.Struct(l.instance(), "status", "atProvider"), fromYAML(t, tc.there))
				}
			}
			rsp := run(t, req)
			if diff := cmp.Diff(tc.fatal, fatal(rsp)); diff != "" {
				t.Fatalf("\n%s\nRunFunction(): fatal: -want, +got:\n%s", tc.reason, diff)
			}
			if tc.fatal != "" {
				return
			}
			spec := object.Struct(rsp.GetDesired().GetResources()[keyInstance].GetResource(), "spec", "forProvider")
			if diff := cmp.Diff(tc.want, object.String(spec, "kmsKeyId")+" "+object.String(spec, "dbSubnetGroupName")); diff != "" {
				t.Errorf("\n%s\nkey and subnet group: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestGroupsLater holds that a claim tells who still reaches a database whose settings have come to name
// security groups in place of a VPC: the group that was made for it stays in the list of its managed resource,
// where its provider wrote it, and the rules let in whom they let in.
func TestGroupsLater(t *testing.T) {
	t.Parallel()
	const head, tail = "metadata: {name: p}\ndata: {providers: {aws: {regions: {eu-west-1: {subnetGroup: prod-db, ", "}}}}}"
	for name, tc := range map[string]struct{ reason, then, says string }{
		"Same":   {"Nothing has changed.", "vpcID: vpc-1, allowedCIDRs: [10.0.0.0/16]", ""},
		"Groups": {"Nobody has the network in a list any more.", "securityGroupIDs: [sg-1]", "settings providers.aws.regions.eu-west-1.allowedCIDRs"},
		"Listed": {"The settings go on letting the network in.", "securityGroupIDs: [sg-1], allowedCIDRs: [10.0.0.0/16]", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := aliveDatabase(t, "aws", "postgres", head+"vpcID: vpc-1, allowedCIDRs: [10.0.0.0/16]"+tail)
			l.settle(t, head+tc.then+tail)
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			if got := composedAs(rsp).GetMessage(); strings.Contains(got, "allowedCIDRs") != (tc.says != "") || !strings.Contains(got, tc.says) {
				t.Errorf("\n%s\nComposed says %q", tc.reason, got)
			}
			if rsp.GetDesired().GetResources()[keySecurityGroup] == nil {
				t.Errorf("\n%s\nthe group is no longer desired", tc.reason)
			}
		})
	}
}
