//go:build tofu

package tofu

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/bucket/ibm"
)

// The addresses of a bucket's parts.
const (
	atBucket   = "ibm_cos_bucket.bucket"
	atInstance = "ibm_resource_instance.cos"
	atRules    = "ibm_cos_bucket_lifecycle_configuration.rules"
)

const bucketName = "ibm-payments-prod-files-0a1b2c3d"

var bucket = variables{
	"name": "ibm-payments-prod-files", "bucket_name": bucketName, "location": "eu-de",
	"versioning": true, "retention_days": 30, "allow_delete": false, "tags": []string{"project:payments", "env:prod"},
}

var (
	full = bucket.with(variables{"bucket_name": "ibm-payments-prod-full-0a1b2c3d"})
	dev  = bucket.with(variables{"versioning": nil, "retention_days": nil})
)

// suspended is a bucket that had versions.
var suspended = dev.with(variables{"versioning": false})

// quiet fails the test unless another reconcile does nothing.
func quiet(t *testing.T, w *workspace, v variables) {
	t.Helper()
	if r := w.apply(t, v); r.String() != (result{}).String() {
		t.Errorf("a quiet reconcile: want nothing, got %s", r)
	}
}

func TestBucketMade(t *testing.T) {
	t.Parallel()
	instance := "crn:v1:bluemix:public:cloud-object-storage:global:a/0:00000000-0000-4000-8000-000000000000"
	w := newWorkspace(t, ibm.Make())
	// Added are instance, bucket, rules and two records of OpenTofu's own.
	if r := w.apply(t, bucket); r.String() != (result{add: 5}).String() {
		t.Fatalf("a new bucket: want 5 to add, got %s", r)
	}
	quiet(t, w, bucket)
	got, secret := w.outputs(t)
	want := map[string]any{
		"bucket_name": bucketName, "crn": instance + ":bucket:" + bucketName,
		"region_location": "eu-de", "storage_class": "standard", "versioning": true, "allow_delete": false,
		"s3_endpoint_public":  "s3.eu-de.cloud-object-storage.appdomain.cloud",
		"s3_endpoint_private": "s3.private.eu-de.cloud-object-storage.appdomain.cloud",
		"s3_endpoint_direct":  "s3.direct.eu-de.cloud-object-storage.appdomain.cloud",
		"instance_crn":        instance + "::", "instance_guid": "00000000-0000-4000-8000-000000000000",
		"instance_name": "ibm-payments-prod-files", "resource_group_id": strings.Repeat("0", 32),
		"tags": []any{"env:prod", "project:payments"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outputs: -want, +got:\n%s", diff)
	}
	if len(secret) > 0 {
		t.Errorf("want no secret outputs, got %q", secret)
	}
}

func TestBucketEdits(t *testing.T) {
	edits(t, live(t, ibm.Make(), bucket), bucket, map[string]edit{
		"Nothing":     {"a quiet reconcile changes nothing", nil, 0, ""},
		"Suspended":   {"versioning is suspended in place", variables{"versioning": false}, 1, ""},
		"Retention":   {"retention changes in place", variables{"retention_days": 7}, 1, ""},
		"NoRetention": {"versions without an end are refused", variables{"retention_days": nil}, 0, "retention_days is required with versioning"},
		"Tags":        {"the instance's tags change in place", variables{"tags": []string{"project:payments"}}, 1, ""},
		"AllowDelete": {"deleting is allowed in place", variables{"allow_delete": true}, 1, ""},
		"Location":    {"the bucket stays in its region", variables{"location": "us-south"}, 0, "location is eu-de and cannot become us-south"},
		"BucketName":  {"a bucket's name never changes", variables{"bucket_name": "other"}, 0, "bucket_name is " + bucketName + " and cannot become other"},
		"Name":        {"the instance's name never changes", variables{"name": "other"}, 0, "name is ibm-payments-prod-files and cannot become other"},
		"Group":       {"a resource group that the settings name later is ignored, and the group stays", variables{"resource_group_id": group}, 0, ""},
		"SameGroup":   {"the group of the instance may be said later", variables{"resource_group_id": strings.Repeat("0", 32)}, 0, ""},
		"Key":         {"a key that the settings name later is ignored", variables{"kms_key_crn": key}, 0, ""},
	})
}

func TestBucketEditsWithKey(t *testing.T) {
	encrypted := bucket.with(variables{"kms_key_crn": key, "resource_group_id": group})
	edits(t, live(t, ibm.Make(), encrypted), encrypted, map[string]edit{
		"Nothing": {"a quiet reconcile changes nothing", nil, 0, ""},
		"NoKey":   {"settings that no longer say a key or group change nothing", variables{"kms_key_crn": nil, "resource_group_id": nil}, 0, ""},
		"Key":     {"another key is refused", variables{"kms_key_crn": key + "3"}, 0, "kms_key_crn is " + key + " and cannot become " + key + "3"},
	})
}

// TestBucketVersioning turns versioning on and off: a bucket that never had versions is
// told nothing of them; else versioning is suspended, never taken away, and the rule that
// ends versions stays for those that are there.
func TestBucketVersioning(t *testing.T) {
	t.Parallel()
	w := live(t, ibm.Make(), dev)
	quiet(t, w, dev)
	if diff := cmp.Diff([]any{}, w.state(t, atBucket)["object_versioning"]); diff != "" {
		t.Errorf("a bucket without versions: -want, +got:\n%s", diff)
	}
	if out, _ := w.outputs(t); out["versioning"] != nil {
		t.Errorf("a bucket without versions: the output versioning is %v", out["versioning"])
	}
	for _, tc := range []struct {
		reason string
		vars   variables
		change int
		rules  int
	}{
		{"versioning comes later, with its rule", bucket, 2, 2},
		{"versioning is suspended", bucket.with(variables{"versioning": false}), 1, 2},
		{"versioning is on again", bucket, 1, 2},
		{"a suspended bucket may drop the rule", suspended, 2, 1},
	} {
		r := w.apply(t, tc.vars)
		if r.String() != (result{change: tc.change}).String() {
			t.Errorf("%s: want %d to change, got %s", tc.reason, tc.change, r)
		}
		want := []any{map[string]any{"enable": tc.vars["versioning"]}}
		if diff := cmp.Diff(want, w.state(t, atBucket)["object_versioning"]); diff != "" {
			t.Errorf("%s: -want, +got:\n%s", tc.reason, diff)
		}
		if got := len(w.state(t, atRules)["lifecycle_rule"].([]any)); got != tc.rules {
			t.Errorf("%s: want %d rules, got %d", tc.reason, tc.rules, got)
		}
		quiet(t, w, tc.vars)
	}
}

// endsMarkers reports whether a rule deletes the delete markers that hide nothing.
func endsMarkers(rule map[string]any) bool {
	expiration, ok := rule["expiration"].([]any)
	return ok && len(expiration) == 1 && expiration[0].(map[string]any)["expired_object_delete_marker"] == true
}

// TestBucketRetention changes the days of one rule, and leaves the other.
func TestBucketRetention(t *testing.T) {
	t.Parallel()
	w := live(t, ibm.Make(), bucket)
	longer := bucket.with(variables{"retention_days": 60})
	if r := w.apply(t, longer); r.String() != (result{change: 1}).String() {
		t.Fatalf("more days: want one change, got %s", r)
	}
	got := map[any]any{}
	for _, rule := range w.state(t, atRules)["lifecycle_rule"].([]any) {
		r := rule.(map[string]any)
		got[r["rule_id"]] = []any{r["abort_incomplete_multipart_upload"], r["noncurrent_version_expiration"], endsMarkers(r)}
	}
	want := map[any]any{
		"abort-uploads": []any{[]any{map[string]any{"days_after_initiation": 7.0}}, []any{}, false},
		"noncurrent":    []any{[]any{}, []any{map[string]any{"noncurrent_days": 60.0}}, true},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rules: -want, +got:\n%s", diff)
	}
}
