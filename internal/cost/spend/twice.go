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
//
// Where there are more rows than are remembered, it is every second one, then every fourth, and so
// on: which ones is said by their hashes, and so the same rows of all files.
type twice struct {
	most   int    // rows that are remembered
	mask   uint64 // of the bits that are 0 in each hash that is remembered
	files  []string
	rows   []int // of each file
	kept   []int // of them, those that are remembered
	shared map[int32]int
	first  map[uint64]int32 // the file that a row stood in first
}

func newTwice(most int) twice { return twice{most: most, first: map[uint64]int32{}} }

func (t *twice) begin(file string) {
	t.files, t.rows, t.kept, t.shared = append(t.files, file), append(t.rows, 0), append(t.kept, 0), map[int32]int{}
}

func (t *twice) add(hash uint64) {
	now := int32(len(t.files) - 1) //nolint:gosec // Files of one folder.
	t.rows[now]++
	if hash&t.mask != 0 {
		return
	}
	t.kept[now]++
	switch first, ok := t.first[hash]; {
	case ok && first != now:
		t.shared[first]++
	case !ok:
		if t.first[hash] = now; len(t.first) > t.most {
			t.thin()
		}
	}
}

// thin forgets half of the rows.
func (t *twice) thin() {
	t.mask = t.mask<<1 | 1
	maps.DeleteFunc(t.first, func(hash uint64, _ int32) bool { return hash&t.mask != 0 })
	for i := range t.kept {
		t.kept[i] /= 2
	}
	for f := range t.shared {
		t.shared[f] /= 2
	}
}

// end refuses a file that has half of the rows of another one or more, or that one of its own.
func (t *twice) end() error {
	now := len(t.files) - 1
	for _, first := range slices.Sorted(maps.Keys(t.shared)) {
		n, about := t.shared[first], ""
		if t.mask != 0 {
			about = "about "
		}
		if n > 0 && 2*n >= min(t.kept[now], t.kept[first]) {
			return fmt.Errorf("%s: %s%d of its %d charges stand in %s too, which has %d, and would count twice; keep the one file that has the whole month",
				t.files[now], about, min(n*int(t.mask+1), t.rows[now]), t.rows[now], t.files[first], t.rows[first]) //nolint:gosec // Far from the most.
		}
	}
	return nil
}

// Begin a file.
func (s *Sum) Begin(file string) {
	s.twice.begin(file)
	s.bills.begin(file)
}

// End a file.
func (s *Sum) End() error {
	if err := s.twice.end(); err != nil {
		return err
	}
	return s.bills.end()
}
