package money

import (
	"math/big"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	cases := map[string]struct {
		reason, text, want string // want is the amount, or the mistake
	}{
		"Whole":        {"An amount may have no point.", "12", "12"},
		"Decimals":     {"An amount of a real bill has many decimals, and its last zeros say nothing.", "0.00000080000", "0.0000008"},
		"Negative":     {"A credit is below zero.", "-5.10", "-5.1"},
		"Plus":         {"A sign may be there without need.", "+5", "5"},
		"NoZero":       {"Some databases write no zero before the point.", "-.5", "-0.5"},
		"MinusZero":    {"Nothing is nothing with a sign too.", "-0.00", "0"},
		"Exponent":     {"FOCUS allows E notation.", "8E-7", "0.0000008"},
		"ExponentUp":   {"An exponent may be above zero.", "1.25e3", "1250"},
		"ZeroExponent": {"A zero is zero with any exponent.", "0e-999", "0"},
		"Float":        {"A double has up to 17 digits at any exponent.", "1.3552527156068805e-20", "0.000000000000000000013552527156068805"},
		"Long":         {"More digits than a machine's integer has are kept.", "123456789.123456789123456789", "123456789.123456789123456789"},
		"Padded":       {"Zeros in front are no digits.", "0000000000000000000000001", "1"},
		"Huge":         {"No bill has so many digits.", "1e400", "has 401 digits before its point; allowed are at most 18"},
		"Tiny":         {"No bill has so many decimals.", "1e-61", "has 61 decimals; allowed are at most 60"},
		"HugeExponent": {"An exponent that overflows is no number.", "1e99999999999999999999", errNumber.Error()},
		"NaN":          {"A floating-point word is no number.", "NaN", errNumber.Error()},
		"Inf":          {"An infinite cost is no number.", "-Inf", errNumber.Error()},
		"Comma":        {"A comma is a point in some countries, and parts thousands in others.", "1,5", errNumber.Error()},
		"Currency":     {"A sign of a currency is no digit.", "$5", errNumber.Error()},
		"Blank":        {"A blank is no digit.", " 5", errNumber.Error()},
		"Points":       {"A number has one point.", "1.2.3", errNumber.Error()},
		"Hex":          {"A number is decimal.", "0x10", errNumber.Error()},
		"Empty":        {"Nothing is no number.", "", errNumber.Error()},
		"Point":        {"A point alone is no number.", ".", errNumber.Error()},
		"Sign":         {"A sign alone is no number.", "-", errNumber.Error()},
		"OpenExponent": {"An exponent has digits.", "1e", errNumber.Error()},
		"BadExponent":  {"An exponent is whole.", "1e1.5", errNumber.Error()},
		"Endless":      {"A number that never ends is not read.", strings.Repeat("0", 1000), errNumber.Error()},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var a Amount
			err := a.Parse([]byte(tc.text))
			got := a.String()
			if err != nil {
				got = err.Error()
			}
			if got != tc.want {
				t.Errorf("\n%s\nParse(%q): %s, want %s", tc.reason, tc.text, got, tc.want)
			}
		})
	}
}

func TestFixed(t *testing.T) {
	cases := map[string]struct{ reason, text, want string }{
		"Down":     {"Less than half a cent is nothing.", "1.0049999", "1.00"},
		"Half":     {"Half a cent is one.", "1.005", "1.01"},
		"Below":    {"Half a cent of a credit is one too.", "-1.005", "-1.01"},
		"Nothing":  {"What rounds to nothing has no sign.", "-0.0049", "0.00"},
		"Cents":    {"An amount below one has a zero before its point.", "0.07", "0.07"},
		"Carry":    {"A cent too many makes a unit.", "9.999", "10.00"},
		"Thousand": {"Thousands have no sign between them, which tables put there.", "1234567.891", "1234567.89"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			var a Amount
			if err := a.Parse([]byte(tc.text)); err != nil {
				t.Fatal(err)
			}
			if got := a.Fixed(2); got != tc.want {
				t.Errorf("\n%s\nFixed(%s): %s, want %s", tc.reason, tc.text, got, tc.want)
			}
		})
	}
}

// FuzzParse holds that what is taken for a number is the number that math/big reads, and that a
// sum of it and of what is printed of it, taken away, is nothing.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"1", "-0.5e-3", ".5", "1e18", "NaN", "1_0", "0b1", "1e-60", "00.1e+2"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var a, b Amount
		if a.Parse([]byte(text)) != nil {
			return
		}
		want, ok := new(big.Rat).SetString(text)
		got, printed := new(big.Rat).SetString(a.String())
		if !ok || !printed || want.Cmp(got) != 0 {
			t.Fatalf("Parse(%q) = %s, want %v", text, a.String(), want)
		}
		if err := b.Parse([]byte(a.String())); err != nil {
			t.Fatal(err)
		}
		if b.Sub(&a); b.Sign() != 0 {
			t.Fatalf("%q is %s, which is read as another amount", text, a.String())
		}
	})
}
