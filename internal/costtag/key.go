package costtag

import (
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// Limits of a key, in characters, by the sources of the values' limits. IBM's tags are one
// string each, by convention key:value, and the key's share is ours.
const (
	GCPKey   = 63
	AWSKey   = 128
	AzureKey = 512
	IBMKey   = 63
)

// Key of a tag as a cloud takes it. Kinds with rules of their own take less.
func Key(provider, key string) string {
	switch provider {
	case cloud.AWS:
		return Fit(Map(key, AWSAllows), key, AWSKey)
	case cloud.Azure:
		return Fit(Map(key, AzureKeyAllows), key, AzureKey)
	case cloud.IBM:
		k := Map(strings.ToLower(key), IBMAllows)
		if k == "" {
			k = "_"
		}
		return Fit(k, key, IBMKey)
	}
	k := Map(strings.ToLower(key), GCPAllows)
	if k == "" || k[0] < 'a' || k[0] > 'z' {
		k = "t_" + k
	}
	return Fit(k, key, GCPKey)
}

// AzureKeyAllows less than Azure allows in values.
func AzureKeyAllows(r rune) bool {
	return AzureAllows(r) && !slices.Contains([]rune(`<>%&\?/`), r)
}

// IsSameKey reports whether a cloud takes two keys for one.
func IsSameKey(provider, a, b string) bool {
	return a == b || (provider == cloud.Azure || provider == cloud.IBM) && strings.EqualFold(a, b)
}
