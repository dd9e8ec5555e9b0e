package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBadInput(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		reason   string
		xr       string
		settings string
		observed map[string]string
		want     string
	}{
		"NoSpec": {
			reason: "An XR without spec names what a Resource needs.",
			xr:     "metadata: {name: x, namespace: payments-prod-infra}",
			want:   "spec: is missing",
		},
		"Provider": {
			reason: "An unknown provider lists those that exist.",
			xr:     xrHead + strings.Replace(specGCP, "gcp", "gpc", 1),
			want:   `spec.provider: "gpc" is not allowed; allowed are gcp, aws, azure, ibm`,
		},
		"Retention": {
			reason: "Backups that the cloud does not keep so long, or not so short, name the range.",
			xr:     xrHead + strings.NewReplacer("gcp", "azure", "engine", "backupRetentionDays: 3, engine").Replace(specGCP),
			want:   `spec.database.backupRetentionDays: 3 is not offered for postgres on azure; allowed is 7 to 35`,
		},
		"RetentionFixed": {
			reason: "So does a cloud that has one length only.",
			xr:     xrHead + strings.NewReplacer("gcp", "ibm", "engine", "backupRetentionDays: 7, engine").Replace(specGCP),
			want:   `spec.database.backupRetentionDays: 7 is not offered for postgres on ibm; allowed is 30`,
		},
		"HalfASubnet": {
			reason:   "A delegated subnet without its zone would fail at the cloud only.",
			xr:       xrHead + strings.Replace(specGCP, "gcp", "azure", 1),
			settings: "metadata: {name: p}\ndata: {providers: {azure: {regions: {westeurope: {postgres: {delegatedSubnetID: a}}}}}}",
			want:     `settings providers.azure.regions.westeurope.postgres: delegatedSubnetID and privateDNSZoneID go together`,
		},
		"Selector": {
			reason: "The Composition's label and the field must agree.",
			xr:     xrHead + specGCP + "  compositionSelector: {matchLabels: {provider: aws}}\n",
			want:   `spec.provider: "gcp" differs from spec.compositionSelector.matchLabels.provider "aws"; they must be equal, or one of them left out`,
		},
		"Type": {
			reason: "Only databases are composed.",
			xr:     xrHead + specGCP + "  type: stream\n",
			want:   `spec.type: "stream" is not allowed; allowed are database, bucket`,
		},
		"Engine": {
			reason: "An unknown engine lists those that exist.",
			xr:     xrHead + strings.Replace(specGCP, "postgres", "oracle", 1),
			want:   `spec.database.engine: "oracle" is not allowed; allowed are postgres, mysql`,
		},
		"Version": {
			reason: "A version that the cloud lacks lists those it has.",
			xr:     xrHead + strings.Replace(specGCP, "17", "9", 1),
			want:   `spec.database.version: "9" is not offered for postgres on gcp; allowed are 14, 15, 16, 17, 18`,
		},
		"ForeignRegion": {
			reason: "A region of another cloud is recognised.",
			xr:     xrHead + strings.Replace(specGCP, "eu-west", "eu-west-1", 1),
			want:   `spec.region: "eu-west-1" is a region of aws, and the claim's provider is gcp`,
		},
		"NoSuchRegionThere": {
			reason: "Data residency is never decided for the user.",
			xr:     xrHead + strings.NewReplacer("gcp", "aws", "eu-west", "us-central").Replace(specGCP),
			want:   `spec.region: "us-central" has no region of aws; the nearest is "us-east"`,
		},
		"Storage": {
			reason: "Storage below the minimum names the range.",
			xr:     xrHead + strings.Replace(specGCP, "engine", "storageGiB: 5, engine", 1),
			want:   "spec.database.storageGiB: 5 is not allowed; allowed is 20 to 65536",
		},
		"Reserved": {
			reason: "A server has such a database already, or takes no such name.",
			xr:     xrHead + strings.Replace(specGCP, "engine", "name: postgres, engine", 1),
			want:   `spec.database.name: "postgres" is a word or a database of postgres's own; choose another`,
		},
		"WrongType": {
			reason: "A number where a string belongs is shown as it is.",
			xr:     xrHead + strings.Replace(specGCP, `"17"`, "17", 1),
			want:   "spec.database.version: 17 is no string; put it in quotes",
		},
		"Typo": {
			reason: "A field nobody knows is refused rather than ignored.",
			xr:     xrHead + specGCP + "  regoin: eu-west\n",
			want:   "spec.regoin: unknown field; did you mean spec.region?",
		},
		"Namespace": {
			reason: "A namespace that yields no project and env says what is expected.",
			xr:     strings.Replace(xrHead, "payments-prod-infra", "default", 1) + specGCP,
			want:   `metadata.namespace: "default" is no {project}-{env}-infra with env one of dev, staging, prod, mgmt`,
		},
		"DeleteInProd": {
			reason: "A prod database is not deleted by an edit.",
			xr:     xrHead + specGCP + "  deletionPolicy: Delete\n",
			want:   `spec.deletionPolicy: "Delete" is refused in prod`,
		},
		"SettingsShape": {
			reason:   "Settings of the wrong shape name the field by its path.",
			xr:       xrHead + specGCP,
			settings: "metadata: {name: platform-prod}\ndata: {providers: {gcp: {network: 5}}}",
			want:     "settings platform-prod: data.providers.gcp.network: 5 is no string; put it in quotes",
		},
		"World": {
			reason:   "No settings open a database to the world.",
			xr:       xrHead + strings.Replace(specGCP, "gcp", "aws", 1),
			settings: "metadata: {name: p}\ndata: {providers: {aws: {regions: {eu-west-1: {vpcID: vpc-1, allowedCIDRs: [10.0.0.0/8, 0.0.0.0/0]}}}}}",
			want:     `settings providers.aws.regions.eu-west-1.allowedCIDRs[1]: "0.0.0.0/0" is not allowed; allowed is an IPv4 network of /8 or narrower`,
		},
		"WorldInHalves": {
			reason:   "Nor half of it, however it is written.",
			xr:       xrHead + strings.Replace(specGCP, "gcp", "aws", 1),
			settings: "metadata: {name: p}\ndata: {providers: {aws: {regions: {eu-west-1: {vpcID: vpc-1, allowedCIDRs: [10.1.2.3/1]}}}}}",
			want:     `settings providers.aws.regions.eu-west-1.allowedCIDRs[0]: "10.1.2.3/1" is not allowed`,
		},
		"OtherAccount": {
			reason:   "Another provider config is another account: it would make a second database there.",
			xr:       xrHead + specGCP,
			settings: "metadata: {name: p}\ndata: {providers: {gcp: {providerConfig: other}}}",
			observed: map[string]string{keyInstance: "{spec: {providerConfigRef: {name: prod}}, status: {atProvider: {id: x}}}"},
			want:     `settings providers.gcp.providerConfig: "prod" cannot become "other" on a live database`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rsp := run(t, request(t, tc.xr, tc.settings, tc.observed))
			if got := fatal(rsp); !strings.HasPrefix(got, tc.want) {
				t.Errorf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, cmp.Diff(tc.want, got))
			}
			if n := len(rsp.GetDesired().GetResources()); n != 0 {
				t.Errorf("\n%s\nRunFunction(): a fatal result came with %d resources", tc.reason, n)
			}
			if rsp.GetConditions()[0].GetMessage() != fatal(rsp) {
				t.Errorf("\n%s\nRunFunction(): the condition does not repeat the sentence: %v", tc.reason, rsp.GetConditions())
			}
		})
	}
}
