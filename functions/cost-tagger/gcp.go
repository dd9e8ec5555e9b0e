package main

import "strings"

// Limits of Google Cloud's labels:
// https://cloud.google.com/resource-manager/docs/labels-overview#requirements.
const (
	gcpMost  = 64
	gcpKey   = 63
	gcpValue = 63
)

// gcp takes lowercase letters, digits, underscores and hyphens, and a letter at
// the start of a key.
var gcp = cloud{
	name:   "gcp",
	most:   gcpMost,
	maxKey: gcpKey,
	key: func(key string) string {
		k := mapped(strings.ToLower(key), gcpAllows)
		if k == "" || k[0] < 'a' || k[0] > 'z' {
			k = "t_" + k
		}
		return fit(k, key, gcpKey)
	},
	maxValue: func(string) int { return gcpValue },
	value: func(_, value string) string {
		return fit(mapped(strings.ToLower(value), gcpAllows), value, gcpValue)
	},
	refused: nothing,
	same:    verbatim,
}

func gcpAllows(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' || r == '-'
}
