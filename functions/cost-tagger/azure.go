package costtagger

import (
	"strings"
	"unicode"

	provider "github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/costtag"
)

// Limits of Azure's tags:
// https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations.
const (
	azureMost       = 50
	azureFewMost    = 15
	azureKey        = costtag.AzureKey
	azureAccountKey = 128
)

// azurePrefixes are reserved, in any case.
var azurePrefixes = []string{"azure", "microsoft", "windows"}

// azure takes all but a few signs, and keys that differ in case are one.
var azure = cloud{
	name:     "azure",
	most:     azureMost,
	maxKey:   azureKey,
	key:      func(key string) string { return costtag.Key(provider.Azure, key) },
	maxValue: func(string) int { return costtag.Most(provider.Azure, "") },
	value:    func(key, value string) string { return costtag.Value(provider.Azure, key, value) },
	refused: func(key string) string {
		for _, p := range azurePrefixes {
			if len(key) >= len(p) && strings.EqualFold(key[:len(p)], p) {
				return "Azure keeps keys that start with " + p + " for itself"
			}
		}
		return ""
	},
	same: strings.ToLower,
}

var (
	// azureAccount are storage accounts.
	azureAccount = azureWith("azure storage account", azureMost, azureAccountKey, costtag.AzureKeyAllows)
	// azureFew are Automation, CDN and saved searches.
	azureFew = azureWith("azure", azureFewMost, azureKey, costtag.AzureKeyAllows)
	// azureDNS are zones, their records and links, and Traffic Manager.
	azureDNS = azureWith("azure dns", azureFewMost, azureKey, azureDNSAllows)
)

func azureWith(name string, most, maxKey int, allowed func(rune) bool) cloud {
	c := withMost(azure, name, most)
	c.maxKey = maxKey
	c.key = func(key string) string {
		k := costtag.Map(key, allowed)
		if name == "azure dns" && (k == "" || !unicode.IsLetter(rune(k[0]))) {
			k = "t_" + k
		}
		return costtag.Fit(k, key, maxKey)
	}
	return c
}

func azureRules(group, name string) cloudID {
	switch {
	case group == "storage.azure" && name == "Account":
		return idAzureAccount
	case group == "automation.azure", group == "cdn.azure", name == "LogAnalyticsSavedSearch":
		return idAzureFew
	case group != "network.azure", strings.HasPrefix(name, "PrivateDNSResolver"):
		return idAzure
	case strings.HasPrefix(name, "DNS"), strings.HasPrefix(name, "PrivateDNS"), name == "TrafficManagerProfile":
		return idAzureDNS
	}
	return idAzure
}

// azureDNSAllows: neither spaces nor special or Unicode characters.
func azureDNSAllows(r rune) bool {
	return r <= unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' || r == '.')
}
