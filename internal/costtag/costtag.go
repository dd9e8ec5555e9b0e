// Package costtag writes the keys and values of cost tags by the rules of each cloud, for who
// writes the tags and for who reads off them whose a resource is.
package costtag

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// Limits of a value, in characters. Sources:
// https://cloud.google.com/resource-manager/docs/labels-overview#requirements,
// https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html,
// https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations
// and https://cloud.ibm.com/docs/account?topic=account-tag, whose tags are one string.
const (
	maxGCP   = 63
	maxAWS   = 256
	maxAzure = 256
	maxIBM   = 128
)

// tail is the length of a hash, and of the hyphen before it.
const tail = 9

// Value of a tag as a cloud takes it.
func Value(provider, key, value string) string {
	switch provider {
	case cloud.AWS:
		return Fit(Map(value, AWSAllows), value, maxAWS)
	case cloud.Azure:
		return Fit(Map(value, AzureAllows), value, maxAzure)
	case cloud.IBM:
		v := Map(strings.ReplaceAll(strings.ToLower(value), "/", ":"), func(r rune) bool { return IBMAllows(r) || r == ':' })
		return Fit(v, value, Most(cloud.IBM, key))
	}
	return Fit(Map(strings.ToLower(value), GCPAllows), value, maxGCP)
}

// Most is how many characters a value may have under a key.
func Most(provider, key string) int {
	return map[string]int{cloud.GCP: maxGCP, cloud.AWS: maxAWS, cloud.Azure: maxAzure, cloud.IBM: maxIBM - 1 - len(key)}[provider]
}

// IsSame reports whether a tag that a cloud reports has the value that is meant. A value
// that would fall together with another tag's has a hash behind it.
func IsSame(provider, key, meant, reported string) bool {
	v := Value(provider, key, meant)
	return reported == v || v != meant && reported == Shorten(v, meant, Most(provider, key))
}

// GCPAllows lowercase letters, digits, underscores and hyphens.
func GCPAllows(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' || r == '-'
}

// AWSAllows letters, digits and spaces of any script and a few signs.
func AWSAllows(r rune) bool {
	return unicode.In(r, unicode.L, unicode.N, unicode.Z) || strings.ContainsRune("_.:/=+-@", r)
}

// AzureAllows all but control characters, and those beyond 16 bits: Azure counts them
// as two.
func AzureAllows(r rune) bool {
	return !unicode.IsControl(r) && r <= 0xFFFF
}

// IBMAllows lowercase letters, digits and a few signs; a value also takes colons.
func IBMAllows(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' || r == '-' || r == '.'
}

// Map replaces every character that is not allowed by an underscore.
func Map(s string, allowed func(rune) bool) string {
	return strings.Map(func(r rune) rune {
		if allowed(r) && r != utf8.RuneError {
			return r
		}
		return '_'
	}, s)
}

// Fit shortens what is too long.
func Fit(s, source string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return Shorten(s, source, most)
}

// Shorten cuts by characters, where claim.Shorten cuts by bytes.
func Shorten(s, source string, most int) string {
	if r := []rune(s); len(r) > most-tail {
		s = string(r[:most-tail])
	}
	return claim.Shorten(s, source, len(s)+tail)
}
