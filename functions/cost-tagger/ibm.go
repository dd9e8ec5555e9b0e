package costtagger

import (
	"strings"

	provider "github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/costtag"
)

// Limits of IBM Cloud's user tags, each one string, by convention key:value:
// https://cloud.ibm.com/docs/account?topic=account-tag. The key's share is ours.
const (
	ibmMost = 1000
	ibmKey  = costtag.IBMKey
)

// ibm stores tags in lower case, and takes neither slashes nor commas. The first
// colon of a tag ends its key, and a slash of a value becomes a colon, so that an
// entity ref can still be read. Spaces are allowed, but trimmed at the ends.
var ibm = cloud{
	name:     "ibm",
	most:     ibmMost,
	maxKey:   ibmKey,
	key:      func(key string) string { return costtag.Key(provider.IBM, key) },
	maxValue: func(key string) int { return costtag.Most(provider.IBM, key) },
	value:    func(key, value string) string { return costtag.Value(provider.IBM, key, value) },
	refused:  nothing,
	same:     strings.ToLower,
}
