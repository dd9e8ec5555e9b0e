package multiclouddb

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestFoundAgain holds that what a claim left in the cloud is found again by the same
// claim, also where the cloud gives ids of its own: by what the provider finds it by
// while it has no id, and by its id from then on.
func TestFoundAgain(t *testing.T) {
	t.Parallel()
	const lockID = "/server/providers/Microsoft.Authorization/locks/azure-shop-staging-cloudsql-main-7e886bd4"
	for name, tc := range map[string]struct {
		reason, provider, key, observed, want string
	}{
		"RDS":      {"The provider finds an instance by its identifier.", "aws", keyInstance, "", "aws-shop-staging-cloudsql-main-7e886bd4"},
		"RDSGiven": {"Once it has one the id stays.", "aws", keyInstance, "db-ABC", "db-ABC"},
		"Lock":     {"A lock is found by scope and name.", "azure", keyLock, "", lockID},
		"LockSeen": {"In the words of Azure, once it has said them.", "azure", keyLock, "/SERVER/lock", "/SERVER/lock"},
		"Group":    {"A security group is not found by anything but its id.", "aws", keySecurityGroup, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := alive(t, tc.provider)
			settings := `metadata: {name: p}
data: {policy: {deletionProtection: true}, providers: {aws: {regions: {eu-west-1: {vpcID: vpc-1}}}}}`
			req := request(t, xrHead+l.spec, settings, nil)
			req.Observed = l.request.GetObserved()
			if tc.provider == "aws" { // else it would stay where it is
				object.Set(l.instance(), "region,securityGroupIDs", "metadata", "annotations", requested+placement)
			}
			if tc.observed == "" {
				delete(object.Struct(l.instance(), "metadata", "annotations").GetFields(), "crossplane.io/external-name")
			} else {
				r := req.GetObserved().GetResources()[keyInstance]
				if tc.key != keyInstance {
					req.Observed.Resources[tc.key] = &fnv1.Resource{Resource: fromYAML(t, "{kind: ManagementLock, spec: {forProvider: {scope: /server}}}")}
					r = req.GetObserved().GetResources()[tc.key]
				}
				object.Set(r.GetResource(), tc.observed, "metadata", "annotations", "crossplane.io/external-name")
			}
			rsp := run(t, req)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			o := rsp.GetDesired().GetResources()[tc.key].GetResource()
			if o == nil {
				t.Fatalf("%s is not composed", tc.key)
			}
			if diff := cmp.Diff(tc.want, object.String(o, externalNameAt...)); diff != "" {
				t.Errorf("\n%s\nexternal name: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestAnotherGroup holds that a claim that is made again makes a security group of
// another name, for the one it left keeps its own, and that a live one keeps its name.
func TestAnotherGroup(t *testing.T) {
	t.Parallel()
	const settings = "metadata: {name: p}\ndata: {providers: {aws: {regions: {eu-west-1: {vpcID: vpc-1}}}}}"
	made := func(uid, observed string) string {
		req := request(t, specOf("aws", "postgres"), settings, nil)
		object.Set(req.GetObserved().GetComposite().GetResource(), uid, "metadata", "uid")
		if observed != "" {
			req.Observed.Resources[keySecurityGroup] = &fnv1.Resource{
				Resource: fromYAML(t, "{apiVersion: ec2.aws.upbound.io/v1beta1, kind: SecurityGroup, spec: {forProvider: {name: "+observed+"}}}"),
			}
		}
		rsp := run(t, req)
		if got := fatal(rsp); got != "" {
			t.Fatal(got)
		}
		return object.String(rsp.GetDesired().GetResources()[keySecurityGroup].GetResource(), body("name")...)
	}
	first, again, second := made("a", ""), made("a", ""), made("b", "")
	if first != again || first == second {
		t.Errorf("the group is named %q, then %q, and of another XR %q", first, again, second)
	}
	if got := made("a", "older"); got != "older" {
		t.Errorf("a group that exists is renamed to %q", got)
	}
}
