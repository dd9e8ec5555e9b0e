package focus

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"os"
	"strings"
)

// Limits of a packed file. Rows of a bill pack to a twentieth, and at the very most gzip packs to
// a thousandth.
const (
	maxPacked = 400     // times its own size
	fewBytes  = 8 << 20 // that any file may have
)

// foreign are beginnings of files that are not read.
var foreign = []struct{ magic, text string }{
	{"PK\x03\x04", "is packed by zip; unpack it"},
	{"(\xb5/\xfd", "is packed by zstd; unpack it"},
	{"BZh", "is packed by bzip2; unpack it"},
	{"PARE", "is encrypted Parquet; decrypt it"},
	{"\xff\xfe", "is UTF-16; make it UTF-8"},
	{"\xfe\xff", "is UTF-16; make it UTF-8"},
}

// A Reader reads files of one command, whose rows have hashes that compare.
type Reader struct {
	// Progress is told how many more bytes of files were read, where it is not nil.
	Progress func(bytes int64)
	// Doubt is told what may be wrong with a file that was read, where it is not nil.
	Doubt func(text string)
	maker *maker
}

// NewReader makes a reader.
func NewReader() *Reader { return &Reader{maker: newMaker(maphash.MakeSeed())} }

// suffixes of names that exports have.
var suffixes = []string{".csv", ".csv.gz", ".gzip", ".gz", ".parquet"}

// IsExport reports whether a file may be an export, by its name.
func IsExport(name string) bool {
	for _, s := range suffixes {
		if strings.HasSuffix(strings.ToLower(name), s) {
			return true
		}
	}
	return false
}

// Read reads a file, whatever its name says: CSV, CSV packed by gzip, or Parquet.
func (r *Reader) Read(file string, each func(*Row) error) error {
	before, err := os.Stat(file)
	if err != nil {
		return err
	}
	if !before.Mode().IsRegular() { // who opens a pipe waits for ever
		return &Error{File: file, Text: "is no regular file"}
	}
	f, err := os.Open(file) //nolint:gosec // The files of whoever runs the command.
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // It was only read.
	if err := r.read(file, f, before.Size(), each); err != nil {
		return err
	}
	after, err := f.Stat()
	if err != nil {
		return err
	}
	if after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime()) {
		return &Error{File: file, Text: "was written while it was read; read it when it is whole"}
	}
	return nil
}

// source is what a file is, to read from its begin or anywhere.
type source interface {
	io.Reader
	io.ReaderAt
}

func (r *Reader) read(file string, f source, size int64, each func(*Row) error) error {
	var magic [4]byte
	n, err := f.ReadAt(magic[:], 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return &Error{File: file, Text: err.Error()}
	}
	head := magic[:n]
	switch {
	case n == 0:
		return &Error{File: file, Text: "is empty; an export has a line of columns"}
	case bytes.Equal(head, []byte("PAR1")):
		return r.parquet(file, f, size, each)
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(bufio.NewReader(&counter{in: f, each: r.Progress}))
		if err != nil {
			return &Error{File: file, Text: "cannot be unpacked: " + err.Error()}
		}
		return r.csv(file, &limited{in: z, file: file, left: max(size*maxPacked, fewBytes), size: size}, each)
	}
	for _, p := range foreign {
		if bytes.HasPrefix(head, []byte(p.magic)) {
			return &Error{File: file, Text: p.text}
		}
	}
	return r.csv(file, &counter{in: f, each: r.Progress}, each)
}

// csv reads rows of text.
func (r *Reader) csv(file string, in io.Reader, each func(*Row) error) error {
	const mark = "\xef\xbb\xbf"
	b := bufio.NewReader(in)
	if head, err := b.Peek(len(mark)); err == nil && string(head) == mark {
		_, _ = b.Discard(len(mark)) //nolint:errcheck // They were just seen.
	}
	l := newLexer(file, b)
	switch err := l.next(); {
	case errors.Is(err, io.EOF):
		return &Error{File: file, Text: "is empty; an export has a line of columns"}
	case err != nil:
		return err
	}
	head, names := l.line, make([]string, len(l.fields))
	for i, f := range l.fields {
		names[i] = string(f)
	}
	at, text := places(names)
	if text != "" {
		return l.fail(0, "%s", text)
	}
	var rec record
	for {
		switch err := l.next(); {
		case errors.Is(err, io.EOF):
			if l.open && r.Doubt != nil {
				r.Doubt(file + ": the last line has no end; perhaps the file was cut short")
			}
			return nil
		case err != nil:
			return err
		case len(l.fields) != len(names):
			return l.fail(0, "has %d fields, where line %d names %d columns", len(l.fields), head, len(names))
		}
		for c, i := range at {
			rec[c] = nil
			if i >= 0 {
				rec[c] = l.fields[i]
			}
		}
		if m := r.maker.make(&rec); m != nil {
			return l.fail(l.starts[at[m.column]], "%s", m.text)
		}
		if err := each(&r.maker.row); err != nil {
			return l.fail(0, "%v", err)
		}
	}
}

// counter tells how much was read.
type counter struct {
	in   io.Reader
	each func(int64)
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	if c.each != nil {
		c.each(int64(n))
	}
	return n, err
}

// limited ends what unpacks to more than any bill does.
type limited struct {
	in         io.Reader
	file       string
	left, size int64
}

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, fmt.Errorf("it unpacks to more than %d times its %d bytes, which no bill does", maxPacked, l.size)
	}
	n, err := l.in.Read(p[:min(int64(len(p)), l.left)])
	l.left -= int64(n)
	return n, err
}
