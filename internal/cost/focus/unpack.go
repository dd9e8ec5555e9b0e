package focus

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/snappy"
	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/format"
)

var errUnpacks = errors.New("it unpacks to more bytes than it says")

// unpack unpacks what a page has, to so many bytes at most.
func (c *pageChecker) unpack(codec format.CompressionCodec, b []byte, size int) ([]byte, error) {
	if codec == format.Uncompressed {
		return b, nil
	}
	if cap(c.room) < size {
		c.room = make([]byte, size)
	}
	switch codec { //nolint:exhaustive // Others are not read.
	case format.Snappy:
		n, err := snappy.DecodedLen(b)
		if err != nil || n > size {
			return nil, errors.Join(err, errUnpacks)
		}
		return snappy.Decode(c.room[:size], b)
	case format.Gzip:
		return ungzip(b, c.room[:size])
	case format.Zstd:
		z, err := unzstd()
		if err != nil {
			return nil, err
		}
		return z.DecodeAll(b, c.room[:0:size])
	}
	return nil, fmt.Errorf("it is packed by %s; allowed are SNAPPY, GZIP and ZSTD", codec)
}

// unzstd never writes beyond the room that it has.
var unzstd = sync.OnceValues(func() (*zstd.Decoder, error) {
	return zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecodeAllCapLimit(true))
})

func ungzip(b, room []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	n, err := io.ReadFull(z, room)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return room[:n], nil // what is cut short the library tells
	}
	if err != nil {
		return nil, err
	}
	var more [1]byte
	if _, err := io.ReadFull(z, more[:]); !errors.Is(err, io.EOF) {
		return nil, errUnpacks
	}
	return room[:n], nil
}
