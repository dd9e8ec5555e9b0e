// Package cloud holds what a cloud offers: its regions and its database
// versions. Each table says where its rows come from.
package cloud

import (
	"slices"
	"strings"
)

// The providers of a claim.
const (
	GCP   = "gcp"
	AWS   = "aws"
	Azure = "azure"
	IBM   = "ibm"
)

// Providers are all of them, in the order that errors list them.
var Providers = []string{GCP, AWS, Azure, IBM}

// neutral regions and each cloud's own region of the same geography. An empty
// name says that the cloud has none there; near then names the neutral region to
// suggest. Sources, all as of 2026: cloud.google.com/sql/docs/postgres/locations,
// the region table of the Amazon RDS user guide,
// learn.microsoft.com/azure/reliability/regions-list and
// cloud.ibm.com/docs/overview?topic=overview-locations.
var neutral = []struct{ name, gcp, aws, azure, ibm, near string }{
	{name: "us-east", gcp: "us-east4", aws: "us-east-1", azure: "eastus", ibm: "us-east"},
	{name: "us-central", gcp: "us-central1", aws: "", azure: "centralus", ibm: "us-south", near: "us-east"},
	{name: "us-west", gcp: "us-west1", aws: "us-west-2", azure: "westus2", ibm: "", near: "us-central"},
	{name: "ca-central", gcp: "northamerica-northeast1", aws: "ca-central-1", azure: "canadacentral", ibm: "ca-tor"},
	{name: "sa-east", gcp: "southamerica-east1", aws: "sa-east-1", azure: "brazilsouth", ibm: "br-sao"},
	{name: "eu-west", gcp: "europe-west1", aws: "eu-west-1", azure: "westeurope", ibm: "eu-es"},
	{name: "eu-central", gcp: "europe-west3", aws: "eu-central-1", azure: "germanywestcentral", ibm: "eu-de"},
	{name: "eu-north", gcp: "europe-north1", aws: "eu-north-1", azure: "swedencentral", ibm: "", near: "eu-central"},
	{name: "uk-south", gcp: "europe-west2", aws: "eu-west-2", azure: "uksouth", ibm: "eu-gb"},
	{name: "ap-southeast", gcp: "asia-southeast1", aws: "ap-southeast-1", azure: "southeastasia", ibm: "", near: "ap-northeast"},
	{name: "ap-northeast", gcp: "asia-northeast1", aws: "ap-northeast-1", azure: "japaneast", ibm: "jp-tok"},
	{name: "ap-south", gcp: "asia-south1", aws: "ap-south-1", azure: "centralindia", ibm: "", near: "ap-northeast"},
	{name: "au-east", gcp: "australia-southeast1", aws: "ap-southeast-2", azure: "australiaeast", ibm: "au-syd"},
}

// own regions of each cloud, from the same pages.
var own = map[string][]string{
	GCP: strings.Fields(`africa-south1 asia-east1 asia-east2 asia-northeast1 asia-northeast2 asia-northeast3
		asia-south1 asia-south2 asia-southeast1 asia-southeast2 australia-southeast1 australia-southeast2
		europe-central2 europe-north1 europe-north2 europe-southwest1 europe-west1 europe-west2 europe-west3
		europe-west4 europe-west6 europe-west8 europe-west9 europe-west10 europe-west12 me-central1 me-central2
		me-west1 northamerica-northeast1 northamerica-northeast2 northamerica-south1 southamerica-east1
		southamerica-west1 us-central1 us-east1 us-east4 us-east5 us-south1 us-west1 us-west2 us-west3 us-west4`),
	AWS: strings.Fields(`af-south-1 ap-east-1 ap-east-2 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1
		ap-south-2 ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-7
		ca-central-1 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2
		eu-west-3 il-central-1 me-central-1 me-south-1 mx-central-1 sa-east-1 us-east-1 us-east-2 us-west-1
		us-west-2`),
	Azure: append(strings.Fields(`australiaeast austriaeast belgiumcentral brazilsouth canadacentral centralindia
		centralus chilecentral eastasia eastus eastus2 francecentral germanywestcentral indonesiacentral israelcentral
		italynorth japaneast japanwest koreacentral malaysiawest mexicocentral newzealandnorth northeurope norwayeast
		polandcentral qatarcentral southafricanorth southcentralus southeastasia spaincentral swedencentral
		switzerlandnorth uaenorth uksouth westeurope westus2 westus3`), zoneless...),
	IBM: strings.Fields(`au-syd br-sao ca-mon ca-tor eu-de eu-es eu-gb jp-osa jp-tok us-east us-south`),
}

// zoneless regions of Azure have no availability zones.
var zoneless = strings.Fields(`australiacentral australiacentral2 australiasoutheast brazilsoutheast canadaeast
	francesouth germanynorth koreasouth northcentralus norwaywest southafricawest southindia switzerlandwest uaecentral
	ukwest westcentralus westindia westus`)

// Zones says whether a region has availability zones, so that a standby can run
// in another one.
func Zones(provider, region string) bool {
	return provider != Azure || !slices.Contains(zoneless, region)
}

// NeutralRegions are the regions that a claim can name on any cloud.
func NeutralRegions() []string {
	names := make([]string, 0, len(neutral))
	for _, n := range neutral {
		names = append(names, n.name)
	}
	return names
}

// OwnRegions are the regions of a provider under its own names, but for those that are
// neutral names as well.
func OwnRegions(provider string) []string {
	names := make([]string, 0, len(own[provider]))
	for _, name := range own[provider] {
		if !slices.Contains(NeutralRegions(), name) {
			names = append(names, name)
		}
	}
	return names
}
