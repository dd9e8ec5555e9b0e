package multiclouddb

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// variable is one that a module declares, and what it says of the variable.
var variable = regexp.MustCompile(`(?ms)^variable "(\w+)" \{\n(.*?)^\}`)

// TestBucketVariables holds that a Workspace gives its module each variable that has no
// default, and none that the module does not declare: with either OpenTofu fails.
func TestBucketVariables(t *testing.T) {
	t.Parallel()
	there := strings.Replace(bucketStatus["ibm"], "TAGS", bucketTags["ibm"], 1)
	unversioned := strings.Replace(there, "versioning: true, ", "", 1)
	const silent, manage = "  bucket: {}\n", "  adopt: Manage\n"
	spec := strings.Replace(specBucket, "  bucket: {versioning: true, retentionDays: 20}\n", silent, 1)
	workspaces := map[string]*structpb.Struct{}
	of := func(rsp *fnv1.RunFunctionResponse) *structpb.Struct {
		return rsp.GetDesired().GetResources()[keyInstance].GetResource()
	}
	workspaces["made"] = of(run(t, request(t, xrHead+strings.Replace(specBucket, "gcp", "ibm", 1), settingsBucket, nil)))
	workspaces["dev"] = of(run(t, request(t, xrHead+strings.NewReplacer("gcp", "ibm", "staging", "dev").Replace(spec), settingsBucket, nil)))
	workspaces["looks"] = of(run(t, adoptedBucket(t, "ibm", spec, there)))
	workspaces["manages"] = of(run(t, adoptedBucket(t, "ibm", spec+manage, there)))
	workspaces["manages without versions"] = of(run(t, adoptedBucket(t, "ibm", spec+manage, unversioned)))
	for name, o := range workspaces {
		given := object.Struct(o, "spec", "forProvider", "varmap").GetFields()
		declared := map[string]bool{}
		for _, found := range variable.FindAllStringSubmatch(object.String(o, "spec", "forProvider", "module"), -1) {
			declared[found[1]] = true
			if given[found[1]] == nil && !strings.Contains(found[2], " default ") {
				t.Errorf("%s: the module needs %s", name, found[1])
			}
		}
		for key := range given {
			if !declared[key] {
				t.Errorf("%s: the module does not declare %s", name, key)
			}
		}
		if len(declared) == 0 {
			t.Errorf("%s: the module declares nothing, so nothing was held", name)
		}
	}
}

// TestBucketVersioningIBM holds what the module is told of versions: nothing of a bucket
// that never had any, since false is to suspend them, which leaves delete markers.
func TestBucketVersioningIBM(t *testing.T) {
	t.Parallel()
	const outputs = "{outputs: {crn: x, bucket_name: x, region_location: eu-es}}"
	cases := map[string]struct {
		reason, spec, asked, there string
		want                       any
	}{
		"New":  {"A new bucket without versions is told nothing.", "false", "", "", nil},
		"On":   {"A bucket with versions is told so.", "true", "", "", true},
		"Live": {"A live bucket without versions is still told nothing.", "false", "", outputs, nil},
		"Suspended": {
			"A bucket that is suspended is held to that, since each plan would differ without a block.", "false", "",
			strings.Replace(outputs, "}}", ", versioning: false}}", 1), false,
		},
		"Forgetful": {"A suspended bucket whose Workspace shows nothing for a moment stays suspended.", "false", "false", "{id: x}", false},
		"Failed":    {"A bucket that could not be made with versions may be made without.", "false", "true", "", nil},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := &live{provider: "ibm", spec: strings.NewReplacer("gcp", "ibm", "staging", "dev", "true", tc.spec).Replace(specBucket)}
			l.request = request(t, xrHead+l.spec, settingsBucket, nil)
			if tc.there != "" || tc.asked != "" {
				observeBucket(t, l, l.run(t).GetDesired().GetResources(), made)
				object.Set(l.instance(), fromYAML(t, "{}"), "status")
				if tc.there != "" {
					object.Set(l.instance(), fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
					object.Set(l.instance(), fromYAML(t, tc.there), "status", "atProvider")
				} else {
					object.Set(l.instance(), fromYAML(t, "{}"), "metadata", "annotations")
				}
				if tc.asked != "" {
					object.Set(l.instance(), tc.asked == "true", "spec", "forProvider", "varmap", "versioning")
				}
			}
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatalf("\n%s\nRunFunction(): %s", tc.reason, got)
			}
			got := bucketAt(rsp.GetDesired().GetResources(), keyInstance, "varmap", "versioning")
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nversioning: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestBucketFoundLateIBM holds that the claim says what its found bucket has instead of
// the settings' key and group, which the module ignores: IBM takes both at creation only.
func TestBucketFoundLateIBM(t *testing.T) {
	t.Parallel()
	const key, group = "it keeps IBM's own key", "its instance stays in the resource group fedcba9876543210fedcba9876543210"
	cases := map[string]struct {
		reason, there string
		says          map[string]bool
	}{
		"Late": {
			"A key and a group that the settings gained later are not the bucket's.", "{resource_group_id: fedcba9876543210fedcba9876543210}",
			map[string]bool{key: true, group: true},
		},
		"Same": {
			"A bucket with the settings' key and group has nothing instead.",
			`{kms_key_crn: "crn:v1:bluemix:public:kms:eu-es:a/0:1:key:2", resource_group_id: 0123456789abcdef0123456789abcdef}`,
			map[string]bool{key: false, group: false},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := foundBucket(t, "ibm", bucketTags["ibm"])
			crds.Overlay(object.Struct(l.instance(), "status", "atProvider", "outputs"), fromYAML(t, tc.there))
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatalf("\n%s\nRunFunction(): %s", tc.reason, got)
			}
			for says, want := range tc.says {
				if message := rsp.GetConditions()[0].GetMessage(); strings.Contains(message, says) != want {
					t.Errorf("\n%s\nComposed: want %q in it: %t, got %q", tc.reason, says, want, message)
				}
			}
		})
	}
}
