package spend

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestTwice(t *testing.T) {
	const end = ", and would count twice; keep the one file that has the whole month"
	cases := map[string]struct {
		reason string
		files  [][]uint64 // hashes of rows
		want   string
	}{
		"Same": {
			"The same export in another form would count twice.",
			[][]uint64{{1, 2, 3}, {3, 2, 1}},
			"b: 3 of its 3 charges stand in a too, which has 3" + end,
		},
		"Longer": {
			"The month to date of the next day has all of the day before.",
			[][]uint64{{1, 2}, {1, 2, 3}},
			"b: 2 of its 3 charges stand in a too, which has 2" + end,
		},
		"Day": {"A month has all of one of its days.", [][]uint64{{1}, {1, 2, 3, 4, 5}}, "b: 1 of its 5 charges stand in a too, which has 1" + end},
		"Month": {
			"One day has nothing that its month has not.",
			[][]uint64{{1, 2, 3, 4, 5}, {5}},
			"b: 1 of its 1 charges stand in a too, which has 5" + end,
		},
		"Third": {
			"The file that is meant is named.",
			[][]uint64{{1, 2, 3}, {4, 5}, {4, 5, 6}},
			"c: 2 of its 3 charges stand in b too, which has 2" + end,
		},
		"Parts":   {"An export may have parts.", [][]uint64{{1, 2}, {3, 4}}, ""},
		"Few":     {"Single charges may be equal by chance.", [][]uint64{{1, 2, 3}, {1, 5, 6, 7}}, ""},
		"Within":  {"Charges of one file may be equal, and count.", [][]uint64{{1, 1, 1}}, ""},
		"Nothing": {"A month without charges shares none.", [][]uint64{{1}, {}}, ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, got := New(Options{}), ""
			for i, hashes := range tc.files {
				s.Begin(string(rune('a' + i)))
				for _, h := range hashes {
					s.twice.add(h)
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

// TestTwiceOfMany holds that files are compared also where there are more rows than are remembered.
func TestTwiceOfMany(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // The same rows each time.
	many := func() (out []uint64) {
		for range 10_000 {
			out = append(out, r.Uint64())
		}
		return out
	}
	a, b := many(), many()
	cases := map[string]struct {
		reason string
		files  [][]uint64
		want   string // the begin of the mistake
	}{
		"Other": {"Other rows are others, however many there are.", [][]uint64{a, b, many()}, ""},
		"First": {"The first file is there again.", [][]uint64{a, b, a}, "c: about "},
		"Last":  {"The last file is there again.", [][]uint64{a, b, b}, "c: about "},
		"Part":  {"A tenth of the rows of another file may be equal.", [][]uint64{a, b, append(many(), a[:1000]...)}, ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, got := New(Options{}), ""
			s.twice = newTwice(1000)
			for i, hashes := range tc.files {
				s.Begin(string(rune('a' + i)))
				for _, h := range hashes {
					s.twice.add(h)
				}
				if err := s.End(); err != nil {
					got = err.Error()
				}
			}
			if !strings.HasPrefix(got, tc.want) || (got == "") != (tc.want == "") || len(s.twice.first) > 1000 {
				t.Errorf("\n%s\nEnd(): %q, want %q; %d rows are remembered", tc.reason, got, tc.want, len(s.twice.first))
			}
		})
	}
}
