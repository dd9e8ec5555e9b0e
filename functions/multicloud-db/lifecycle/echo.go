package lifecycle

import (
	"encoding/json"
	"reflect"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// composedManager begins the name under which Crossplane applies composed resources
// (ComposedFieldOwnerName in crossplane's composite controller).
const composedManager = "apiextensions.crossplane.io/composed"

// asLast is a composed resource as it was asked for last. Of an object with managed
// fields that is what Crossplane's manager owns. The other fields are the provider's,
// which fills fields in and resolves references: a field of the provider's that is asked
// for once belongs to Crossplane's manager for good. An object without managed fields, as
// a render has, is asked for with its whole spec.
func asLast(o *structpb.Struct) *structpb.Struct {
	out := object.Map{"apiVersion": object.Get(o, "apiVersion"), "kind": object.Get(o, "kind")}
	owned, ok := ownedFields(o)
	if !ok {
		meta := object.Map{}
		if labels := object.Get(o, "metadata", "labels"); labels != nil {
			meta["labels"] = labels
		}
		if annotations := ours(object.Struct(o, "metadata", "annotations")); len(annotations) > 0 {
			meta["annotations"] = annotations
		}
		owned = object.New(object.Map{"metadata": meta})
		for _, key := range []string{"spec", "data", "type"} {
			if v := object.Get(o, key); v != nil {
				owned.Fields[key] = v
			}
		}
	}
	if !strings.HasSuffix(Group(o), ".upbound.io") { // a Secret is composed under a name of ours
		object.Set(owned, object.String(o, "metadata", "name"), "metadata", "name")
		object.Set(owned, object.String(o, "metadata", "namespace"), "metadata", "namespace")
	}
	for key, v := range owned.GetFields() {
		if key != "status" && IsSaid(v) {
			out[key] = v
		}
	}
	return object.New(out)
}

// ours are the annotations that this function writes.
func ours(annotations *structpb.Struct) object.Map {
	out := object.Map{}
	for key, v := range annotations.GetFields() {
		if key == managed.ExternalNameAnnotation || strings.HasPrefix(key, "platform.victor.onl/") {
			out[key] = v
		}
	}
	return out
}

// ownedFields are the metadata, spec and data of an object that Crossplane applied, and
// whether its managed fields tell.
func ownedFields(o *structpb.Struct) (*structpb.Struct, bool) {
	for _, v := range object.Get(o, "metadata", "managedFields").GetListValue().GetValues() {
		entry := v.GetStructValue()
		if object.String(entry, "operation") != "Apply" || !strings.HasPrefix(object.String(entry, "manager"), composedManager) {
			continue
		}
		fields := object.Struct(entry, "fieldsV1")
		if fields == nil {
			continue
		}
		owned := take(structpb.NewStructValue(o), fields, othersOf(o, entry)).GetStructValue()
		// Crossplane writes these itself, at every reconcile.
		for _, key := range []string{"ownerReferences", "generateName", "name", "namespace", "finalizers"} {
			delete(object.Struct(owned, "metadata").GetFields(), key)
		}
		for key := range object.Struct(owned, "metadata", "annotations").GetFields() {
			if strings.HasPrefix(key, "crossplane.io/composition-resource-name") {
				delete(object.Struct(owned, "metadata", "annotations").GetFields(), key)
			}
		}
		for key := range object.Struct(owned, "metadata", "labels").GetFields() {
			if strings.HasPrefix(key, "crossplane.io/") {
				delete(object.Struct(owned, "metadata", "labels").GetFields(), key)
			}
		}
		return owned, true
	}
	return nil, false
}

// othersOf are the fields of an object that other managers own than the one of an entry.
func othersOf(o, own *structpb.Struct) []*structpb.Struct {
	var others []*structpb.Struct
	for _, v := range object.Get(o, "metadata", "managedFields").GetListValue().GetValues() {
		if entry := v.GetStructValue(); entry != own {
			others = append(others, object.Struct(entry, "fieldsV1"))
		}
	}
	return others
}

// take copies out of a value what a set of fields names, in the form of the API
// server's FieldsV1: f:name is a field, k:{…} an item of a list by its keys, v:… an item
// that is a value. An empty set names the whole value, but for a map that was applied
// empty: what others own in there is not taken.
func take(v *structpb.Value, fields *structpb.Struct, others []*structpb.Struct) *structpb.Value {
	switch k := v.GetKind().(type) {
	case *structpb.Value_StructValue:
		out := &structpb.Struct{Fields: map[string]*structpb.Value{}}
		for name, field := range k.StructValue.GetFields() {
			inner := fields.GetFields()["f:"+name]
			theirs := within(others, "f:"+name)
			switch {
			case inner != nil:
				out.Fields[name] = take(field, inner.GetStructValue(), theirs)
			case isWhole(fields) && len(theirs) == 0:
				out.Fields[name] = field
			}
		}
		return structpb.NewStructValue(out)
	case *structpb.Value_ListValue:
		if isWhole(fields) {
			return v
		}
		out := &structpb.ListValue{}
		for _, item := range k.ListValue.GetValues() {
			for key, inner := range fields.GetFields() {
				if names(key, item) {
					out.Values = append(out.Values, take(item, inner.GetStructValue(), within(others, key)))
					break
				}
			}
		}
		return structpb.NewListValue(out)
	default:
		return v
	}
}

// within are sets of fields at a key of them, without those that have none.
func within(all []*structpb.Struct, key string) []*structpb.Struct {
	var inner []*structpb.Struct
	for _, fields := range all {
		if v := fields.GetFields()[key]; v != nil {
			inner = append(inner, v.GetStructValue())
		}
	}
	return inner
}

// isWhole reports whether a set of fields names nothing inside, and so all.
func isWhole(fields *structpb.Struct) bool {
	for key := range fields.GetFields() {
		if key != "." {
			return false
		}
	}
	return true
}

// names reports whether a key of FieldsV1 names an item of a list.
func names(key string, item *structpb.Value) bool {
	kind, text, _ := strings.Cut(key, ":")
	var want any
	if json.Unmarshal([]byte(text), &want) != nil {
		return false
	}
	switch kind {
	case "v":
		return reflect.DeepEqual(item.AsInterface(), want)
	case "k":
		keys, ok := want.(map[string]any)
		for name, value := range keys {
			if !reflect.DeepEqual(object.Get(item.GetStructValue(), name).AsInterface(), value) {
				return false
			}
		}
		return ok
	}
	return false
}
