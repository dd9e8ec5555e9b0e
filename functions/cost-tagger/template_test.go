package costtagger

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestTemplate holds which specifications a launch template gets: all of what is billed where
// it is new, and none that makes a new version of one that machines run by.
func TestTemplate(t *testing.T) {
	const (
		both     = "[{resourceType: instance, tags: {a: b}}, {resourceType: volume, tags: {a: b}}]"
		live     = "status: {atProvider: {id: lt-1"
		instance = "tags of LaunchTemplate do not reach its machines: a new version of a template that exists may replace machines, " +
			"so set tagSpecifications of instance in the step before"
		volume = "tags of LaunchTemplate do not reach its volumes: a new version of a template that exists may replace machines, " +
			"so set tagSpecifications of volume in the step before"
	)
	cases := map[string]struct{ reason, desired, live, want, message string }{
		"New":  {"a new template tags machines and volumes", "{}", "", both, ""},
		"Null": {"a null is nothing", "{tagSpecifications: null}", "", both, ""},
		"Kept": {
			"specifications of a step before stay, in their order, and are filled", "{tagSpecifications: [{resourceType: network-interface, tags: {x: y}}, " +
				"{resourceType: volume}]}", "",
			"[{resourceType: network-interface, tags: {x: y, a: b}}, {resourceType: volume, tags: {a: b}}, {resourceType: instance, tags: {a: b}}]", "",
		},
		"Asked": {
			"what was asked for before is asked for again, whether the cloud reports it yet or not", "{}",
			"{spec: {forProvider: {tagSpecifications: [{resourceType: instance}, {resourceType: volume}]}}, " + live + "}}}", both, "",
		},
		"Reported": {
			"what the cloud has makes no new version", "{}",
			"{" + live + ", tagSpecifications: [{resourceType: instance, tags: {a: b}}, {resourceType: volume, tags: {a: b}}]}}}", both, "",
		},
		"Bare": {
			"a template that exists without gets none, and that is said", "{}", "{" + live + "}}}", "null", "1 resource tagged; " + instance + "; " + volume,
		},
		"Half": {
			"of two specifications the one that exists stays, and the other is not added", "{}",
			"{" + live + ", tagSpecifications: [{resourceType: instance}]}}}", "[{resourceType: instance, tags: {a: b}}]", "1 resource tagged; " + volume,
		},
		"Said": {
			"a person who names them in the step before decides on the new version", "{tagSpecifications: [{resourceType: instance}, {resourceType: volume}]}",
			"{" + live + "}}}", both, "",
		},
		"Imported": {
			reason: "a template that is taken over by its name is there before anything of it is observed", desired: "{}", want: "null",
			message: "1 resource tagged; " + instance + "; " + volume,
		},
		"Unreadable": {
			reason: "a template that its provider cannot look at now is there by the name that EC2 gave it", desired: "{}",
			live: "{metadata: {annotations: {crossplane.io/external-name: lt-0123}}, status: {conditions: [{type: Synced, status: 'False'}]}}", want: "null",
			message: "1 resource tagged; " + instance + "; " + volume,
		},
		"UnreadableAsked": {
			reason: "what was asked for before of a template that cannot be looked at is asked for again", desired: "{}",
			live: "{metadata: {annotations: {crossplane.io/external-name: lt-0123}}, spec: {forProvider: {tagSpecifications: [{resourceType: instance}, " +
				"{resourceType: volume}]}}}", want: both,
		},
		"OtherName": {
			reason: "a name that EC2 does not give tells nothing", desired: "{}", want: both,
		},
		"Failed": {
			"a template whose creation failed does not exist", "{}",
			"{metadata: {annotations: {crossplane.io/external-create-failed: '2026-11-25T00:00:00Z'}}}", both, "",
		},
	}
	names := map[string]string{"Imported": "lt-0123456789abcdef0", "OtherName": "nodes"} // that the step before gives
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			for _, version := range []string{"ec2.aws.upbound.io/v1beta1", "ec2.aws.upbound.io/v1beta2", "ec2.aws.m.upbound.io/v1beta1"} {
				want := tc.message
				if want == "" {
					want = "1 resource tagged"
				}
				named := ""
				if external := names[name]; external != "" {
					named = "metadata: {annotations: {crossplane.io/external-name: " + external + "}}, "
				}
				rsp := run(t, foreign(t, "{tags: [{values: {a: b}}]}",
					"{apiVersion: "+version+", kind: LaunchTemplate, "+named+"spec: {forProvider: "+tc.desired+"}}", tc.live))
				got := object.Struct(rsp.GetDesired().GetResources()["r"].GetResource(), "spec", "forProvider")
				wanted := object.Get(fromYAML(t, "{x: "+tc.want+"}"), "x")
				if tc.want == "null" {
					wanted = nil
				}
				if diff := cmp.Diff(wanted, object.Get(got, specifications), protocmp.Transform()); diff != "" {
					t.Errorf("%s\n%s: -want, +got:\n%s", tc.reason, version, diff)
				}
				if diff := cmp.Diff(want, rsp.GetConditions()[0].GetMessage()); diff != "" {
					t.Errorf("%s\n%s: condition: -want, +got:\n%s", tc.reason, version, diff)
				}
			}
		})
	}
}
