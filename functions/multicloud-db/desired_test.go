package multiclouddb

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/bucket"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/database"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// partNames are the names of all parts of each type.
var partNames = map[string][]string{
	"Database": append([]string{keyInstance, keyConnection, "delivery"}, database.Type.Parts...),
	"Bucket":   append([]string{keyInstance, keyConnection, "delivery"}, bucket.Type.Parts...),
}

// TestDesiredOfEarlierStep holds that no resource of an earlier step is written over: one
// under the name of any part is refused on each cloud, new and live, and one under another
// name stays as it is.
func TestDesiredOfEarlierStep(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		for what, xr := range claimsOf(provider) {
			for _, part := range partNames[what] {
				name := part
				if strings.HasSuffix(part, "-") {
					name += "web"
				}
				t.Run(provider+"/"+what+"/"+name, func(t *testing.T) {
					t.Parallel()
					theirs := &fnv1.Resource{Resource: fromYAML(t, "{apiVersion: ec2.aws.upbound.io/v1beta1, kind: Instance, spec: {forProvider: {ami: a}}}")}
					want := `desired resource "` + name + `" is an Instance of ec2.aws.upbound.io of an earlier step; give it another name`
					for _, req := range []*fnv1.RunFunctionRequest{
						request(t, xr, keyed(provider, "", ""), nil), settled(t, provider, xr, keyed(provider, "", "")).request,
					} {
						req = proto.CloneOf(req)
						req.Desired = &fnv1.State{Resources: map[string]*fnv1.Resource{name: theirs, "my-" + name: proto.CloneOf(theirs)}}
						rsp := run(t, proto.CloneOf(req))
						if got := fatal(rsp); !strings.HasPrefix(got, want) || rsp.GetConditions()[0].GetReason() != "NameTaken" {
							t.Errorf("want %q, got %s: %q", want, rsp.GetConditions()[0].GetReason(), got)
						}
						delete(req.GetDesired().GetResources(), name)
						rsp = run(t, req)
						if diff := cmp.Diff(theirs, rsp.GetDesired().GetResources()["my-"+name], protocmp.Transform()); diff != "" || fatal(rsp) != "" {
							t.Errorf("under a name of its own: %s: -want, +got:\n%s", fatal(rsp), diff)
						}
					}
				})
			}
		}
	}
}

// TestDesiredTwice holds that this function takes what it desires itself, in an earlier step
// of the same pipeline: to run twice is to run once.
func TestDesiredTwice(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		for what, xr := range claimsOf(provider) {
			for mode, more := range map[string]string{"": "", "Observed": "  externalName: there\n"} {
				if mode == "Observed" && (provider == cloud.IBM || provider == cloud.Azure) {
					continue // which look by a CRN, and in a group of the settings
				}
				req := settled(t, provider, xr+more, keyed(provider, "", "")).request
				once := run(t, proto.CloneOf(req))
				req.Desired, req.Context = proto.CloneOf(once.GetDesired()), once.GetContext()
				twice := run(t, req)
				if got := fatal(twice); got != "" {
					t.Errorf("%s %s %s: %s", provider, what, mode, got)
				}
				if diff := cmp.Diff(once.GetDesired(), twice.GetDesired(), protocmp.Transform()); diff != "" {
					t.Errorf("%s %s %s: -once, +twice:\n%s", provider, what, mode, diff)
				}
			}
		}
	}
	if !slices.Contains(partNames["Database"], "ingress-") {
		t.Error("the names that begin with ingress- are not tried")
	}
}
