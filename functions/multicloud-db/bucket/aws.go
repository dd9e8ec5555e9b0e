package bucket

import (
	"encoding/json"
	"fmt"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/aws"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Kinds, as the CRDs of provider-aws name them: S3 has one for each aspect of a bucket.
// The provider gives an aspect its id, so that it is to be filled in. The version of the
// lifecycle is the one with lists, as the namespaced one has them.
var (
	kindBucketAWS    = managed.Kind{Group: "s3.aws", Version: "v1beta2", Kind: "Bucket", Unfilled: true}
	kindPublicAccess = managed.Kind{Group: "s3.aws", Version: "v1beta1", Kind: "BucketPublicAccessBlock"}
	kindOwnership    = managed.Kind{Group: "s3.aws", Version: "v1beta2", Kind: "BucketOwnershipControls"}
	kindEncryption   = managed.Kind{Group: "s3.aws", Version: "v1beta2", Kind: "BucketServerSideEncryptionConfiguration"}
	kindVersioning   = managed.Kind{Group: "s3.aws", Version: "v1beta2", Kind: "BucketVersioning"}
	kindExpiryAWS    = managed.Kind{Group: "s3.aws", Version: "v1beta1", Kind: "BucketLifecycleConfiguration"}
	kindPolicy       = managed.Kind{Group: "s3.aws", Version: "v1beta1", Kind: "BucketPolicy"}
)

var onAWS = lifecycle.Cloud[Bucket]{
	Mains:     []lifecycle.Main{mainAWS},
	Kinds:     []managed.Kind{kindPublicAccess, kindOwnership, kindEncryption, kindVersioning, kindExpiryAWS, kindPolicy},
	Settles:   settleDays,
	Compose:   composeAWS,
	Connect:   connectAWS,
	Look:      lookAWS,
	Remark:    remarkAWS,
	Protected: isKeptFull,
	Owned:     owned,
}

var mainAWS = lifecycle.Main{
	Kind: kindBucketAWS,
	Tags: [][]string{{"tags"}, {"tagsAll"}},
	Fields: map[string]lifecycle.At{
		"region": {Is: []string{"region"}},
		"versioning": {
			Part: partVersioning, Asked: []string{"versioningConfiguration", "status"},
			Is: []string{"versioning", "enabled"}, Unsaid: "false", Word: isEnabled,
		},
		"kmsKeyID": {
			Part: partEncryption, Asked: []string{"rule", "applyServerSideEncryptionByDefault", "kmsMasterKeyId"},
			Is: []string{"serverSideEncryptionConfiguration", "rule", "applyServerSideEncryptionByDefault", "kmsMasterKeyId"},
		},
	},
	AsFound: []string{"bucketNamespace", "objectLockEnabled"},
	TagsAt:  "tags",
	Ours:    []string{"forceDestroy"},
}

// isEnabled reads versioning, which is a boolean of the bucket and a word of its own kind.
func isEnabled(word string) string {
	if word == "Enabled" || word == "true" {
		return "true"
	}
	return "false"
}

// composeAWS composes a bucket with all its aspects from the start: without them it has
// neither a rule against plain HTTP nor versions. They outlive their managed resources,
// since to delete one is to take it off the bucket, which may be full, and stay.
func composeAWS(in In) (lifecycle.Parts, error) {
	parts := lifecycle.Parts{lifecycle.Instance: {Kind: kindBucketAWS, Name: in.Name, Body: object.Map{
		"region":       in.Region,
		"forceDestroy": in.Claim.AllowDelete,
	}}}
	if in.Adopted() {
		return parts, nil // to make an aspect is to write over the one that is there
	}
	policy, err := policyAWS(in)
	if err != nil {
		return nil, err
	}
	aspect := func(kind managed.Kind, body object.Map) lifecycle.Part {
		body["region"], body["bucket"] = in.Region, in.Name
		return lifecycle.Part{Kind: kind, Body: body, Fate: lifecycle.Outlives, Looks: !in.IsOurs()}
	}
	parts[partPublicAccess] = aspect(kindPublicAccess, object.Map{
		"blockPublicAcls": true, "blockPublicPolicy": true, "ignorePublicAcls": true, "restrictPublicBuckets": true,
	})
	parts[partOwnership] = aspect(kindOwnership, object.Map{"rule": object.Map{"objectOwnership": "BucketOwnerEnforced"}})
	parts[partEncryption] = aspect(kindEncryption, object.Map{"rule": []any{encryptionAWS(in.Want.KMSKeyID)}})
	parts[partPolicy] = aspect(kindPolicy, object.Map{"policy": policy})
	expiry := aspect(kindExpiryAWS, object.Map{"rule": rulesAWS(in)})
	expiry.Shows = hasRules
	parts[partExpiry] = expiry
	if isVersioned(in) { // once made it can be suspended only, never taken off
		parts[partVersioning] = aspect(kindVersioning, object.Map{"versioningConfiguration": object.Map{"status": "Enabled"}})
	}
	return parts, nil
}

// encryptionAWS is S3's own key unless the settings name one; with that the bucket's key
// saves most of the calls to KMS. Keys of the client's are blocked, as S3 does by itself
// since 2026: unsaid, the provider would take the block off.
func encryptionAWS(key string) object.Map {
	by := object.Map{"sseAlgorithm": "AES256"}
	if key != "" {
		by = object.Map{"sseAlgorithm": "aws:kms", "kmsMasterKeyId": key}
	}
	return object.Map{
		"applyServerSideEncryptionByDefault": by,
		"bucketKeyEnabled":                   key != "",
		"blockedEncryptionTypes":             []string{"SSE-C"},
	}
}

// rulesAWS are all of them each time. Without a filter older providers fail.
func rulesAWS(in In) []any {
	rule := func(id string, body object.Map) object.Map {
		body["id"], body["status"], body["filter"] = id, "Enabled", []any{object.Map{"prefix": ""}}
		return body
	}
	var rules []any
	switch there := ruleThere(in.Live); {
	case !in.Want.Expires && isVersioned(in) && there != nil:
		if object.Get(there, "filter") == nil {
			object.Set(there, []any{object.Map{"prefix": ""}}, "filter")
		}
		rules = append(rules, there)
	case in.Want.Expires:
		rules = append(rules, rule(ruleNoncurrent, object.Map{
			"noncurrentVersionExpiration": []any{object.Map{"noncurrentDays": in.Policy.RetentionDays}},
			"expiration":                  []any{object.Map{"expiredObjectDeleteMarker": true}},
		}))
	}
	return append(rules, rule("abort-uploads", object.Map{
		"abortIncompleteMultipartUpload": []any{object.Map{"daysAfterInitiation": abortDays}},
	}))
}

// hasRules reports whether S3 has the rules: before v2.5.0 the provider called them Ready
// without having made them (crossplane-contrib/provider-upjet-aws issue 1986).
func hasRules(o *structpb.Struct) bool {
	return len(object.Get(o, "status", "atProvider", "rule").GetListValue().GetValues()) > 0
}

// A document is an IAM policy.
type document struct {
	Version   string      `json:"Version"`
	Statement []statement `json:"Statement"`
}

// A statement of an IAM policy.
type statement struct {
	Sid       string                       `json:"Sid"`
	Effect    string                       `json:"Effect"`
	Principal string                       `json:"Principal"`
	Action    string                       `json:"Action"`
	Resource  []string                     `json:"Resource"`
	Condition map[string]map[string]string `json:"Condition"`
}

// policyAWS refuses plain HTTP.
func policyAWS(in In) (string, error) {
	arn := fmt.Sprintf("arn:%s:s3:::%s", aws.PartitionOf(in.Region).Name, in.Name)
	policy, err := json.Marshal(document{Version: "2012-10-17", Statement: []statement{{
		Sid: "DenyInsecureTransport", Effect: "Deny", Principal: "*", Action: "s3:*",
		Resource:  []string{arn, arn + "/*"},
		Condition: map[string]map[string]string{"Bool": {"aws:SecureTransport": "false"}},
	}}})
	if err != nil {
		return "", fmt.Errorf("cannot write the policy of %s: %w", in.Name, err)
	}
	return string(policy), nil
}

func lookAWS(in Held) (lifecycle.Part, error) {
	return lifecycle.Part{Kind: kindBucketAWS, Name: in.Name, Looks: true, Body: object.Map{"region": in.Region}}, nil
}

func remarkAWS(in In) (reason, message string) {
	if in.Adopted() {
		return "Adopted", "only its tags and its deletion are managed: whether it refuses public access and plain HTTP, and for how long it " +
			"keeps what, is for whoever made it"
	}
	return public(in, goneAtOnce(in)...)
}

func connectAWS(in In) lifecycle.Connection {
	if in.At("id") == "" {
		return lifecycle.Connection{}
	}
	return address{
		bucket:   in.Name,
		endpoint: fmt.Sprintf("https://s3.%s.%s", in.Region, aws.PartitionOf(in.Region).Domain),
		uri:      "s3://" + in.Name,
	}.connection(in)
}
