package wire

import (
	"math"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/types/known/structpb"
)

const (
	// deepest is how deep objects nest that are read here. The plain codec takes 10,000
	// levels, and refuses more.
	deepest = 100
	// largest is for how many entries of a map there is room from the start, so that the
	// room is in proportion to what was sent.
	largest = 128
)

// Tags of the fields of Struct, ListValue and Value.
var (
	tagFields = tagOf(1, protowire.BytesType)
	tagValues = tagOf(1, protowire.BytesType)

	tagNull   = tagOf(1, protowire.VarintType)
	tagNumber = tagOf(2, protowire.Fixed64Type)
	tagString = tagOf(3, protowire.BytesType)
	tagBool   = tagOf(4, protowire.VarintType)
	tagStruct = tagOf(5, protowire.BytesType)
	tagList   = tagOf(6, protowire.BytesType)
)

// object reads a Struct.
func (r *reader) object(s string, depth int) *structpb.Struct {
	o := &structpb.Struct{}
	r.fields(o, s, depth)
	return o
}

func (r *reader) fields(o *structpb.Struct, s string, depth int) {
	if s == "" {
		return
	}
	if depth == deepest {
		r.odd = true
		return
	}
	o.Fields = make(map[string]*structpb.Value, min(r.count(s), largest))
	for s != "" && !r.odd {
		var entry string
		entry, s = r.field(s, tagFields)
		key, value := r.entry(entry)
		o.Fields[key] = r.value(value, depth)
	}
}

func (r *reader) list(l *structpb.ListValue, s string, depth int) {
	if s == "" {
		return
	}
	if depth == deepest {
		r.odd = true
		return
	}
	l.Values = make([]*structpb.Value, 0, r.count(s))
	for s != "" && !r.odd {
		var value string
		value, s = r.field(s, tagValues)
		l.Values = append(l.Values, r.value(value, depth))
	}
}

// value reads a Value, which is of one kind, or of none.
func (r *reader) value(s string, depth int) *structpb.Value {
	if len(r.values) == 0 {
		r.values = make([]structpb.Value, blockValues)
	}
	v := &r.values[0]
	r.values = r.values[1:]
	if s == "" {
		return v
	}
	var part string
	var n uint64
	switch tag := s[0]; tag {
	case tagString:
		part, s = r.cut(s[1:])
		if len(r.strings) == 0 {
			r.strings = make([]structpb.Value_StringValue, blockStrings)
		}
		r.strings[0].StringValue = r.text(part)
		v.Kind = &r.strings[0]
		r.strings = r.strings[1:]
	case tagStruct:
		part, s = r.cut(s[1:])
		o := &struct {
			kind structpb.Value_StructValue
			of   structpb.Struct
		}{}
		r.fields(&o.of, part, depth+1)
		o.kind.StructValue = &o.of
		v.Kind = &o.kind
	case tagList:
		part, s = r.cut(s[1:])
		l := &struct {
			kind structpb.Value_ListValue
			of   structpb.ListValue
		}{}
		r.list(&l.of, part, depth+1)
		l.kind.ListValue = &l.of
		v.Kind = &l.kind
	case tagBool:
		n, s = r.varint(s[1:])
		v.Kind = &structpb.Value_BoolValue{BoolValue: protowire.DecodeBool(n)}
	case tagNumber:
		n, s = r.fixed64(s[1:])
		v.Kind = &structpb.Value_NumberValue{NumberValue: math.Float64frombits(n)}
	case tagNull:
		n, s = r.varint(s[1:])
		v.Kind = &structpb.Value_NullValue{NullValue: structpb.NullValue(int32(n))} //nolint:gosec // An enum is cut off to 32 bits, as the plain codec does.
	default:
		r.odd = true
	}
	r.odd = r.odd || s != ""
	return v
}

// fixed64 is the number in the first eight bytes of a text, and the text behind them.
func (r *reader) fixed64(s string) (uint64, string) {
	if len(s) < 8 {
		r.odd = true
		return 0, ""
	}
	var n uint64
	for i := range 8 {
		n |= uint64(s[i]) << (8 * i)
	}
	return n, s[8:]
}
