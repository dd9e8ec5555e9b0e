package costtagger

import (
	"cmp"
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
	awsKey        = costtag.AWSKey
	awsPrefix     = "aws:"
)

// aws takes letters, digits and spaces of any script and a few signs.
var aws = cloud{
	name:     "aws",
	most:     awsMost,
	maxKey:   awsKey,
	key:      func(key string) string { return costtag.Key(provider.AWS, key) },
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

var (
	awsObject = withMost(aws, "aws s3 object", awsObjectMost)
	awsIAM    = foldCase(withMost(aws, "aws iam", awsMost))
)

// awsKinds are kinds with rules of their own, by group and kind; a group alone is all of its
// kinds. IAM answers two keys that differ in case with InvalidInput "Duplicate tag keys found.
// Please note that Tag keys are case insensitive" (kubernetes/kops issue 11727, aws/aws-cdk
// issue 26253): its user guide has that of users and roles, reports have it of policies too,
// and no kind of it loses much by it. Of other services of AWS nothing like it is known, and
// EC2, RDS, RAM and DevOps Guru say in their API references that their keys have case.
var awsKinds = map[kind]cloudID{
	{"iam.aws", ""}:            idAWSIAM,
	{"s3.aws", "Object"}:       idAWSObject,
	{"s3.aws", "ObjectCopy"}:   idAWSObject,
	{"s3.aws", "BucketObject"}: idAWSObject,
}

func awsRules(group, name string) cloudID {
	for _, k := range []kind{{group, name}, {group, ""}} {
		if id, ok := awsKinds[k]; ok {
			return id
		}
	}
	return idAWS
}

// foldCase makes case no difference between keys: of two tags that fall together one gets
// another key, and one of the provider's own is refused in any case.
func foldCase(c cloud) cloud {
	refused := c.refused
	c.same = strings.ToLower
	c.refused = func(key string) string { return cmp.Or(refused(key), refused(strings.ToLower(key))) }
	return c
}

func withMost(c cloud, name string, most int) cloud {
	c.name, c.most = name, most
	return c
}
