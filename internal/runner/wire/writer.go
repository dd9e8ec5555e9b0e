package wire

import (
	"sync"
	"unicode/utf8"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
)

// A writer writes one message from its end to its beginning, so that the length of each
// part is known when it is written in front of it. To measure all parts first, as the
// plain codec does, takes as long as writing them.
type writer struct {
	buf *[]byte
	at  int  // where what is written begins, which goes to the end of the buffer
	odd bool // there is something that the plain codec has to write

	spans spans
}

// size is how much is written.
func (w *writer) size() int { return len(*w.buf) - w.at }

// room makes room for n bytes more, and takes it.
func (w *writer) room(n int) []byte {
	if w.at < n {
		more := buffers.Get(2*len(*w.buf) + n)
		copy((*more)[len(*more)-w.size():], (*w.buf)[w.at:])
		w.at += len(*more) - len(*w.buf)
		w.buf = more // the small one is not kept, so that the next message finds a large one
	}
	w.at -= n
	return (*w.buf)[w.at : w.at+n]
}

func (w *writer) tag(tag byte) { w.room(1)[0] = tag }

func (w *writer) varint(v uint64) {
	protowire.AppendVarint(w.room(protowire.SizeVarint(v))[:0], v)
}

// end writes the length of what was written since there was a size, and the tag.
func (w *writer) end(tag byte, size int) {
	w.varint(uint64(w.size() - size)) //nolint:gosec // It only grows.
	w.tag(tag)
}

// entry ends an entry of a map, whose value was written since there was a size.
func (w *writer) entry(tag byte, key string, size int) {
	w.end(tagOf(2, protowire.BytesType), size)
	w.text(tagOf(1, protowire.BytesType), key)
	w.end(tag, size)
}

// text writes a field with text. Most are short: their head takes two bytes.
func (w *writer) text(tag byte, s string) {
	w.odd = w.odd || !utf8.ValidString(s)
	if len(s) < 1<<7 {
		to := w.room(2 + len(s))
		to[0], to[1] = tag, byte(len(s)) //nolint:gosec // It is less than 128.
		copy(to[2:], s)
		return
	}
	size := w.size()
	copy(w.room(len(s)), s)
	w.end(tag, size)
}

// known looks whether a message has fields that nobody here knows.
func (w *writer) known(m proto.Message) {
	w.odd = w.odd || len(m.ProtoReflect().GetUnknown()) > 0
}

// Sizes of buffers that are kept for other messages.
const (
	leastBuffer = 4 << 10
	mostBuffer  = 1 << 20
)

// A pool keeps buffers for other messages, as they are: gRPC's own clears each before it
// is used again, a whole megabyte for a message of 33 kB. Nothing of a buffer is sent but
// what was written into it.
type pool struct{ kept sync.Pool }

var buffers pool

// Get returns a buffer of at least n bytes.
func (p *pool) Get(n int) *[]byte {
	if b, ok := p.kept.Get().(*[]byte); ok && len(*b) >= n {
		return b
	}
	b := make([]byte, max(n, leastBuffer))
	return &b
}

// Put keeps a buffer.
func (p *pool) Put(b *[]byte) {
	if len(*b) <= mostBuffer {
		p.kept.Put(b)
	}
}
