package costtagger

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestBadObjects holds that a desired object that cannot be tagged or labelled
// stays as it is but for what can be, beside one that is fine, and is named with
// the path.
func TestBadObjects(t *testing.T) {
	const head = "apiVersion: rds.aws.upbound.io/v1beta3, kind: Instance"
	cases := map[string]struct{ reason, desired, path string }{
		"NoMetadata":  {"Metadata and spec are made.", "{" + head + "}", ""},
		"NullTags":    {"A null is nothing.", "{" + head + ", spec: {forProvider: {tags: null}}}", ""},
		"NullLabels":  {"A null is nothing there either.", "{" + head + ", metadata: {labels: null, annotations: null}}", ""},
		"TagsString":  {"Tags of a string.", "{" + head + ", spec: {forProvider: {tags: x}}}", "spec.forProvider.tags"},
		"TagsList":    {"Tags of a list.", "{" + head + ", spec: {forProvider: {tags: [{key: a, value: b}]}}}", "spec.forProvider.tags"},
		"TagsNumber":  {"Tags of a number.", "{" + head + ", spec: {forProvider: {tags: 5}}}", "spec.forProvider.tags"},
		"TagsBool":    {"Tags of a boolean.", "{" + head + ", spec: {forProvider: {tags: true}}}", "spec.forProvider.tags"},
		"SpecString":  {"A spec that is none.", "{" + head + ", spec: x}", "spec.forProvider"},
		"SpecNull":    {"A spec of null is nothing, and is made.", "{" + head + ", spec: null}", ""},
		"ForProvider": {"A forProvider that is none.", "{" + head + ", spec: {forProvider: [x]}}", "spec.forProvider"},
		"Metadata":    {"Metadata that is none.", "{" + head + ", metadata: x}", "metadata.annotations"},
		"Labels":      {"Labels of a list.", "{" + head + ", metadata: {labels: [x]}}", "metadata.labels"},
		"Annotations": {"Annotations of a string.", "{" + head + ", metadata: {annotations: x}}", "metadata.annotations"},
		"Settings": {
			"A parent of another type.",
			"{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {forProvider: {settings: 1}}}", "spec.forProvider.settings",
		},
		"SettingsItem": {
			"A parent in a list of another type.",
			"{apiVersion: sql.gcp.upbound.io/v1beta1, kind: DatabaseInstance, spec: {forProvider: {settings: [1]}}}", "spec.forProvider.settings",
		},
		"UserLabelsList": {
			"A nested field of another type.",
			"{apiVersion: sql.gcp.upbound.io/v1beta2, kind: DatabaseInstance, spec: {forProvider: {settings: {userLabels: [x]}}}}",
			"spec.forProvider.settings.userLabels",
		},
		"Varmap":     {"A Workspace without variables is no mistake.", "{apiVersion: opentofu.upbound.io/v1beta1, kind: Workspace, spec: x}", ""},
		"NoKind":     {"An object of no kind.", "{apiVersion: rds.aws.upbound.io/v1beta3}", ""},
		"NoVersion":  {"An object of no version.", "{kind: Instance}", ""},
		"KindNumber": {"A kind that is no text.", "{apiVersion: rds.aws.upbound.io/v1beta3, kind: 3}", ""},
		"Empty":      {"Nothing at all.", "{}", ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			bad := fromYAML(t, tc.desired)
			before := proto.CloneOf(bad)
			rsp := run(t, request(xr(nil), map[string]*structpb.Struct{"bad": bad, "good": mr("rds.aws.upbound.io/v1beta3", "Instance", nil)}))
			r := rsp.GetDesired().GetResources()
			if len(r) != 2 || r["bad"].GetResource() == nil || len(rsp.GetResults()) > 0 {
				t.Fatalf("\n%s\nboth stay desired, with no result: %v", tc.reason, rsp)
			}
			if len(object.Struct(r["good"].GetResource(), "spec", "forProvider", "tags").GetFields()) != 7 {
				t.Errorf("\n%s\nthe other one is not tagged", tc.reason)
			}
			c := rsp.GetConditions()[0]
			if tc.path == "" {
				if c.GetStatus() != fnv1.Status_STATUS_CONDITION_TRUE {
					t.Errorf("\n%s\ngot condition %v", tc.reason, c)
				}
				return
			}
			want := "not tagged, because the field has another type; correct it in the step before: bad (" + tc.path + ")"
			if diff := cmp.Diff([]string{reasonNotTagged, want}, []string{c.GetReason(), c.GetMessage()}); diff != "" {
				t.Errorf("\n%s\ncondition: -want, +got:\n%s", tc.reason, diff)
			}
			path := strings.Split(tc.path, ".")
			if path[1] == "forProvider" && object.Get(before, path...) == nil {
				path = path[:1]
			}
			if diff := cmp.Diff(object.Get(before, path...), object.Get(bad, path...), protocmp.Transform()); diff != "" {
				t.Errorf("\n%s\nwhat has another type stays: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestBadTags holds that what becomes of a tag that no cloud takes as it is, or
// that is not there, stands in the condition or the status, and that all others
// are written.
func TestBadTags(t *testing.T) {
	long := strings.Repeat("x", 10_000)
	cases := map[string]struct {
		reason string
		tags   object.Map
		status fnv1.Status
		says   string // in the condition
		notes  int    // in the status
		count  int    // of tags that are written
	}{
		"Reserved": {
			"A tag that no encoding can carry.",
			object.Map{"aws:x": "y"},
			fnv1.Status_STATUS_CONDITION_FALSE,
			"1 resource tagged; aws: aws:x dropped, since AWS keeps keys that start with aws: for itself", 1, 7,
		},
		"EmptyKey": {
			"A tag without a key.",
			object.Map{"": "y"},
			fnv1.Status_STATUS_CONDITION_FALSE, "1 resource tagged; claim: a tag without a key is dropped", 1, 7,
		},
		"LongKey":   {"A key of 10 kB is cut.", object.Map{long: "y"}, fnv1.Status_STATUS_CONDITION_TRUE, "1 resource tagged", 1, 8},
		"LongValue": {"So is a value.", object.Map{"x": long}, fnv1.Status_STATUS_CONDITION_TRUE, "1 resource tagged", 1, 8},
		"Own": {
			"The platform's own tag wins, and the claim hears of it.",
			object.Map{"env": "dev"},
			fnv1.Status_STATUS_CONDITION_TRUE, "1 resource tagged; env: the tag of the claim gives way to the platform's",
			1, 7,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			rsp := run(t, request(xr(object.Map{"tags": tc.tags}), map[string]*structpb.Struct{"r": mr("sqs.aws.upbound.io/v1beta1", "Queue", nil)}))
			c := rsp.GetConditions()[0]
			if c.GetStatus() != tc.status || c.GetMessage() != tc.says || len(rsp.GetResults()) > 0 {
				t.Errorf("\n%s\nwant %q, got %v", tc.reason, tc.says, rsp.GetConditions())
			}
			notes := object.Get(rsp.GetDesired().GetComposite().GetResource(), "status", "cost", "adjusted").GetListValue().GetValues()
			count := len(object.Struct(rsp.GetDesired().GetResources()["r"].GetResource(), "spec", "forProvider", "tags").GetFields())
			if diff := cmp.Diff([]int{tc.notes, tc.count}, []int{len(notes), count}); diff != "" {
				t.Errorf("\n%s\nnotes and tags: -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestNoLabels holds that an XR without the labels is tagged with what is known,
// and that what is missing is said.
func TestNoLabels(t *testing.T) {
	x := xr(nil)
	delete(object.Struct(x, "metadata").GetFields(), "labels")
	rsp := run(t, request(x, map[string]*structpb.Struct{"r": mr("rds.aws.upbound.io/v1beta3", "Instance", nil)}))
	const want = "1 resource tagged; kubernetes-id: the claim has no label backstage.io/kubernetes-id, by which Backstage finds it; " +
		`set it to "gcp-payments-prod-main"; ` + "system: the claim has no label backstage.io/system; team: the claim has no label team"
	if got := rsp.GetConditions()[0].GetMessage(); got != want {
		t.Errorf("condition: want %q, got %q", want, got)
	}
	if got := len(object.Struct(rsp.GetDesired().GetResources()["r"].GetResource(), "spec", "forProvider", "tags").GetFields()); got != 5 {
		t.Errorf("want 5 tags, got %d", got)
	}
}

// TestLongReport holds that a condition stays within what Kubernetes takes,
// whatever the names in it: 32 KiB.
func TestLongReport(t *testing.T) {
	desired := map[string]*structpb.Struct{}
	for i := range 50 {
		long := fmt.Sprint(i, strings.Repeat("x", 10_000))
		desired[long] = fromYAML(t, "{apiVersion: x.aws.upbound.io/v1, kind: K"+long+"}")
	}
	for _, broken := range []bool{false, true} {
		if broken {
			for _, o := range desired {
				object.Set(o, "x", "metadata", "labels")
			}
		}
		got := run(t, request(xr(nil), desired)).GetConditions()[0].GetMessage()
		if len(got) > 4096 || !strings.Contains(got, "and 40 more") {
			t.Errorf("the condition has %d bytes", len(got))
		}
	}
}

// TestOrder holds who wins: the platform's own, the claim's, the settings', the
// input's, and what an earlier step has set, or the latter where it is retained.
func TestOrder(t *testing.T) {
	for policy, want := range map[string]string{
		policyReplace: "env=prod a=claim b=settings c=input d=earlier",
		policyRetain:  "env=prod a=earlier b=earlier c=earlier d=earlier",
	} {
		earlier := object.Map{"tags": object.Map{"env": "earlier", "a": "earlier", "b": "earlier", "c": "earlier", "d": "earlier"}}
		req := request(xr(object.Map{
			"tags": object.Map{"env": "claim", "a": "claim"},
		}), map[string]*structpb.Struct{"r": mr("rds.aws.upbound.io/v1beta3", "Instance", earlier)})
		req.Context = fromYAML(t, "{apiextensions.crossplane.io/environment: {tags: {env: settings, a: settings, b: settings}}}")
		req.Input = fromYAML(t, "{policy: "+policy+", tags: [{values: {env: input, a: input, b: input, c: input}}]}")
		tags := object.Struct(run(t, req).GetDesired().GetResources()["r"].GetResource(), "spec", "forProvider", "tags")
		var got []string
		for _, k := range []string{"env", "a", "b", "c", "d"} {
			got = append(got, k+"="+object.String(tags, k))
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s: -want, +got:\n%s", policy, diff)
		}
	}
}

// TestSettingsGone holds that no tag leaves a live resource because the settings
// are gone, and that one goes which they no longer give.
func TestSettingsGone(t *testing.T) {
	const environment = "apiextensions.crossplane.io/environment"
	status := fromYAML(t, "{cost: {inherited: [cost-center, lost], tags: {cost-center: cc-1, mine: a}}}")
	cases := map[string]struct {
		reason  string
		context object.Map
		want    []any
		said    string
	}{
		"Gone": {"Nobody said that the tag is to go.", nil, []any{"cc-1", ""}, "the settings are gone: the tags that they gave stay as they were"},
		"Others": {
			"An environment of others holds no settings.",
			object.Map{environment: object.Map{"x": "y"}},
			[]any{"cc-1", ""},
			"the settings are gone: the tags that they gave stay as they were",
		},
		"Edited":  {"The platform team took it away.", object.Map{environment: object.Map{"policy": object.Map{}}}, []any{"", ""}, ""},
		"Changed": {"The platform team changed it.", object.Map{environment: object.Map{"tags": object.Map{"cost-center": "cc-2"}}}, []any{"cc-2", ""}, ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			x := xr(nil)
			object.Set(x, structpb.NewStructValue(status), "status")
			req := request(x, map[string]*structpb.Struct{"r": mr("rds.aws.upbound.io/v1beta3", "Instance", nil)})
			req.Context = object.New(tc.context)
			rsp := run(t, req)
			tags := object.Struct(rsp.GetDesired().GetResources()["r"].GetResource(), "spec", "forProvider", "tags")
			if diff := cmp.Diff(tc.want, []any{object.String(tags, "cost-center"), object.String(tags, "mine")}); diff != "" {
				t.Errorf("\n%s\ntags: -want, +got:\n%s", tc.reason, diff)
			}
			if said := rsp.GetConditions()[0].GetMessage(); tc.said != "" && !strings.Contains(said, tc.said) || tc.said == "" && strings.Contains(said, "gone") {
				t.Errorf("\n%s\nthe condition says %q", tc.reason, said)
			}
		})
	}
}

// TestShared holds that resources that were given the same values do not change
// with one another: what is later written to one of them is its own.
func TestShared(t *testing.T) {
	desired := map[string]*structpb.Struct{"a": mr("rds.aws.upbound.io/v1beta3", "Instance", nil), "b": mr("rds.aws.upbound.io/v1beta3", "Instance", nil)}
	req := request(xr(nil), desired)
	run(t, req)
	b := proto.CloneOf(desired["b"])
	req.Input = fromYAML(t, "{ignoreTags: [x]}")
	req.Observed.Resources = map[string]*fnv1.Resource{"a": {Resource: fromYAML(t, "{status: {atProvider: {tags: {x: kept}}}}")}}
	run(t, req)
	if object.String(desired["a"], "spec", "forProvider", "tags", "x") != "kept" {
		t.Error("the first one has not kept the tag")
	}
	if diff := cmp.Diff(b, desired["b"], protocmp.Transform()); diff != "" {
		t.Errorf("the other one has changed: -want, +got:\n%s", diff)
	}
}
