package wire

import "reflect"

// A span is where something is written, counted from the end of the buffer, which grows at
// its beginning.
type span struct {
	of       any // a Struct or a ListValue
	from, to int
}

// spans are what was written last of what has some address: 64 rows, one for each.
type spans [64]span

// at is the row of what a message points to. Addresses of messages differ by 16 bytes at
// the least.
func (s *spans) at(of any) *span {
	return &s[reflect.ValueOf(of).Pointer()/16%uintptr(len(s))]
}

// again writes what is written already, and reports whether it is: labels and tags are
// values that all resources share.
func (w *writer) again(of any) bool {
	s := w.spans.at(of)
	if s.of != of {
		return false
	}
	n := s.to - s.from
	to := w.room(n)
	end := len(*w.buf)
	copy(to, (*w.buf)[end-s.to:end-s.from])
	return true
}

// wrote keeps where something stands that was written since there was a size.
func (w *writer) wrote(of any, size int) {
	*w.spans.at(of) = span{of, size, w.size()}
}
