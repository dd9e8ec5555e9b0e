package wire

import (
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/types/known/structpb"
)

// A reader reads one message from its text, of which all strings of the message are parts:
// one copy for all. Whoever keeps one of them after the call keeps the whole text, and has
// to clone it.
type reader struct {
	odd bool // there is something that the plain codec has to read

	// What most of a message is made of is allocated by the block.
	values  []structpb.Value
	strings []structpb.Value_StringValue
}

// How many values are allocated at once: with what Go adds they fill 4 KiB, and 1 KiB of
// strings. Whoever keeps one keeps them all.
const (
	blockValues  = 73
	blockStrings = 63
)

// varint is the number that a text begins with, and the text behind it.
func (r *reader) varint(s string) (uint64, string) {
	if s != "" && s[0] < 1<<7 {
		return uint64(s[0]), s[1:]
	}
	// The longest one has ten bytes, and the last of those one bit.
	var v uint64
	for i := range min(len(s), 10) {
		c := s[i]
		v |= uint64(c&0x7f) << (7 * i)
		if c < 1<<7 {
			r.odd = r.odd || i == 9 && c > 1
			return v, s[i+1:]
		}
	}
	r.odd = true
	return 0, ""
}

// cut is what stands behind its own length at the beginning of a text, and the text behind.
func (r *reader) cut(s string) (part, rest string) {
	n, s := r.varint(s)
	if n > uint64(len(s)) {
		r.odd = true
		return "", ""
	}
	return s[:n], s[n:]
}

// field is what a text begins with, where that is a field with a length and the tag, and
// the text behind.
func (r *reader) field(s string, tag byte) (part, rest string) {
	if s == "" || s[0] != tag {
		r.odd = true
		return "", ""
	}
	return r.cut(s[1:])
}

// text is a string as a message may have it.
func (r *reader) text(s string) string {
	r.odd = r.odd || !utf8.ValidString(s)
	return s
}

// entry is what an entry of a map holds. Both parts are always written, in this order; to
// read one without is left to the plain codec.
func (r *reader) entry(s string) (key, value string) {
	key, s = r.field(s, tagOf(1, protowire.BytesType))
	value, s = r.field(s, tagOf(2, protowire.BytesType))
	r.odd = r.odd || s != ""
	return r.text(key), value
}

// count is how many fields with a length a text holds, of which somebody says that it
// holds nothing else.
func (r *reader) count(s string) int {
	n := 0
	for ; s != "" && !r.odd; n++ {
		_, s = r.cut(s[1:])
	}
	return n
}

// tagOf is the tag of a field, which of the numbers here is one byte.
func tagOf(number protowire.Number, typ protowire.Type) byte {
	return byte(protowire.EncodeTag(number, typ)) //nolint:gosec // A number is less than 16.
}
