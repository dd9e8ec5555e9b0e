package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/victor-onl/crossplane-resources/internal/cost/money"
	"github.com/victor-onl/crossplane-resources/internal/cost/spend"
)

var formats = map[string]func(io.Writer, *answer) error{"table": writeTable, "csv": writeCSV, "json": writeJSON}

const (
	unallocated = "(not allocated)"
	nameless    = "(none)"
	decimals    = 2
)

// writeTable writes a table for each currency, and what is not allocated.
func writeTable(out io.Writer, a *answer) error {
	to := &bytes.Buffer{}
	for i, t := range a.tables {
		if i > 0 {
			to.WriteString("\n")
		}
		fmt.Fprintf(to, "%s in %s\n\n", a.title(), t.Currency)
		g := newGrid(a.by, t)
		for _, group := range t.Groups {
			g.add(group.Keys, group)
		}
		if len(t.Remaining) > 0 {
			g.sum(unallocated, &t.Unplaced)
		}
		g.sum("total", &t.All)
		g.write(to)
		if len(t.Remaining) == 0 {
			continue
		}
		fmt.Fprintf(to, "\n%sNot allocated:\n\n", share(t))
		writeRemaining(to, t)
	}
	_, err := out.Write(to.Bytes())
	return err
}

// title says which cost a table has, and by which month.
func (a *answer) title() string {
	if a.billed {
		return "Billed cost by the month of the bill,"
	}
	return "Effective cost by the month of use,"
}

// share is how much of the money is allocated; where credits make it senseless, nothing.
func share(t *spend.Table) string {
	const percent = 100
	var placed money.Amount
	placed.Set(&t.All.Total.Amount)
	placed.Sub(&t.Unplaced.Total.Amount)
	if t.All.Total.Amount.Sign() <= 0 || placed.Sign() < 0 || t.Unplaced.Total.Amount.Sign() < 0 {
		return ""
	}
	return fmt.Sprintf("%.1f %% of it is allocated. ", percent*placed.Share(&t.All.Total.Amount))
}

// writeRemaining writes what is nobody's, the most first.
func writeRemaining(to *bytes.Buffer, t *spend.Table) {
	const most = 20
	g := newGrid([]string{"cloud", "product", "why"}, t)
	shown := t.Remaining
	if len(shown) > most {
		shown = shown[:most-1]
	}
	for _, group := range shown {
		g.add(group.Keys, group)
	}
	if rest := t.Remaining[len(shown):]; len(rest) > 0 {
		var sum spend.Group
		for _, group := range rest {
			sum.Merge(group)
		}
		g.sum(fmt.Sprintf("(%d more)", len(rest)), &sum)
	}
	g.write(to)
}

// A grid is lines of cells: names to the left, and amounts to the right.
type grid struct {
	left   []string
	months []spend.Month
	lines  [][]string
}

func newGrid(left []string, t *spend.Table) *grid {
	head := slices.Clone(left)
	for _, m := range t.Months {
		head = append(head, m.String())
	}
	if len(t.Months) > 1 {
		head = append(head, "total")
	}
	return &grid{left: left, months: t.Months, lines: [][]string{head}}
}

// add adds a line of one group.
func (g *grid) add(keys []string, group *spend.Group) {
	const widest = 48
	line := make([]string, 0, len(g.lines[0]))
	for _, k := range keys {
		if k == "" {
			k = nameless
		}
		if k = visible(k); utf8.RuneCountInString(k) > widest {
			k = string([]rune(k)[:widest-1]) + "…"
		}
		line = append(line, k)
	}
	g.amounts(line, group)
}

// sum adds a line of more than one.
func (g *grid) sum(name string, group *spend.Group) {
	line := make([]string, len(g.left), len(g.lines[0]))
	line[0] = name
	g.amounts(line, group)
}

func (g *grid) amounts(line []string, group *spend.Group) {
	for _, m := range g.months {
		if p := group.Months[m]; p != nil {
			line = append(line, thousands(p.Amount.Fixed(decimals)))
		} else {
			line = append(line, "-")
		}
	}
	if len(g.months) > 1 {
		line = append(line, thousands(group.Total.Amount.Fixed(decimals)))
	}
	g.lines = append(g.lines, line)
}

func (g *grid) write(to *bytes.Buffer) {
	wide := make([]int, len(g.lines[0]))
	for _, line := range g.lines {
		for i, cell := range line {
			wide[i] = max(wide[i], utf8.RuneCountInString(cell))
		}
	}
	for _, line := range g.lines {
		var b strings.Builder
		for i, cell := range line {
			space := strings.Repeat(" ", wide[i]-utf8.RuneCountInString(cell))
			if i > 0 {
				b.WriteString("  ")
			}
			if i < len(g.left) {
				b.WriteString(cell + space)
			} else {
				b.WriteString(space + cell)
			}
		}
		to.WriteString(strings.TrimRight(b.String(), " ") + "\n")
	}
}

// thousands parts the digits before the point by commas.
func thousands(amount string) string {
	sign, digits := "", amount
	if strings.HasPrefix(amount, "-") {
		sign, digits = "-", amount[1:]
	}
	whole, rest, _ := strings.Cut(digits, ".")
	var parts []string
	const three = 3
	for len(whole) > three {
		parts = append([]string{whole[len(whole)-three:]}, parts...)
		whole = whole[:len(whole)-three]
	}
	return sign + strings.Join(append([]string{whole}, parts...), ",") + "." + rest
}

// visible takes out what a terminal acts on: names come from whoever tags a resource.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return utf8.RuneError
		}
		return r
	}, text)
}
