package costtagger

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestReach holds what is said of a resource whose tags do not reach the cloud.
func TestReach(t *testing.T) {
	const (
		rds   = "apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance"
		sql   = "apiVersion: sql.gcp.m.upbound.io/v1beta1, kind: DatabaseInstance"
		group = "apiVersion: autoscaling.aws.upbound.io/v1beta3, kind: AutoscalingGroup"
		made  = "metadata: {annotations: {crossplane.io/external-create-succeeded: '2026-11-25T00:00:00Z'}}"
	)
	policies := func(kind, list string) string {
		return "{" + kind + ", spec: {managementPolicies: [" + list + "], forProvider: {x: y}}}"
	}
	cases := map[string]struct {
		reason, desired, live string
		tagged                bool // what is desired has the tags
		status, message       string
	}{
		"Observe": {
			"a resource that is only observed gets no tags, and a person reads its name", policies(rds, "Observe"), "", false,
			reasonObserved, "0 resources tagged; only observed: r",
		},
		"ObserveNamespaced": {
			"the namespaced kind is only observed in the same way", policies(sql, "Observe, LateInitialize"), "", false,
			reasonObserved, "0 resources tagged; only observed: r",
		},
		"ObserveDelete": {
			"a resource that may only be deleted is never changed", policies(rds, "Observe, Delete"), "", false,
			reasonObserved, "0 resources tagged; only observed: r",
		},
		"Lacks": {
			"the provider reports other tags, so a person reads what Manage would do", policies(rds, "Observe"),
			"{status: {atProvider: {id: x, tags: {Name: legacy, project: old}}}}", false,
			reasonObserved, "0 resources tagged; only observed: r (Manage would add team=b, and change project=old to project=a)",
		},
		"LacksSecret": {
			"what may be a secret is not shown, and no tag of another's at all", policies(rds, "Observe"),
			"{status: {atProvider: {id: x, tags: {other: hunter2, project: AKIAIOSFODNN7EXAMPLE, team: b}}}}", false,
			reasonObserved, "0 resources tagged; only observed: r (Manage would change project=(another value) to project=a)",
		},
		"LacksAll": {
			"a provider that reports a resource without the field reports no tags", policies(rds, "Observe"),
			"{status: {atProvider: {id: x}}}", false,
			reasonObserved, "0 resources tagged; only observed: r (Manage would add project=a, team=b)",
		},
		"LacksBelow": {
			"Cloud SQL's labels are below its settings, a list of one in old versions", policies(sql, "Observe"),
			"{status: {atProvider: {settings: [{userLabels: {project: a}}]}}}", false,
			reasonObserved, "0 resources tagged; only observed: r (Manage would add team=b)",
		},
		"LacksPairs": {
			"the tags of a group are a list of pairs", policies(group, "Observe"),
			"{status: {atProvider: {id: x, tag: [{key: project, value: old, propagateAtLaunch: true}]}}}", false,
			reasonObserved, "0 resources tagged; only observed: r (Manage would add team=b, and change project=old to project=a)",
		},
		"LacksEffective": {
			"Google Cloud's effective labels are all that a resource has", policies("apiVersion: pubsub.gcp.upbound.io/v1beta1, kind: Topic", "Observe"),
			"{status: {atProvider: {id: x, labels: {}, effectiveLabels: {project: a, team: b}}}}", false,
			reasonObserved, "0 resources tagged; only observed: r (has the tags already)",
		},
		"LacksCase": {
			"Azure takes Project for project, and a person reads that the key changes too",
			policies("apiVersion: dbforpostgresql.azure.upbound.io/v1beta1, kind: FlexibleServer", "Observe"),
			"{status: {atProvider: {id: x, tags: {Project: a, team: b}}}}", false,
			reasonObserved, "0 resources tagged; only observed: r (Manage would change Project=a to project=a)",
		},
		"Untold": {
			"a resource that was never looked at says nothing of its tags", policies(sql, "Observe"), "{status: {atProvider: {}}}", false,
			reasonObserved, "0 resources tagged; only observed: r",
		},
		"Module": {
			"a module of IBM Cloud that only reads has no variable for tags, and is recorded as observed",
			"{apiVersion: opentofu.upbound.io/v1beta1, kind: Workspace, metadata: {annotations: {platform.victor.onl/requested-adopt: Observe}}}", "", false,
			reasonObserved, "0 resources tagged; only observed: r",
		},
		"NoField": {
			"a kind without a field is no less without one while it is observed",
			policies("apiVersion: sql.gcp.upbound.io/v1beta2, kind: User", "Observe"), "", false,
			reasonTagged, "0 resources tagged; no tag field: User",
		},
		"EmptyPolicies": {
			"an empty list of policies pauses a managed resource, which keeps its tags", policies(rds, ""), "", true,
			reasonPaused, "0 resources tagged; paused: r",
		},
		"PausedDesired": {
			"a paused resource keeps its tags for the day that it is not", "{" + rds + ", metadata: {annotations: {crossplane.io/paused: 'true'}}}", "", true,
			reasonPaused, "0 resources tagged; paused: r",
		},
		"PausedLive": {
			"somebody paused the managed resource in the cluster", "{" + rds + "}",
			"{metadata: {annotations: {crossplane.io/paused: 'true'}}, status: {atProvider: {id: x, tags: {project: a}}}}", true,
			reasonPaused, "0 resources tagged; paused: r (Manage would add team=b)",
		},
		"PausedTagged": {
			"a paused resource that has the tags is tagged", "{" + rds + "}",
			"{metadata: {annotations: {crossplane.io/paused: 'true'}}, status: {atProvider: {id: x, tags: {project: a, team: b}}}}", true,
			reasonTagged, "1 resource tagged",
		},
		"New": {
			"a resource that does not exist is made with its tags", policies(rds, "Observe, Create"), "", true,
			reasonTagged, "1 resource tagged",
		},
		"Creating": {
			"a resource that this managed resource asks for was asked for with its tags", policies(rds, "Observe, Create"),
			"{metadata: {annotations: {crossplane.io/external-create-pending: '2026-11-25T00:00:00Z'}}, status: {atProvider: {status: creating}}}", true,
			reasonTagged, "1 resource tagged",
		},
		"Made": {
			"a resource that this managed resource made has its tags", policies(rds, "Observe, Create"),
			"{" + made + ", status: {atProvider: {id: x}}}", true, reasonTagged, "1 resource tagged",
		},
		"MadeStale": {
			"tags that changed after the creation are not there", policies(rds, "Observe, Create"),
			"{" + made + ", status: {atProvider: {id: x, tags: {project: old, team: b}}}}", true,
			reasonNotUpdated, "0 resources tagged; there already, and not updated yet: r (Manage would change project=old to project=a)",
		},
		"Found": {
			"what an earlier claim left is there with other tags, and not updated", policies(rds, "Observe, Create, LateInitialize"),
			"{status: {atProvider: {id: x, tags: {}}}}", true,
			reasonNotUpdated, "0 resources tagged; there already, and not updated yet: r (Manage would add project=a, team=b)",
		},
		"FoundTagged": {
			"what an earlier claim left has its tags still", policies(rds, "Observe, Create, LateInitialize"),
			"{status: {atProvider: {id: x, tags: {project: a, team: b}}}}", true, reasonTagged, "1 resource tagged",
		},
		"Update": {
			"a resource that may be updated gets its tags", policies(rds, "Observe, Update"), "{status: {atProvider: {id: x}}}", true,
			reasonTagged, "1 resource tagged",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			req := foreign(t, "{tags: [{values: {project: a, team: b}}]}", tc.desired, tc.live)
			o := req.GetDesired().GetResources()["r"].GetResource()
			object.Set(o, true, "spec", "forProvider", "copyTagsToSnapshot")
			before := proto.CloneOf(object.Struct(o, "spec"))
			c := run(t, req).GetConditions()[0]
			if diff := cmp.Diff([]string{tc.status, tc.message}, []string{c.GetReason(), c.GetMessage()}); diff != "" {
				t.Errorf("%s\ncondition: -want, +got:\n%s", tc.reason, diff)
			}
			if is := c.GetStatus() == fnv1.Status_STATUS_CONDITION_TRUE; is != (tc.status == reasonTagged) {
				t.Errorf("%s\nonly a resource that carries the tags is True: got %v", tc.reason, c)
			}
			if changed := !proto.Equal(before, object.Struct(o, "spec")); changed != tc.tagged {
				t.Errorf("%s\nwant the tags desired %t: -before, +after:\n%s", tc.reason, tc.tagged,
					cmp.Diff(before, object.Struct(o, "spec"), protocmp.Transform()))
			}
		})
	}
}

// TestReachOfSome holds that one resource that carries the tags makes the condition true,
// and that the others are named beside it, in order.
func TestReachOfSome(t *testing.T) {
	o := func(kind string) *structpb.Struct {
		return fromYAML(t, "{apiVersion: ec2.aws.m.upbound.io/v1beta1, kind: "+kind+", spec: {managementPolicies: [Observe]}}")
	}
	req := request(xr(nil), map[string]*structpb.Struct{"vpc": o("VPC"), "subnet": o("Subnet"), "queue": mr("sqs.aws.upbound.io/v1beta1", "Queue", nil)})
	rsp := run(t, req)
	want := "1 resource tagged; only observed: subnet, vpc"
	if got := rsp.GetConditions()[0].GetMessage(); got != want {
		t.Errorf("condition: want %q, got %q", want, got)
	}
	cost := object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status", "cost")
	if object.Get(cost, "pending") != nil || object.String(cost, "tags", "project") != "payments" {
		t.Errorf("tags that something carries are not pending: %v", cost)
	}
}

// TestReachInStatus holds that the status shows no tags as if they were on a bill, keeps for
// the next call those of the settings, and has every tag that Manage would change.
func TestReachInStatus(t *testing.T) {
	desired := fromYAML(t, "{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, spec: {managementPolicies: [Observe]}}")
	req := request(xr(nil), map[string]*structpb.Struct{"instance": desired})
	req.Context = object.New(object.Map{"apiextensions.crossplane.io/environment": object.Map{"tags": object.Map{"cost-center": "cc-1"}}})
	req.Observed.Resources = map[string]*fnv1.Resource{"instance": {Resource: fromYAML(t, "{status: {atProvider: {id: x}}}")}}
	rsp := run(t, req)
	c := rsp.GetConditions()[0]
	want := "0 resources tagged; only observed: instance (Manage would add backstage-entity=resource:default/gcp-payments-prod-main, " +
		"cost-center=cc-1, env=prod and 5 more)"
	if c.GetMessage() != want {
		t.Errorf("a condition names a few tags: want %q, got %q", want, c.GetMessage())
	}
	status := rsp.GetDesired().GetComposite().GetResource()
	cost := object.Struct(status, "status", "cost")
	if object.Get(cost, "tags") != nil || object.String(cost, "pending", "cost-center") != "cc-1" {
		t.Errorf("tags that nothing carries are pending: %v", cost)
	}
	all := object.Get(cost, "adjusted").GetListValue().GetValues()
	if len(all) != 1 || !strings.Contains(all[0].GetStringValue(), "team=team-payments") {
		t.Errorf("the status has every tag: %v", all)
	}
	if diff := cmp.Diff(map[string]string{"cost-center": "cc-1"}, inherited(status)); diff != "" {
		t.Errorf("the settings' tags are known to the next call: -want, +got:\n%s", diff)
	}
	if got := object.String(desired, "metadata", "labels", "project"); got != "payments" {
		t.Errorf("the managed resource in the cluster is labelled as any other, got project %q", got)
	}
}

// TestReachOfNone holds that the status shows no tags as if they were on a bill where no kind
// of what is desired takes any.
func TestReachOfNone(t *testing.T) {
	rsp := run(t, request(xr(nil), map[string]*structpb.Struct{"user": mr("sql.gcp.upbound.io/v1beta2", "User", nil)}))
	cost := object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status", "cost")
	if object.Get(cost, "tags") != nil || object.String(cost, "pending", "project") != "payments" {
		t.Errorf("tags that nothing carries are pending: %v", cost)
	}
}

// TestReachOfEveryKind holds that no kind of the table, in either scope, gets or loses
// anything in its spec while it is only observed, and that none is counted as tagged.
func TestReachOfEveryKind(t *testing.T) {
	for k := range kinds {
		for _, suffix := range []string{".upbound.io/v1beta1", ".m.upbound.io/v1beta1"} {
			o := mr(k.group+suffix, k.kind, object.Map{"tags": object.Map{"x": "y"}})
			object.Set(o, []string{"Observe"}, "spec", "managementPolicies")
			before := proto.CloneOf(o)
			rsp := run(t, foreignOf(o))
			if !proto.Equal(before, o) {
				t.Errorf("%s %s: an observed resource is changed", k.group, k.kind)
			}
			if m := rsp.GetConditions()[0].GetMessage(); !strings.HasPrefix(m, "0 resources tagged; ") {
				t.Errorf("%s %s: an observed resource is tagged: %s", k.group, k.kind, m)
			}
		}
	}
}

// foreignOf is a request of an XR that is no Resource, with one resource and one tag.
func foreignOf(o *structpb.Struct) *fnv1.RunFunctionRequest {
	req := request(object.New(object.Map{"apiVersion": "acme.example/v1", "kind": "App"}), map[string]*structpb.Struct{"r": o})
	req.Input = object.New(object.Map{"tags": []any{object.Map{"values": object.Map{"a": "b"}}}})
	return req
}

// TestReachOfComposite holds that policies in the spec of somebody's composite resource are
// its author's: what it composes is judged there.
func TestReachOfComposite(t *testing.T) {
	req := foreign(t, "{tags: [{values: {a: b}}]}", "{apiVersion: acme.example/v1, kind: Thing, spec: {managementPolicies: [Observe]}}", "")
	req.Meta = &fnv1.RequestMeta{Capabilities: []fnv1.Capability{fnv1.Capability_CAPABILITY_REQUIRED_SCHEMAS}}
	schema := fromYAML(t, "{properties: {spec: {properties: {tags: {additionalProperties: {type: string}}}}}}")
	req.RequiredSchemas = map[string]*fnv1.Schema{"acme.example/v1/Thing": {OpenapiV3: schema}}
	rsp := run(t, req)
	if got := object.String(rsp.GetDesired().GetResources()["r"].GetResource(), "spec", "tags", "a"); got != "b" {
		t.Errorf("want the tag in the composite's spec, got %q: %v", got, rsp.GetConditions())
	}
}
