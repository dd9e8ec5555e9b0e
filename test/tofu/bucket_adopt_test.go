//go:build tofu

package tofu

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/bucket/ibm"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
)

const (
	legacyInstance = "crn:v1:bluemix:public:cloud-object-storage:global:a/0:11111111-0000-4000-8000-000000000000"
	legacyCRN      = legacyInstance + ":bucket:legacy-files"
)

// legacy is a bucket that somebody made before. Undeclared variables are no error.
var legacy = bucket.with(variables{"bucket_name": "legacy-files", "crn": legacyCRN})

// legacyOf is another bucket of the same instance.
func legacyOf(name string) variables {
	return legacy.with(variables{"bucket_name": name, "crn": legacyInstance + ":bucket:" + name})
}

// TestBucketObserve looks: all that is added is a record of OpenTofu's own.
func TestBucketObserve(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, ibm.Observe())
	vars := variables{"crn": legacyCRN, "location": "eu-de"}
	if r := w.apply(t, vars); r.String() != (result{add: 1}).String() {
		t.Errorf("a look: want the record, got %s", r)
	}
	if w.state(t, "terraform_data.created") == nil {
		t.Error("what was added is not the record")
	}
	quiet(t, w, vars)
	got, secret := w.outputs(t)
	want := map[string]any{
		"bucket_name": "legacy-files", "crn": legacyCRN, "region_location": "eu-de", "storage_class": "smart",
		"s3_endpoint_public":  "s3.eu-de.cloud-object-storage.appdomain.cloud",
		"s3_endpoint_private": "s3.private.eu-de.cloud-object-storage.appdomain.cloud",
		"s3_endpoint_direct":  "s3.direct.eu-de.cloud-object-storage.appdomain.cloud",
		"instance_crn":        legacyInstance + "::", "instance_guid": "11111111-0000-4000-8000-000000000000",
		"instance_name": "Legacy COS", "resource_group_id": strings.Repeat("0", 32), "tags": []any{"project:legacy"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outputs: -want, +got:\n%s", diff)
	}
	if len(secret) > 0 {
		t.Errorf("want no secret outputs, got %q", secret)
	}
}

// TestBucketImport takes a bucket over as it is, and nothing beside it.
func TestBucketImport(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		reason     string
		vars       variables
		versioning []any
		retention  int
	}{
		"Versioned": {"versions stay on", legacy, []any{map[string]any{"enable": true}}, 0},
		"Key":       {"a key of the settings is not the bucket's", legacy.with(variables{"kms_key_crn": key}), []any{map[string]any{"enable": true}}, 0},
		"Locked":    {"a retention rule excludes versioning", legacyOf("legacy-locked").with(variables{"versioning": nil}), []any{}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, ibm.Import())
			// Added are two records of OpenTofu's own; changed is force_delete, which is not read.
			if r := w.apply(t, tc.vars); r.String() != (result{add: 2, change: 1, imported: 1}).String() {
				t.Fatalf("%s: want one import, got %s", tc.reason, r)
			}
			quiet(t, w, tc.vars)
			state := w.state(t, atBucket)
			if diff := cmp.Diff(tc.versioning, state["object_versioning"]); diff != "" {
				t.Errorf("%s: versioning: -want, +got:\n%s", tc.reason, diff)
			}
			counts := []int{}
			for _, part := range []string{"allowed_ip", "activity_tracking", "retention_rule"} {
				counts = append(counts, len(state[part].([]any)))
			}
			if diff := cmp.Diff([]int{1, 1, tc.retention}, counts); diff != "" {
				t.Errorf("%s: allowlist, tracking, retention: -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff([]any{"smart", false}, []any{state["storage_class"], state["force_delete"]}); diff != "" {
				t.Errorf("%s: storage class, force_delete: -want, +got:\n%s", tc.reason, diff)
			}
			if w.state(t, atInstance) != nil || w.state(t, atRules) != nil {
				t.Errorf("%s: instance or rules were taken over too", tc.reason)
			}
		})
	}
}

func TestBucketImportDestroy(t *testing.T) {
	t.Parallel()
	vars := legacyOf("legacy-full")
	w := live(t, ibm.Import(), vars)
	if r := w.destroy(t, vars); !r.says("BucketNotEmpty") || w.state(t, atBucket) == nil {
		t.Errorf("a full bucket that was adopted: want a refusal, got %s", r)
	}
	if w.state(t, "terraform_data.created") == nil {
		t.Error("the record is gone before the bucket: another module would not know whose it is")
	}
}

// TestBucketImportOfNone shows that taking over never makes a bucket.
func TestBucketImportOfNone(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		reason string
		vars   variables
		want   string
	}{
		"Gone":     {"a CRN of no bucket", legacyOf("gone"), "Cannot import non-existent remote object"},
		"Name":     {"a bucket of another name", legacy.with(variables{"bucket_name": "other"}), "bucket_name is legacy-files and cannot become other"},
		"Regions":  {"a bucket in several regions", legacyOf("legacy-cross"), "location is not set and cannot become eu-de"},
		"NoCRN":    {"no CRN", legacy.with(variables{"crn": nil}), "crn"},
		"Instance": {"the CRN of an instance", legacy.with(variables{"crn": legacyInstance + "::"}), "crn must be the CRN of a bucket"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, ibm.Import())
			if r := w.apply(t, tc.vars); !r.says(tc.want) {
				t.Errorf("%s: want an error with %q, got %s", tc.reason, tc.want, r)
			}
			if w.state(t, atBucket) != nil {
				t.Errorf("%s: there is a bucket", tc.reason)
			}
		})
	}
}

// TestBucketStates shows that a state which one module began is left as it is by the
// others, whatever is in it: each has a state of its own.
func TestBucketStates(t *testing.T) {
	t.Parallel()
	all := map[string]string{"made": ibm.Make(), "adopted": ibm.Import(), "observed": ibm.Observe()}
	database := classic.with(legacy)
	for began, first := range map[string]string{"made": all["made"], "adopted": all["adopted"], "observed": all["observed"], "none of ours": modules.Database()} {
		for name, second := range all {
			if name == began {
				continue
			}
			t.Run(began+", then "+name, func(t *testing.T) {
				t.Parallel()
				vars := legacy
				if began == "none of ours" {
					vars = database
				}
				w := live(t, first, vars)
				before := string(w.tofu(t, "show", "-json"))
				w.use(t, second)
				r := w.apply(t, vars)
				if want := "a bucket that is " + began + " and cannot be " + name; !r.says(want) {
					t.Errorf("want an error with %q, got %s", want, r)
				}
				if diff := cmp.Diff(before, string(w.tofu(t, "show", "-json"))); diff != "" {
					t.Errorf("the state changed: -want, +got:\n%s", diff)
				}
			})
		}
	}
}
