package multiclouddb

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// halfTold are reports that lack what every whole report of a cluster has, and whose default at the
// provider would be a change.
var halfTold = map[string]struct{ provider, otherwise string }{
	"NetworkGCP": {"gcp", "{network: null}"},
	"RoleAWS":    {"aws", "{roleArn: null}"},
	"SubnetsAWS": {"aws", "{vpcConfig: {subnetIds: []}}"},
	"VPCAWS":     {"aws", "{vpcConfig: null}"},
	"PublicAWS":  {"aws", "{vpcConfig: {endpointPublicAccess: null}}"},
	"PrivateAWS": {"aws", "{vpcConfig: {endpointPrivateAccess: null}}"},
}

// TestClusterAdoptedHalfTold holds that nothing is taken over by a report that is half written, and
// that what was taken over stays as it was asked for last while its report is.
func TestClusterAdoptedHalfTold(t *testing.T) {
	t.Parallel()
	for name, tc := range halfTold {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			first := adoptedCluster(t, tc.provider, "Manage", tc.otherwise)
			o := first.run(t).GetDesired().GetResources()[keyInstance].GetResource()
			if got := list(o, "spec", "managementPolicies"); !slices.Equal(got, []string{"Observe"}) {
				t.Errorf("at first its provider may %v", got)
			}
			l := adoptedCluster(t, tc.provider, "Manage", "{}")
			l.reports(t, "{}")
			before := bodies(l.run(t))
			l.reports(t, tc.otherwise)
			if diff := cmp.Diff(before, bodies(l.run(t))); diff != "" {
				t.Errorf("later: -before, +after:\n%s", diff)
			}
		})
	}
}

// TestClusterAdoptedAnew holds that nothing is made where a managed resource, or the record in it, is lost.
func TestClusterAdoptedAnew(t *testing.T) {
	t.Parallel()
	for _, provider := range []string{"gcp", "aws"} {
		for name, lose := range losses {
			l := adoptedCluster(t, provider, "Manage", "{}")
			l.reports(t, "{}")
			before := bodies(l.run(t))
			lose(l)
			rsp := l.run(t)
			if diff := cmp.Diff(before, bodies(rsp)); diff != "" {
				t.Errorf("%s, %s: -before, +after:\n%s", provider, name, diff)
			}
			o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
			if slices.Contains(list(o, "spec", "managementPolicies"), "Create") {
				t.Errorf("%s, %s: it is made", provider, name)
			}
			delete(l.request.GetObserved().GetResources(), keyInstance)
			o = l.run(t).GetDesired().GetResources()[keyInstance].GetResource()
			if got := list(o, "spec", "managementPolicies"); !slices.Equal(got, []string{"Observe"}) {
				t.Errorf("%s, %s: without its managed resource its provider may %v", provider, name, got)
			}
		}
	}
}

// TestClusterAdoptedUnsaid holds that a switch which a report lacks is left to its owner: fields of
// initProvider are ignored of what is there, and a field that is left out gets the provider's default.
func TestClusterAdoptedUnsaid(t *testing.T) {
	t.Parallel()
	for provider, field := range map[string]string{"gcp": "enableShieldedNodes", "aws": "deletionProtection"} {
		l := adoptedCluster(t, provider, "Manage", "{"+field+": null}")
		o := l.run(t).GetDesired().GetResources()[keyInstance].GetResource()
		if said := object.Get(o, "spec", "forProvider", field); said != nil || object.Get(o, "spec", "initProvider", field) == nil {
			t.Errorf("%s: %s is asked for as %v, and at creation only as %v", provider, field, said, object.Get(o, "spec", "initProvider"))
		}
		l.reports(t, "{"+field+": true}")
		if got := composed(l.run(t))[field]; got != true {
			t.Errorf("%s: once it is reported, %s is asked for as %v", provider, field, got)
		}
	}
}

// TestClusterAdoptedNewer holds that a maintenance window stays of which only providers tell that are
// newer than the CRDs here, and which those would take away where it is left out.
func TestClusterAdoptedNewer(t *testing.T) {
	t.Parallel()
	l := adoptedCluster(t, "gcp", "Manage", `{maintenancePolicy: {dailyMaintenanceWindow: null, recurringMaintenanceWindow: {windowDuration: 4h}}}`)
	if got := flat(composed(l.run(t)))["maintenancePolicy.recurringMaintenanceWindow.windowDuration"]; got != "4h" {
		t.Errorf("it is asked for as %v", got)
	}
}
