package spend

import (
	"fmt"
	"maps"
	"slices"
)

// mostRows is how many rows are remembered to find those that come twice, at some 20 bytes each.
const mostRows = 4_000_000

// twice finds files that have the rows of others: a folder that an export writes its month to
// date into, day by day, has most of them many times. Rows of one file may be equal: a bill may
// have two charges that differ in nothing that is read. Charges of nothing cannot count twice.
type twice struct {
	files  []string
	rows   []int // of each file
	shared map[int32]int
	first  map[uint64]int32 // the file that a row stood in first
}

func (t *twice) begin(file string) {
	t.files, t.rows, t.shared = append(t.files, file), append(t.rows, 0), map[int32]int{}
}

func (t *twice) add(hash uint64) {
	now := int32(len(t.files) - 1) //nolint:gosec // Files of one folder.
	t.rows[now]++
	switch first, ok := t.first[hash]; {
	case ok && first != now:
		t.shared[first]++
	case !ok && len(t.first) < mostRows:
		t.first[hash] = now
	}
}

// end refuses a file that has half of the rows of another one or more, or that one of its own.
func (t *twice) end() error {
	now := len(t.files) - 1
	for _, first := range slices.Sorted(maps.Keys(t.shared)) {
		if n := t.shared[first]; 2*n >= min(t.rows[now], t.rows[first]) {
			return fmt.Errorf("%s: %d of its %d charges stand in %s too, which has %d, and would count twice; keep the one file that has the whole month",
				t.files[now], n, t.rows[now], t.files[first], t.rows[first])
		}
	}
	return nil
}

// Begin a file.
func (s *Sum) Begin(file string) { s.twice.begin(file) }

// End a file.
func (s *Sum) End() error { return s.twice.end() }
