package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// bucketEdits are what may become of a bucket's claim or its XR; "" takes a field away.
var bucketEdits = [][2]string{
	{"spec.provider", "gcp"},
	{"spec.provider", "azure"},
	{"spec.type", "database"},
	{"spec.type", ""},
	{"spec.profile", "huge"},
	{"spec.region", "eu-central"},
	{"spec.region", ""},
	{"spec.project", "other"},
	{"spec.env", "prod"},
	{"spec.env", "dev"},
	{"spec.bucket", ""},
	{"spec.bucket", "x"},
	{"spec.bucket.versioning", "x"},
	{"spec.bucket.retentionDays", "n1"},
	{"spec.bucket.retentionDays", "n365"},
	{"spec.bucket.retentionDays", ""},
	{"spec.deletionPolicy", "Delete"},
	{"spec.deletionPolicy", "Orphan"},
	{"spec.externalName", "other"},
	{"spec.adopt", "Manage"},
	{"spec.entity", "resource:default/x"},
	{"spec.claimRef.name", "other"},
	{"metadata.annotations.allow", "true"},
	{"status", ""},
	{"status", "x"},
}

// bucketSettings are what settings may come to be.
func bucketSettings(c *choices) string {
	return pick(c, "", settingsBucket, "metadata: {name: p}\ndata: {}", strings.ReplaceAll(settingsBucket, "acme", "other"),
		strings.ReplaceAll(settingsBucket, "key", "other"), strings.ReplaceAll(settingsBucket, "resourceGroup: rg", ""),
		strings.Replace(settingsBucket, "storageUseEntra: true", "storageUseEntra: false", 1),
		strings.Replace(settingsBucket, "subnetIDs: [/subnets/apps], ipRules: [203.0.113.7], ", "", 1),
		strings.ReplaceAll(settingsBucket, "{bucketNameSalt: acme,", "{providerConfig: other,"),
		"metadata: {name: p}\ndata: {policy: {deletionPolicy: Delete, deletionProtection: false, backupRetentionDays: 1}}",
		"metadata: {name: p}\ndata: {providers: []}")
}

// placeOfBucket says which bucket a managed resource stands for, and what of it would take
// another one.
func placeOfBucket(o *structpb.Struct) map[string]any {
	out := placeOf(o)
	for _, path := range [][]string{
		body("accountReplicationType"), body("accountKind"), body("varmap", "bucket_name"), body("varmap", "kms_key_crn"), body("varmap", "resource_group_id"),
	} {
		if v := object.Get(o, path...); said(v) {
			out[strings.Join(path, ".")] = v.AsInterface()
		}
	}
	return out
}

// TestBucketNothingLost plays random cases of fixed seeds: whatever happens to claim,
// settings and what is observed, a live bucket and each of its parts stay desired, in
// place, named and encrypted as they were; or the result is fatal, with nothing.
func TestBucketNothingLost(t *testing.T) {
	t.Parallel()
	playCases(t, 1000, 9, bucketHolds)
}

func bucketHolds(t *testing.T, c *choices) (refused bool) {
	t.Helper()
	provider := cloud.Providers[c.below(len(cloud.Providers))]
	l := aliveBucket(
		t, provider, settingsBucket, "env: staging", "env: "+pick(c, "prod", "staging", "dev"), "versioning: true, ",
		pick(c, "versioning: true, ", ""),
	)
	before := l.run(t).GetDesired().GetResources()
	var done []string
	for range c.below(4) {
		e := bucketEdits[c.below(len(bucketEdits))]
		done = append(done, e[0]+"="+e[1])
		change(l.xr(), e[0], e[1])
	}
	settings := bucketSettings(c)
	l.settle(t, settings)
	for range c.below(3) {
		part := pick(c, append([]string{keyInstance, keyInstance}, bucketParts[provider]...)...)
		if o := l.request.GetObserved().GetResources()[part]; o != nil {
			i := c.below(len(happensTo))
			done = append(done, part+" "+string(rune('0'+i)))
			happensTo[i](c, o)
		}
	}
	rsp := l.run(t)
	desired := rsp.GetDesired().GetResources()
	if fatal(rsp) != "" {
		if len(desired) != 0 {
			t.Errorf("%s: a fatal result with resources, by %v", provider, done)
		}
		return true
	}
	there := l.instance()
	if !managed.Exists(there) {
		return false // nothing lives
	}
	known := len(object.Struct(there, "spec", "forProvider").GetFields()) > 0
	if diff := cmp.Diff(placeOfBucket(before[keyInstance].GetResource()), placeOfBucket(desired[keyInstance].GetResource())); diff != "" && known {
		t.Errorf("%s: it is another bucket, by %v and settings %q: -before, +after:\n%s", provider, done, settings, diff)
	}
	if versioningAt(before, provider) && !versioningAt(desired, provider) && known {
		t.Errorf("%s: versions are turned off, by %v and settings %q", provider, done, settings)
	}
	for name := range before {
		allowed := object.String(l.xr(), "metadata", "annotations", claim.AllowDelete) == "true"
		if desired[name] == nil && (name != keyLock || !allowed) {
			t.Errorf("%s: %s is no longer desired, by %v and settings %q", provider, name, done, settings)
		}
		aspect := name != keyInstance && name != keyLock && before[name] != nil && desired[name] != nil
		if aspect && orphaned(before[name].GetResource()) && !orphaned(desired[name].GetResource()) {
			t.Errorf("%s: %s would be taken off, by %v", provider, name, done)
		}
	}
	return false
}
