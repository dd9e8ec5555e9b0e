package focus

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// maxRecord is how many bytes one record may have. Rows of real exports have one or two thousand.
const maxRecord = 1 << 20

// A lexer reads CSV as RFC 4180 has it, in place: no byte is copied that need not be. It keeps
// where each field stands, which encoding/csv does too, and holds a limit, which that does not.
type lexer struct {
	in     *bufio.Reader
	file   string
	line   int    // of the record's first byte
	lines  int    // of the record
	raw    []byte // the record
	long   []byte // the record, where it has more than one line
	fields [][]byte
	starts []int // of the fields in raw
	open   bool  // the last line has no end
}

func newLexer(file string, r io.Reader) *lexer {
	const window = 256 << 10
	return &lexer{in: bufio.NewReaderSize(r, window), file: file, line: 1}
}

// fail says what is wrong at a byte of the record.
func (l *lexer) fail(at int, format string, args ...any) error {
	before := l.raw[:min(at, len(l.raw))]
	column := len(before) - bytes.LastIndexByte(before, '\n')
	return &Error{File: l.file, Line: l.line + bytes.Count(before, []byte{'\n'}), Column: column, Text: fmt.Sprintf(format, args...)}
}

// next reads a record that is not empty. At the end it is io.EOF.
func (l *lexer) next() error {
	for {
		l.line += l.lines
		if err := l.read(); err != nil {
			return err
		}
		if len(l.raw) > 0 {
			return l.split()
		}
	}
}

// read reads the lines of a record, whose quotes are all closed where their number is even.
func (l *lexer) read() error {
	l.raw, l.long, l.lines = nil, l.long[:0], 0
	open := false
	for {
		part, err := l.in.ReadSlice('\n')
		if l.lines == 0 && !errors.Is(err, bufio.ErrBufferFull) && bytes.Count(part, []byte{'"'})%2 == 0 && len(l.long) == 0 {
			l.raw, l.lines = part, 1
			return l.whole(err)
		}
		l.long = append(l.long, part...)
		l.raw = l.long
		open = open != (bytes.Count(part, []byte{'"'})%2 == 1)
		if len(l.long) > maxRecord {
			return l.tooLong(open)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		l.lines++
		if !open || err != nil {
			return l.whole(err)
		}
	}
}

func (l *lexer) tooLong(open bool) error {
	if open {
		return l.fail(bytes.IndexByte(l.raw, '"'), "a record of more than %d bytes begins here; perhaps a quote is not closed", maxRecord)
	}
	return l.fail(0, "a record has more than %d bytes", maxRecord)
}

// whole takes the line's end off a record.
func (l *lexer) whole(err error) error {
	if err != nil && !errors.Is(err, io.EOF) {
		return l.broken(err)
	}
	if err != nil && len(l.raw) == 0 {
		return io.EOF
	}
	l.open = err != nil
	l.raw = bytes.TrimSuffix(l.raw, []byte{'\n'})
	l.raw = bytes.TrimSuffix(l.raw, []byte{'\r'})
	if at := bytes.IndexByte(l.raw, 0); at >= 0 {
		return l.fail(at, "is a NUL, which no text has; perhaps the file is UTF-16, or packed")
	}
	if !utf8.Valid(l.raw) {
		return l.fail(invalid(l.raw), "is no UTF-8")
	}
	return nil
}

// broken is what a reader below says, such as gzip's.
func (l *lexer) broken(err error) error {
	return &Error{File: l.file, Text: fmt.Sprintf("cannot be read after line %d: %v", l.line, err)}
}

func invalid(b []byte) int {
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(b)
}

// split parts a record into its fields.
func (l *lexer) split() error {
	l.fields, l.starts = l.fields[:0], l.starts[:0]
	text := l.raw
	if l.lines > 1 {
		text = bytes.Clone(l.raw) // quoted moves line ends, by which fail finds a place
	}
	for at := 0; ; {
		l.starts = append(l.starts, at)
		if at < len(text) && text[at] == '"' {
			value, end, err := l.quoted(text, at)
			if err != nil {
				return err
			}
			l.fields, at = append(l.fields, value), end
		} else {
			value := text[at:]
			if i := bytes.IndexByte(value, ','); i >= 0 {
				value = value[:i]
			}
			if i := bytes.IndexByte(value, '"'); i >= 0 {
				return l.fail(at+i, "a quote stands in a field that does not begin with one; in quotes it is written twice")
			}
			l.fields, at = append(l.fields, value), at+len(value)
		}
		if at >= len(text) {
			return nil
		}
		if text[at] != ',' {
			return l.fail(at, "%s stands behind a quote that is closed; a comma or the line's end has to", shown(text[at:min(at+1, len(text))]))
		}
		at++
	}
}

// quoted reads a field in quotes, and where it ends. Of two quotes one is left: the field is
// moved together where it stands, so that positions behind it stay what they are.
func (l *lexer) quoted(text []byte, start int) (value []byte, end int, err error) {
	to := start + 1
	for at := start + 1; ; {
		i := bytes.IndexByte(text[at:], '"')
		if i < 0 {
			return nil, 0, l.fail(start, "a quote is not closed")
		}
		if to != at {
			copy(text[to:], text[at:at+i])
		}
		to, at = to+i, at+i+1
		if at >= len(text) || text[at] != '"' {
			return text[start+1 : to : to], at, nil
		}
		text[to] = '"'
		to, at = to+1, at+1
	}
}
