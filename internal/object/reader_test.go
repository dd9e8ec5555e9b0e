package object

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTooMany holds that no object and no list keeps a function busy.
func TestTooMany(t *testing.T) {
	list, tags := make([]string, maxEntries+1), map[string]string{}
	for i := range maxEntries + 1 {
		list[i], tags[strconv.Itoa(i)] = "x", "x"
	}
	r := Read(New(Map{"list": list, "few": list[1:]}), "spec")
	if got := r.Strings("few"); len(got) != maxEntries || r.Err() != nil {
		t.Errorf("Strings(): %d items, %v", len(got), r.Err())
	}
	r.Strings("list")
	if diff := cmp.Diff("spec.list: 501 entries are too many; allowed are at most 500", fmt.Sprint(r.Err())); diff != "" {
		t.Errorf("Strings(): -want, +got:\n%s", diff)
	}
	r = Read(New(Map{"tags": tags}), "spec")
	if got := r.StringMap("tags"); len(got) != 0 || !strings.HasPrefix(fmt.Sprint(r.Err()), "spec.tags: 501 entries are too many") {
		t.Errorf("StringMap(): %d entries, %v", len(got), r.Err())
	}
}
