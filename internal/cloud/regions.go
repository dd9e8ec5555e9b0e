// Package cloud holds what a cloud offers: its regions and its database
// versions. Each table says where its rows come from.
package cloud

import (
	"fmt"
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
var Providers = []string{GCP, AWS, Azure, IBM} //nolint:gochecknoglobals // A closed set.

// neutral regions and each cloud's own region of the same geography. An empty
// name says that the cloud has none there; near then names the neutral region to
// suggest. Sources: cloud.google.com/sql/docs/postgres/locations and the region
// table of the Amazon RDS user guide, both as of 2026.
//
//nolint:gochecknoglobals // A table.
var neutral = []struct{ name, gcp, aws, near string }{
	{name: "us-east", gcp: "us-east4", aws: "us-east-1"},
	{name: "us-central", gcp: "us-central1", aws: "", near: "us-east"},
	{name: "us-west", gcp: "us-west1", aws: "us-west-2"},
	{name: "ca-central", gcp: "northamerica-northeast1", aws: "ca-central-1"},
	{name: "sa-east", gcp: "southamerica-east1", aws: "sa-east-1"},
	{name: "eu-west", gcp: "europe-west1", aws: "eu-west-1"},
	{name: "eu-central", gcp: "europe-west3", aws: "eu-central-1"},
	{name: "eu-north", gcp: "europe-north1", aws: "eu-north-1"},
	{name: "uk-south", gcp: "europe-west2", aws: "eu-west-2"},
	{name: "ap-southeast", gcp: "asia-southeast1", aws: "ap-southeast-1"},
	{name: "ap-northeast", gcp: "asia-northeast1", aws: "ap-northeast-1"},
	{name: "ap-south", gcp: "asia-south1", aws: "ap-south-1"},
	{name: "au-east", gcp: "australia-southeast1", aws: "ap-southeast-2"},
}

// own regions of each cloud, from the same pages.
//
//nolint:gochecknoglobals // A table.
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
}

// NeutralRegions are the regions that a claim can name on any cloud.
func NeutralRegions() []string {
	names := make([]string, 0, len(neutral))
	for _, n := range neutral {
		names = append(names, n.name)
	}
	return names
}

// Region resolves a neutral region, or one of the provider's own, to the
// provider's own name. Extra are own regions that the platform's settings know
// and this table does not yet. A region is never moved to another geography.
func Region(provider, name string, extra []string) (string, error) {
	for _, n := range neutral {
		if n.name != name {
			continue
		}
		region := map[string]string{GCP: n.gcp, AWS: n.aws}[provider]
		if region == "" {
			return "", fmt.Errorf("%q has no region of %s; the nearest is %q, which is another geography, so name it yourself if it will do", name, provider, n.near)
		}
		return region, nil
	}
	if slices.Contains(own[provider], name) || slices.Contains(extra, name) {
		return name, nil
	}
	for _, other := range Providers {
		if slices.Contains(own[other], name) {
			return "", fmt.Errorf("%q is a region of %s, and the claim's provider is %s; name one of %s, or a region of %s", name, other, provider, strings.Join(NeutralRegions(), ", "), provider)
		}
	}
	return "", fmt.Errorf("%q is unknown; allowed are %s, and the own regions of %s: %s", name, strings.Join(NeutralRegions(), ", "), provider, strings.Join(own[provider], ", "))
}
