package focus

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/parquet-go/parquet-go/format"
)

// held holds that values are no more than their page says, where their encoding has a count of its
// own (https://parquet.apache.org/docs/file-format/data-pages/encodings/).
func held(encoding format.Encoding, b []byte, values int64) error {
	if len(b) == 0 {
		return nil // all are null
	}
	switch encoding { //nolint:exhaustive // Others are not read.
	case format.Plain, format.ByteStreamSplit:
		return nil
	case format.PlainDictionary, format.RLEDictionary: //nolint:staticcheck // Older writers have the first.
		return heldRuns(b[1:], int(b[0]), values)
	case format.DeltaBinaryPacked, format.DeltaLengthByteArray:
		return heldDelta(b, values)
	}
	// In DELTA_BYTE_ARRAY each text repeats the one before: a thousand may have a thousand times the bytes.
	const allowed = "PLAIN, those of a dictionary, DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY and BYTE_STREAM_SPLIT"
	return fmt.Errorf("its encoding is %s; allowed are %s", encoding, allowed)
}

var errValues = errors.New("it has more values than it says")

// heldRuns counts the values of runs, each of which says how many it has. The last one may be longer
// than what is left.
func heldRuns(b []byte, width int, values int64) error {
	const eight = 8                        // values stand together
	most := uint64(2*values) + eight*eight //nolint:gosec // It is not below zero.
	for n := uint64(0); len(b) > 0; {
		head, size := binary.Uvarint(b)
		if size <= 0 {
			return errors.New("a run has no length")
		}
		b = b[size:]
		count, bytes := head>>1, uint64(width+eight-1)/eight //nolint:gosec // As above.
		if head&1 == 1 {
			if count > most {
				return errValues
			}
			count, bytes = count*eight, count*uint64(width) //nolint:gosec // As above.
		}
		if n += count; count > most || n > most {
			return errValues
		}
		b = b[min(bytes, uint64(len(b))):]
	}
	return nil
}

// heldDelta reads the count that stands before differences: it is the third number.
func heldDelta(b []byte, values int64) error {
	count := uint64(0)
	for range 3 {
		n, size := binary.Uvarint(b)
		if size <= 0 {
			return errors.New("its differences have no count")
		}
		count, b = n, b[size:]
	}
	if count > uint64(values) { //nolint:gosec // It is not below zero.
		return errValues
	}
	return nil
}

// lengthOf is the length that stands before something, and what follows it.
func lengthOf(b []byte) (int, []byte, error) {
	const bytes = 4
	if len(b) < bytes {
		return 0, nil, errors.New("its levels have no length")
	}
	n := binary.LittleEndian.Uint32(b)
	if b = b[bytes:]; uint64(n) > uint64(len(b)) {
		return 0, nil, fmt.Errorf("it says that its levels have %d bytes, and has %d", n, len(b))
	}
	return int(n), b, nil
}
