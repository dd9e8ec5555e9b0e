package focus

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// Types of Thrift's compact protocol, in which Parquet describes itself
// (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md).
const (
	thriftStop = iota
	thriftTrue
	thriftFalse
	thriftByte
	thriftInt16
	thriftInt32
	thriftInt64
	thriftDouble
	thriftBinary
	thriftList
	thriftSet
	thriftMap
	thriftStruct
	thriftUUID
)

var errThriftCut = errors.New("it ends within a value")

// thriftEnd finds where a struct of Thrift ends that begins the bytes. The library makes room for
// whatever a length in them says before it reads what has that length, and goes as deep as they do:
// here each length is held to what is there, and to what a bill has.
func thriftEnd(b []byte) (int, error) {
	rest, err := skipStruct(b, 0)
	return len(b) - len(rest), err
}

func skipStruct(b []byte, depth int) ([]byte, error) {
	const deepest = 16 // statistics of a column are at the fifth level
	if depth > deepest {
		return nil, fmt.Errorf("it has more than %d levels", deepest)
	}
	for {
		if len(b) == 0 {
			return nil, errThriftCut
		}
		head := b[0]
		b = b[1:]
		if head == thriftStop {
			return b, nil
		}
		var err error
		if head>>4 == 0 { // the field's number is not the last one's and a few more
			if _, b, err = thriftNumber(b); err != nil {
				return nil, err
			}
		}
		if kind := head & 0xf; kind == thriftTrue || kind == thriftFalse {
			continue // the type is the value
		}
		if b, err = skipValue(b, head&0xf, depth); err != nil {
			return nil, err
		}
	}
}

func skipValue(b []byte, kind byte, depth int) ([]byte, error) {
	const double, uuid = 8, 16
	switch kind {
	case thriftTrue, thriftFalse, thriftByte:
		return skipBytes(b, 1)
	case thriftInt16, thriftInt32, thriftInt64:
		_, b, err := thriftNumber(b)
		return b, err
	case thriftDouble:
		return skipBytes(b, double)
	case thriftUUID:
		return skipBytes(b, uuid)
	case thriftBinary:
		n, b, err := thriftNumber(b)
		if err != nil {
			return nil, err
		}
		return skipBytes(b, n)
	case thriftList, thriftSet:
		return skipList(b, depth)
	case thriftStruct:
		return skipStruct(b, depth+1)
	}
	return nil, fmt.Errorf("it has a value of type %d, which Parquet has not", kind) // a map is of none of its structs
}

func skipList(b []byte, depth int) ([]byte, error) {
	const most, long = 4096, 15 // elements; row groups and columns are some hundreds
	if len(b) == 0 {
		return nil, errThriftCut
	}
	n, kind := uint64(b[0]>>4), b[0]&0xf
	b = b[1:]
	var err error
	if n == long {
		if n, b, err = thriftNumber(b); err != nil {
			return nil, err
		}
	}
	if n > most {
		return nil, fmt.Errorf("it has a list of %d; allowed are at most %d", n, most)
	}
	for range n {
		if b, err = skipValue(b, kind, depth); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func thriftNumber(b []byte) (uint64, []byte, error) {
	n, size := binary.Uvarint(b)
	if size <= 0 {
		return 0, nil, errThriftCut
	}
	return n, b[size:], nil
}

func skipBytes(b []byte, n uint64) ([]byte, error) {
	if n > uint64(len(b)) {
		return nil, errThriftCut
	}
	return b[n:], nil
}
