package costtagger

import (
	"strings"
	"testing"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestLaunch holds of which kinds it is said that their tags do not reach what they launch.
func TestLaunch(t *testing.T) {
	cases := map[string]struct{ reason, desired, live, want string }{
		"NodeGroup": {
			"the machines of a node group take no tags from it", "eks.aws.m/NodeGroup {clusterName: c}", "",
			"tags of NodeGroup do not reach its machines: they take those of a launch template, so give it one",
		},
		"NodeGroupTemplate": {
			"a template that is not made here may have none", "eks.aws.m/NodeGroup {launchTemplate: {id: lt-1}}", "",
			"tags of NodeGroup do not reach its machines: they take those of its launch template, which is not made here",
		},
		"NodeGroupOld": {
			"a launch template is a list of one in old versions", "eks.aws/NodeGroup {launchTemplate: [{id: lt-1}]}", "",
			"tags of NodeGroup do not reach its machines: they take those of its launch template, which is not made here",
		},
		"Fargate": {"pods take no tags from a profile", "eks.aws/FargateProfile {}", "", "tags of FargateProfile do not reach its pods: no field passes them on"},
		"Cluster": {"a cluster without Auto Mode launches nothing itself", "eks.aws/Cluster {computeConfig: {enabled: false}}", "", ""},
		"AutoMode": {
			"Auto Mode launches machines by a NodeClass", "eks.aws/Cluster {computeConfig: {enabled: true}}", "",
			"tags of Cluster do not reach its machines of Auto Mode: they take those of a NodeClass in the cluster",
		},
		"Group": {
			"a group passes tags on to machines, not to their volumes", "autoscaling.aws/AutoscalingGroup {launchConfiguration: x}", "",
			"tags of AutoscalingGroup do not reach its volumes: they take those of a launch template, so give it one",
		},
		"Fleet": {
			"a fleet launches by a template only", "ec2.aws/Fleet {launchTemplateConfig: [{version: '1'}]}", "",
			"tags of Fleet do not reach its machines: they take those of its launch template, which is not made here",
		},
		"SpotFleet": {"launch specifications have tags of their own", "ec2.aws/SpotFleetRequest {launchSpecification: [{ami: x}]}", "", ""},
		"Batch": {
			"tags of Batch's machines cannot change on a live environment", "batch.aws/ComputeEnvironment {computeResources: {type: EC2}}", "",
			"tags of ComputeEnvironment do not reach its machines: computeResources.tags cannot change without a new environment, " +
				"so set them in the step before",
		},
		"BatchTagged": {"a step before has set them", "batch.aws/ComputeEnvironment {computeResources: [{type: EC2, tags: {a: x}}]}", "", ""},
		"Fargates":    {"Fargate has no machines", "batch.aws/ComputeEnvironment {computeResources: {type: FARGATE}}", "", ""},
		"Service": {
			"tasks take no tags unless a field says so", "ecs.aws/Service {propagateTags: NONE}", "",
			"tags of Service do not reach its tasks: set propagateTags=SERVICE",
		},
		"Replicas": {
			"each replica of a table passes the table's tags on, or goes without",
			"dynamodb.aws/Table {replica: [{regionName: a, propagateTags: true}, {regionName: b}]}", "",
			"tags of Table do not reach its replicas: set replica.propagateTags=true",
		},
		"ReplicasPass": {
			"a table whose replicas all take its tags is tagged", "dynamodb.aws/Table {replica: [{propagateTags: true}, {propagateTags: true}]}", "", "",
		},
		"TableAlone": {"a table without a replica launches nothing", "dynamodb.aws/Table {billingMode: PAY_PER_REQUEST}", "", ""},
		"Managed": {
			"machines that ECS manages take no tags unless a field says so", "ecs.aws/CapacityProvider {managedInstancesProvider: {propagateTags: NONE}}", "",
			"tags of CapacityProvider do not reach its managed machines: set managedInstancesProvider.propagateTags=CAPACITY_PROVIDER",
		},
		"ServicePasses": {"the service passes its tags on", "ecs.aws/Service {propagateTags: SERVICE}", "", ""},
		"ServiceLive":   {"the cloud's service passes its tags on already", "ecs.aws/Service {}", "{status: {atProvider: {propagateTags: SERVICE}}}", ""},
		"Domain": {
			"apps take no tags unless a field says so", "sagemaker.aws/Domain {}", "",
			"tags of Domain do not reach its apps: set tagPropagation=ENABLED",
		},
		"Snapshots": {"snapshots stand in the status alone", "rds.aws/Instance {}", "", ""},
		"Other":     {"most kinds launch nothing", "sqs.aws/Queue {}", "", ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			of, body, _ := strings.Cut(tc.desired, " ")
			group, kind, _ := strings.Cut(of, "/")
			rsp := run(t, foreign(t, "{tags: [{values: {a: b}}]}",
				"{apiVersion: "+group+".upbound.io/v1beta1, kind: "+kind+", spec: {forProvider: "+body+"}}", tc.live))
			_, got, _ := strings.Cut(rsp.GetConditions()[0].GetMessage(), "; ")
			if got != tc.want {
				t.Errorf("%s\nwant %q\n got %q", tc.reason, tc.want, got)
			}
		})
	}
}

// TestLaunchByTemplate holds that nothing is said of what takes its tags from a launch
// template that is made beside it.
func TestLaunchByTemplate(t *testing.T) {
	req := foreign(t, "{tags: [{values: {a: b}}]}",
		"{apiVersion: eks.aws.m.upbound.io/v1beta1, kind: NodeGroup, spec: {forProvider: {launchTemplate: {name: x}}}}", "")
	req.Desired.Resources["lt"] = request(nil, nil).GetObserved().GetComposite()
	req.Desired.Resources["lt"].Resource = mr("ec2.aws.m.upbound.io/v1beta1", "LaunchTemplate", nil)
	if got := run(t, req).GetConditions()[0].GetMessage(); got != "2 resources tagged" {
		t.Errorf("want both tagged and nothing else, got %q", got)
	}
}

// TestLaunchInStatus holds that what costs less than the resource stands in the status.
func TestLaunchInStatus(t *testing.T) {
	for want, forProvider := range map[int]object.Map{0: {"copyTagsToSnapshot": true}, 1: {}} {
		rsp := run(t, request(xr(nil), map[string]*structpb.Struct{"r": mr("rds.aws.upbound.io/v1beta3", "Instance", forProvider)}))
		notes := object.Get(rsp.GetDesired().GetComposite().GetResource(), "status", "cost", "adjusted").GetListValue().GetValues()
		if len(notes) != want {
			t.Errorf("snapshots of %v: want %d notes, got %v", forProvider, want, notes)
		}
	}
}

// TestLaunchKinds holds that every row is of a kind of the table that has tags, and says in
// words what to do.
func TestLaunchKinds(t *testing.T) {
	for k, l := range launches {
		if kinds[k] == nil || len(kinds[k].fields) == 0 {
			t.Errorf("%s %s has no tags in the table", k.group, k.kind)
		}
		if l.what == "" || l.advice == "" && len(l.by)+len(l.from) == 0 {
			t.Errorf("%s %s has no words or no advice: %+v", k.group, k.kind, l)
		}
	}
}
