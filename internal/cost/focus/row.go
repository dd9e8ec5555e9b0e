package focus

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"time"

	"github.com/victor-onl/crossplane-resources/internal/cost/money"
)

// A mistake is what is wrong with a column of a record.
type mistake struct {
	column column
	text   string
}

// A maker makes rows of records.
type maker struct {
	row     Row
	tagger  tagger
	times   map[string]time.Time
	seed    maphash.Seed
	scratch []byte
}

func newMaker(seed maphash.Seed) *maker { return &maker{times: map[string]time.Time{}, seed: seed} }

// make makes a row, or says what is wrong.
func (m *maker) make(r *record) *mistake {
	for c := range columnCount {
		if isNull(r[c]) {
			r[c] = nil
		}
	}
	row := &m.row
	for _, a := range [...]struct {
		column column
		to     *money.Amount
	}{{billed, &row.Billed}, {effective, &row.Effective}} {
		if err := a.to.Parse(r[a.column]); err != nil {
			return &mistake{a.column, fmt.Sprintf("%s %s %v", a.column, shown(r[a.column]), err)}
		}
	}
	var err error
	for _, t := range [...]struct {
		column column
		to     *time.Time
	}{{charged, &row.Charged}, {period, &row.Period}} {
		if *t.to, err = m.time(r[t.column]); err != nil {
			return &mistake{t.column, fmt.Sprintf("%s %s %v", t.column, shown(r[t.column]), err)}
		}
	}
	row.Provider, row.Account, row.SubAccount = r[provider], r[account], r[subAccount]
	row.Service, row.Currency, row.Category = r[service], r[currency], r[category]
	switch {
	case len(row.Provider) == 0:
		return &mistake{provider, "ServiceProviderName is missing; it says which cloud charges"}
	case !isCurrency(row.Currency):
		return &mistake{currency, fmt.Sprintf("BillingCurrency %s is no currency; allowed are three capital letters, as USD", shown(row.Currency))}
	}
	for _, c := range [...]column{tags, labels} {
		found, err := m.tagger.of(r[c])
		if err != nil {
			return &mistake{c, fmt.Sprintf("%s %v", c, err)}
		}
		if c == tags || len(*found) > 0 { // labels that are none leave the tags
			row.Tags = found
		}
	}
	row.Hash = m.hash(r)
	return nil
}

func isCurrency(text []byte) bool {
	const letters = 3
	return len(text) == letters && len(bytes.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")) == 0
}

// layouts of times: as FOCUS has them, with and without a zone, and as databases write them.
var layouts = []string{
	time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 UTC", "2006-01-02T15:04Z07:00",
	time.DateOnly,
}

// time reads a time, each text once; one without a zone is UTC, as FOCUS has it.
func (m *maker) time(text []byte) (time.Time, error) {
	const mostTexts, longest = 50_000, 64
	if len(text) > longest {
		return time.Time{}, errNoTime
	}
	if t, ok := m.times[string(text)]; ok {
		return t, nil
	}
	for _, l := range layouts {
		t, err := time.Parse(l, string(text))
		if err != nil {
			continue
		}
		if t = t.UTC(); t.Year() < 2000 || t.Year() > 2200 {
			return t, errors.New("is no time of a bill; allowed are the years 2000 to 2200")
		}
		if len(m.times) >= mostTexts {
			clear(m.times)
		}
		m.times[string(text)] = t
		return t, nil
	}
	return time.Time{}, errNoTime
}

var errNoTime = errors.New("is no time; allowed are times as 2026-08-01T00:00:00Z")

// hash is of what a row says, in whatever form its file has it.
func (m *maker) hash(r *record) uint64 {
	b := m.scratch[:0]
	for _, a := range [...]*money.Amount{&m.row.Billed, &m.row.Effective} {
		b = append(b, byte('0'+a.Sign())) //nolint:gosec // -1, 0 or 1.
		for _, w := range a.Bits() {
			b = binary.LittleEndian.AppendUint64(b, uint64(w))
		}
	}
	for _, t := range [...]time.Time{m.row.Charged, m.row.Period} {
		b = binary.LittleEndian.AppendUint64(b, uint64(t.Unix())) //nolint:gosec // Only a hash.
	}
	for _, c := range [...]column{currency, category, service, provider, account, subAccount, resource, region, class, sku, price, description} {
		b = append(append(b, r[c]...), 0)
	}
	m.scratch = b
	return maphash.Bytes(m.seed, b)
}
