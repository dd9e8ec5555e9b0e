package focus

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go"
)

// parquet reads rows of Parquet by columns. A library that fails on a broken file by a panic is
// not the end of the command.
func (r *Reader) parquet(file string, f source, size int64, each func(*Row) error) (err error) {
	row := int64(0)
	defer func() {
		if p := recover(); p != nil {
			err = &Error{File: file, Row: row, Text: fmt.Sprintf("cannot be read as Parquet: %v", p)}
		}
	}()
	fail := func(format string, args ...any) error {
		return &Error{File: file, Row: row, Text: fmt.Sprintf(format, args...)}
	}
	p, leaves, err := opened(f, size)
	if err != nil {
		return fail("%v", err)
	}
	told := int64(0)
	tell := func(now int64) {
		if r.Progress != nil {
			r.Progress(now - told)
			told = now
		}
	}
	begin := func() {
		const often = 8192 // rows between two words on progress
		if row++; row%often == 0 {
			tell(size * row / max(p.NumRows(), row))
		}
	}
	for _, group := range p.RowGroups() {
		if err := r.group(group, leaves, begin, each); err != nil {
			return fail("%v", err)
		}
	}
	tell(size)
	return nil
}

// group reads a group of rows, each of which begins by a call.
func (r *Reader) group(g parquet.RowGroup, leaves []leaf, begin func(), each func(*Row) error) error {
	chunks := g.ColumnChunks()
	for i := range leaves {
		leaves[i].open(chunks)
	}
	for range g.NumRows() {
		begin()
		var rec record
		for i := range leaves {
			if err := leaves[i].read(&rec); err != nil {
				return fmt.Errorf("%s cannot be read: %w", leaves[i].column, err)
			}
		}
		if m := r.maker.make(&rec); m != nil {
			return errors.New(m.text)
		}
		if err := each(&r.maker.row); err != nil {
			return err
		}
	}
	for i := range leaves {
		if err := leaves[i].done(); err != nil {
			return fmt.Errorf("%s cannot be read: %w", leaves[i].column, err)
		}
		leaves[i].close()
	}
	return nil
}

// plainly is how a file is opened: all rows are read, in their order.
var plainly = []parquet.FileOption{
	parquet.SkipPageIndex(true),    // it tells which pages have a value, and all are read; so a hostile one is never believed
	parquet.SkipBloomFilters(true), // they tell whether a value is there, which nobody asks; hostile ones are not believed either
}

// opened is a file that can be read, and the leaves of it that are.
func opened(f source, size int64) (*parquet.File, []leaf, error) {
	if err := footer(f, size); err != nil {
		return nil, nil, err
	}
	p, err := parquet.OpenFile(f, size, plainly...)
	if err != nil {
		return nil, nil, fmt.Errorf("cannot be read as Parquet: %w", err)
	}
	if err := whole(p, size); err != nil {
		return nil, nil, err
	}
	leaves, text := leavesOf(p.Schema())
	if text != "" {
		return nil, nil, errors.New(text)
	}
	return p, leaves, checkPages(f, size, p, leaves)
}

// footer holds that a file ends as Parquet does, before the library makes room for what its last
// bytes say: a file that was cut short says anything.
func footer(f io.ReaderAt, size int64) error {
	const magic, ends, most = "PAR1", 8, 16 << 20
	var b [ends]byte
	if size < ends+int64(len(magic)) {
		return fmt.Errorf("is Parquet that was cut short: it has %d bytes", size)
	}
	if _, err := f.ReadAt(b[:], size-ends); err != nil {
		return err
	}
	if string(b[4:]) != magic {
		return fmt.Errorf("is Parquet that was cut short: its last bytes are not %s", magic)
	}
	n := int64(binary.LittleEndian.Uint32(b[:]))
	if n > size-ends-int64(len(magic)) {
		return fmt.Errorf("is Parquet whose description has %d bytes, and the file %d", n, size)
	}
	if n > most {
		return fmt.Errorf("is Parquet whose description has %d bytes; allowed are at most %d", n, most)
	}
	description := make([]byte, n)
	if _, err := f.ReadAt(description, size-ends-n); err != nil {
		return err
	}
	if _, err := thriftEnd(description); err != nil {
		return fmt.Errorf("cannot be read as Parquet: its description is not whole: %w", err)
	}
	return nil
}

// whole holds that a file has no more rows than one of its size can have, since a few bytes can
// name a billion that are all the same, and that it has those of its groups.
func whole(p *parquet.File, size int64) error {
	const fewRows = 100_000
	if most := max(size, fewRows); p.NumRows() > most {
		return fmt.Errorf("has %d rows in %d bytes, which no bill has", p.NumRows(), size)
	}
	left := p.NumRows()
	for i, g := range p.Metadata().RowGroups {
		if g.NumRows < 0 || g.NumRows > left {
			return fmt.Errorf("has %d rows, and row group %d of it has %d", p.NumRows(), i+1, g.NumRows)
		}
		left -= g.NumRows
	}
	if left > 0 {
		return fmt.Errorf("has %d rows, of which its row groups lack %d", p.NumRows(), left)
	}
	return nil
}

// leavesOf finds the leaves that are read: one of a column, or two of a column of keys and values.
func leavesOf(schema *parquet.Schema) ([]leaf, string) {
	var names []string
	of := map[string][][]string{} // paths by the name of their root
	for _, path := range schema.Columns() {
		if of[path[0]] == nil || len(path) == 1 {
			names = append(names, path[0])
		}
		of[path[0]] = append(of[path[0]], path)
	}
	at, text := places(names)
	if text != "" {
		return nil, text
	}
	var leaves []leaf
	for c, i := range at {
		if i < 0 {
			continue
		}
		l := leaf{column: column(c)}
		for _, path := range of[names[i]] {
			found, ok := schema.Lookup(path...)
			if !ok {
				return nil, fmt.Sprintf("column %s cannot be found", strings.Join(path, "."))
			}
			last := path[len(path)-1]
			switch {
			case len(path) == 1 && found.MaxRepetitionLevel == 0, len(of[names[i]]) == 1 && l.column.nests():
				l.set(found)
			case l.column.nests() && strings.EqualFold(last, "key"):
				l.set(found)
			case l.column.nests() && strings.EqualFold(last, "value"):
				l.value = &leaf{column: l.column}
				l.value.set(found)
			}
		}
		if l.form == nil || l.deep == 0 && l.value != nil || l.value != nil && l.value.deep != l.deep {
			allowed := "one value"
			if l.column.nests() {
				allowed = "a text, and a list or map of keys and values"
			}
			return nil, fmt.Sprintf("column %s is %v; allowed are %s", names[i], of[names[i]], allowed)
		}
		leaves = append(leaves, l)
	}
	return leaves, ""
}

// nests reports whether a column may be a list or a map.
func (c column) nests() bool { return c == tags || c == labels }

// checked is a text that no lexer has seen.
func checked(b []byte) ([]byte, error) {
	switch {
	case len(b) > maxRecord:
		return nil, fmt.Errorf("has more than %d bytes", maxRecord)
	case bytes.IndexByte(b, 0) >= 0 || !utf8.Valid(b):
		return nil, fmt.Errorf("%s is no UTF-8", shown(b))
	}
	return b, nil
}
