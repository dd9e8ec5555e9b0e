package lifecycle

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDecideKnown holds what a setting comes to of what was found, while it is looked for and once
// it may be changed.
func TestDecideKnown(t *testing.T) {
	t.Parallel()
	const url = "https://www.googleapis.com/compute/v1/projects/p/global/networks/a"
	const full = "projects/p/global/networks/a"
	base := question{life: Found, exists: true, known: true, unfilled: true}
	of := func(rule Rule, sought bool, said, was, is string) question {
		q := base
		q.rule, q.sought, q.said, q.was, q.is = rule, sought, said, was, is
		return q
	}
	key := func(sought bool, said, was, is string) question {
		q := of(Sticky, sought, said, was, is)
		q.atBirth = true
		return q
	}
	lent := func(sought bool, said, was, is string) question {
		q := of(Follows, sought, said, was, is)
		q.lent = true
		return q
	}
	for name, tc := range map[string]struct {
		reason string
		q      question
		want   verdict
	}{
		"Elsewhere":     {"A network that is there stays.", of(Sticky, true, "b", "b", "a"), verdict{value: "a", late: true}},
		"ElsewhereSaid": {"A network stays once it is asked for.", of(Sticky, false, "b", "a", "a"), verdict{value: "a", late: true}},
		"Lacking":       {"A report that lacks a network is no edit.", of(Sticky, false, "b", "a", ""), verdict{value: "a", late: true}},
		"LackingGone":   {"A network stays that neither settings nor report have.", of(Sticky, false, "", "a", ""), verdict{value: "a", kept: true}},
		"LackingSought": {"A report that lacks a network of what is looked for is no edit.", of(Sticky, true, "b", "a", ""), verdict{value: "a", late: true}},
		"URL":           {"A network's URL is the network.", of(Sticky, true, full, full, url), verdict{value: full}},
		"URLLacking":    {"A report that lacks the URL changes nothing.", of(Sticky, false, full, full, ""), verdict{value: full}},
		"URLAsked":      {"Settings may name a network that is asked for by its URL.", of(Sticky, false, full, url, ""), verdict{value: full}},
		"URLGone":       {"A network stays in the words in which it is asked for.", of(Sticky, false, "", full, url), verdict{value: full, kept: true}},
		"Part":          {"A part that was never looked for stays in its subnet.", of(Joins, false, "b", "b", "a"), verdict{value: "a", late: true}},
		"Joins":         {"A subnet can be joined where there is none.", of(Joins, true, "a", "", ""), verdict{value: "a"}},
		"Plan":          {"A plan is chosen once.", of(Once, true, "b", "b", "a"), verdict{value: "a"}},
		"Keyless":       {"No cloud gives a key to what was made without.", key(true, "k", "k", ""), verdict{late: true}},
		"KeylessAsked":  {"What is asked for without a key stays without.", key(false, "k", "", ""), verdict{late: true}},
		"KeyLacking":    {"A report that lacks a key takes none away.", key(false, "k", "k", ""), verdict{value: "k"}},
		"KeyBack":       {"A key that the first report lacked is asked for.", key(false, "k", "", "k2"), verdict{value: "k2", late: true}},
		"Lent":          {"What was found without a key is given none that is of databases.", lent(true, "k", "k", ""), verdict{late: true}},
		"LentLacking":   {"A report that lacks a key does not take it away.", lent(false, "k", "k2", ""), verdict{value: "k2", late: true}},
		"LentRotated":   {"A report of an older key does not bring it back.", lent(false, "k", "k2", "k1"), verdict{value: "k2", late: true}},
		"GoneRotated":   {"A report of an older key is none without settings either.", of(Follows, false, "", "k2", "k1"), verdict{value: "k2", kept: true}},
		"GoneSought":    {"A key that is there stays without settings.", of(Follows, true, "", "k2", "k1"), verdict{value: "k1", kept: true}},
		"Follows":       {"A key of the settings' own is followed.", of(Follows, false, "k3", "k2", "k1"), verdict{value: "k3"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := tc.q.decide()
			got.why = ""
			if diff := cmp.Diff(tc.want, got, cmp.AllowUnexported(verdict{})); diff != "" {
				t.Errorf("\n%s\ndecide(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestDecideKnownKeeps holds over all questions on what was found that no value is lost, that
// nobody is refused, and that no setting is dropped in silence.
func TestDecideKnownKeeps(t *testing.T) {
	t.Parallel()
	words, both := []string{"", "a", "b"}, []bool{false, true}
	for _, rule := range []Rule{Sticky, Joins, Once, Follows} {
		for i := range 27 * 16 {
			flag := func(bit int) bool { return both[i>>bit&1] }
			w := i / 16
			q := question{
				rule: rule, life: Found, exists: true, known: true, said: words[w%3], was: words[w/3%3], is: words[w/9%3],
				unfilled: flag(0), sought: flag(1), lent: flag(2), atBirth: flag(3),
			}
			v := q.decide()
			follows := rule == Follows && !q.lent && q.said != ""
			switch {
			case v.refused && (q.was != "" || q.is != ""):
				t.Fatalf("%+v is refused: %+v", q, v)
			case v.value == "" && q.is != "":
				t.Fatalf("%+v loses what is there: %+v", q, v)
			case v.value == "" && q.was != "" && !q.sought:
				t.Fatalf("%+v loses what is asked for: %+v", q, v)
			case rule == Follows && !follows && !q.sought && q.was != "" && v.value != q.was:
				t.Fatalf("%+v has a report undo what is asked for: %+v", q, v)
			case q.sought && !follows && q.is != "" && v.value != q.is:
				t.Fatalf("%+v changes what is there before anybody knows it: %+v", q, v)
			case v.value != q.said && q.said != "" && !v.late && rule != Once:
				t.Fatalf("%+v drops %q in silence: %+v", q, q.said, v)
			}
		}
	}
}
