package multiclouddb

import (
	"os"
	"strings"
	"testing"
)

// specsOf are the claims of TestPrerequisites, by type: in prod, and in a region of each cloud.
var specsOf = map[string]string{"database": specGCP, "cache": specCache, "queue": specQueue}

// TestPrerequisites holds that what docs/networks.md and docs/keys.md quote is what a claim
// says where something of the platform's is missing: whoever reads it on a claim looks for it
// there.
func TestPrerequisites(t *testing.T) {
	t.Parallel()
	const networks, keys = "networks", "keys"
	cases := map[string]struct {
		reason, page, kind, provider string
		region                       string // what the settings have for the claim's region
		provided                     string // what they have for the provider
		says                         string // the reason of Composed, or "" for a fatal result
	}{
		"DatabaseGCP":   {"Without a VPC network a new database waits.", networks, "database", "gcp", "", "", "NoNetwork"},
		"DatabaseAWS":   {"Without subnets a new database waits.", networks, "database", "aws", "", "", "NoNetwork"},
		"DatabaseAzure": {"Without a delegated subnet a new database waits.", networks, "database", "azure", "", "", "NoNetwork"},
		"DatabaseIBM":   {"Without an allowlist a new database waits.", networks, "database", "ibm", "", "", "NoNetwork"},
		"Gen2": {
			"A rule that nobody has seen work counts as none.", networks, "database", "ibm", "allowedCIDRs: [10.0.0.0/8]", "plan: standard-gen2", "NoNetwork",
		},
		"CacheGCP":   {"Without a VPC network a new cache waits.", networks, "cache", "gcp", "", "", "NoNetwork"},
		"CacheAWS":   {"Without subnets a new cache waits.", networks, "cache", "aws", "", "", "NoNetwork"},
		"CacheAzure": {"Without a subnet of endpoints a new cache waits.", networks, "cache", "azure", "", "resourceGroup: rg", "NoNetwork"},
		"CacheIBM":   {"Without an allowlist a new cache waits.", networks, "cache", "ibm", "", "", "NoNetwork"},
		"QueueAzure": {
			"A new Premium namespace waits for a subnet of endpoints.", networks, "queue", "azure", "queue: {sku: Premium}", "resourceGroup: rg", "NoNetwork",
		},
		"QueueIBM": {"Without an allowlist a new queue waits.", networks, "queue", "ibm", "", "", "NoNetwork"},
		"HalfNetwork": {
			"A subnet without its zone gives a server no name.", networks, "database", "azure", "postgres: {delegatedSubnetID: /subscriptions/s}", "", "",
		},
		"Upper": {"AWS answers in lower case.", networks, "database", "aws", "subnetGroup: Prod-DB", "", ""},
		"Alias": {"AWS answers with a key's ARN.", keys, "database", "aws", "subnetGroup: db, kmsKeyID: alias/prod", "", ""},
		"HalfKey": {
			"A key of Azure's takes an identity.", keys, "database", "azure",
			"postgres: {delegatedSubnetID: s, privateDNSZoneID: z}, kmsKeyID: 'https://prod.vault.azure.net/keys/databases'", "", "",
		},
		"Versionless": {
			"A cache on Azure takes a key of one version.", keys, "cache", "azure",
			"cache: {subnetID: s, privateDNSZoneID: z, kmsKeyID: 'https://prod.vault.azure.net/keys/caches', kmsIdentityID: i}", "resourceGroup: rg", "",
		},
	}
	pages := map[string]string{}
	for _, page := range []string{networks, keys} {
		b, err := os.ReadFile("../../docs/" + page + ".md")
		if err != nil {
			t.Fatal(err)
		}
		pages[page] = string(b)
	}
	regions := map[string]string{"gcp": "europe-west1", "aws": "eu-west-1", "azure": "westeurope", "ibm": "eu-es"}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			provided := tc.provided
			if tc.region != "" {
				provided = strings.TrimPrefix(provided+", ", ", ") + "regions: {" + regions[tc.provider] + ": {" + tc.region + "}}"
			}
			settings := "metadata: {name: platform-prod}\ndata: {policy: {requireNetwork: true}, providers: {" + tc.provider + ": {" + provided + "}}}"
			spec := strings.NewReplacer("gcp", tc.provider, "env: staging", "env: prod").Replace(specsOf[tc.kind])
			rsp := run(t, request(t, xrHead+spec, settings, nil))
			said := fatal(rsp)
			if tc.says != "" {
				c := composedAs(rsp)
				if said = c.GetMessage(); c.GetReason() != tc.says {
					t.Fatalf("\n%s\nComposed is %s: %s", tc.reason, c.GetReason(), said)
				}
			}
			if quoted := "`" + said + "`"; said == "" || !strings.Contains(pages[tc.page], quoted) {
				t.Errorf("\n%s\ndocs/%s.md does not quote %s", tc.reason, tc.page, quoted)
			}
		})
	}
}
