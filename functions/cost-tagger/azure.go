package costtagger

import (
	"slices"
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
	azureKey        = 512
	azureAccountKey = 128
)

// azurePrefixes are reserved, in any case.
var azurePrefixes = []string{"azure", "microsoft", "windows"}

// azure takes all but a few signs, and keys that differ in case are one.
var azure = cloud{
	name:   "azure",
	most:   azureMost,
	maxKey: azureKey,
	key: func(key string) string {
		return costtag.Fit(costtag.Map(key, azureAllows), key, azureKey)
	},
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
	azureAccount = azureWith("azure storage account", azureMost, azureAccountKey, azureAllows)
	// azureFew are Automation, CDN and saved searches.
	azureFew = azureWith("azure", azureFewMost, azureKey, azureAllows)
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

// azureAllows is of keys, which take less than values.
func azureAllows(r rune) bool {
	return costtag.AzureAllows(r) && !slices.Contains([]rune(`<>%&\?/`), r)
}

// azureDNSAllows: neither spaces nor special or Unicode characters.
func azureDNSAllows(r rune) bool {
	return r <= unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' || r == '.')
}
