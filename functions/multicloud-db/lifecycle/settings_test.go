package lifecycle

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDecide holds what a setting comes to that a cloud cannot change: the rows are those
// of the four clouds' networks, keys, groups and plans.
func TestDecide(t *testing.T) {
	t.Parallel()
	rds := question{rule: Sticky, life: Made, exists: true, fills: true, placed: placedYes} // a kind that is filled in
	sql := question{rule: Sticky, life: Made, exists: true, unfilled: true}                 // a kind that is not
	tofu := question{rule: Sticky, life: Made, exists: true}                                // a Workspace
	with := func(q question, change func(*question)) question { change(&q); return q }      //nolint:unparam // It reads better.
	says := func(said, was, is string) func(*question) {
		return func(q *question) { q.said, q.was, q.is = said, was, is }
	}
	for name, tc := range map[string]struct {
		reason string
		q      question
		want   verdict
	}{
		"New":           {"A resource that does not exist is made as the settings say.", question{rule: Sticky, said: "a"}, verdict{value: "a"}},
		"NewWithRecord": {"A creation that failed may be mended by other settings.", question{rule: Sticky, said: "a", was: "b"}, verdict{value: "a"}},
		"Unchanged":     {"Settings that say the same change nothing.", with(rds, says("a", "a", "a")), verdict{value: "a"}},
		"Gone":          {"Settings that are gone move nothing.", with(sql, says("", "a", "a")), verdict{value: "a", kept: true}},
		"Other":         {"Another value would make the resource anew, so it is refused.", with(sql, says("b", "a", "a")), verdict{refused: true}},
		"OtherTofu":     {"OpenTofu would replace the resource, so another value is refused.", with(tofu, says("b", "a", "a")), verdict{refused: true}},
		"Late":          {"A value that a cloud cannot add to a live resource is noted.", with(sql, says("a", "", "")), verdict{late: true}},
		"Joins": {
			"A network of Cloud SQL can be added to a live instance.", with(sql, func(q *question) { q.rule = Joins; q.said = "a" }),
			verdict{value: "a"},
		},
		"JoinsOnce": {
			"A network that was joined cannot become another one.", with(sql, func(q *question) { q.rule = Joins; q.said, q.was = "b", "a" }),
			verdict{refused: true},
		},
		"Alias": {"RDS writes a subnet group in lower case, and the settings may come to do so too.", with(rds, says("a", "A", "a")), verdict{value: "a"}},
		"FilledIn": {
			"What the provider filled in was asked for by nobody, and is left to it.",
			with(rds, func(q *question) { q.was, q.is, q.placed = "default", "default", placedNo }),
			verdict{late: true},
		},
		"FilledInLate": {
			"A setting does not move a database that RDS placed.",
			with(rds, func(q *question) { q.said, q.was, q.placed = "a", "default", placedNo }),
			verdict{late: true},
		},
		"Unrecorded": {
			"Without a record nobody knows who chose the value: it stays.", with(rds, func(q *question) { q.said, q.was, q.placed = "b", "a", "" }),
			verdict{value: "a", late: true},
		},
		"UnrecordedSame": {
			"Without a record the same value is still no change.", with(rds, func(q *question) { q.said, q.was, q.placed = "a", "a", "" }),
			verdict{value: "a"},
		},
		"FoundElsewhere": {
			"RDS would move a database that was found to the settings' group.",
			with(rds, func(q *question) { q.life, q.told, q.said, q.is = Found, true, "a", "b" }),
			verdict{value: "b", late: true},
		},
		"FoundSame": {
			"A database that was found where the settings say is as they say.",
			with(rds, func(q *question) { q.life, q.told, q.said, q.is = Found, true, "a", "a" }),
			verdict{value: "a"},
		},
		"FoundUnsaid": {
			"A database that was found stays in its group, and the claim says so.",
			with(rds, func(q *question) { q.life, q.told, q.is = Found, true, "b" }),
			verdict{value: "b", kept: true},
		},
		"FoundDefault": {
			"A group that RDS made is named by nobody.",
			with(rds, func(q *question) { q.life, q.told, q.is, q.ownIs = Found, true, "default", true }),
			verdict{},
		},
		"FoundKey": {
			"RDS keeps the key of a database that was found, whatever key is named.",
			with(rds, func(q *question) { q.life, q.told, q.said, q.is, q.ownIs = Found, true, "a", "b", true }),
			verdict{late: true},
		},
		"FoundUntold": {
			"Before the provider tells where a database is, it is held to its spec.",
			with(rds, func(q *question) { q.life, q.said, q.was = Found, "a", "a" }),
			verdict{value: "a"},
		},
		"FoundUnfilled": {
			"A key that nobody fills in is written, or the provider would make another server.",
			with(sql, func(q *question) { q.life, q.is = Found, "k" }),
			verdict{value: "k"},
		},
		"OwnGroup": {
			"A resource group of the server's own gives way to no other.",
			with(sql, func(q *question) { q.said, q.was, q.ownWas = "rg", "azure-main", true }),
			verdict{late: true},
		},
		"OwnGroupSaid": {
			"A setting may name the server's own group.",
			with(sql, func(q *question) { q.said, q.was, q.ownWas = "azure-main", "azure-main", true }),
			verdict{value: "azure-main"},
		},
		"Adopted": {
			"An adopted resource stays as it is, whatever the settings say.",
			with(rds, func(q *question) { q.life, q.said, q.was = Managed, "a", "b" }),
			verdict{value: "b"},
		},
		"AdoptedWithout": {"An adopted resource is given no key that it has not.", with(sql, func(q *question) { q.life, q.said = Managed, "a" }), verdict{}},
		"AdoptedAlways": {
			"Each server on Azure is in a group, so the settings fill a gap.",
			with(sql, func(q *question) { q.life, q.said, q.always = Looked, "rg", true }),
			verdict{value: "rg"},
		},
		"Once": {
			"A plan of IBM Cloud is chosen once.", with(tofu, func(q *question) { q.rule, q.said, q.was = Once, "gen2", "standard" }),
			verdict{value: "standard"},
		},
		"OnceUnknown": {
			"A plan that nothing shows is that of the settings.", with(tofu, func(q *question) { q.rule, q.said = Once, "standard" }),
			verdict{value: "standard"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := tc.q.decide()
			if got.why == "" && !got.refused {
				t.Errorf("\n%s\ndecide(): no reason is given", tc.reason)
			}
			got.why = ""
			if diff := cmp.Diff(tc.want, got, cmp.AllowUnexported(verdict{})); diff != "" {
				t.Errorf("\n%s\ndecide(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestDecideInvents holds over all questions that no value is composed which neither the
// settings, nor the resource, nor the cloud has; that nothing is dropped in silence; and
// that only a resource which lives can be refused a setting.
func TestDecideInvents(t *testing.T) {
	t.Parallel()
	words, both := []string{"", "a", "b"}, []bool{false, true}
	n := 0
	for _, rule := range []Rule{Sticky, Joins, Once} {
		for life := New; life <= Managed; life++ {
			for i := range 3 * 3 * 3 * 3 * 128 {
				flag := func(bit int) bool { return both[i>>bit&1] }
				w := i / 128
				q := question{
					rule: rule, life: life, said: words[w%3], was: words[w/3%3], is: words[w/9%3], placed: []string{"", placedYes, placedNo}[w/27],
					exists: life > Forgotten, fills: flag(0), unfilled: flag(1) && !flag(0), told: flag(2), ownWas: flag(3), ownIs: flag(4), always: flag(5),
				}
				v := q.decide()
				n++
				switch {
				case v.refused && (!q.exists || v.value != "" || q.life >= Looked):
					t.Fatalf("%+v is refused: %+v", q, v)
				case v.value != "" && v.value != q.said && v.value != q.was && v.value != q.is:
					t.Fatalf("%+v comes to %q", q, v.value)
				case v.value != q.said && q.said != "" && !v.late && !v.refused && q.life < Looked && q.rule != Once:
					t.Fatalf("%+v drops %q in silence: %+v", q, q.said, v)
				case q.life == Made && q.was != "" && v.value == "" && !v.refused && !q.ownWas && q.placed != placedNo:
					t.Fatalf("%+v loses %q: %+v", q, q.was, v)
				}
			}
		}
	}
	if n == 0 {
		t.Error("no question was asked")
	}
}

// TestMayChange holds by which rule a live resource goes from one value to another.
func TestMayChange(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		reason   string
		rule     Rule
		from, to string
		want     bool
	}{
		"Immutable":    {"An engine is for good.", Immutable, "postgres", "mysql", false},
		"Free":         {"A field that is free changes.", Free, "a", "b", true},
		"Upgrade":      {"A version goes up.", Upgrades, "16", "17", true},
		"UpgradeMinor": {"A version of two numbers goes up by the second.", Upgrades, "8.0", "8.4", true},
		"Downgrade":    {"A version never goes down.", Upgrades, "17", "16", false},
		"Shorter":      {"A version with a number less may be an older one.", Upgrades, "8.4", "8", false},
		"NoVersion":    {"What is no version is no newer one.", Upgrades, "17", "x", false},
		"Grow":         {"A disk grows.", Grows, "100", "200", true},
		"Shrink":       {"A disk never shrinks.", Grows, "200", "100", false},
		"NoNumber":     {"What is no number is no larger one.", Grows, "200", "x", false},
		"On":           {"Versions of objects are turned on.", TurnsOn, "false", "true", true},
		"Off":          {"Versions of objects are never turned off.", TurnsOn, "true", "false", false},
		"Pinned":       {"What a table of ours decides is nobody's to change.", Pinned, "8.2", "9.0", false},
		"Setting":      {"A setting has no record to change from.", Sticky, "a", "b", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := &Held[struct{}]{}
			if got := in.mayChange(Row{Name: "x", Rule: tc.rule}, tc.from, tc.to, nil); got != tc.want {
				t.Errorf("\n%s\nmayChange(%q, %q): want %t, got %t", tc.reason, tc.from, tc.to, tc.want, got)
			}
		})
	}
}
