package focus

import (
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// A form writes a value of Parquet as the text that CSV would have.
type form func(to []byte, v *parquet.Value) ([]byte, error)

// julian is the day of Julius Caesar's count on which 1970 begins, as INT96 has times.
const julian = 2440588

// formOf finds the form of a leaf by its type.
func formOf(t parquet.Type) form {
	if l := t.LogicalType(); l != nil {
		switch l := l.Value.(type) {
		case *format.DecimalType:
			return decimal(int(l.Scale))
		case *format.TimestampType:
			return timestamp(l.Unit)
		case *format.DateType:
			return func(to []byte, v *parquet.Value) ([]byte, error) {
				return time.Unix(0, 0).UTC().AddDate(0, 0, int(v.Int32())).AppendFormat(to, time.DateOnly), nil
			}
		}
	}
	const single, double = 32, 64
	return func(to []byte, v *parquet.Value) ([]byte, error) {
		switch v.Kind() {
		case parquet.Boolean:
			return strconv.AppendBool(to, v.Boolean()), nil
		case parquet.Int32:
			return strconv.AppendInt(to, int64(v.Int32()), 10), nil
		case parquet.Int64:
			return strconv.AppendInt(to, v.Int64(), 10), nil
		case parquet.Float:
			return strconv.AppendFloat(to, float64(v.Float()), 'g', -1, single), nil
		case parquet.Double:
			return strconv.AppendFloat(to, v.Double(), 'g', -1, double), nil
		case parquet.Int96:
			n := v.Int96()
			return time.Unix((int64(n[2])-julian)*int64(24*time.Hour/time.Second), int64(n[1])<<32|int64(n[0])).UTC().AppendFormat(to, time.RFC3339), nil
		case parquet.ByteArray, parquet.FixedLenByteArray:
			b, err := checked(v.ByteArray())
			return append(to, b...), err
		}
		return nil, errors.New("it is of no type that is known")
	}
}

// decimal writes a whole number with a point so many digits before its end.
func decimal(scale int) form {
	return func(to []byte, v *parquet.Value) ([]byte, error) {
		const most = 64 // bytes; 16 have 38 digits
		n := new(big.Int)
		switch v.Kind() { //nolint:exhaustive // Others are no decimals.
		case parquet.Int32:
			n.SetInt64(int64(v.Int32()))
		case parquet.Int64:
			n.SetInt64(v.Int64())
		case parquet.ByteArray, parquet.FixedLenByteArray:
			b := v.ByteArray()
			if len(b) > most {
				return nil, fmt.Errorf("a decimal has %d bytes; allowed are at most %d", len(b), most)
			}
			n.SetBytes(b)
			if len(b) > 0 && b[0] >= 1<<7 { // two's complement
				n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(len(b))*8)) //nolint:gosec // At most 64.
			}
		default:
			return nil, errors.New("a decimal is no number")
		}
		to = n.Append(to, 10)
		if scale == 0 {
			return to, nil
		}
		return strconv.AppendInt(append(to, 'e'), -int64(scale), 10), nil
	}
}

// timestamp writes a count of units since 1970 as a time.
func timestamp(unit format.TimeUnit) form {
	at := time.UnixMicro
	switch unit.Value.(type) {
	case *format.MilliSeconds:
		at = time.UnixMilli
	case *format.NanoSeconds:
		at = func(n int64) time.Time { return time.Unix(0, n) }
	}
	return func(to []byte, v *parquet.Value) ([]byte, error) {
		if v.Kind() != parquet.Int64 {
			return nil, errors.New("a time is no number")
		}
		return at(v.Int64()).UTC().AppendFormat(to, time.RFC3339), nil
	}
}
