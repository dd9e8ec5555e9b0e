package focus

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

var protocol thrift.CompactProtocol

// A lie changes what a file of Parquet says of itself.
type lie struct {
	// page of BilledCost, the first one: its header, and what stands in it.
	page func(h *format.PageHeader, b []byte) []byte
	// all is the description at the end.
	all func(m *format.FileMetaData)
	// bytes of the description.
	bytes func(b []byte) []byte
}

type plainRow struct {
	base
	millis
	Tags, Other *string `parquet:",optional"`
}

// lying writes two rows, and lies in one place of the file.
func lying(t *testing.T, l lie, options ...parquet.WriterOption) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[plainRow](&b, options...)
	if _, err := w.Write([]plainRow{{aws, millis{1, 1, at, at, at}, nil, nil}, {aws, millis{2, 2, at, at, at}, nil, nil}}); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	p, err := parquet.OpenFile(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		t.Fatal(err)
	}
	m := *p.Metadata()
	end := len(whole) - 8 - int(binary.LittleEndian.Uint32(whole[len(whole)-8:]))
	out := bytes.Clone(whole[:end])
	for i := range m.RowGroups[0].Columns {
		c := &m.RowGroups[0].Columns[i].MetaData
		if l.page == nil || c.PathInSchema[0] != "BilledCost" {
			continue
		}
		var h format.PageHeader
		r := protocol.NewReaderFromBytes(bytes.Clone(whole[c.DataPageOffset:]))
		if err := thrift.NewDecoder(r).Decode(&h); err != nil {
			t.Fatal(err)
		}
		begin := int(c.DataPageOffset) + r.BytesRead()
		h.CRC = 0 // else a sum that is wrong is found first
		body := l.page(&h, bytes.Clone(whole[begin:begin+int(h.CompressedPageSize)]))
		head := marshalled(t, &h)
		c.DataPageOffset, c.DictionaryPageOffset = int64(len(out)), 0
		out = append(append(out, head...), body...)
		c.TotalCompressedSize = int64(len(out)) - c.DataPageOffset
	}
	if l.all != nil {
		l.all(&m)
	}
	description := marshalled(t, &m)
	if l.bytes != nil {
		description = l.bytes(description)
	}
	out = append(out, description...)
	return append(binary.LittleEndian.AppendUint32(out, uint32(len(description))), "PAR1"...)
}

func marshalled(t *testing.T, v any) []byte {
	t.Helper()
	b, err := thrift.Marshal(&protocol, v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// runOf is a header of so many values, and the values: one of a dictionary, many times.
func runOf(values uint64) []byte {
	return append(binary.AppendUvarint([]byte{1}, values<<1), 0)
}

func TestParquetLies(t *testing.T) {
	data := func(h *format.PageHeader) *format.DataPageHeader { return &h.DataPageHeader.V }
	first := parquet.DataPageVersion(1)
	zstdOf := func(n int) []byte {
		z, err := zstd.NewWriter(nil)
		if err != nil {
			t.Fatal(err)
		}
		return z.EncodeAll(make([]byte, n), nil)
	}
	packed := func(b []byte, says int32) func(h *format.PageHeader, _ []byte) []byte {
		return func(h *format.PageHeader, _ []byte) []byte {
			h.CompressedPageSize, h.UncompressedPageSize = int32(len(b)), says
			return b
		}
	}
	codec := func(c format.CompressionCodec) func(*format.FileMetaData) {
		return func(m *format.FileMetaData) {
			for i := range m.RowGroups[0].Columns {
				if m.RowGroups[0].Columns[i].MetaData.PathInSchema[0] == "BilledCost" {
					m.RowGroups[0].Columns[i].MetaData.Codec = c
				}
			}
		}
	}
	const inGroup = "a: BilledCost cannot be read in row group 1: "
	cases := map[string]struct {
		reason string
		lie    lie
		want   string
	}{
		"Packed": {
			"A page header of some bytes makes the library take two gigabytes.",
			lie{page: func(h *format.PageHeader, b []byte) []byte { h.CompressedPageSize = 1<<31 - 1; return b }},
			inGroup + "the page at byte ",
		},
		"Unpacked": {
			"What a page says that it unpacks to is no more than a bill has.",
			lie{page: func(h *format.PageHeader, b []byte) []byte { h.UncompressedPageSize = 1<<31 - 1; return b }, all: codec(format.Snappy)},
			"says that it unpacks to 2147483647 bytes and 2 values, which no bill has",
		},
		"File": {
			"What all pages say that they unpack to is held to the size of the file.",
			lie{page: func(h *format.PageHeader, b []byte) []byte { h.UncompressedPageSize = 100 << 20; return b }, all: codec(format.Snappy)},
			"the file unpacks to more than 400 times its ",
		},
		"Values": {
			"What a page says that it has in values makes the library take some bytes for each.",
			lie{page: func(h *format.PageHeader, b []byte) []byte { data(h).NumValues = 1<<31 - 1; return b }},
			"and 2147483647 values, which no bill has",
		},
		"Snappy": {
			"A block of Snappy begins with a size of its own.",
			lie{page: packed([]byte("\xff\xff\xff\xff\x0f\x00"), 16), all: codec(format.Snappy)},
			"it unpacks to more bytes than it says",
		},
		"Gzip": {
			"A page that is packed by gzip unpacks to a thousandfold.",
			lie{page: packed([]byte(gzipped(t, strings.Repeat("\x00", 10<<20))), 16), all: codec(format.Gzip)},
			"it unpacks to more bytes than it says",
		},
		"Zstd": {
			"A page that is packed by Zstandard unpacks to many thousandfold.",
			lie{page: packed(zstdOf(100<<20), 16), all: codec(format.Zstd)},
			"decompressed size exceeds configured limit",
		},
		"Brotli": {
			"What no cloud packs by is not unpacked.",
			lie{all: codec(format.Brotli)},
			"it is packed by BROTLI; allowed are SNAPPY, GZIP and ZSTD",
		},
		"Run": {
			"A run of a few bytes has two billion times a value of the dictionary.",
			lie{page: func(h *format.PageHeader, _ []byte) []byte {
				b := runOf(1<<31 - 1)
				h.CompressedPageSize, h.UncompressedPageSize, data(h).Encoding = int32(len(b)), int32(len(b)), format.RLEDictionary
				return b
			}},
			"it has more values than it says",
		},
		"Delta": {
			"Differences have a count of their own.",
			lie{page: func(h *format.PageHeader, _ []byte) []byte {
				b := binary.AppendUvarint([]byte("\x80\x01\x04"), 1<<31-1)
				h.CompressedPageSize, h.UncompressedPageSize, data(h).Encoding = int32(len(b)), int32(len(b)), format.DeltaBinaryPacked
				return b
			}},
			"it has more values than it says",
		},
		"Prefixes": {
			"Texts that repeat the one before have no bound.",
			lie{page: func(h *format.PageHeader, b []byte) []byte { data(h).Encoding = format.DeltaByteArray; return b }},
			"its encoding is DELTA_BYTE_ARRAY; allowed are PLAIN, ",
		},
		"Headers": {
			"A page with a second header may be read by that.",
			lie{page: func(h *format.PageHeader, b []byte) []byte {
				h.DictionaryPageHeader = thrift.New(format.DictionaryPageHeader{NumValues: 1<<31 - 1})
				return b
			}},
			"without values or with two headers",
		},
		"Outside": {
			"Pages stand in the file.",
			lie{all: func(m *format.FileMetaData) { m.RowGroups[0].Columns[0].MetaData.TotalCompressedSize = 1 << 40 }},
			"bytes from byte 4 on are not all in the file",
		},
		"FewerRows": {
			"A description with fewer rows than there are would drop their cost.",
			lie{all: func(m *format.FileMetaData) { m.NumRows, m.RowGroups[0].NumRows = 1, 1 }},
			"a: row 1: BilledCost cannot be read: it has more values than there are rows",
		},
		"NoRows": {
			"A description with no rows would drop all cost.",
			lie{all: func(m *format.FileMetaData) { m.NumRows, m.RowGroups[0].NumRows = 0, 0 }},
			"a: BilledCost cannot be read: it has more values than there are rows",
		},
		"GroupRows": {
			"The rows of the groups are those of the file.",
			lie{all: func(m *format.FileMetaData) { m.RowGroups[0].NumRows = 1 << 40 }},
			"a: has 2 rows, and row group 1 of it has 1099511627776",
		},
		"OtherRows": {
			"Rows that no group has are missing.",
			lie{all: func(m *format.FileMetaData) { m.NumRows = 3 }},
			"a: has 3 rows, of which its row groups lack 1",
		},
		"Twice": {
			"Of two columns of one name nobody knows which counts.",
			lie{all: func(m *format.FileMetaData) {
				for i := range m.Schema {
					m.Schema[i].Name = strings.Replace(m.Schema[i].Name, "Other", "BilledCost", 1)
				}
			}},
			"a: has two columns BilledCost; a FOCUS export has one",
		},
		"List": {
			"A list of two billion columns is not made room for.",
			lie{bytes: func([]byte) []byte { return []byte("\x15\x02\x19\xfc\xff\xff\xff\xff\x07\x00") }},
			"a: cannot be read as Parquet: its description is not whole: it has a list of 2147483647; allowed are at most 4096",
		},
		"Text": {
			"A text that is longer than the description is not made room for.",
			lie{bytes: func([]byte) []byte { return []byte("\x18\xff\xff\xff\xff\x07") }},
			"its description is not whole: it ends within a value",
		},
		"Deep": {
			"A description of a million levels ends no command.",
			lie{bytes: func([]byte) []byte { return bytes.Repeat([]byte("\x1c"), 1<<20) }},
			"its description is not whole: it has more than 16 levels",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			b := lying(t, tc.lie, first)
			err := NewReader().read("a", bytes.NewReader(b), int64(len(b)), func(*Row) error { return nil })
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("\n%s\nread(): %v, want %q", tc.reason, err, tc.want)
			}
		})
	}
}

// TestParquetForms holds that what writers usually write is read.
func TestParquetForms(t *testing.T) {
	cases := map[string]struct {
		reason  string
		options []parquet.WriterOption
	}{
		"First":  {"Most writers write pages of version 1.", []parquet.WriterOption{parquet.DataPageVersion(1)}},
		"Second": {"Some write pages of version 2.", []parquet.WriterOption{parquet.DataPageVersion(2)}},
		"Snappy": {"AWS packs by Snappy.", []parquet.WriterOption{parquet.Compression(&parquet.Snappy)}},
		"Gzip":   {"Google Cloud may pack by gzip.", []parquet.WriterOption{parquet.Compression(&parquet.Gzip)}},
		"Zstd":   {"Google Cloud may pack by Zstandard.", []parquet.WriterOption{parquet.Compression(&parquet.Zstd), parquet.DataPageVersion(1)}},
		"Delta": {"Numbers may be written as differences, and texts behind their lengths.", []parquet.WriterOption{
			parquet.DefaultEncodingFor(parquet.Int64, &parquet.DeltaBinaryPacked), parquet.DefaultEncodingFor(parquet.ByteArray, &parquet.DeltaLengthByteArray),
		}},
		"Dictionary": {"A text that comes often stands in a dictionary.", []parquet.WriterOption{
			parquet.DefaultEncodingFor(parquet.ByteArray, &parquet.RLEDictionary),
		}},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			b, rows := lying(t, lie{}, tc.options...), 0
			err := NewReader().read("a", bytes.NewReader(b), int64(len(b)), func(*Row) error { rows++; return nil })
			if err != nil || rows != 2 {
				t.Errorf("\n%s\nread(): %d rows, %v", tc.reason, rows, err)
			}
		})
	}
}
