package wire

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// holdRead holds that both codecs read bytes alike, and returns what they read, if they did.
func holdRead(t testing.TB, b []byte) (*fnv1.RunFunctionRequest, error) {
	t.Helper()
	want, got := &fnv1.RunFunctionRequest{}, &fnv1.RunFunctionRequest{}
	wantErr := plain.Unmarshal(received(b), want)
	data := received(slices.Clone(b))
	err := Codec{}.Unmarshal(data, got)
	if (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
		t.Fatalf("plain: %v, wire: %v", wantErr, err)
	}
	for _, part := range data { // gRPC uses its buffers again
		clear(part.ReadOnlyData())
	}
	if err == nil && !proto.Equal(want, got) {
		t.Fatalf("-plain, +wire:\n%s", cmp.Diff(want.String(), got.String()))
	}
	return got, err
}

// holdWrite holds that both codecs write a response alike.
func holdWrite(t testing.TB, rsp *fnv1.RunFunctionResponse) error {
	t.Helper()
	_, wantErr := plain.Marshal(rsp)
	data, err := Codec{}.Marshal(rsp)
	if (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
		t.Fatalf("plain: %v, wire: %v", wantErr, err)
	}
	if err != nil {
		return err
	}
	got := &fnv1.RunFunctionResponse{}
	if err := plain.Unmarshal(data, got); err != nil {
		t.Fatal(err)
	}
	data.Free()
	if !proto.Equal(rsp, got) {
		t.Fatalf("-want, +written:\n%s", cmp.Diff(rsp.String(), got.String()))
	}
	return nil
}

// fieldsOf are the names of all fields that a message has, and those in it.
func fieldsOf(d protoreflect.MessageDescriptor, into map[string]bool) {
	for i := range d.Fields().Len() {
		f := d.Fields().Get(i)
		if into[string(f.FullName())] {
			continue
		}
		into[string(f.FullName())] = true
		if f.Message() != nil {
			fieldsOf(f.Message(), into)
		}
	}
}

// walk visits a message and those in it, but for the entries of maps.
func walk(m protoreflect.Message, visit func(protoreflect.Message)) {
	visit(m)
	m.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		switch {
		case f.IsMap() && f.MapValue().Message() != nil:
			v.Map().Range(func(_ protoreflect.MapKey, v protoreflect.Value) bool {
				walk(v.Message(), visit)
				return true
			})
		case f.IsMap() || f.Message() == nil:
		case f.IsList():
			for i := range v.List().Len() {
				walk(v.List().Get(i).Message(), visit)
			}
		default:
			walk(v.Message(), visit)
		}
		return true
	})
}

// TestEveryField holds that a request and a response in which every field is set that the
// SDK has are not left to the plain codec. A field that is new in the SDK is read by the
// plain codec until somebody adds it here and to the exchange.
func TestEveryField(t *testing.T) {
	req, rsp := exchange(everyKind(), 2)
	for _, m := range []proto.Message{req, rsp} {
		has, set := map[string]bool{}, map[string]bool{}
		fieldsOf(m.ProtoReflect().Descriptor(), has)
		walk(m.ProtoReflect(), func(m protoreflect.Message) {
			m.Range(func(f protoreflect.FieldDescriptor, _ protoreflect.Value) bool {
				set[string(f.FullName())] = true
				if f.IsMap() {
					set[string(f.MapKey().FullName())], set[string(f.MapValue().FullName())] = true, true
				}
				return true
			})
		})
		if diff := cmp.Diff(slices.Sorted(maps.Keys(has)), slices.Sorted(maps.Keys(set))); diff != "" {
			t.Errorf("the exchange has to set every field of the SDK, and the codec to know it: -has, +set:\n%s", diff)
		}
	}
	if !readRequest(received(encode(t, req)), &fnv1.RunFunctionRequest{}) {
		t.Error("the request is left to the plain codec")
	}
	if _, ok := writeResponse(rsp); !ok {
		t.Error("the response is left to the plain codec")
	}
}

// TestGoldens holds that what the examples are rendered to is read and written alike, and
// is not left to the plain codec.
func TestGoldens(t *testing.T) {
	for name, objects := range goldens(t) {
		t.Run(name, func(t *testing.T) {
			req, rsp := exchange(objects, len(objects))
			if _, err := holdRead(t, encode(t, req)); err != nil {
				t.Error(err)
			}
			if err := holdWrite(t, rsp); err != nil {
				t.Error(err)
			}
			if !readRequest(received(encode(t, req)), &fnv1.RunFunctionRequest{}) {
				t.Error("the request is left to the plain codec")
			}
			if _, ok := writeResponse(rsp); !ok {
				t.Error("the response is left to the plain codec")
			}
		})
	}
}

// TestOthers holds that any other message is the plain codec's, and that what is no
// message is an error.
func TestOthers(t *testing.T) {
	data, err := Codec{}.Marshal(&fnv1.RunFunctionRequest{Meta: &fnv1.RequestMeta{Tag: "a"}})
	if err != nil {
		t.Fatal(err)
	}
	got := &fnv1.RunFunctionResponse{}
	if err := (Codec{}).Unmarshal(data, got); err != nil || got.GetMeta().GetTag() != "a" {
		t.Errorf("Unmarshal(): %v, %v", got, err)
	}
	for _, v := range []any{nil, "text", (*fnv1.RunFunctionResponse)(nil)} {
		_, wantErr := plain.Marshal(v)
		if _, err := (Codec{}).Marshal(v); (err == nil) != (wantErr == nil) {
			t.Errorf("Marshal(%v): plain %v, wire %v", v, wantErr, err)
		}
	}
	if (Codec{}).Name() != "proto" {
		t.Errorf("the codec is named %q", Codec{}.Name())
	}
}

// TestBegins holds that a message is read into one that has something as into an empty one.
func TestBegins(t *testing.T) {
	req, _ := exchange(everyKind(), 1)
	full, _ := exchange(everyKind(), 9)
	for _, got := range []*fnv1.RunFunctionRequest{full, {Meta: full.GetMeta(), Credentials: map[string]*fnv1.Credentials{"old": {}}}} {
		if err := (Codec{}).Unmarshal(received(encode(t, req)), got); err != nil || !proto.Equal(req, got) {
			t.Errorf("Unmarshal(): %v, -want, +got:\n%s", err, cmp.Diff(req.String(), got.String()))
		}
	}
}

// TestNil holds that what a function left nil is written alike.
func TestNil(t *testing.T) {
	cases := map[string]struct {
		reason string
		rsp    *fnv1.RunFunctionResponse
	}{
		"Empty":    {"A response may hold nothing.", &fnv1.RunFunctionResponse{}},
		"Resource": {"A resource may be nil.", &fnv1.RunFunctionResponse{Desired: &fnv1.State{Resources: map[string]*fnv1.Resource{"a": nil}}}},
		"Object":   {"An object may be nil.", &fnv1.RunFunctionResponse{Desired: &fnv1.State{Composite: &fnv1.Resource{}}, Context: &structpb.Struct{}}},
		"Value": {"A value may be nil, and hold something that is nil, or of a kind that is nil.", &fnv1.RunFunctionResponse{
			Context: &structpb.Struct{Fields: map[string]*structpb.Value{
				"value": nil, "none": {}, "struct": {Kind: &structpb.Value_StructValue{}}, "list": {Kind: &structpb.Value_ListValue{}},
				"values": structpb.NewListValue(&structpb.ListValue{Values: []*structpb.Value{nil}}),
				"a":      {Kind: (*structpb.Value_StringValue)(nil)}, "b": {Kind: (*structpb.Value_StructValue)(nil)}, "c": {Kind: (*structpb.Value_ListValue)(nil)},
				"d": {Kind: (*structpb.Value_BoolValue)(nil)}, "e": {Kind: (*structpb.Value_NumberValue)(nil)}, "f": {Kind: (*structpb.Value_NullValue)(nil)},
			}},
		}},
		"Results": {"A list may have what is nil.", &fnv1.RunFunctionResponse{Results: []*fnv1.Result{nil}, Conditions: []*fnv1.Condition{nil}}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			want, err := plain.Marshal(tc.rsp)
			if err != nil {
				t.Fatal(err)
			}
			got, err := Codec{}.Marshal(tc.rsp)
			if err != nil {
				t.Fatal(err)
			}
			a, b := &fnv1.RunFunctionResponse{}, &fnv1.RunFunctionResponse{}
			if err := errors.Join(plain.Unmarshal(want, a), plain.Unmarshal(got, b)); err != nil || !proto.Equal(a, b) {
				t.Errorf("\n%s\nMarshal(): %v, -plain, +wire:\n%s", tc.reason, err, cmp.Diff(a.String(), b.String()))
			}
		})
	}
}

// TestBadText holds that a response with text that is no UTF-8 is refused, wherever it is.
func TestBadText(t *testing.T) {
	bad := &structpb.Struct{Fields: map[string]*structpb.Value{"a": structpb.NewStringValue("\xff")}}
	key := &structpb.Struct{Fields: map[string]*structpb.Value{"\xff": structpb.NewStringValue("a")}}
	list := &structpb.ListValue{Values: []*structpb.Value{structpb.NewStructValue(bad)}}
	for name, rsp := range map[string]*fnv1.RunFunctionResponse{
		"value":    {Context: bad},
		"key":      {Context: key},
		"list":     {Context: &structpb.Struct{Fields: map[string]*structpb.Value{"a": structpb.NewListValue(list)}}},
		"object":   {Desired: &fnv1.State{Composite: &fnv1.Resource{Resource: bad}}},
		"resource": {Desired: &fnv1.State{Resources: map[string]*fnv1.Resource{"\xff": {}}}},
		"detail":   {Desired: &fnv1.State{Resources: map[string]*fnv1.Resource{"a": {ConnectionDetails: map[string][]byte{"\xff": nil}}}}},
		"result":   {Results: []*fnv1.Result{{Message: "\xff"}}},
		"output":   {Output: bad},
	} {
		if err := holdWrite(t, rsp); err == nil {
			t.Errorf("%s: it is written", name)
		}
	}
}
