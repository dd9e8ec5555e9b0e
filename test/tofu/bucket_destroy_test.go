//go:build tofu

package tofu

import (
	"slices"
	"testing"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/bucket/ibm"
)

// TestBucketDestroy deletes no bucket with objects in it, also when the variable
// allows it but was never applied.
func TestBucketDestroy(t *testing.T) {
	t.Parallel()
	w := live(t, ibm.Make(), full)
	allowed := full.with(variables{"allow_delete": true})
	w.plan(t, allowed)
	if r := w.destroy(t, allowed); len(r.errors) != 1 || !r.says("BucketNotEmpty") {
		t.Errorf("a full bucket: want one refusal, got %s", r)
	}
	if w.state(t, atBucket) == nil || w.state(t, atInstance) == nil {
		t.Fatal("a full bucket or its instance is gone")
	}
	if out, _ := w.outputs(t); out["allow_delete"] == true {
		t.Error("it is told that the bucket may be deleted before that was applied")
	}
	w.use(t, ibm.Observe())
	if r := w.apply(t, allowed.with(variables{"crn": legacyCRN})); !r.says("cannot be observed") || w.state(t, atBucket) == nil {
		t.Errorf("what is left, and the module that looks: want a refusal, got %s", r)
	}
	w.use(t, ibm.Make())
	// The rules and a record went first, and come again.
	if r := w.apply(t, allowed); r.String() != (result{add: 2, change: 1}).String() {
		t.Errorf("deleting is allowed: want one change, the rules and a record added, got %s", r)
	}
	if out, _ := w.outputs(t); out["allow_delete"] != true {
		t.Error("it is not told that the bucket may be deleted")
	}
	if r := w.destroy(t, allowed); len(r.errors) > 0 || w.state(t, atInstance) != nil {
		t.Errorf("a bucket that may be deleted: want it deleted, got %s", r)
	}
}

// TestBucketDestroyEmpty shows that an empty bucket needs no leave.
func TestBucketDestroyEmpty(t *testing.T) {
	t.Parallel()
	w := live(t, ibm.Make(), bucket)
	if r := w.destroy(t, bucket); len(r.errors) > 0 || w.state(t, atBucket) != nil {
		t.Errorf("an empty bucket: want it deleted, got %s", r)
	}
}

// TestBucketDestroyEmptied shows that a bucket which never had versions is empty once its
// objects are deleted, and that a suspended one is not: delete markers are left.
func TestBucketDestroyEmptied(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		reason string
		vars   variables
		want   string
	}{
		"Never":     {"a bucket that never had versions is empty without its objects", dev, ""},
		"Suspended": {"a suspended bucket has delete markers instead of its objects", suspended, "BucketNotEmpty"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			vars := tc.vars.with(variables{"bucket_name": "ibm-payments-dev-emptied-0a1b2c3d"})
			r := live(t, ibm.Make(), vars).destroy(t, vars)
			if (tc.want == "") != (len(r.errors) == 0) || tc.want != "" && !r.says(tc.want) {
				t.Errorf("%s: want an error with %q, got %s", tc.reason, tc.want, r)
			}
		})
	}
}

// TestBucketDestroyGone holds what docs/runbooks.md says of a bucket or rules that
// somebody deleted at IBM Cloud: neither is destroyed until the rules are taken out of the
// state, and not to read first does not do where the bucket is gone.
func TestBucketDestroyGone(t *testing.T) {
	t.Parallel()
	for gone, unread := range map[string]string{"rules": "", "bucket": "NoSuchBucket"} {
		t.Run(gone, func(t *testing.T) {
			t.Parallel()
			w := live(t, ibm.Make(), bucket)
			there := slices.Clone(w.env)
			w.env = append(w.env, "STANDIN_GONE="+gone)
			if r := w.destroy(t, bucket); !r.says("Error getting Lifecycle Configuration") || w.state(t, atInstance) == nil {
				t.Errorf("want no bucket destroyed whose %s were deleted, got %s", gone, r)
			}
			if unread != "" {
				if r := w.run(t, bucket, "destroy", "-auto-approve", "-refresh=false"); !r.says(unread) || w.state(t, atInstance) == nil {
					t.Errorf("without a read: want an error with %q, got %s", unread, r)
				}
			}
			w.tofu(t, "state", "rm", atRules)
			if r := w.destroy(t, bucket); len(r.errors) > 0 || w.state(t, atBucket) != nil || w.state(t, atInstance) != nil {
				t.Errorf("without rules in the state: want all destroyed, got %s", r)
			}
			w.env = there
			if r := w.destroy(t, bucket); len(r.errors) > 0 {
				t.Errorf("what is left: %s", r)
			}
		})
	}
}
