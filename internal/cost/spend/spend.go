// Package spend adds charges of FOCUS exports by whose they are: the cost-tagger's tags say of
// which domain, env, team and claim a resource is, and what has no such tags is named instead of
// spread over those that have.
package spend

import (
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/cost/focus"
	"github.com/victor-onl/crossplane-resources/internal/cost/money"
)

// A Month is counted from year 0.
type Month int

// MonthOf is the month of a time's year and month.
func MonthOf(year, month int) Month { return Month(year*12 + month - 1) }

// Options say what is added.
type Options struct {
	// Billed is what an invoice has, by the month of the bill, in place of what was used, by the
	// month of the charge with commitments and payments in advance spread over what uses them.
	Billed bool
	// Since is the first month that counts.
	Since Month
	// By is what tables will be parted by: what is not in it is not kept, since each claim and
	// entity would have cells of its own.
	By []string
	// Daily adds by day, for a store, in place of by month, with both costs and all that tells rows
	// apart there; Since is then of bills.
	Daily bool
}

// A Cell is one sum.
type Cell struct {
	Currency string
	Month    Month
	Cloud    string // as claims name it, or the provider's own name
	Product  string // the cloud's service
	Place    Place
	Amount   money.Amount
	Rows     int
}

// key is what a cell is of. Its strings are few, and each is kept once.
type key struct {
	month                    Month
	currency, cloud, product string
	place                    *Place
}

// from is by what a place is found once.
type from struct {
	cloud, category string
	tags            *focus.Tags
}

// A Sum adds rows.
type Sum struct {
	options Options
	cells   map[key]*Cell
	days    map[dayKey]*Day
	texts   map[string]string
	names   map[string]string // clouds by the provider's name
	places  map[Place]*Place
	known   map[from]*Place
	size    int // bytes of the tags in known
	twice   twice
	bills   bills
	Rows    int // that count
}

// New begins a sum.
func New(o Options) *Sum {
	return &Sum{
		options: o, cells: map[key]*Cell{}, days: map[dayKey]*Day{}, texts: map[string]string{}, names: map[string]string{},
		places: map[Place]*Place{}, known: map[from]*Place{}, twice: newTwice(mostRows), bills: bills{first: map[sum]string{}},
	}
}

// Add a row of the file that was begun last.
func (s *Sum) Add(r *focus.Row) {
	provider, currency := s.cloud(r.Provider), s.text(r.Currency)
	if r.Billed.Sign() != 0 || r.Effective.Sign() != 0 {
		s.twice.add(r.Hash)
		month := MonthOf(r.Period.Year(), int(r.Period.Month()))
		s.bills.add(bill{provider, s.text(r.Account), s.text(r.SubAccount), currency, month}, r)
	}
	if s.options.Daily {
		s.addDay(provider, currency, r)
		return
	}
	at, amount := r.Charged, &r.Effective
	if s.options.Billed {
		at, amount = r.Period, &r.Billed
	}
	month := MonthOf(at.Year(), int(at.Month()))
	if month < s.options.Since {
		return
	}
	k := key{month: month, currency: currency, cloud: provider, product: s.text(r.Service)}
	k.place = s.place(provider, r)
	c := s.cells[k]
	if c == nil {
		c = &Cell{Currency: k.currency, Month: k.month, Cloud: k.cloud, Product: k.product, Place: *k.place}
		s.cells[k] = c
	}
	c.Amount.Add(amount)
	c.Rows++
	s.Rows++
}

func (s *Sum) text(b []byte) string {
	if t, ok := s.texts[string(b)]; ok {
		return t
	}
	t := string(b)
	s.texts[t] = t
	return t
}

func (s *Sum) cloud(provider []byte) string {
	if c, ok := s.names[string(provider)]; ok {
		return c
	}
	name := string(provider)
	c, ok := clouds[strings.ToLower(name)]
	if !ok {
		c = name
	}
	s.names[name] = c
	return c
}

// place finds a row's place, once for each text of tags.
func (s *Sum) place(provider string, r *focus.Row) *Place {
	const mostKnown, mostBytes = 100_000, 64 << 20
	f := from{cloud: provider, category: s.text(r.Category), tags: r.Tags}
	if p, ok := s.known[f]; ok {
		return p
	}
	found := s.options.kept(placeOf(provider, f.category, r.Tags))
	p, ok := s.places[found]
	if !ok {
		p = &found
		s.places[found] = p
	}
	size := 0
	for _, t := range *r.Tags {
		size += len(t.Key) + len(t.Value)
	}
	if s.size += size; len(s.known) >= mostKnown || s.size > mostBytes {
		clear(s.known)
		s.size = size
	}
	s.known[f] = p
	return p
}
