package costtagger

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestShape holds how tags are written to a kind that the table lacks, by the shape that its
// installed schema gives the field, and that a shape which is not written is said.
func TestShape(t *testing.T) {
	pair := func(key, value, more string) string {
		return "{type: array, items: {type: object, properties: {" + key + ": {type: string}, " + value + ": {type: string}" + more + "}}}"
	}
	const strings = "{type: array, items: {type: string}}"
	unwritten := func(what string) string {
		return "0 resources tagged; Thing: its tags are " + what + ", which is not written"
	}
	cases := map[string]struct{ reason, group, schema, desired, want, message string }{
		"Pairs": {
			"a list of key and value keeps what is there, and ours replace the same key", "rds.aws.crossplane.io",
			"{tags: " + pair("key", "value", "") + "}", "{tags: [{key: owner, value: x}, {key: project, value: y}]}",
			"{tags: [{key: owner, value: x}, {key: project, value: shop}]}", "",
		},
		"PairsFresh": {
			"a list that nobody has set is made", "rds.aws.crossplane.io", "{tags: " + pair("key", "value", "") + "}", "{}",
			"{tags: [{key: project, value: shop}]}", "",
		},
		"PairsTwice": {
			"a key that the list had twice is there once, or the cloud refuses it", "rds.aws.crossplane.io", "{tags: " + pair("key", "value", "") + "}",
			"{tags: [{key: project, value: a}, {key: x, value: y}, {key: project, value: b}]}",
			"{tags: [{key: project, value: shop}, {key: x, value: y}]}", "",
		},
		"PairsUpper": {
			"a schema in upper camel case is written as it says", "acme.example", "{tags: " + pair("Key", "Value", "") + "}", "{}",
			"{tags: [{Key: project, Value: shop}]}", "",
		},
		"PairsTag": {
			"KMS of provider-aws has tagKey and tagValue", "kms.aws.crossplane.io", "{tags: " + pair("tagKey", "tagValue", "") + "}", "{}",
			"{tags: [{tagKey: project, tagValue: shop}]}", "",
		},
		"PairsName": {
			"a provider may call the key a name", "acme.example", "{tags: " + pair("name", "value", "") + "}", "{}",
			"{tags: [{name: project, value: shop}]}", "",
		},
		"PairsFlag": {
			"a tag of a group is passed on to its machines", "autoscaling.aws.crossplane.io",
			"{tags: " + pair("key", "value", ", propagateAtLaunch: {type: boolean}, resourceID: {type: string}") + "}", "{}",
			"{tags: [{key: project, value: shop, propagateAtLaunch: true}]}", "",
		},
		"PairsMore": {
			"a pair that needs a third field cannot be made", "acme.example",
			"{tags: {type: array, items: {required: [key, scope], properties: {key: {type: string}, value: {type: string}, scope: {type: string}}}}}", "{}",
			"{}", unwritten("a list"),
		},
		"PairsNumber": {
			"a value that is no string is no tag's", "acme.example",
			"{tags: {type: array, items: {properties: {key: {type: string}, value: {type: integer}}}}}", "{}", "{}", unwritten("a list"),
		},
		"Specifications": {
			"specifications of a launch template are a list of another kind", "ec2.aws.crossplane.io",
			"{tagSpecifications: {type: array, items: {properties: {resourceType: {type: string}, tags: " + pair("key", "value", "") + "}}}}", "{}", "{}",
			unwritten("a list"),
		},
		"TagSet": {
			"S3 of provider-aws has its tags a level below", "s3.aws.crossplane.io",
			"{tagging: {type: object, properties: {tagSet: " + pair("key", "value", "") + "}}}", "{}", "{tagging: {tagSet: [{key: project, value: shop}]}}", "",
		},
		"IAM": {
			"IAM of any provider takes Project for project", "iam.aws.crossplane.io", "{tags: " + pair("key", "value", "") + "}",
			"{tags: [{key: Project, value: x}, {key: PROJECT, value: y}]}", "{tags: [{key: project, value: shop}]}",
			"1 resource tagged; aws iam: PROJECT replaced by project, which the cloud takes for the same key; " +
				"aws iam: Project replaced by project, which the cloud takes for the same key",
		},
		"Map": {
			"a map of strings is written", "acme.example",
			"{tags: {additionalProperties: {type: string}}}", "{}", "{tags: {project: shop}}", "",
		},
		"Anything": {
			"an object that takes anything takes a map", "acme.example", "{tags: {type: object, x-kubernetes-preserve-unknown-fields: true}}", "{}",
			"{tags: {project: shop}}", "",
		},
		"Additional": {
			"a map of anything takes strings", "acme.example", "{tags: {type: object, additionalProperties: true}}", "{}", "{tags: {project: shop}}", "",
		},
		"Untyped": {
			"nobody knows what a field of any type holds", "acme.example", "{tags: {x-kubernetes-preserve-unknown-fields: true}}", "{}", "{}",
			unwritten("of any shape"),
		},
		"Numbers": {
			"a map of numbers takes no tags", "acme.example",
			"{tags: {type: object, additionalProperties: {type: integer}}}", "{}", "{}", unwritten("neither a map nor a list"),
		},
		"Fixed": {
			"fields that a provider has named are no tags", "acme.example",
			"{tags: {type: object, properties: {owner: {type: string}}}}", "{}", "{}", unwritten("an object with fields of its own"),
		},
		"Text": {
			"a text is not guessed at", "acme.example",
			"{tags: {type: string}}", "{}", "{}", unwritten("neither a map nor a list"),
		},
		"Strings": {
			"an empty list of strings has no form to follow", "acme.example",
			"{tags: " + strings + "}", "{tags: []}", "{tags: []}", unwritten("a list of strings"),
		},
		"Words": {
			"words without a value have no form to follow", "acme.example",
			"{tags: " + strings + "}", "{tags: [web]}", "{tags: [web]}", unwritten("a list of strings"),
		},
		"Equals": {
			"strings of a step before show the form", "acme.example",
			"{tags: " + strings + "}", "{tags: ['a=b:c', project=x]}", "{tags: ['a=b:c', project=shop]}", "",
		},
		"Colon": {
			"strings of a step before may have colons", "acme.example",
			"{tags: " + strings + "}", "{tags: ['a:b']}", "{tags: ['a:b', 'project:shop']}", "",
		},
		"IBM": {
			"tags of IBM Cloud are strings by its convention", "ibmcloud.crossplane.io",
			"{tags: " + strings + "}", "{}", "{tags: ['project:shop']}", "",
		},
		"GCP": {
			"network tags of Google Cloud are no cost tags", "compute.gcp.crossplane.io",
			"{tags: " + strings + "}", "{}", "{}", "0 resources tagged; no tag field: Thing",
		},
		"Labels": {
			"a list of labels is as likely something else", "acme.example",
			"{labels: " + strings + "}", "{}", "{}", "0 resources tagged; no tag field: Thing",
		},
		"SecondOf": {
			"a field that is written goes before one that is not", "acme.example",
			"{tags: " + strings + ", labels: {additionalProperties: {type: string}}}", "{}", "{labels: {project: shop}}", "",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if tc.message == "" {
				tc.message = "1 resource tagged"
			}
			of := tc.group + "/v1alpha1"
			req := foreign(t, "{tags: [{values: {project: shop}}]}", "{apiVersion: "+of+", kind: Thing, spec: {forProvider: "+tc.desired+"}}", "")
			req.Meta = &fnv1.RequestMeta{Capabilities: []fnv1.Capability{fnv1.Capability_CAPABILITY_REQUIRED_SCHEMAS}}
			schema := fromYAML(t, "{properties: {spec: {properties: {forProvider: {properties: "+tc.schema+"}}}}}")
			req.RequiredSchemas = map[string]*fnv1.Schema{of + "/Thing": {OpenapiV3: schema}}
			rsp := run(t, req)
			got := object.Struct(rsp.GetDesired().GetResources()["r"].GetResource(), "spec", "forProvider")
			if diff := cmp.Diff(fromYAML(t, tc.want), got, protocmp.Transform()); diff != "" {
				t.Errorf("%s\nRunFunction(...): -want, +got:\n%s", tc.reason, diff)
			}
			c := rsp.GetConditions()[0]
			if diff := cmp.Diff(tc.message, c.GetMessage()); diff != "" {
				t.Errorf("%s\ncondition: -want, +got:\n%s", tc.reason, diff)
			}
			if missed := tc.message[0] == '0' && tc.message != "0 resources tagged; no tag field: Thing"; missed != (c.GetReason() == reasonNotTagged) {
				t.Errorf("%s\na field that is not written is False, NotTagged: got %v", tc.reason, c)
			}
		})
	}
}
