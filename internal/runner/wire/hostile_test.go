package wire

import (
	"slices"
	"strings"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"
)

// An around is what stands in front of a value of n bytes, for another value to hold it.
type around func(n int) []byte

func aroundObject(n int) []byte {
	value := protowire.AppendVarint([]byte{tagOf(1, protowire.BytesType), 0, tagOf(2, protowire.BytesType)}, uint64(n))
	entry := protowire.AppendVarint([]byte{tagFields}, uint64(n+len(value)))
	object := protowire.AppendVarint([]byte{tagStruct}, uint64(n+len(value)+len(entry)))
	return slices.Concat(object, entry, value)
}

func aroundList(n int) []byte {
	value := protowire.AppendVarint([]byte{tagValues}, uint64(n))
	return append(protowire.AppendVarint([]byte{tagList}, uint64(n+len(value))), value...)
}

// nested is a request with a value in so many others, or in as many as a size has room for.
func nested(levels, most int, a around) []byte {
	b := make([]byte, most)
	at := most
	for range levels {
		head := a(most - at)
		if len(head) > at {
			break
		}
		at -= len(head)
		copy(b[at:], head)
	}
	return []byte(inObject(f(1, f(1, "key"), f(2, string(b[at:])))))
}

// TestNested holds that values nest as deeply by both codecs, and that what nests deeper
// is refused, also where all that a function receives nests.
func TestNested(t *testing.T) {
	const most = 16 << 20
	for _, levels := range []int{
		0, 1, deepest - 1, deepest, deepest + 1, 3330, 3331, 3332, 3333, 3334, 4997, 4998, 4999, 5000, 9998, 9999, 10000, 10001, most,
	} {
		groups := min(levels, most/2)
		for name, b := range map[string][]byte{
			"objects": nested(levels, min(most, 20*levels), aroundObject),
			"lists":   nested(levels, min(most, 20*levels), aroundList),
			"groups":  []byte(strings.Repeat("\x7b", groups) + strings.Repeat("\x7c", groups)),
			"open":    []byte(strings.Repeat("\x7b", groups)),
		} {
			req, err := holdRead(t, b)
			if refused := levels > 10001 || name == "open" && levels > 0; refused && err == nil || !refused && err != nil && levels < 3000 {
				t.Errorf("%s in %d levels: %v", name, levels, err)
			}
			if err != nil {
				continue
			}
			if err := holdWrite(t, &fnv1.RunFunctionResponse{Context: req.GetContext()}); err != nil {
				t.Errorf("%s in %d levels: %v", name, levels, err)
			}
		}
	}
}

// TestUnknown holds that a field that the SDK does not know yet is kept, in whichever
// message it is, and written again.
func TestUnknown(t *testing.T) {
	full, answer := exchange([]*structpb.Struct{short()}, 1)
	for _, unknown := range []string{f(2000, "\xff"), n(2000, 5), group, f(2000) + f(2000, "again")} {
		for i, ended := 0, false; !ended; i++ {
			for _, m := range []proto.Message{full, answer} {
				m = proto.Clone(m)
				at := 0
				walk(m.ProtoReflect(), func(m protoreflect.Message) {
					if at == i {
						m.SetUnknown([]byte(unknown))
					}
					at++
				})
				ended = at <= i
				switch m := m.(type) {
				case *fnv1.RunFunctionRequest:
					got, err := holdRead(t, encode(t, m))
					if err != nil || !proto.Equal(m, got) {
						t.Errorf("message %d: an unknown field is lost, %v", i, err)
					}
				case *fnv1.RunFunctionResponse:
					if err := holdWrite(t, m); err != nil {
						t.Errorf("message %d: %v", i, err)
					}
				}
			}
		}
	}
}

// TestBroken holds that what is cut off, or has a byte that is another, is read alike.
func TestBroken(t *testing.T) {
	full, _ := exchange([]*structpb.Struct{short()}, 1)
	for _, req := range []*fnv1.RunFunctionRequest{
		{Observed: full.GetObserved()},
		{Context: full.GetContext(), Meta: full.GetMeta()},
		{RequiredResources: full.GetRequiredResources()},
		{RequiredSchemas: full.GetRequiredSchemas(), Credentials: full.GetCredentials()},
	} {
		b := encode(t, req)
		for i := range b {
			if _, err := holdRead(t, b[:i]); err == nil && i > 0 && t.Failed() {
				return
			}
			for _, to := range []byte{0, 0x0a, 0x12, 0x1a, 0x7b, 0x7c, 0x7f, 0x80, 0xff, b[i] + 1, b[i] - 1} {
				other := slices.Clone(b)
				other[i] = to
				if _, err := holdRead(t, other); err != nil && t.Failed() {
					return
				}
			}
		}
	}
}
