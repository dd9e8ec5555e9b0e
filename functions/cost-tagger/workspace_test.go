package costtagger

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/testing/protocmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

func TestWorkspace(t *testing.T) {
	const (
		plain = "{tags: [{values: {Env: A/b}}]}"
		list  = "{workspace: {variable: labels, shape: List}, tags: [{values: {Env: A/b}}]}"
		aMap  = "{workspace: {variable: labels, shape: Map, provider: aws}, tags: [{values: {Env: A/b}}]}"
		wrong = "not tagged, because the field has another type; correct it in the step before: r (spec.forProvider.varmap.labels)"
		none  = "0 resources tagged; no tag field: Workspace"
	)
	cases := map[string]struct{ reason, input, forProvider, want, message string }{
		"Empty": {"A list that the step before left for tags.", plain, "{varmap: {tags: []}}", "{varmap: {tags: ['env:a:b']}}", ""},
		"Filled": {
			"Its tags stay, but for the same key; one without a value has a key as well.",
			plain, "{varmap: {tags: ['x:y', 'env:z', 'alone']}}", "{varmap: {tags: ['x:y', 'env:a:b', 'alone']}}", "",
		},
		"Case": {
			"IBM stores lower case, so it is the same key.",
			plain, "{varmap: {tags: ['ENV:z']}}", "{varmap: {tags: ['env:a:b']}}",
			"1 resource tagged; ibm: ENV replaced by env, which the cloud takes for the same key",
		},
		"Undeclared": {"An undeclared variable would break the module.", plain, "{varmap: {name: x}}", "{varmap: {name: x}}", none},
		"NoVarmap":   {"So would one of a module without variables.", plain, "{}", "{}", none},
		"Map":        {"The module declares another type, which is nobody's mistake.", plain, "{varmap: {tags: {a: b}}}", "{varmap: {tags: {a: b}}}", none},
		"Numbers":    {"A list of anything else is no list of tags.", plain, "{varmap: {tags: [1]}}", "{varmap: {tags: [1]}}", none},
		"NamedList":  {"The input says that the variable is declared.", list, "{}", "{varmap: {labels: ['env:a:b']}}", ""},
		"NamedMap":   {"And of which type, and by which rules.", aMap, "{varmap: {labels: {x: y}}}", "{varmap: {labels: {x: y, Env: A/b}}}", ""},
		"NamedMade":  {"A map is made too.", aMap, "{varmap: {name: x}}", "{varmap: {name: x, labels: {Env: A/b}}}", ""},
		"NotTheList": {"What stands there is not what the input says.", list, "{varmap: {labels: {x: y}}}", "{varmap: {labels: {x: y}}}", wrong},
		"NotTheMap":  {"Nor is a list the map.", aMap, "{varmap: {labels: [x]}}", "{varmap: {labels: [x]}}", wrong},
		"NotObjects": {"Nor are numbers strings.", list, "{varmap: {labels: [1]}}", "{varmap: {labels: [1]}}", wrong},
		"NoObject": {
			"A varmap that is no object stays.",
			list, "{varmap: x}", "{varmap: x}",
			"not tagged, because the field has another type; correct it in the step before: r (spec.forProvider.varmap)",
		},
	}
	for name, tc := range cases {
		for _, group := range []string{"opentofu.upbound.io", "opentofu.m.upbound.io"} {
			t.Run(name+"/"+group, func(t *testing.T) {
				if tc.message == "" {
					tc.message = "1 resource tagged"
				}
				rsp := run(t, foreign(t, tc.input, "{apiVersion: "+group+"/v1beta1, kind: Workspace, spec: {forProvider: "+tc.forProvider+"}}", ""))
				got := object.Struct(rsp.GetDesired().GetResources()["r"].GetResource(), "spec", "forProvider")
				if diff := cmp.Diff(fromYAML(t, tc.want), got, protocmp.Transform()); diff != "" {
					t.Errorf("\n%s\nRunFunction(...): -want, +got:\n%s", tc.reason, diff)
				}
				if diff := cmp.Diff(tc.message, rsp.GetConditions()[0].GetMessage()); diff != "" {
					t.Errorf("\n%s\ncondition: -want, +got:\n%s", tc.reason, diff)
				}
			})
		}
	}
}
