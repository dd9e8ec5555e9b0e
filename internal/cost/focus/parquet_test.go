package focus

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
)

// base are the columns of a row of Parquet but for costs, times and tags.
type base struct {
	BillingCurrency, ChargeCategory, ServiceName, ProviderName string
}

var aws = base{"USD", "Usage", "RDS", "AWS"}

var at = time.Date(2026, time.August, 1, 0, 0, 0, 0, time.UTC)

type millis struct {
	BilledCost, EffectiveCost                              float64
	ChargePeriodStart, ChargePeriodEnd, BillingPeriodStart time.Time `parquet:",timestamp(millisecond)"`
}

type micros struct {
	BilledCost                                             int64     `parquet:",decimal(2:18)"`
	EffectiveCost                                          [16]byte  `parquet:",decimal(9:38)"`
	ChargePeriodStart, ChargePeriodEnd, BillingPeriodStart time.Time `parquet:",timestamp(microsecond)"`
}

type days struct {
	BilledCost, EffectiveCost                              string
	ChargePeriodStart, ChargePeriodEnd, BillingPeriodStart int32 `parquet:",date"`
}

func decimal38(units int64) (b [16]byte) {
	for i := range 8 {
		b[15-i] = byte(units >> (8 * i))
		if units < 0 {
			b[i] = 0xff
		}
	}
	return b
}

type pair struct {
	Key   string
	Value *string `parquet:",optional"`
}

func written[T any](t *testing.T, rows []T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "a.parquet")
	var b bytes.Buffer
	w := parquet.NewGenericWriter[T](&b, parquet.PageBufferSize(64), parquet.MaxRowsPerRowGroup(2))
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// told are a file's rows in words.
func told(t *testing.T, file string) (out []string) {
	t.Helper()
	err := NewReader().Read(file, func(r *Row) error {
		out = append(out, fmt.Sprintf("%s %s %s %s %s %s %s %v", r.Provider, r.Service, r.Currency, r.Charged.Format(time.RFC3339), r.Period.Format(time.DateOnly),
			r.Billed.String(), r.Effective.String(), []Tag(*r.Tags)))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestParquet holds that rows of Parquet are those of CSV, in each form that a column may have.
func TestParquet(t *testing.T) {
	type stringTags struct {
		base
		millis
		Tags *string `parquet:",optional"`
	}
	type mapTags struct {
		base
		micros
		Tags map[string]string `parquet:",optional"`
	}
	type listLabels struct {
		base
		days
		Labels []pair `parquet:"x_Labels,list"`
	}
	type stringList struct {
		base
		millis
		Tags []string
	}
	double := func(billed, effective float64) millis { return millis{billed, effective, at, at, at} }
	number := func(billed, effective int64) micros { return micros{billed, decimal38(effective), at, at, at} }
	day := int32(at.Unix() / (24 * 60 * 60))
	date := func(billed, effective string) days { return days{billed, effective, day, day, day} }
	tagged := []string{`"{""a"": ""b"", ""c"": ""d\""é""}"`, "", `"{""a"": ""b""}"`, "", ""}
	var csv strings.Builder
	csv.WriteString(header)
	for i, tags := range tagged {
		csv.WriteString(strings.Replace(with(9, tags), "1.5,1.25", fmt.Sprintf("%d.5,-0.2%d", i, i+1), 1))
	}
	file := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(file, []byte(csv.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	want := told(t, file)
	cases := map[string]struct {
		reason string
		file   string
		want   []string
	}{
		"String": {"Tags may be a text of JSON, and costs floating point.", written(t, []stringTags{
			{aws, double(0.5, -0.21), new(`{"a": "b", "c": "d\"é"}`)},
			{aws, double(1.5, -0.22), nil},
			{aws, double(2.5, -0.23), new(`{"a": "b"}`)},
			{aws, double(3.5, -0.24), nil},
			{aws, double(4.5, -0.25), new("{}")},
		}), want},
		"Map": {"AWS has a map, and a row without tags has not those of the row before.", written(t, []mapTags{
			{aws, number(50, -210000000), map[string]string{"a": "b", "c": `d"é`}},
			{aws, number(150, -220000000), nil},
			{aws, number(250, -230000000), map[string]string{"a": "b"}},
			{aws, number(350, -240000000), nil},
			{aws, number(450, -250000000), map[string]string{}},
		}), want},
		"List": {"Google Cloud has a list of keys and values, and costs may be text.", written(t, []listLabels{
			{aws, date("0.5", "-0.21"), []pair{{"a", new("b")}, {"c", new(`d"é`)}}},
			{aws, date("1.5", "-0.22"), nil},
			{aws, date("2.5", "-0.23"), []pair{{"a", new("b")}}},
			{aws, date("3.5", "-0.24"), nil},
			{aws, date("4.5", "-0.25"), []pair{}},
		}), want},
		"NoValue": {
			"A label's value may be null.", written(t, []listLabels{{aws, date("0.5", "-0.21"), []pair{{"a", nil}}}}),
			[]string{strings.Replace(want[1], "1.5 -0.22 []", "0.5 -0.21 [{a  true}]", 1)},
		},
		"Strings": {
			"A list may have texts alone.", written(t, []stringList{{aws, double(0.5, -0.21), []string{"env:prod", "x"}}, {aws, double(1.5, -0.22), nil}}),
			[]string{strings.Replace(want[1], "1.5 -0.22 []", "0.5 -0.21 [{env:prod  true} {x  true}]", 1), want[1]},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, told(t, tc.file)); diff != "" {
				t.Errorf("\n%s\nRead(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestParquetBomb holds that a small file with rows beyond number is refused before they are read.
func TestParquetBomb(t *testing.T) {
	type row struct {
		base
		millis
		Tags *string `parquet:",optional"`
	}
	var b bytes.Buffer
	w := parquet.NewGenericWriter[row](&b, parquet.Compression(&parquet.Zstd))
	rows := slices.Repeat([]row{{aws, millis{1, 1, at, at, at}, nil}}, 200_000)
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	err := NewReader().read("a", bytes.NewReader(b.Bytes()), int64(b.Len()), func(*Row) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "which no bill") {
		t.Errorf("read() of %d rows in %d bytes: %v", len(rows), b.Len(), err)
	}
}

// TestParquetBroken holds that a byte which is wrong anywhere ends nothing by a panic, and that what
// is cut off a file is missed.
func TestParquetBroken(t *testing.T) {
	type row struct {
		base
		millis
		Tags map[string]string `parquet:",optional"`
	}
	file := written(t, []row{{aws, millis{1, 1, at, at, at}, map[string]string{"a": "b"}}, {aws, millis{2, 2, at, at, at}, nil}})
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	read := func(b []byte) error {
		return NewReader().read("a", bytes.NewReader(b), int64(len(b)), func(*Row) error { return nil })
	}
	for i := 4; i < len(whole); i++ {
		broken := slices.Clone(whole)
		broken[i] ^= 0xff
		_ = read(broken) //nolint:errcheck // What was broken may say nothing.
		if err := read(whole[:i]); err == nil {
			t.Errorf("of %d bytes %d are there, and nothing is missed", len(whole), i)
		}
	}
}
