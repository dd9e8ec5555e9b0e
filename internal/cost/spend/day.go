package spend

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/victor-onl/crossplane-resources/internal/cost/focus"
	"github.com/victor-onl/crossplane-resources/internal/cost/money"
)

// A Day is what a cloud charges for one place on one day, by one bill. The amount of its cell is the
// effective cost.
type Day struct {
	Cell

	// Date and Period are the day of the charge, and the first day of the bill's month.
	Date, Period        time.Time
	Account, SubAccount string
	Category            string
	Billed              money.Amount
}

// dayKey is what a day is of.
type dayKey struct {
	date, period                                            time.Time
	currency, cloud, product, account, subAccount, category string
	place                                                   *Place
}

// addDay adds a row to its day. The month since which rows count is the bill's: a store replaces
// bills whole.
func (s *Sum) addDay(provider, currency string, r *focus.Row) {
	period := time.Date(r.Period.Year(), r.Period.Month(), 1, 0, 0, 0, 0, time.UTC)
	if MonthOf(period.Year(), int(period.Month())) < s.options.Since {
		return
	}
	k := dayKey{
		date: r.Charged.Truncate(24 * time.Hour), period: period, currency: currency, cloud: provider, product: s.text(r.Service),
		account: s.text(r.Account), subAccount: s.text(r.SubAccount), category: s.text(r.Category), place: s.place(provider, r),
	}
	d := s.days[k]
	if d == nil {
		d = &Day{
			Cell: Cell{Currency: k.currency, Cloud: k.cloud, Product: k.product, Place: *k.place},
			Date: k.date, Period: k.period, Account: k.account, SubAccount: k.subAccount, Category: k.category,
		}
		s.days[k] = d
	}
	d.Amount.Add(&r.Effective)
	d.Billed.Add(&r.Billed)
	d.Rows++
	s.Rows++
}

// all are the cells of both kinds.
func (s *Sum) all() iter.Seq[*Cell] {
	return func(yield func(*Cell) bool) {
		for _, c := range s.cells {
			if !yield(c) {
				return
			}
		}
		for _, d := range s.days {
			if !yield(&d.Cell) {
				return
			}
		}
	}
}

// texts of a day, in the order by which days are sorted.
func (d *Day) texts() [13]*string {
	p := &d.Place
	return [...]*string{
		&d.Cloud, &d.Currency, &d.Account, &d.SubAccount, &p.Domain, &p.Env, &p.Team, &p.System, &p.Claim, &p.Entity, &p.Why,
		&d.Product, &d.Category,
	}
}

// Days are the sums by day, each of its own key, in an order that is the same for the same rows. Texts
// are such as a database takes: no store of text has a NUL or what is no UTF-8, which a tag may have.
func (s *Sum) Days() []*Day {
	days := slices.Collect(maps.Values(s.days))
	for _, d := range days {
		for _, t := range d.texts() {
			*t = strings.ReplaceAll(strings.ToValidUTF8(*t, string(utf8.RuneError)), "\x00", string(utf8.RuneError))
		}
	}
	slices.SortFunc(days, compareDays)
	out := days[:0]
	for _, d := range days {
		if n := len(out); n > 0 && compareDays(out[n-1], d) == 0 { // names of two clouds may come to the same
			last := out[n-1]
			last.Amount.Add(&d.Amount)
			last.Billed.Add(&d.Billed)
			last.Rows += d.Rows
			continue
		}
		out = append(out, d)
	}
	return out
}

func compareDays(a, b *Day) int {
	if c := cmp.Or(a.Period.Compare(b.Period), a.Date.Compare(b.Date)); c != 0 {
		return c
	}
	x, y := a.texts(), b.texts()
	for i := range x {
		if c := strings.Compare(*x[i], *y[i]); c != 0 {
			return c
		}
	}
	return 0
}
