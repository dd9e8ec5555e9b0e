package costtagger

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestSchema holds what becomes of kinds that the table lacks.
func TestSchema(t *testing.T) {
	const (
		aMap  = "{type: object, additionalProperties: {type: string}}"
		aList = "{type: array, items: {type: string}}"
	)
	forProvider := func(fields string) string {
		return "{properties: {spec: {properties: {forProvider: {properties: " + fields + "}}}}}"
	}
	thing := func(group string) string { return "{apiVersion: " + group + "/v1beta1, kind: Thing}" }
	none := "0 resources tagged; no tag field: Thing"
	cases := map[string]struct{ reason, desired, schema, want, message string }{
		"AWS": {
			"A newer provider's kind is tagged by its installed schema.",
			thing("new.aws.upbound.io"), forProvider("{tags: " + aMap + "}"), "{spec: {forProvider: {tags: {A.b: C}}}}", "",
		},
		"Azure": {"So is Azure's.", thing("new.azure.m.upbound.io"), forProvider("{tags: " + aMap + "}"), "{spec: {forProvider: {tags: {A.b: C}}}}", ""},
		"GCP": {
			"Google Cloud's rules hold, and its tags are none.",
			thing("new.gcp.upbound.io"), forProvider("{tags: " + aMap + ", labels: " + aMap + "}"), "{spec: {forProvider: {labels: {a_b: c}}}}", "",
		},
		"UserLabels": {
			"A kind with two sorts of labels has cost labels in the user's.",
			thing("new.gcp.upbound.io"), forProvider("{userLabels: " + aMap + ", labels: " + aMap + "}"),
			"{spec: {forProvider: {userLabels: {a_b: c}}}}", "",
		},
		"GCPTags": {"Google Cloud's tags bind policies.", thing("new.gcp.upbound.io"), forProvider("{tags: " + aMap + "}"), "{}", none},
		"Varying": {
			"A kind whose versions differ is asked for as well.",
			"{apiVersion: redis.gcp.upbound.io/v1beta1, kind: Cluster}", forProvider("{labels: " + aMap + "}"),
			"{spec: {forProvider: {labels: {a_b: c}}}}", "",
		},
		"Foreign": {"Somebody's own provider.", thing("acme.example"), forProvider("{tags: " + aMap + "}"), "{spec: {forProvider: {tags: {A.b: C}}}}", ""},
		"Labels": {
			"Labels are taken where there are no tags.",
			thing("acme.example"), forProvider("{labels: " + aMap + "}"), "{spec: {forProvider: {labels: {a_b: c}}}}", "",
		},
		"Composite": {
			"A nested composite resource has tags in its spec.",
			thing("acme.example"), "{properties: {spec: {properties: {tags: " + aMap + "}}}}", "{spec: {tags: {A.b: C}}}", "",
		},
		"List": {
			"a list of strings is not guessed at, and the kind is not said to have no field", thing("new.aws.upbound.io"),
			forProvider("{tags: " + aList + "}"), "{}", "0 resources tagged; Thing: its tags are a list of strings, which is not written",
		},
		"None":    {"A kind without a field is named.", thing("new.aws.upbound.io"), forProvider("{name: {type: string}}"), "{}", none},
		"Missing": {"A kind that is not installed is left alone.", thing("new.aws.upbound.io"), "", "{}", "0 resources tagged; unknown kinds, left alone: Thing"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if tc.message == "" {
				tc.message = "1 resource tagged"
			}
			req := foreign(t, "{tags: [{values: {A.b: C}}]}", tc.desired, "")
			o := req.GetDesired().GetResources()["r"].GetResource()
			version, kind := object.String(o, "apiVersion"), object.String(o, "kind")
			req.Meta = &fnv1.RequestMeta{Capabilities: []fnv1.Capability{fnv1.Capability_CAPABILITY_REQUIRED_SCHEMAS}}
			first := run(t, req)
			asked := map[string]*fnv1.SchemaSelector{version + "/" + kind: {ApiVersion: version, Kind: kind}}
			if diff := cmp.Diff(asked, first.GetRequirements().GetSchemas(), protocmp.Transform()); diff != "" {
				t.Fatalf("\n%s\nit is asked for: -want, +got:\n%s", tc.reason, diff)
			}
			req.RequiredSchemas = map[string]*fnv1.Schema{version + "/" + kind: {}}
			if tc.schema != "" {
				req.RequiredSchemas[version+"/"+kind].OpenapiV3 = fromYAML(t, tc.schema)
			}
			rsp := run(t, req)
			if diff := cmp.Diff(asked, rsp.GetRequirements().GetSchemas(), protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nit is asked for again, or Crossplane would not answer: -want, +got:\n%s", tc.reason, diff)
			}
			want := fromYAML(t, tc.want)
			object.Set(want, version, "apiVersion")
			object.Set(want, kind, "kind")
			if diff := cmp.Diff(want, rsp.GetDesired().GetResources()["r"].GetResource(), protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nRunFunction(...): -want, +got:\n%s", tc.reason, diff)
			}
			if diff := cmp.Diff(tc.message, rsp.GetConditions()[0].GetMessage()); diff != "" {
				t.Errorf("\n%s\ncondition: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestSchemaNotAsked holds that nothing is asked for what is known, or where
// Crossplane cannot answer: each question costs a round trip on every reconcile.
func TestSchemaNotAsked(t *testing.T) {
	able := []fnv1.Capability{fnv1.Capability_CAPABILITY_CAPABILITIES, fnv1.Capability_CAPABILITY_REQUIRED_SCHEMAS}
	cases := map[string]struct {
		reason, desired string
		capabilities    []fnv1.Capability
		message         string
	}{
		"Known": {"The table has it.", bucket, able, "1 resource tagged"},
		"NoField": {
			"The table knows that it has no field.",
			"{apiVersion: sql.gcp.m.upbound.io/v1beta1, kind: User}", able, "0 resources tagged; no tag field: User",
		},
		"Workspace": {
			"A Workspace's schema says nothing of its module.",
			"{apiVersion: opentofu.upbound.io/v1beta1, kind: Workspace}", able, "0 resources tagged; no tag field: Workspace",
		},
		"Core":   {"A Secret costs nothing.", "{apiVersion: v1, kind: Secret}", able, "0 resources tagged"},
		"Native": {"Nor does what lies in Kubernetes' own groups.", "{apiVersion: networking.k8s.io/v1, kind: Ingress}", able, "0 resources tagged"},
		"Usage":  {"Nor what is Crossplane's own.", "{apiVersion: protection.crossplane.io/v1beta1, kind: Usage}", able, "0 resources tagged"},
		"Skipped": {
			"A resource that opted out is not looked at.",
			"{apiVersion: acme.example/v1, kind: Thing, metadata: {annotations: {cost-tagger.fn.platform.victor.onl/skip: 'true'}}}", able,
			"0 resources tagged; opted out: r",
		},
		"Old": {
			"Crossplane before 2.2 has no answer.",
			"{apiVersion: acme.example/v1, kind: Thing}", able[:1], "0 resources tagged; unknown kinds, left alone: Thing",
		},
		"VeryOld": {
			"Nor has one that says nothing of what it can.",
			"{apiVersion: acme.example/v1, kind: Thing}", nil, "0 resources tagged; unknown kinds, left alone: Thing",
		},
		"OldVarying": {
			"A field that may not be installed is not written to.",
			"{apiVersion: redis.gcp.upbound.io/v1beta1, kind: Cluster}", nil, "0 resources tagged; unknown kinds, left alone: Cluster",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			req := foreign(t, "{tags: [{values: {a: b}}]}", tc.desired, "")
			req.Meta = &fnv1.RequestMeta{Capabilities: tc.capabilities}
			rsp := run(t, req)
			if rsp.GetRequirements() != nil {
				t.Errorf("\n%s\nasked for %v", tc.reason, rsp.GetRequirements())
			}
			if diff := cmp.Diff(tc.message, rsp.GetConditions()[0].GetMessage()); diff != "" {
				t.Errorf("\n%s\ncondition: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestSchemaInStatus holds that a kind that nobody could tell about stands in the
// status, beside those without a field.
func TestSchemaInStatus(t *testing.T) {
	req := request(xr(nil), nil)
	for name, o := range map[string]string{"a": "{apiVersion: acme.example/v1, kind: Thing}", "b": "{apiVersion: sql.gcp.upbound.io/v1beta2, kind: User}"} {
		req.Desired.Resources[name] = &fnv1.Resource{Resource: fromYAML(t, o)}
	}
	var got []string
	for _, v := range object.Get(run(t, req).GetDesired().GetComposite().GetResource(), "status", "cost", "untagged").GetListValue().GetValues() {
		got = append(got, v.GetStringValue())
	}
	if want := "Thing, User"; strings.Join(got, ", ") != want {
		t.Errorf("untagged: want %s, got %v", want, got)
	}
}
