package main

import (
	"strings"

	provider "github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/costtag"
)

// Limits of AWS tags: https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html.
// An object in S3 takes ten. The provider adds three of its own.
const (
	awsMost       = 50 - awsProviders
	awsObjectMost = 10 - awsProviders
	awsProviders  = 3 // costtag.Owned
	awsKey        = 128
	awsPrefix     = "aws:"
)

// aws takes letters, digits and spaces of any script and a few signs.
var aws = cloud{
	name:   "aws",
	most:   awsMost,
	maxKey: awsKey,
	key: func(key string) string {
		return costtag.Fit(costtag.Map(key, costtag.AWSAllows), key, awsKey)
	},
	maxValue: func(string) int { return costtag.Most(provider.AWS, "") },
	value:    func(key, value string) string { return costtag.Value(provider.AWS, key, value) },
	refused: func(key string) string {
		if len(key) >= len(awsPrefix) && strings.EqualFold(key[:len(awsPrefix)], awsPrefix) {
			return "AWS keeps keys that start with aws: for itself"
		}
		if costtag.IsOwned(key) {
			return "the provider writes it itself"
		}
		return ""
	},
	same: verbatim,
}

var awsObject = withMost(aws, "aws s3 object", awsObjectMost)

func awsRules(group, name string) cloudID {
	if group == "s3.aws" && (name == "Object" || name == "ObjectCopy" || name == "BucketObject") {
		return idAWSObject
	}
	return idAWS
}

func withMost(c cloud, name string, most int) cloud {
	c.name, c.most = name, most
	return c
}
