package focus

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	header = "BilledCost,EffectiveCost,BillingCurrency,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,BillingPeriodStart,ServiceName,ProviderName,Tags\n"
	usual  = "1.5,1.25,USD,Usage,2026-08-01T00:00:00Z,2026-08-02T00:00:00Z,2026-08-01T00:00:00Z,RDS,AWS,\n"
)

// with is the usual row with another value in a column.
func with(column int, value string) string {
	fields := strings.Split(strings.TrimSuffix(usual, "\n"), ",")
	fields[column] = value
	return strings.Join(fields, ",") + "\n"
}

func gzipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// readText reads a file of the text, and returns how many rows there were and the mistake, without
// the folder's name.
func readText(t *testing.T, text string) (rows int, mistake string) {
	t.Helper()
	folder := t.TempDir()
	file := filepath.Join(folder, "a.csv")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	err := NewReader().Read(file, func(*Row) error { rows++; return nil })
	if err != nil {
		mistake = strings.ReplaceAll(err.Error(), folder+"/", "")
	}
	return rows, mistake
}

func TestHostile(t *testing.T) {
	const number = " is no number; a number is digits with a point and perhaps an exponent, as 12.5 or 8e-7"
	big := strings.Repeat("a", maxRecord+1)
	cases := map[string]struct{ reason, text, want string }{
		"Quote": {
			"A quote that is never closed would take the rest of the file into one field.",
			header + usual + with(7, `"RDS`), "a.csv:3:83: a quote is not closed",
		},
		"LongQuote": {
			"A quote that is not closed is told before the whole file is in memory.",
			header + with(7, `"RDS`) + strings.Repeat(usual, 20_000),
			"a.csv:2:83: a record of more than 1048576 bytes begins here; perhaps a quote is not closed",
		},
		"BareQuote": {
			"A quote within a field would end a field that never began.",
			header + with(7, `R""DS`), "a.csv:2:84: a quote stands in a field that does not begin with one; in quotes it is written twice",
		},
		"AfterQuote": {
			"What stands behind a closed quote is of no field.",
			header + with(7, `"RDS"x`), "a.csv:2:88: \"x\" stands behind a quote that is closed; a comma or the line's end has to",
		},
		"InQuotes": {
			"A mistake behind a line's end in quotes is told by its own line.",
			header + with(7, "\"R\nDS\"") + with(0, "x"), "a.csv:4:1: BilledCost \"x\"" + number,
		},
		"SecondLine": {
			"The place is that of the field, in a record of two lines too.",
			header + "1,1,USD,Usage,2026-08-01,2026-08-02,2026-08-01,\"R\nDS\",AWS,x\n",
			"a.csv:3:9: Tags are \"x\"; allowed are an object and a list of JSON",
		},
		"SecondQuotes": {
			"Quotes that are written twice move no place behind them.",
			header + "1,1,USD,Usage,2026-08-01,2026-08-02,2026-08-01,\"R\"\"\nDS\",AWS,x\n",
			"a.csv:3:9: Tags are \"x\"; allowed are an object and a list of JSON",
		},
		"LaterHead": {
			"The line of columns is told as it stands, also behind blank lines.",
			"\n\n" + header + "1,1,USD\n", "a.csv:4:1: has 3 fields, where line 3 names 10 columns",
		},
		"NUL": {
			"A NUL shows UTF-16, or a file that is not text.",
			header + with(7, "R\x00DS"), "a.csv:2:84: is a NUL, which no text has; perhaps the file is UTF-16, or packed",
		},
		"Latin": {"A letter of another encoding is no UTF-8.", header + with(7, "R\xe9DS"), "a.csv:2:84: is no UTF-8"},
		"UTF16": {"Some spreadsheets write UTF-16.", "\xff\xfeB\x00", "a.csv: is UTF-16; make it UTF-8"},
		"Few":   {"A row that was cut has too few fields.", header + "1,1,USD\n", "a.csv:2:1: has 3 fields, where line 1 names 10 columns"},
		"Many": {
			"A row with a comma too many has its fields in wrong columns.",
			header + "1," + usual, "a.csv:2:1: has 11 fields, where line 1 names 10 columns",
		},
		"Empty": {"An empty file is an export that failed.", "", "a.csv: is empty; an export has a line of columns"},
		"Blank": {"A file of line ends has no columns.", "\n\n\n", "a.csv: is empty; an export has a line of columns"},
		"Mark":  {"A byte order mark alone is an empty file.", "\xef\xbb\xbf", "a.csv: is empty; an export has a line of columns"},
		"Missing": {
			"Without its currency no cost says anything.",
			strings.Replace(header, "BillingCurrency", "Currency", 1),
			"a.csv:1:1: has no column BillingCurrency, which exports of FOCUS 1.0 to 1.4 have",
		},
		"NoTags": {
			"Without tags no cost is anybody's.",
			strings.Replace(header, ",Tags", "", 1), "a.csv:1:1: has no column Tags or x_Labels, which exports of FOCUS 1.0 to 1.4 have",
		},
		"Case": {
			"Names of columns have case, and a reader is told which one is meant.",
			strings.Replace(header, "BilledCost", "billedcost", 1),
			"a.csv:1:1: has no column BilledCost, which exports of FOCUS 1.0 to 1.4 have; it has \"billedcost\", and the names of columns have case",
		},
		"Twice": {
			"Of two columns of one name nobody knows which counts.",
			"BilledCost," + header, "a.csv:1:1: has two columns BilledCost; a FOCUS export has one",
		},
		"Semicolons": {"A comma is the only sign between fields.", strings.ReplaceAll(header, ",", ";"), "its columns have to be parted by commas"},
		"CUR": {
			"AWS's older export has other columns.",
			"line_item_unblended_cost,resource_tags\n", "it looks like AWS's Cost and Usage Report 2.0: export the cost in the form of FOCUS",
		},
		"Azure": {
			"Azure's older export has other columns.",
			"costinbillingcurrency,Tags\n", "it looks like Azure's actual or amortized cost: export the cost in the form of FOCUS",
		},
		"Huge": {
			"No bill has 400 digits.",
			header + with(0, "1e400"), "a.csv:2:1: BilledCost \"1e400\" has 401 digits before its point; allowed are at most 18",
		},
		"NaN":      {"A sum with NaN is NaN.", header + with(1, "NaN"), "a.csv:2:5: EffectiveCost \"NaN\"" + number},
		"Comma":    {"A comma for a point is one and a half, or fifteen.", header + with(0, `"1,5"`), "a.csv:2:1: BilledCost \"1,5\"" + number},
		"NoCost":   {"A cost that is missing is not zero.", header + with(0, ""), "a.csv:2:1: BilledCost \"\"" + number},
		"NullCost": {"A cost that is null is not zero.", header + with(1, "NULL"), "a.csv:2:5: EffectiveCost \"\"" + number},
		"NoCurrency": {
			"An amount of no currency cannot be added to any.",
			header + with(2, ""), "a.csv:2:10: BillingCurrency \"\" is no currency; allowed are three capital letters, as USD",
		},
		"Currency": {
			"A currency has three capital letters.",
			header + with(2, "usd"), "a.csv:2:10: BillingCurrency \"usd\" is no currency; allowed are three capital letters, as USD",
		},
		"Time": {
			"A time that is none is in no month.",
			header + with(4, "08/01/2026"), "a.csv:2:20: ChargePeriodStart \"08/01/2026\" is no time; allowed are times as 2026-08-01T00:00:00Z",
		},
		"Year": {
			"A month of another age would make a table of a thousand columns.",
			header + with(6, "0001-01-01"), "a.csv:2:62: BillingPeriodStart \"0001-01-01\" is no time of a bill; allowed are the years 2000 to 2200",
		},
		"Provider": {
			"A charge of no cloud is nobody's bill.",
			header + with(8, ""), "a.csv:2:87: ServiceProviderName is missing; it says which cloud charges",
		},
		"Tags":       {"Tags that are cut are not read as fewer.", header + with(9, `"{""a"": ""b"`), "which is no JSON of tags"},
		"TagsMore":   {"What follows behind tags is of no tag.", header + with(9, `"{} {}"`), "behind which more follows"},
		"TagsNested": {"A tag's value is a text.", header + with(9, `"{""a"": {}}"`), `the value of "a" is no string`},
		"TagsList":   {"A list in a list is no tag, and is told in short.", header + with(9, `"[[""`+strings.Repeat("a", 100_000)+`""]]"`), `"[aaa`},
		"TagsNoKey":  {"A label without a key is no tag.", header + with(9, `"[{""Value"": ""`+strings.Repeat("a", 100_000)+`""}]"`), "… has no key"},
		"TagsKey":    {"A long key is told in short.", header + with(9, `"{""`+strings.Repeat("a", 100_000)+`"": {}}"`), "… is no string"},
		"TagsDeep": {
			"A tag of a hundred thousand levels ends no command.",
			header + with(9, `"{""a"": `+strings.Repeat("[", 100_000)+`}"`), "exceeded max depth",
		},
		"Field":     {"A field of a megabyte is no bill's.", header + with(7, big), "a.csv:2:1: a record has more than 1048576 bytes"},
		"Column":    {"Columns of a megabyte are no bill's.", big, "a.csv:1:1: a record has more than 1048576 bytes"},
		"Cut":       {"A packed file that was cut short has lost rows.", gzipped(t, header+strings.Repeat(usual, 100))[:100], "cannot be read after line"},
		"Garbage":   {"What follows behind a packed file is no part of it.", gzipped(t, header+usual) + "garbage", "cannot be read after line"},
		"NotPacked": {"A file may only begin as gzip does.", "\x1f\x8bxxxxxxxxxxxxx", "a.csv: cannot be unpacked: gzip: invalid header"},
		"Zip":       {"A zip may have many files.", "PK\x03\x04", "a.csv: is packed by zip; unpack it"},
		"Bomb": {
			"A file that unpacks a thousandfold, here to blank lines, is none of a bill.",
			gzipped(t, header+strings.Repeat("\n", 20<<20)), "it unpacks to more than 400 times its",
		},
		"Zeros": {
			"A bomb of zeros ends at its first byte.",
			gzipped(t, strings.Repeat("\x00", 50<<20)), "a.csv:1:1: a record has more than 1048576 bytes",
		},
		"ParquetCut": {
			"Parquet that was cut short has its description no more.",
			"PAR1xxxxxxxxxxxxxxxxxxxxx", "a.csv: is Parquet that was cut short: its last bytes are not PAR1",
		},
		"ParquetTiny": {"Parquet has more bytes than its magic.", "PAR1", "a.csv: is Parquet that was cut short: it has 4 bytes"},
		"ParquetSize": {
			"A description of four gigabytes is not made room for.",
			"PAR1xxxx\xff\xff\xff\xffPAR1", "a.csv: is Parquet whose description has 4294967295 bytes, and the file 16",
		},
		"ParquetBad": {
			"A description that is none ends no command by a panic.",
			"PAR1\x01\x02\x03\x04\x04\x00\x00\x00PAR1", "a.csv: cannot be read as Parquet: ",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			const most = 400
			if _, got := readText(t, tc.text); !strings.Contains(got, tc.want) || tc.want == "" || len(got) > most {
				t.Errorf("\n%s\nRead(): %.1000q, want %q, in at most %d bytes", tc.reason, got, tc.want, most)
			}
		})
	}
}

func TestTaken(t *testing.T) {
	cases := map[string]struct {
		reason, text string
		rows         int
	}{
		"Usual": {"A row is a row.", header + usual, 1},
		"NoEnd": {"The last line may have no end.", header + strings.TrimSuffix(usual, "\n"), 1},
		"CRLF":  {"Windows ends lines by two bytes.", strings.ReplaceAll(header+usual+usual, "\n", "\r\n"), 2},
		"Mark": {
			"Excel writes a byte order mark, before a quote too.",
			"\xef\xbb\xbf\"BilledCost\"" + strings.TrimPrefix(header, "BilledCost") + usual, 1,
		},
		"Blank": {"A blank line is no row.", header + "\n" + usual + "\n\n", 1},
		"None":  {"A month without charges has a header alone.", header, 0},
		"Lines": {"A field in quotes may have lines, commas and quotes.", header + with(7, "\"a \"\"b\"\",\n\nc\""), 1},
		"Null":  {"Real exports write NULL.", header + with(9, "NULL") + with(7, "NULL"), 2},
		"Times": {
			"Databases write times in their own form.",
			header + with(4, "2026-08-01 00:00:00") + with(4, "2026-08-01") + with(4, "2026-08-01 00:00:00 UTC"), 3,
		},
		"Packed":   {"What is packed is known by its bytes.", gzipped(t, header+usual), 1},
		"Parts":    {"Packed files may stand one behind the other.", gzipped(t, header) + gzipped(t, usual), 1},
		"FOCUS1.3": {"Since FOCUS 1.3 the provider has another name.", strings.Replace(header, "ProviderName", "ServiceProviderName", 1) + usual, 1},
		"Both":     {"FOCUS 1.3 has the older name too, with another meaning.", "ServiceProviderName," + header + "AWS," + usual, 1},
		"Labels": {
			"Google's table has labels and no tags.",
			strings.Replace(header, "Tags", "x_Labels", 1) + with(9, `"[{""Key"": ""a"", ""Value"": ""b""}]"`), 1,
		},
		"Quoted":    {"Any field may stand in quotes, and be empty.", header + with(9, `""`) + with(0, `"1"`), 2},
		"WideField": {"A field may have more bytes than what is read at a time.", header + with(7, strings.Repeat("a", 300<<10)), 1},
		"Category":  {"What a category that FOCUS does not have costs, it costs all the same.", header + with(3, "Refund") + with(3, ""), 2},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if rows, mistake := readText(t, tc.text); rows != tc.rows || mistake != "" {
				t.Errorf("\n%s\nRead(): %d rows, want %d: %s", tc.reason, rows, tc.rows, mistake)
			}
		})
	}
}
