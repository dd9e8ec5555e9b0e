package aws

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPartitionOf(t *testing.T) {
	t.Parallel()
	// Regions are those of aws/aws-sdk-go-v2 v1.42.0, internal/endpoints/awsrulesfn/partitions.json.
	cases := map[string]struct{ reason, region, name, domain string }{
		"World":      {"Most regions are in the first partition.", "eu-west-1", "aws", "amazonaws.com"},
		"America":    {"A region of the US is in the first partition too.", "us-east-1", "aws", "amazonaws.com"},
		"China":      {"China has a domain of its own.", "cn-north-1", "aws-cn", "amazonaws.com.cn"},
		"Government": {"GovCloud has the domain of the first partition.", "us-gov-west-1", "aws-us-gov", "amazonaws.com"},
		"Sovereign":  {"The European Sovereign Cloud is a partition of its own.", "eusc-de-east-1", "aws-eusc", "amazonaws.eu"},
		"Iso":        {"The isolated regions are four partitions, this is the first.", "us-iso-east-1", "aws-iso", "c2s.ic.gov"},
		"IsoB":       {"A second of the isolated partitions.", "us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"},
		"IsoE":       {"The isolated partition in Europe.", "eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk"},
		"IsoF":       {"A third of the isolated partitions of the US.", "us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := PartitionOf(tc.region)
			if diff := cmp.Diff([]string{tc.name, tc.domain}, []string{got.Name, got.Domain}); diff != "" {
				t.Errorf("\n%s\nPartitionOf(%s): -want, +got:\n%s", tc.reason, tc.region, diff)
			}
		})
	}
}
