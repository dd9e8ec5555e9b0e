package wire

import (
	"encoding/binary"
	"math"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/types/known/structpb"
)

// object writes what a Struct holds.
func (w *writer) object(o *structpb.Struct) {
	if w.again(o) {
		return
	}
	begin := w.size()
	w.known(o)
	for key, v := range o.GetFields() {
		size := w.size()
		w.value(v)
		w.entry(tagFields, key, size)
	}
	w.wrote(o, begin)
}

func (w *writer) list(l *structpb.ListValue) {
	if w.again(l) {
		return
	}
	begin := w.size()
	w.known(l)
	for _, v := range slices.Backward(l.GetValues()) {
		size := w.size()
		w.value(v)
		w.end(tagValues, size)
	}
	w.wrote(l, begin)
}

// value writes what a Value holds. A message that is nil is written as an empty one, and a
// kind that is nil as none.
func (w *writer) value(v *structpb.Value) {
	w.known(v)
	size := w.size()
	switch k := v.GetKind().(type) {
	case *structpb.Value_StringValue:
		if k != nil {
			w.text(tagString, k.StringValue)
		}
	case *structpb.Value_StructValue:
		if k != nil {
			w.object(k.StructValue)
			w.end(tagStruct, size)
		}
	case *structpb.Value_ListValue:
		if k != nil {
			w.list(k.ListValue)
			w.end(tagList, size)
		}
	case *structpb.Value_BoolValue:
		if k != nil {
			w.varint(protowire.EncodeBool(k.BoolValue))
			w.tag(tagBool)
		}
	case *structpb.Value_NumberValue:
		if k != nil {
			binary.LittleEndian.PutUint64(w.room(8), math.Float64bits(k.NumberValue))
			w.tag(tagNumber)
		}
	case *structpb.Value_NullValue:
		if k != nil {
			w.varint(uint64(k.NullValue)) //nolint:gosec // A negative number takes ten bytes, as the plain codec writes it.
			w.tag(tagNull)
		}
	}
}
