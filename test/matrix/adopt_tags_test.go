package matrix

import (
	"maps"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// TestTagsOfTheClaimGo holds, for databases, buckets and clusters that were taken over,
// that a tag which the claim no longer says goes, also while the provider still reports it, and
// that tags which somebody put there stay: those of before, those of since, and one of the key
// of a tag that went.
func TestTagsOfTheClaimGo(t *testing.T) {
	for name, kind := range liveKinds {
		provider, engine, _ := strings.Cut(name, "/")
		if name == "ibm/bucket" {
			continue // whose instance has the tags, and is nobody's to change
		}
		for _, scope := range scopes {
			c := cell{provider: provider, engine: engine, scope: scope, env: "prod", profile: "small"}
			t.Run(c.String(), func(t *testing.T) {
				l := &tagged{cell: c, kind: kind}
				l.there(t, nil)
				l.reconcile(t, "", map[string]string{})
				l.reconcile(t, "  adopt: Manage\n  tags: {center: \"42\", gone: x}\n", map[string]string{"a": "b", "center": "42", "gone": "x"})
				applied := l.tags(l.desired)
				applied["byhand"] = "y"
				l.there(t, applied)
				l.reconcile(t, "  adopt: Manage\n  tags: {center: \"42\", gone: x}\n", map[string]string{"a": "b", "byhand": "y", "center": "42", "gone": "x"})
				l.reconcile(t, "  adopt: Manage\n", map[string]string{"a": "b", "byhand": "y"}, "gone", "center")
				l.reconcile(t, "  adopt: Manage\n", map[string]string{"a": "b", "byhand": "y"}, "gone", "center") // the provider is slow
				l.there(t, l.tags(l.desired))
				l.reconcile(t, "  adopt: Manage\n", map[string]string{"a": "b", "byhand": "y"}, "gone", "center")
				applied = l.tags(l.desired)
				applied["gone"] = "again"
				l.there(t, applied)
				l.reconcile(t, "  adopt: Manage\n", map[string]string{"a": "b", "byhand": "y", "gone": "again"}, "center")
			})
		}
	}
}

// A tagged resource that was there before its claim, as its tags come and go.
type tagged struct {
	cell
	kind    liveKind
	status  *structpb.Struct // atProvider
	desired *structpb.Struct
}

// path of the tags in spec.forProvider, and of those that the provider reports.
func (l *tagged) path() (asked, is []string) {
	if l.kind.crd == "" {
		return []string{"varmap", "tags"}, []string{"outputs", "tags"}
	}
	path := strings.Split(l.kind.tags, ".")
	return path, path
}

// there has the provider report tags, or those of the start.
func (l *tagged) there(t *testing.T, tags map[string]string) {
	t.Helper()
	if l.status == nil {
		l.status = &structpb.Struct{Fields: map[string]*structpb.Value{}}
		if l.kind.crd != "" {
			_, status, err := crds.Schemas(l.kind.crd)
			if err != nil {
				t.Fatal(err)
			}
			l.status = crds.Sample(status).GetStructValue()
		}
		crds.Overlay(l.status, fromYAML(t, l.kind.facts))
		tags = map[string]string{"a": "b"}
	}
	_, path := l.path()
	if l.kind.crd == "" {
		var list []any
		for key, value := range tags {
			list = append(list, key+":"+value)
		}
		object.Set(l.status, list, path...)
		return
	}
	values := object.Map{}
	for key, value := range tags {
		values[key] = value
	}
	object.Set(l.status, values, path...)
	if object.Get(l.status, "effectiveLabels") != nil {
		object.Set(l.status, values, "effectiveLabels")
	}
}

// tags that a resource is asked to have.
func (l *tagged) tags(o *structpb.Struct) map[string]string {
	path, _ := l.path()
	v := object.Get(o, append([]string{"spec", "forProvider"}, path...)...)
	out := map[string]string{}
	for key, value := range v.GetStructValue().GetFields() {
		out[key] = value.GetStringValue()
	}
	for _, item := range v.GetListValue().GetValues() {
		key, value, _ := strings.Cut(item.GetStringValue(), ":")
		out[key] = value
	}
	return out
}

// reconcile composes what is observed again, and holds which tags are asked for, and which not.
func (l *tagged) reconcile(t *testing.T, extra string, want map[string]string, gone ...string) {
	t.Helper()
	observed := map[string]*fnv1.Resource{}
	if l.desired != nil {
		o := proto.CloneOf(l.desired)
		object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
		object.Set(o, l.status, "status", "atProvider")
		observed["instance"] = &fnv1.Resource{Resource: o}
	}
	c := l.cell
	c.extra = extra
	l.desired = c.composed(t, observed).GetDesired().GetResources()["instance"].GetResource()
	got := l.tags(l.desired)
	for key, value := range want {
		if got[key] != value {
			t.Errorf("the tag %s is %q, want %q", key, got[key], value)
		}
	}
	for _, key := range gone {
		if value, is := got[key]; is {
			t.Errorf("the tag %s stays: %q", key, value)
		}
	}
	if len(want) > 0 && got["env"] != "prod" {
		t.Errorf("the platform's tags are not asked for: %v", maps.Clone(got))
	}
}
