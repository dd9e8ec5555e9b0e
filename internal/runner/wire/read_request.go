package wire

import (
	"strings"

	"google.golang.org/grpc/mem"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// Numbers of the fields that most of a request is in.
const (
	requestObserved          = 2
	requestDesired           = 3
	requestInput             = 4
	requestContext           = 5
	requestExtraResources    = 6
	requestRequiredResources = 8
	requestRequiredSchemas   = 9
)

// readRequest reads a request, and reports whether it did: where not, what it left is of
// no use.
func readRequest(data mem.BufferSlice, req *fnv1.RunFunctionRequest) bool {
	var text strings.Builder
	text.Grow(data.Len())
	for _, b := range data {
		text.Write(b.ReadOnlyData())
	}
	r := &reader{}
	proto.Reset(req)
	rest := r.request(req, text.String())
	return !r.odd && (len(rest) == 0 || proto.UnmarshalOptions{Merge: true}.Unmarshal(rest, req) == nil)
}

// request reads the fields that most of a request is in, and returns the others: small
// ones, such as meta, and unknown ones.
func (r *reader) request(req *fnv1.RunFunctionRequest, s string) (rest []byte) {
	for s != "" && !r.odd {
		was := s
		var tag uint64
		tag, s = r.varint(s)
		number, typ := protowire.DecodeTag(tag)
		if typ != protowire.BytesType {
			r.odd = true
			return nil
		}
		var part string
		part, s = r.cut(s)
		switch int(number) {
		case requestObserved:
			once(r, &req.Observed, part, r.state)
		case requestDesired:
			once(r, &req.Desired, part, r.state)
		case requestInput:
			once(r, &req.Input, part, r.root)
		case requestContext:
			once(r, &req.Context, part, r.root)
		case requestExtraResources:
			into(r, &req.ExtraResources, part, r.resources) //nolint:staticcheck // Crossplane 1.20 knows no other.
		case requestRequiredResources:
			into(r, &req.RequiredResources, part, r.resources)
		case requestRequiredSchemas:
			into(r, &req.RequiredSchemas, part, r.schema)
		default:
			rest = append(rest, was[:len(was)-len(s)]...)
		}
	}
	return rest
}

// once reads a field that is there once. What a second one adds to it, or takes away, the
// plain codec knows.
func once[M any](r *reader, m **M, s string, read func(string) *M) {
	r.odd = r.odd || *m != nil
	*m = read(s)
}

// into reads an entry of a map.
func into[M any](r *reader, m *map[string]*M, s string, read func(string) *M) {
	if *m == nil {
		*m = map[string]*M{}
	}
	key, value := r.entry(s)
	(*m)[key] = read(value)
}

// root reads an object that is in no other.
func (r *reader) root(s string) *structpb.Struct { return r.object(s, 0) }

func (r *reader) state(s string) *fnv1.State {
	m := &fnv1.State{}
	for s != "" && !r.odd {
		tag := s[0]
		var part string
		part, s = r.cut(s[1:])
		switch tag {
		case tagOf(1, protowire.BytesType):
			once(r, &m.Composite, part, r.resource)
		case tagOf(2, protowire.BytesType):
			into(r, &m.Resources, part, r.resource)
		default:
			r.odd = true
		}
	}
	return m
}

func (r *reader) resource(s string) *fnv1.Resource {
	m := &fnv1.Resource{}
	for s != "" && !r.odd {
		tag := s[0]
		var part string
		var n uint64
		switch tag {
		case tagOf(1, protowire.BytesType):
			part, s = r.cut(s[1:])
			once(r, &m.Resource, part, r.root)
		case tagOf(2, protowire.BytesType):
			part, s = r.cut(s[1:])
			key, value := r.entry(part)
			if m.ConnectionDetails == nil {
				m.ConnectionDetails = map[string][]byte{}
			}
			m.ConnectionDetails[key] = []byte(value)
		case tagOf(3, protowire.VarintType):
			n, s = r.varint(s[1:])
			m.Ready = fnv1.Ready(int32(n)) //nolint:gosec // An enum is cut off to 32 bits, as the plain codec does.
		default:
			r.odd = true
		}
	}
	return m
}

func (r *reader) resources(s string) *fnv1.Resources {
	m := &fnv1.Resources{}
	for s != "" && !r.odd {
		var part string
		part, s = r.field(s, tagOf(1, protowire.BytesType))
		m.Items = append(m.Items, r.resource(part))
	}
	return m
}

func (r *reader) schema(s string) *fnv1.Schema {
	m := &fnv1.Schema{}
	for s != "" && !r.odd {
		var part string
		part, s = r.field(s, tagOf(1, protowire.BytesType))
		once(r, &m.OpenapiV3, part, r.root)
	}
	return m
}
