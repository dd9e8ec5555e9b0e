package focus

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/parquet-go/parquet-go"
)

// A leaf is a column of Parquet while it is read: values, one behind the other.
type leaf struct {
	column column
	index  int
	deep   int   // levels of repetition
	full   int   // the level of definition of a value that is there
	weight int64 // bytes that a value takes at most beside those of its page
	form   form
	value  *leaf // of the keys that the leaf has

	pages  parquet.Pages
	page   parquet.Page
	values parquet.ValueReader
	buffer []parquet.Value
	ready  []parquet.Value
	text   []byte
}

func (l *leaf) set(found parquet.LeafColumn) {
	l.index, l.deep, l.full = found.ColumnIndex, found.MaxRepetitionLevel, found.MaxDefinitionLevel
	l.form = formOf(found.Node.Type())
	const levels, offset = 2, 4
	if l.weight = levels + offset; found.Node.Type().Kind() == parquet.FixedLenByteArray {
		l.weight += int64(found.Node.Type().Length())
	}
}

// open begins with a group of rows.
func (l *leaf) open(chunks []parquet.ColumnChunk) {
	const atOnce = 256
	if l.buffer == nil {
		l.buffer = make([]parquet.Value, atOnce)
	}
	l.pages, l.page, l.values, l.ready = chunks[l.index].Pages(), nil, nil, nil
	if l.value != nil {
		l.value.open(chunks)
	}
}

func (l *leaf) close() {
	if l.page != nil {
		parquet.Release(l.page)
	}
	_ = l.pages.Close() //nolint:errcheck // It was only read.
	if l.value != nil {
		l.value.close()
	}
}

// next is the value that comes, without taking it; at the end of the rows there is none.
func (l *leaf) next() (*parquet.Value, error) {
	for len(l.ready) == 0 {
		if l.values != nil {
			n, err := l.values.ReadValues(l.buffer)
			if n > 0 {
				l.ready = l.buffer[:n]
				break
			}
			if err != nil && !errors.Is(err, io.EOF) {
				return nil, err
			}
			parquet.Release(l.page)
			l.page, l.values = nil, nil
		}
		page, err := l.pages.ReadPage()
		if errors.Is(err, io.EOF) {
			return nil, nil //nolint:nilnil // There is none.
		}
		if err != nil {
			return nil, err
		}
		l.page, l.values = page, page.Values()
	}
	return &l.ready[0], nil
}

// done holds that no value is left behind the last row.
func (l *leaf) done() error {
	if v, err := l.next(); err != nil || v != nil {
		return cmp.Or(err, errors.New("it has more values than there are rows"))
	}
	if l.value != nil {
		return l.value.done()
	}
	return nil
}

// read puts what a row has in the column into the record.
func (l *leaf) read(rec *record) error {
	v, err := l.next()
	if err != nil {
		return err
	}
	if v == nil {
		return errors.New("it has fewer values than there are rows")
	}
	if l.deep > 0 {
		return l.list(rec)
	}
	l.ready = l.ready[1:]
	if v.IsNull() {
		return nil
	}
	if l.text, err = l.form(l.text[:0], v); err != nil {
		return err
	}
	rec[l.column] = l.text
	return nil
}

// list writes a row's tags as JSON, which then are read as those of a text.
func (l *leaf) list(rec *record) error {
	text, begin := l.text[:0], byte('{')
	if l.value == nil {
		begin = '['
	}
	for first := true; ; first = false {
		key, err := l.take(first)
		if err != nil {
			return err
		}
		var value *parquet.Value
		if l.value != nil {
			if value, err = l.value.take(first); err != nil {
				return err
			}
			if (key == nil) != (value == nil) {
				return errors.New("it has not as many keys as values")
			}
		}
		if key == nil {
			break
		}
		if key.DefinitionLevel() < l.full {
			continue // nothing is in the list
		}
		if len(text) > maxRecord {
			return fmt.Errorf("one row has more than %d bytes", maxRecord)
		}
		text = append(text, begin)
		begin = ','
		if text, err = l.quote(text, key); err != nil {
			return err
		}
		if l.value != nil {
			text = append(text, ':')
			if text, err = l.value.quote(text, value); err != nil {
				return err
			}
		}
	}
	switch {
	case begin != ',':
		rec[l.column] = nil
	case l.value == nil:
		text = append(text, ']')
		rec[l.column] = text
	default:
		text = append(text, '}')
		rec[l.column] = text
	}
	l.text = text
	return nil
}

// take is the next value of a row, or nil behind its last one.
func (l *leaf) take(first bool) (*parquet.Value, error) {
	v, err := l.next()
	if err != nil || v == nil || !first && v.RepetitionLevel() == 0 {
		return nil, err
	}
	if first && v.RepetitionLevel() != 0 {
		return nil, errors.New("a row begins with the end of another one")
	}
	l.ready = l.ready[1:]
	return v, nil
}

// quote writes a value as JSON.
func (l *leaf) quote(text []byte, v *parquet.Value) ([]byte, error) {
	if v.IsNull() {
		return append(text, "null"...), nil
	}
	begin := len(text)
	text, err := l.form(append(text, '"'), v)
	if err != nil {
		return text, err
	}
	for _, c := range text[begin+1:] {
		if c < ' ' || c > '~' || c == '"' || c == '\\' {
			quoted, err := json.Marshal(string(text[begin+1:]))
			return append(text[:begin], quoted...), err
		}
	}
	return append(text, '"'), nil
}
