package spend

import (
	"strings"
	"testing"
)

// TestBills holds that two exports of one bill which have no row in common are found.
func TestBills(t *testing.T) {
	month := func(provider, account, bill, amount string, rows int) (out []made) {
		for range rows {
			out = append(out, made{provider + "/" + account, "USD", bill, bill, amount, amount, tagsOf()})
		}
		return out
	}
	days := month("AWS", "1", "2026-08-01", "2.4000000001", 10)
	cases := map[string]struct {
		reason string
		files  [][]made
		want   string
	}{
		"Hours": {
			"An export by hours and one by days count twice.",
			[][]made{days, month("AWS", "1", "2026-08-01", "0.1", 240)},
			`b: its 240 charges in the bill of 2026-08 of aws account "1", "" come to the same as those in a, 24.00 USD, and would count twice; keep one of both`,
		},
		"Subscription": {"A subscription may have what another one has.", [][]made{days, month("AWS", "1/2", "2026-08-01", "2.4000000001", 10)}, ""},
		"Account":      {"Another account may pay the same.", [][]made{days, month("AWS", "2", "2026-08-01", "2.4000000001", 10)}, ""},
		"Month":        {"The next month may cost the same.", [][]made{days, month("AWS", "1", "2026-09-01", "2.4000000001", 10)}, ""},
		"Cloud":        {"Another cloud may cost the same.", [][]made{days, month("IBM", "1", "2026-08-01", "2.4000000001", 10)}, ""},
		"Parts":        {"Parts of an export come to other sums.", [][]made{days, month("AWS", "1", "2026-08-01", "0.1", 239)}, ""},
		"Few":          {"Single charges may cost the same.", [][]made{month("AWS", "1", "2026-08-01", "10", 2), month("AWS", "1", "2026-08-01", "20", 1)}, ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, got := New(Options{}), ""
			for i, rows := range tc.files {
				s.Begin(string(rune('a' + i)))
				for n, m := range rows {
					provider, account, _ := strings.Cut(m.provider, "/")
					m.provider = provider
					r := rowOf(t, m)
					main, sub, _ := strings.Cut(account, "/")
					r.Account, r.SubAccount, r.Hash = []byte(main), []byte(sub), uint64(i<<32+n)
					s.Add(r)
				}
				if err := s.End(); err != nil {
					got = err.Error()
				}
			}
			if got != tc.want {
				t.Errorf("\n%s\nEnd(): %q, want %q", tc.reason, got, tc.want)
			}
		})
	}
}
