package spend

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cost/money"
)

// dimensions by which a sum can be parted.
var dimensions = map[string]func(*Cell) string{
	"domain":  func(c *Cell) string { return c.Place.Domain },
	"env":     func(c *Cell) string { return c.Place.Env },
	"team":    func(c *Cell) string { return c.Place.Team },
	"system":  func(c *Cell) string { return c.Place.System },
	"claim":   func(c *Cell) string { return c.Place.Claim },
	"entity":  func(c *Cell) string { return c.Place.Entity },
	"cloud":   func(c *Cell) string { return c.Cloud },
	"product": func(c *Cell) string { return c.Product },
	"why":     func(c *Cell) string { return c.Place.Why },
}

// By reads what a person parts a sum by, such as domain,env.
func By(text string) ([]string, error) {
	by := strings.Split(text, ",")
	for i, d := range by {
		by[i] = strings.TrimSpace(d)
		if dimensions[by[i]] == nil || by[i] == "why" {
			allowed := slices.DeleteFunc(slices.Sorted(maps.Keys(dimensions)), func(d string) bool { return d == "why" })
			return nil, fmt.Errorf("%q is not allowed; allowed are %s", d, strings.Join(allowed, ", "))
		}
		if slices.Contains(by[:i], by[i]) {
			return nil, fmt.Errorf("%q is named twice", by[i])
		}
	}
	return by, nil
}

// String is a month as 2026-08.
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", int(m)/12, int(m)%12+1) }

// A Group is a line of a table: what is parted by, and the sums by month.
type Group struct {
	Keys   []string
	Months map[Month]*Part
	Total  Part
}

// A Part is a sum and how many rows it is of.
type Part struct {
	Amount money.Amount
	Rows   int
}

func (p *Part) add(c *Cell) {
	p.Amount.Add(&c.Amount)
	p.Rows += c.Rows
}

func (g *Group) add(c *Cell) {
	if g.Months == nil {
		g.Months = map[Month]*Part{}
	}
	if g.Months[c.Month] == nil {
		g.Months[c.Month] = &Part{}
	}
	g.Months[c.Month].add(c)
	g.Total.add(c)
}

// A Table is all of one currency: currencies are never added.
type Table struct {
	Currency  string
	Months    []Month // without gaps, where they are of some years
	Groups    []*Group
	Unplaced  Group    // all that is nobody's
	Remaining []*Group // the same by cloud, product and why, the most first, above zero or below
	All       Group
}

// Tables part the sum.
func (s *Sum) Tables() []*Table {
	tables := map[string]*Table{}
	groups := map[string]map[string]*Group{}
	put := func(c *Cell, part string, dims []string) {
		keys := make([]string, len(dims))
		for i, d := range dims {
			keys[i] = dimensions[d](c)
		}
		id := fmt.Sprintf("%s%q", part, keys) // a tag may have any sign, also one that would part two
		if groups[c.Currency][id] == nil {
			groups[c.Currency][id] = &Group{Keys: keys}
		}
		groups[c.Currency][id].add(c)
	}
	const placed, unplaced = "p", "u"
	for _, c := range s.cells {
		t := tables[c.Currency]
		if t == nil {
			t = &Table{Currency: c.Currency}
			tables[c.Currency], groups[c.Currency] = t, map[string]*Group{}
		}
		t.All.add(c)
		if c.Place.Why == "" {
			put(c, placed, s.options.By)
			continue
		}
		t.Unplaced.add(c)
		put(c, unplaced, []string{"cloud", "product", "why"})
	}
	for currency, t := range tables {
		t.Months = withoutGaps(slices.Sorted(maps.Keys(t.All.Months)))
		for id, g := range groups[currency] {
			if strings.HasPrefix(id, placed) {
				t.Groups = append(t.Groups, g)
			} else {
				t.Remaining = append(t.Remaining, g)
			}
		}
		slices.SortFunc(t.Groups, func(a, b *Group) int { return compare(s.options.By, a.Keys, b.Keys) })
		slices.SortFunc(t.Remaining, func(a, b *Group) int {
			return cmp.Or(b.Total.Amount.CmpSize(&a.Total.Amount), slices.Compare(a.Keys, b.Keys))
		})
	}
	out := slices.Collect(maps.Values(tables))
	slices.SortFunc(out, func(a, b *Table) int { return cmp.Compare(a.Currency, b.Currency) })
	return out
}

// withoutGaps are months with those between them. A charge whose year is mistyped makes no table of
// a thousand columns.
func withoutGaps(months []Month) (out []Month) {
	const most = 120
	first, last := months[0], months[len(months)-1]
	if last-first >= most {
		return months
	}
	for m := first; m <= last; m++ {
		out = append(out, m)
	}
	return out
}

// compare is by the alphabet, and of envs in the order of the platform.
func compare(by, a, b []string) int {
	for i, d := range by {
		c := cmp.Compare(a[i], b[i])
		if d == "env" {
			c = cmp.Compare(slices.Index(claim.Envs, a[i]), slices.Index(claim.Envs, b[i]))
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

// Merge adds another group.
func (g *Group) Merge(other *Group) {
	if g.Months == nil {
		g.Months = map[Month]*Part{}
	}
	for m, p := range other.Months {
		if g.Months[m] == nil {
			g.Months[m] = &Part{}
		}
		g.Months[m].merge(p)
	}
	g.Total.merge(&other.Total)
}

func (p *Part) merge(other *Part) {
	p.Amount.Add(&other.Amount)
	p.Rows += other.Rows
}
