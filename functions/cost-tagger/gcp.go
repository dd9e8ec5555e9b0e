package costtagger

import (
	provider "github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/costtag"
)

// Limits of Google Cloud's labels:
// https://cloud.google.com/resource-manager/docs/labels-overview#requirements.
const (
	gcpMost = 64
	gcpKey  = costtag.GCPKey
)

// gcp takes lowercase letters, digits, underscores and hyphens, and a letter at
// the start of a key.
var gcp = cloud{
	name:     "gcp",
	most:     gcpMost,
	maxKey:   gcpKey,
	key:      func(key string) string { return costtag.Key(provider.GCP, key) },
	maxValue: func(string) int { return costtag.Most(provider.GCP, "") },
	value:    func(key, value string) string { return costtag.Value(provider.GCP, key, value) },
	refused:  nothing,
	same:     verbatim,
}
