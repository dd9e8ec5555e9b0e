package costtagger

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"
	"sigs.k8s.io/yaml"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

func fromYAML(t testing.TB, text string) *structpb.Struct {
	t.Helper()
	body := map[string]any{}
	if err := yaml.Unmarshal([]byte(text), &body); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	s, err := structpb.NewStruct(body)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// foreign is a request of an XR that is no Resource, with one tag in the input.
func foreign(t testing.TB, input, desired, observed string) *fnv1.RunFunctionRequest {
	t.Helper()
	req := request(fromYAML(t, "{apiVersion: example.org/v1, kind: App, spec: {tags: {c: d}, size: 3, bad: [1]}}"), map[string]*structpb.Struct{
		"r": fromYAML(t, desired),
	})
	req.Input = fromYAML(t, input)
	if observed != "" {
		req.Observed.Resources = map[string]*fnv1.Resource{"r": {Resource: fromYAML(t, observed)}}
	}
	return req
}

func TestPlace(t *testing.T) {
	const (
		one    = "{tags: [{values: {a: b}}]}"
		retain = "{policy: Retain, tags: [{values: {a: b}}]}"
		ignore = "{ignoreTags: [kubernetes.io/*, one], tags: [{values: {a: b}}]}"

		volumes = "1 resource tagged; tags of AutoscalingGroup do not reach its volumes: they take those of a launch template, so give it one"
	)
	cases := map[string]struct{ reason, input, desired, observed, want, message string }{
		"Replace": {
			"What an earlier step set gives way.",
			one, "{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, spec: {forProvider: {tags: {a: x, y: z}}}}", "", "{tags: {a: b, y: z}}",
			"",
		},
		"Retain": {
			"Or stays, as the input has it.",
			retain, "{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, spec: {forProvider: {tags: {a: x, y: z}}}}", "",
			"{tags: {a: x, y: z}}", "",
		},
		"Null": {
			"A null is no tags.", one, "{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, spec: {forProvider: {tags: null}}}", "",
			"{tags: {a: b}}", "",
		},
		"NoSpec": {"An object without a spec gets one.", one, "{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance}", "", "{tags: {a: b}}", ""},
		"AzureCase": {
			"Azure takes A for a, so it is replaced, and that is said.",
			one, "{apiVersion: network.azure.upbound.io/v1beta1, kind: VirtualNetwork, spec: {forProvider: {tags: {A: x}}}}", "", "{tags: {a: b}}",
			"1 resource tagged; azure: A replaced by a, which the cloud takes for the same key",
		},
		"AzureCaseTwice": {
			"Azure takes both for the one that is written, and the other key is named",
			one, "{apiVersion: network.azure.upbound.io/v1beta1, kind: VirtualNetwork, spec: {forProvider: {tags: {A: x, a: y}}}}", "", "{tags: {a: b}}",
			"1 resource tagged; azure: A replaced by a, which the cloud takes for the same key",
		},
		"IAMCase": {
			"IAM refuses A beside a, so it is replaced, and that is said",
			one, "{apiVersion: iam.aws.m.upbound.io/v1beta1, kind: Role, spec: {forProvider: {tags: {A: x, y: z}}}}", "", "{tags: {a: b, y: z}}",
			"1 resource tagged; aws iam: A replaced by a, which the cloud takes for the same key",
		},
		"IAMRetain": {
			"what the step before has set stays in its own case, where the input says so",
			retain, "{apiVersion: iam.aws.upbound.io/v1beta1, kind: User, spec: {forProvider: {tags: {A: x}}}}", "", "{tags: {A: x}}", "",
		},
		"AWSCase": {
			"other services of AWS tell A from a",
			one, "{apiVersion: sqs.aws.m.upbound.io/v1beta1, kind: Queue, spec: {forProvider: {tags: {A: x}}}}", "", "{tags: {A: x, a: b}}", "",
		},
		"PairsTwice": {
			"a key that a list had twice is there once",
			one, "{apiVersion: autoscaling.aws.upbound.io/v1beta3, kind: AutoscalingGroup, spec: {forProvider: {tag: [{key: a, value: x}, {key: a, value: y}]}}}",
			"", "{tag: [{key: a, value: b, propagateAtLaunch: true}]}", volumes,
		},
		"Pairs": {
			"A list of pairs: the key is replaced, and instances get the tag.",
			one,
			"{apiVersion: autoscaling.aws.upbound.io/v1beta3, kind: AutoscalingGroup, spec: {forProvider: {tag: [{key: x, value: y, " +
				"propagateAtLaunch: false}, {key: a, value: x}]}}}",
			"", "{tag: [{key: x, value: y, propagateAtLaunch: false}, {key: a, value: b, propagateAtLaunch: true}]}", volumes,
		},
		"PairsFresh": {
			"A list that nobody has set.",
			one, "{apiVersion: autoscaling.aws.upbound.io/v1beta3, kind: AutoscalingGroup}", "",
			"{tag: [{key: a, value: b, propagateAtLaunch: true}]}", volumes,
		},
		"PairsRetain": {
			"The earlier step's stays.",
			retain, "{apiVersion: autoscaling.aws.upbound.io/v1beta3, kind: AutoscalingGroup, spec: {forProvider: {tag: [{key: a, value: x}]}}}", "",
			"{tag: [{key: a, value: x}]}", volumes,
		},
		"Items": {
			"Every item of a list is tagged; none is made.",
			one,
			"{apiVersion: ec2.aws.upbound.io/v1beta2, kind: LaunchTemplate, spec: {forProvider: {tagSpecifications: [{resourceType: instance}, " +
				"{resourceType: volume, tags: {x: y}}]}}}",
			"", "{tags: {a: b}, tagSpecifications: [{resourceType: instance, tags: {a: b}}, {resourceType: volume, tags: {x: y, a: b}}]}", "",
		},
		"ListOfOne": {
			"Older versions have a list of one where newer ones have an object.",
			one, "{apiVersion: sql.gcp.upbound.io/v1beta1, kind: DatabaseInstance, spec: {forProvider: {settings: [{tier: x}]}}}", "",
			"{settings: [{tier: x, userLabels: {a: b}}]}", "",
		},
		"MadeOfOne": {
			"And one is made.", one, "{apiVersion: container.gcp.upbound.io/v1beta1, kind: NodePool}", "",
			"{nodeConfig: [{resourceLabels: {a: b}}]}", "",
		},
		"Made": {
			"The namespaced v1beta1 has objects.",
			one, "{apiVersion: container.gcp.m.upbound.io/v1beta1, kind: NodePool}", "", "{nodeConfig: {resourceLabels: {a: b}}}", "",
		},
		"NotMade": {
			"A cluster without a node config gets none.",
			one, "{apiVersion: container.gcp.upbound.io/v1beta2, kind: Cluster}", "", "{resourceLabels: {a: b}}", "",
		},
		"Devices": {
			"Without volumeTags each device is tagged.",
			one, "{apiVersion: ec2.aws.upbound.io/v1beta2, kind: Instance, spec: {forProvider: {rootBlockDevice: {}}}}", "",
			"{tags: {a: b}, rootBlockDevice: {tags: {a: b}}}", "",
		},
		"Volumes": {
			"With them the devices are not: EC2 refuses both.",
			one, "{apiVersion: ec2.aws.upbound.io/v1beta2, kind: Instance, spec: {forProvider: {volumeTags: {}, rootBlockDevice: {}}}}", "",
			"{tags: {a: b}, volumeTags: {a: b}, rootBlockDevice: {}}", "",
		},
		"VolumesSeen": {
			"Nor where the live resource has them.",
			one, "{apiVersion: ec2.aws.upbound.io/v1beta2, kind: Instance, spec: {forProvider: {rootBlockDevice: {}}}}",
			"{spec: {forProvider: {volumeTags: {x: y}}}}", "{tags: {a: b}, rootBlockDevice: {}}", "",
		},
		"OnceNew": {
			"What cannot change later is tagged before it is created.",
			one, "{apiVersion: bigquery.gcp.upbound.io/v1beta2, kind: Job}", "", "{labels: {a: b}}", "",
		},
		"OnceLive": {
			"After that it stays as it was: another tag would be refused for ever.",
			one, "{apiVersion: bigquery.gcp.upbound.io/v1beta2, kind: Job, spec: {forProvider: {labels: {x: y}}}}",
			"{spec: {forProvider: {labels: {a: old, x: z}}}}", "{labels: {a: old, x: y}}", "",
		},
		"OnceBare": {
			"A live one without tags gets none, and is named.",
			one, "{apiVersion: bigquery.gcp.upbound.io/v1beta2, kind: Job}", "{spec: {forProvider: {}}}", "{}",
			"0 resources tagged; no tag field: Job",
		},
		"Ignored": {
			"Foreign tags of the live resource stay where the input says so, and no others.",
			ignore, "{apiVersion: ec2.aws.upbound.io/v1beta1, kind: Subnet}",
			"{status: {atProvider: {tags: {kubernetes.io/x: y, one: z, a: q, other: r}}}}", "{tags: {a: b, kubernetes.io/x: y, one: z}}", "",
		},
		"OptOut": {
			"A resource can opt out.",
			one,
			"{apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance, metadata: {annotations: {cost-tagger.fn.platform.victor.onl/skip: 'true'}}, " +
				"spec: {forProvider: {x: y}}}",
			"", "{x: y}", "0 resources tagged; opted out: r",
		},
		"Zone": {
			"A zone has 15 tags and keys of its own.",
			"{tags: [{values: {a b: c}}]}", "{apiVersion: network.azure.upbound.io/v1beta1, kind: DNSZone}", "", "{tags: {a_b: c}}", "",
		},
		"WrongStep": {
			"A step that is no object stays as it is, and is named.",
			one, "{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {forProvider: {settings: x}}}", "", "{settings: x}",
			"not tagged, because the field has another type; correct it in the step before: r (spec.forProvider.settings)",
		},
		"WrongItem": {
			"So does an item of a list.",
			one, "{apiVersion: ec2.aws.upbound.io/v1beta2, kind: LaunchTemplate, spec: {forProvider: {tagSpecifications: [x]}}}", "",
			"{tags: {a: b}, tagSpecifications: [x]}",
			"not tagged, because the field has another type; correct it in the step before: r (spec.forProvider.tagSpecifications)",
		},
		"WrongPairs": {
			"And a map where pairs belong.",
			one, "{apiVersion: autoscaling.aws.upbound.io/v1beta3, kind: AutoscalingGroup, spec: {forProvider: {tag: {x: y}}}}", "", "{tag: {x: y}}",
			"not tagged, because the field has another type; correct it in the step before: r (spec.forProvider.tag)",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if tc.message == "" {
				tc.message = "1 resource tagged"
			}
			rsp := run(t, foreign(t, tc.input, tc.desired, tc.observed))
			o := rsp.GetDesired().GetResources()["r"].GetResource()
			if diff := cmp.Diff(fromYAML(t, tc.want), object.Struct(o, "spec", "forProvider"), protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nRunFunction(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.message, rsp.GetConditions()[0].GetMessage()); diff != "" {
				t.Errorf("\n%s\ncondition: -want, +got:\n%s", tc.reason, diff)
			}
			if len(rsp.GetResults()) > 0 || rsp.GetDesired().GetComposite() != nil || object.Struct(o, "metadata", "labels") != nil {
				t.Errorf("\n%s\nno results, no status and no labels on a stranger's resources: %v", tc.reason, rsp)
			}
		})
	}
}

func TestPlaceOnceStaysQuiet(t *testing.T) {
	req := foreign(t, "{tags: [{values: {a: b}}]}", "{apiVersion: compute.gcp.upbound.io/v1beta2, kind: InstanceTemplate, spec: {forProvider: "+
		"{disk: [{x: 1}, {x: 2}]}}}",
		"{spec: {forProvider: {disk: [{x: 1, labels: {p: q}}, {x: 2}]}}}")
	o := run(t, req).GetDesired().GetResources()["r"].GetResource()
	if diff := cmp.Diff(fromYAML(t, "{disk: [{x: 1, labels: {p: q}}, {x: 2}]}"), object.Struct(o, "spec", "forProvider"), protocmp.Transform()); diff != "" {
		t.Errorf("each item keeps what the same item of the live resource has: -want, +got:\n%s", diff)
	}
}
