package main

import "strings"

// Limits of IBM Cloud's user tags, each one string, by convention key:value:
// https://cloud.ibm.com/docs/account?topic=account-tag. The key's share is ours.
const (
	ibmMost = 1000
	ibmKey  = 63
	ibmTag  = 128
)

// ibm stores tags in lower case, and takes neither slashes nor commas. The first
// colon of a tag ends its key, and a slash of a value becomes a colon, so that an
// entity ref can still be read. Spaces are allowed, but trimmed at the ends.
var ibm = cloud{
	name:   "ibm",
	most:   ibmMost,
	maxKey: ibmKey,
	key: func(key string) string {
		k := mapped(strings.ToLower(key), ibmAllows)
		if k == "" {
			k = "_"
		}
		return fit(k, key, ibmKey)
	},
	maxValue: ibmMaxValue,
	value: func(key, value string) string {
		v := mapped(strings.ReplaceAll(strings.ToLower(value), "/", ":"), func(r rune) bool { return ibmAllows(r) || r == ':' })
		return fit(v, value, ibmMaxValue(key))
	},
	refused: nothing,
	same:    strings.ToLower,
}

func ibmMaxValue(key string) int { return ibmTag - 1 - len(key) }

func ibmAllows(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' || r == '-' || r == '.'
}
