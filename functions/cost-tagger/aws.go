package main

import (
	"strings"
	"unicode"
)

// Limits of AWS tags. The provider adds three of its own to the fifty.
const (
	awsMost   = 47
	awsKey    = 128
	awsValue  = 256
	awsPrefix = "aws:"
)

// aws takes letters, digits and spaces of any script and a few signs.
var aws = cloud{ //nolint:gochecknoglobals // A table.
	name:   "aws",
	most:   awsMost,
	maxKey: awsKey,
	key: func(key string) string {
		return fit(mapped(key, awsAllows), key, awsKey)
	},
	value: func(value string) string {
		return fit(mapped(value, awsAllows), value, awsValue)
	},
	refused: func(key string) string {
		if len(key) >= len(awsPrefix) && strings.EqualFold(key[:len(awsPrefix)], awsPrefix) {
			return "AWS keeps keys that start with aws: for itself"
		}
		return ""
	},
}

func awsAllows(r rune) bool {
	return unicode.In(r, unicode.L, unicode.N, unicode.Z) || strings.ContainsRune("_.:/=+-@", r)
}
