package wire

import (
	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// Numbers of the fields that most of a response is in.
const (
	responseDesired = 2
	responseContext = 4
)

// writeResponse writes a response, and reports whether it did.
func writeResponse(rsp *fnv1.RunFunctionResponse) (mem.BufferSlice, bool) {
	rest, err := proto.Marshal(others(rsp))
	if err != nil {
		return nil, false
	}
	w := &writer{buf: buffers.Get(len(rest))}
	w.at = len(*w.buf)
	copy(w.room(len(rest)), rest)
	if d := rsp.GetDesired(); d != nil {
		size := w.size()
		w.state(d)
		w.end(tagOf(responseDesired, protowire.BytesType), size)
	}
	if c := rsp.GetContext(); c != nil {
		size := w.size()
		w.object(c)
		w.end(tagOf(responseContext, protowire.BytesType), size)
	}
	if w.odd {
		buffers.Put(w.buf)
		return nil, false
	}
	whole := mem.NewBuffer(w.buf, &buffers)
	defer whole.Free() // which the part of it outlives
	return mem.BufferSlice{whole.Slice(w.at, len(*w.buf))}, true
}

// others are the fields of a response that the plain codec writes, which are small.
func others(rsp *fnv1.RunFunctionResponse) *fnv1.RunFunctionResponse {
	m := &fnv1.RunFunctionResponse{}
	from, to := rsp.ProtoReflect(), m.ProtoReflect()
	from.Range(func(f protoreflect.FieldDescriptor, v protoreflect.Value) bool {
		if n := f.Number(); n != responseDesired && n != responseContext {
			to.Set(f, v)
		}
		return true
	})
	to.SetUnknown(from.GetUnknown())
	return m
}

func (w *writer) state(s *fnv1.State) {
	w.known(s)
	for name, r := range s.GetResources() {
		size := w.size()
		w.resource(r)
		w.entry(tagOf(2, protowire.BytesType), name, size)
	}
	if c := s.GetComposite(); c != nil {
		size := w.size()
		w.resource(c)
		w.end(tagOf(1, protowire.BytesType), size)
	}
}

func (w *writer) resource(r *fnv1.Resource) {
	w.known(r)
	if ready := r.GetReady(); ready != 0 {
		w.varint(uint64(ready)) //nolint:gosec // A negative number takes ten bytes, as the plain codec writes it.
		w.tag(tagOf(3, protowire.VarintType))
	}
	for key, detail := range r.GetConnectionDetails() {
		size := w.size()
		copy(w.room(len(detail)), detail)
		w.entry(tagOf(2, protowire.BytesType), key, size)
	}
	if o := r.GetResource(); o != nil {
		size := w.size()
		w.object(o)
		w.end(tagOf(1, protowire.BytesType), size)
	}
}
