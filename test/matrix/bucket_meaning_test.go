package matrix

import (
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A bucketMeaning is what a bucket is, whatever cloud it is on, read back from what was
// emitted.
type bucketMeaning struct {
	private   bool    // nothing in it can be served to the world, where the bucket has a switch
	tls       bool    // plain HTTP is refused, where there is a switch
	versioned bool    // what is overwritten or deleted is kept
	days      float64 // for how long; 0 without versions
	aborts    bool    // an upload that nobody finished is discarded
	guarded   bool    // with something in it, it is not deleted
	orphan    bool
	elsewhere bool // it may leave its region
}

// ruleWith finds the rule of a list that has a path, and the number there.
func ruleWith(body *structpb.Struct, list []string, path ...string) (number float64, ok bool) {
	for _, v := range object.Get(body, list...).GetListValue().GetValues() {
		o := v.GetStructValue()
		for i, step := range path {
			next := object.Get(o, step)
			if items := next.GetListValue().GetValues(); len(items) > 0 {
				next = items[0]
			}
			if i == len(path)-1 && next != nil {
				return next.GetNumberValue(), true
			}
			o = next.GetStructValue()
		}
	}
	return 0, false
}

// readBucket reads a meaning back.
func (c cell) readBucket(t *testing.T, desired map[string]*fnv1.Resource) bucketMeaning {
	t.Helper()
	body := func(part string) *structpb.Struct {
		return object.Struct(desired[part].GetResource(), "spec", "forProvider")
	}
	is := func(part string, want bool, path ...string) bool {
		b, ok := object.Bool(body(part), path...)
		return ok && b == want
	}
	main := body("instance")
	m := bucketMeaning{orphan: orphaned(desired["instance"].GetResource())}
	switch c.provider {
	case "gcp":
		m.private = object.String(main, "publicAccessPrevention") == "enforced" && is("instance", true, "uniformBucketLevelAccess")
		m.versioned = is("instance", true, "versioning", "enabled")
		m.days, _ = ruleWith(main, []string{"lifecycleRule"}, "condition", "daysSinceNoncurrentTime")
		_, m.aborts = ruleWith(main, []string{"lifecycleRule"}, "condition", "age")
		m.guarded = is("instance", false, "forceDestroy")
		m.elsewhere = object.String(main, "location") != "europe-west1"
		if n, _ := object.Number(main, "softDeletePolicy", "retentionDurationSeconds"); n < 7*24*60*60 {
			t.Errorf("what is deleted can be had back for %g seconds", n)
		}
	case "aws":
		m.private = is("public-access", true, "blockPublicAcls") && is("public-access", true, "blockPublicPolicy") && is("public-access", true, "ignorePublicAcls") &&
			is("public-access", true, "restrictPublicBuckets") && object.String(body("ownership"), "rule", "objectOwnership") == "BucketOwnerEnforced"
		policy := object.String(body("policy"), "policy")
		m.tls = strings.Contains(policy, `"Effect":"Deny"`) && strings.Contains(policy, `"aws:SecureTransport":"false"`)
		m.versioned = object.String(body("versioning"), "versioningConfiguration", "status") == "Enabled"
		m.days, _ = ruleWith(body("lifecycle"), []string{"rule"}, "noncurrentVersionExpiration", "noncurrentDays")
		_, m.aborts = ruleWith(body("lifecycle"), []string{"rule"}, "abortIncompleteMultipartUpload", "daysAfterInitiation")
		m.guarded = is("instance", false, "forceDestroy")
		m.elsewhere = object.String(main, "region") != "eu-west-1"
		for name, r := range desired {
			if name != "instance" && name != "connection" && !orphaned(r.GetResource()) {
				t.Errorf("%s would be taken off a bucket that stays", name)
			}
		}
		if _, ok := ruleWith(body("encryption"), []string{"rule"}, "applyServerSideEncryptionByDefault", "sseAlgorithm"); !ok {
			t.Error("it is not said to be encrypted")
		}
	case "azure":
		m.private = is(
			"instance", false, "allowNestedItemsToBePublic",
		) && is("instance", false, "sharedAccessKeyEnabled") && is("instance", false, "localUserEnabled") &&
			object.String(body("container"), "containerAccessType") == "private" && object.String(main, "networkRules", "defaultAction") == "Deny"
		m.tls = is("instance", true, "httpsTrafficOnlyEnabled") && object.String(main, "minTlsVersion") == "TLS1_2"
		m.versioned = is("instance", true, "blobProperties", "versioningEnabled")
		m.days, _ = ruleWith(body("lifecycle"), []string{"rule"}, "actions", "version", "deleteAfterDaysSinceCreation")
		m.guarded = object.String(body("lock"), "lockLevel") == "CanNotDelete" && orphaned(desired["lock"].GetResource())
		m.elsewhere = !slices.Contains([]string{"LRS", "ZRS"}, object.String(main, "accountReplicationType"))
		if n, _ := object.Number(main, "blobProperties", "deleteRetentionPolicy", "days"); n < max(m.days, 1) {
			t.Errorf("what is deleted can be had back for %g days", n)
		}
	case "ibm":
		m.versioned = is("instance", true, "varmap", "versioning")
		m.days, _ = object.Number(main, "varmap", "retention_days")
		m.aborts = strings.Contains(object.String(main, "module"), "days_after_initiation = 7")
		m.guarded = is("instance", false, "varmap", "allow_delete")
		m.elsewhere = object.String(main, "varmap", "location") != "eu-es"
	}
	return m
}
