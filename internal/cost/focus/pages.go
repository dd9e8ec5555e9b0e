package focus

import (
	"errors"
	"fmt"
	"io"
	"math/bits"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// maxAtOnce is how many bytes the pages may have in which one row stands, of all columns that are
// read. Writers end a page at one megabyte, or at some hundred thousand rows.
const maxAtOnce = 512 << 20

// A pageChecker holds each page to what its file has, before the library reads it: that makes room
// for whatever a page says it has, packed, unpacked and in values, and a few bytes can say two
// gigabytes.
type pageChecker struct {
	f        io.ReaderAt
	size     int64
	unpacked int64 // bytes of all pages
	packed   []byte
	room     []byte // what a page unpacks to
}

// checkPages reads all pages of the leaves.
func checkPages(f io.ReaderAt, size int64, p *parquet.File, leaves []leaf) error {
	c := pageChecker{f: f, size: size}
	for i, group := range p.Metadata().RowGroups {
		atOnce := int64(0)
		for _, l := range leaves {
			for l := &l; l != nil; l = l.value {
				most, err := c.chunk(&group.Columns[l.index].MetaData, l)
				if err != nil {
					return fmt.Errorf("%s cannot be read in row group %d: %w", l.column, i+1, err)
				}
				if atOnce += most; atOnce > maxAtOnce {
					return fmt.Errorf("row group %d has pages of more than %d bytes at once, which no bill has", i+1, maxAtOnce)
				}
			}
		}
	}
	return nil
}

// chunk reads the pages of a column, and returns how many bytes they take at most at a time.
func (c *pageChecker) chunk(meta *format.ColumnMetaData, l *leaf) (most int64, err error) {
	at := meta.DataPageOffset
	if meta.DictionaryPageOffset != 0 {
		at = meta.DictionaryPageOffset
	}
	if at < 0 || at > c.size || meta.TotalCompressedSize < 0 || meta.TotalCompressedSize > c.size-at {
		return 0, fmt.Errorf("its %d bytes from byte %d on are not all in the file, which has %d", meta.TotalCompressedSize, at, c.size)
	}
	dictionary := int64(0)
	for end := at + meta.TotalCompressedSize; at < end; {
		header, n, err := c.header(at, end)
		if err != nil {
			return 0, fmt.Errorf("the page at byte %d has no header: %w", at, err)
		}
		if n += int64(header.CompressedPageSize); header.CompressedPageSize < 0 || n > end-at {
			return 0, fmt.Errorf("the page at byte %d says that it has %d bytes, and its column has %d from there", at, header.CompressedPageSize, end-at)
		}
		values := valuesOf(header)
		weight := int64(header.UncompressedPageSize) + values*l.weight
		if header.UncompressedPageSize < 0 || values < 0 || weight > maxAtOnce {
			return 0, fmt.Errorf("the page at byte %d says that it unpacks to %d bytes and %d values, which no bill has", at, header.UncompressedPageSize, values)
		}
		if c.unpacked += int64(header.UncompressedPageSize); c.unpacked > max(c.size*maxPacked, fewBytes) {
			return 0, fmt.Errorf("the file unpacks to more than %d times its %d bytes, which no bill does", maxPacked, c.size)
		}
		if err := c.page(header, at+n-int64(header.CompressedPageSize), meta.Codec, l); err != nil {
			return 0, fmt.Errorf("the page at byte %d: %w", at, err)
		}
		if header.Type == format.DictionaryPage {
			dictionary += weight
		} else {
			most = max(most, weight)
		}
		at += n
	}
	return dictionary + most, nil
}

// header reads a page's header, and how many bytes it has.
func (c *pageChecker) header(at, end int64) (*format.PageHeader, int64, error) {
	const usual, most = 512, 64 << 10 // statistics of long texts make a header long
	var protocol thrift.CompactProtocol
	for window := int64(usual); ; window = most {
		b := make([]byte, min(window, end-at))
		if _, err := c.f.ReadAt(b, at); err != nil {
			return nil, 0, err
		}
		n, err := thriftEnd(b)
		if errors.Is(err, errThriftCut) && window < most {
			continue
		}
		if err != nil {
			return nil, 0, err
		}
		header := new(format.PageHeader)
		return header, int64(n), thrift.NewDecoder(protocol.NewReaderFromBytes(b[:n])).Decode(header)
	}
}

func valuesOf(h *format.PageHeader) int64 {
	switch {
	case h.Type == format.DataPage && h.DataPageHeader.Valid:
		return int64(h.DataPageHeader.V.NumValues)
	case h.Type == format.DataPageV2 && h.DataPageHeaderV2.Valid:
		return int64(h.DataPageHeaderV2.V.NumValues)
	case h.Type == format.DictionaryPage && h.DictionaryPageHeader.Valid:
		return int64(h.DictionaryPageHeader.V.NumValues)
	}
	return 0
}

// page unpacks a page, and holds that what is in it has no more values than it says.
func (c *pageChecker) page(h *format.PageHeader, at int64, codec format.CompressionCodec, l *leaf) error {
	size := int(h.CompressedPageSize)
	if cap(c.packed) < size {
		c.packed = make([]byte, size)
	}
	b := c.packed[:size]
	if _, err := c.f.ReadAt(b, at); err != nil {
		return err
	}
	headers := 0
	for _, valid := range [...]bool{h.DataPageHeader.Valid, h.DataPageHeaderV2.Valid, h.DictionaryPageHeader.Valid} {
		if valid {
			headers++
		}
	}
	switch {
	case headers > 1: // the library takes the one that it needs
	case h.Type == format.DataPage && h.DataPageHeader.Valid:
		return c.dataV1(&h.DataPageHeader.V, b, codec, int(h.UncompressedPageSize), l)
	case h.Type == format.DataPageV2 && h.DataPageHeaderV2.Valid:
		return c.dataV2(&h.DataPageHeaderV2.V, b, codec, int(h.UncompressedPageSize), l)
	case h.Type == format.DictionaryPage && h.DictionaryPageHeader.Valid:
		b, err := c.unpack(codec, b, int(h.UncompressedPageSize))
		if err != nil {
			return err
		}
		if e := h.DictionaryPageHeader.V.Encoding; e != format.PlainDictionary { //nolint:staticcheck // Older writers have it.
			return held(e, b, valuesOf(h))
		}
		return nil
	}
	return fmt.Errorf("it is a %s, without values or with two headers", h.Type)
}

// dataV1 holds a page of version 1, in which levels are packed with the values.
func (c *pageChecker) dataV1(h *format.DataPageHeader, b []byte, codec format.CompressionCodec, size int, l *leaf) error {
	b, err := c.unpack(codec, b, size)
	if err != nil {
		return err
	}
	for _, level := range [...]struct {
		most     int
		encoding format.Encoding
	}{{l.deep, h.RepetitionLevelEncoding}, {l.full, h.DefinitionLevelEncoding}} {
		if level.most == 0 {
			continue
		}
		n, rest, err := lengthOf(b)
		if err != nil {
			return err
		}
		if level.encoding == format.RLE {
			if err := heldRuns(rest[:n], bits.Len(uint(level.most)), int64(h.NumValues)); err != nil { //nolint:gosec // At most 255.
				return err
			}
		}
		b = rest[n:]
	}
	return held(h.Encoding, b, int64(h.NumValues))
}

// dataV2 holds a page of version 2, in which levels stand before what is packed.
func (c *pageChecker) dataV2(h *format.DataPageHeaderV2, b []byte, codec format.CompressionCodec, size int, l *leaf) error {
	for _, level := range [...]struct {
		most  int
		bytes int32
	}{{l.deep, h.RepetitionLevelsByteLength}, {l.full, h.DefinitionLevelsByteLength}} {
		n := int(level.bytes)
		if n < 0 || n > len(b) {
			return fmt.Errorf("it says that its levels have %d bytes, and has %d", n, len(b))
		}
		if level.most > 0 { // else the library passes over them
			if err := heldRuns(b[:n], bits.Len(uint(level.most)), int64(h.NumValues)); err != nil { //nolint:gosec // At most 255.
				return err
			}
		}
		b = b[n:]
	}
	if h.IsCompressed.Valid && !h.IsCompressed.V {
		codec = format.Uncompressed
	}
	b, err := c.unpack(codec, b, size)
	if err != nil {
		return err
	}
	return held(h.Encoding, b, int64(h.NumValues))
}
