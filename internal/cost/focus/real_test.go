package focus

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"math/big"
	"os"
	"slices"
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/cost/money"
)

// sample is a month of AWS, Microsoft and Oracle in FOCUS 1.0 that nobody here wrote: testdata/NOTICE.md.
const sample = "testdata/focus-1.0-real-1000.csv.gz"

// TestReal holds that a real export is read without a mistake, and adds up to what encoding/csv and
// math/big, which this package does not use to read or to add, make of it.
func TestReal(t *testing.T) {
	var got [2]money.Amount
	rows, tagged := 0, 0
	err := NewReader().Read(sample, func(r *Row) error {
		rows++
		got[0].Add(&r.Billed)
		got[1].Add(&r.Effective)
		if len(*r.Tags) > 0 {
			tagged++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	lines := realLines(t)
	head := lines[0]
	want := [2]*big.Rat{new(big.Rat), new(big.Rat)}
	wantTagged := 0
	for _, line := range lines[1:] {
		for i, c := range []string{"BilledCost", "EffectiveCost"} {
			n, ok := new(big.Rat).SetString(line[slices.Index(head, c)])
			if !ok {
				t.Fatalf("%s is no number", line[slices.Index(head, c)])
			}
			want[i].Add(want[i], n)
		}
		if text := line[slices.Index(head, "Tags")]; text != "NULL" && text != "{}" {
			wantTagged++
		}
	}
	if rows != len(lines)-1 || tagged != wantTagged {
		t.Errorf("read %d rows, %d of them with tags; want %d, %d", rows, tagged, len(lines)-1, wantTagged)
	}
	for i := range want {
		printed, _ := new(big.Rat).SetString(got[i].String())
		if printed.Cmp(want[i]) != 0 || want[i].Sign() <= 0 {
			t.Errorf("sum %d is %s, want %s", i, got[i].String(), want[i].FloatString(12))
		}
	}
}

func realLines(t *testing.T) [][]string {
	t.Helper()
	f, err := os.Open(sample)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // It was only read.
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(z).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// FuzzCSV holds that a record which is read is what encoding/csv reads, and that none is read which
// that refuses.
func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\"a\"\"b\",c\r\n", "\"a\nb\",\n\n", "a\"b", "\"a\"b", "\"", ",", "\r\r\n", "\"\r\n\"", "a\x00", "\xff"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		l := newLexer("f", bytesReader(text))
		want := csv.NewReader(bytesReader(text))
		want.FieldsPerRecord = -1
		for {
			err := l.next()
			fields, wantErr := want.Read()
			switch {
			case errors.Is(err, io.EOF) && errors.Is(wantErr, io.EOF), err != nil && !errors.Is(err, io.EOF):
				return
			case wantErr != nil || err != nil:
				t.Fatalf("next() of %q: %v, and encoding/csv: %v", text, err, wantErr)
			}
			got := make([]string, len(l.fields))
			for i, b := range l.fields {
				got[i] = lines(b)
			}
			if !slices.Equal(got, fields) {
				t.Fatalf("next() of %q: %q, want %q", text, got, fields)
			}
		}
	})
}
