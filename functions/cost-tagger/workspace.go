package costtagger

import (
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// workspaces are the groups whose kind Workspace runs an OpenTofu module.
var workspaces = map[string]bool{"opentofu.upbound.io": true, "opentofu.m.upbound.io": true}

// The record that function-multicloud-db leaves on a database or a bucket that was there before
// its claim. Of IBM Cloud one that is only observed is so by a module that reads, and the
// Workspace's own policies do not say it.
const (
	annotationAdopt = annotationPrefix + "requested-adopt"
	adoptObserve    = "Observe"
	adoptManage     = "Manage"
)

// tagWorkspace tags the variables of a module. A variable that a module does not
// declare, or declares of another type, breaks it: so only a list that an earlier
// step has put there is written to, or what the input names.
func (t *tagger) tagWorkspace(name string, o *structpb.Struct, observed *fnv1.Resource) outcome {
	w := t.in.workspace
	named := w != nil
	if !named {
		w = &workspace{variable: "tags", list: true, cloud: idIBM}
	}
	path := []string{"spec", "forProvider", "varmap", w.variable}
	here := object.Get(o, path...)
	if !named && (here == nil || !isStrings(here)) {
		if object.String(o, "metadata", "annotations", annotationAdopt) == adoptObserve {
			t.unreached[isObserved] = append(t.unreached[isObserved], withheld{name: shown(name)})
			return withheldTags
		}
		return noField
	}
	if w.list && here != nil && !isStrings(here) {
		return t.fail(name, path...)
	}
	f := form{}
	if w.list {
		f.between = colon
	}
	return t.take(name, o, observed, &way{cloud: w.cloud, path: path, form: f})
}

func isStrings(v *structpb.Value) bool {
	return v.GetListValue() != nil && !slices.ContainsFunc(v.GetListValue().GetValues(), func(item *structpb.Value) bool {
		_, ok := item.GetKind().(*structpb.Value_StringValue)
		return !ok
	})
}

// write puts the tags into one field by its whole path, and makes its parents.
func (t *tagger) write(name string, o *structpb.Struct, path []string, id cloudID, f form) outcome {
	last := len(path) - 1
	parent := object.Ensure(o, path[:last]...)
	if parent == nil {
		return t.fail(name, strings.Join(path[:last], "."))
	}
	e := t.encoded(id)
	here, ok := present(parent, path[last])
	if !ok {
		parent.Fields[path[last]] = e.fresh(f).value
		return written
	}
	if !e.merge(t, f, here) {
		return t.fail(name, path...)
	}
	return written
}
