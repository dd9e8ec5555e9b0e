package main

import (
	"regexp"
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
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
