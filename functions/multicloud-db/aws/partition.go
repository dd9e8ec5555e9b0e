package aws

import "strings"

// A Partition of AWS: how the names of its regions begin, its word in an ARN, and the domain
// that its endpoints are in.
type Partition struct{ regions, Name, Domain string }

// partitions beside the first of AWS, as the SDK has them
// (aws/aws-sdk-go-v2 v1.42.0, internal/endpoints/awsrulesfn/partitions.json).
var partitions = []Partition{
	{"cn-", "aws-cn", "amazonaws.com.cn"},
	{"eusc-", "aws-eusc", "amazonaws.eu"},
	{"us-gov-", "aws-us-gov", "amazonaws.com"},
	{"us-iso-", "aws-iso", "c2s.ic.gov"},
	{"us-isob-", "aws-iso-b", "sc2s.sgov.gov"},
	{"eu-isoe-", "aws-iso-e", "cloud.adc-e.uk"},
	{"us-isof-", "aws-iso-f", "csp.hci.ic.gov"},
}

// PartitionOf is the partition that a region is in.
func PartitionOf(region string) Partition {
	for _, p := range partitions {
		if strings.HasPrefix(region, p.regions) {
			return p
		}
	}
	return Partition{"", "aws", "amazonaws.com"}
}
