package main

import (
	"bytes"
	"fmt"
	"html"
	"os"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/cost/money"
	"github.com/victor-onl/crossplane-resources/internal/cost/spend"
)

// Sizes of the picture, in its own units.
const (
	panelHeight = 380
	plotTop     = 56
	plotHeight  = 260
	plotLeft    = 84
	barWidth    = 56
	barStep     = 84
	legendStep  = 18
	legendWidth = 300
	mostSeries  = 12
)

// colors are told apart by most eyes (Okabe and Ito, https://jfly.uni-koeln.de/color), then the
// same ones lighter; what is not allocated is grey.
var colors = []string{
	"#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#66a9d1", "#f2cb73", "#66c5ab", "#e2b2cc", "#999933",
}

const grey = "#9a9a9a"

// A series is a line of the table as it is drawn.
type series struct {
	name, color string
	group       *spend.Group
}

// writeSVG draws a stack for each month, and a panel for each currency.
func writeSVG(file string, a *answer) error {
	var b bytes.Buffer
	wide, high := 0, 0
	for _, t := range a.tables {
		wide = max(wide, plotLeft+barStep*len(t.Months)+legendWidth)
		high += max(panelHeight, plotTop+legendStep*(2+len(seriesOf(t))))
	}
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">`+"\n", wide, high)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#ffffff"/>`+"\n", wide, high)
	top := 0
	for _, t := range a.tables {
		fmt.Fprintf(&b, `<g transform="translate(0 %d)">`+"\n", top)
		panel(&b, a.title()+" in "+t.Currency, t)
		b.WriteString("</g>\n")
		top += max(panelHeight, plotTop+legendStep*(2+len(seriesOf(t))))
	}
	b.WriteString("</svg>\n")
	return os.WriteFile(file, b.Bytes(), 0o644) //nolint:gosec // A picture for whoever reads the table.
}

// seriesOf are the lines with the most money, the others as one, and what is not allocated.
func seriesOf(t *spend.Table) (out []series) {
	byMoney := slices.Clone(t.Groups)
	slices.SortStableFunc(byMoney, func(a, b *spend.Group) int { return b.Total.Amount.Cmp(&a.Total.Amount) })
	if len(byMoney) > mostSeries {
		var rest spend.Group
		for _, g := range byMoney[mostSeries-1:] {
			rest.Merge(g)
		}
		rest.Keys = []string{fmt.Sprintf("(%d more)", len(byMoney)-mostSeries+1)}
		byMoney = append(byMoney[:mostSeries-1:mostSeries-1], &rest)
	}
	for i, g := range byMoney {
		names := make([]string, len(g.Keys))
		for i, k := range g.Keys {
			names[i] = visible(k)
			if k == "" {
				names[i] = nameless
			}
		}
		out = append(out, series{strings.Join(names, " "), colors[i%len(colors)], g})
	}
	if len(t.Remaining) > 0 {
		out = append(out, series{unallocated, grey, &t.Unplaced})
	}
	return out
}

// heights of a month: what is above zero, and below, where credits are more than what they are for.
func heights(all []series, m spend.Month) (above, below float64) {
	for _, s := range all {
		if v := value(s.group.Months[m]); v > 0 {
			above += v
		} else {
			below -= v
		}
	}
	return above, below
}

// value is an amount as a length.
func value(p *spend.Part) float64 {
	if p == nil {
		return 0
	}
	var one money.Amount
	if err := one.Parse([]byte("1")); err != nil {
		panic(err) // 1 is a number
	}
	return p.Amount.Share(&one)
}

// panel draws one currency.
func panel(b *bytes.Buffer, title string, t *spend.Table) {
	all := seriesOf(t)
	up, down := 0., 0.
	for _, m := range t.Months {
		above, below := heights(all, m)
		up, down = max(up, above), max(down, below)
	}
	scale := plotHeight / max(up+down, 1e-9)
	zero := plotTop + up*scale
	text := func(x, y float64, anchor, s string) {
		fmt.Fprintf(b, `<text x="%.1f" y="%.1f" text-anchor="%s" fill="#222222">%s</text>`+"\n", x, y, anchor, html.EscapeString(s))
	}
	fmt.Fprintf(b, `<text x="12" y="24" font-size="15" fill="#222222">%s</text>`+"\n", html.EscapeString(title))
	for i := range 3 { // the most, half of it, nothing
		y := plotTop + float64(i)*up*scale/2
		fmt.Fprintf(b, `<line x1="%d" y1="%.1f" x2="%d" y2="%.1f" stroke="#dddddd"/>`+"\n", plotLeft, y, plotLeft+barStep*len(t.Months), y)
		text(plotLeft-8, y+4, "end", thousands(fmt.Sprintf("%.2f", up*float64(2-i)/2)))
	}
	for i, m := range t.Months {
		x := float64(plotLeft + i*barStep + (barStep-barWidth)/2)
		above, below := zero, zero
		for _, s := range all {
			v := value(s.group.Months[m])
			h, y := v*scale, above-v*scale
			if v < 0 {
				h, y = -v*scale, below
				below += h
			} else {
				above = y
			}
			if h == 0 {
				continue
			}
			fmt.Fprintf(b, `<rect x="%.1f" y="%.1f" width="%d" height="%.1f" fill="%s"><title>%s</title></rect>`+"\n", x, y, barWidth, h, s.color,
				html.EscapeString(s.name+", "+m.String()+": "+thousands(s.group.Months[m].Amount.Fixed(decimals))))
		}
		if p := t.All.Months[m]; p != nil {
			text(x+barWidth/2., above-6, "middle", thousands(p.Amount.Fixed(decimals)))
		}
		text(x+barWidth/2., max(below, zero)+18, "middle", m.String())
	}
	for i, s := range slices.Backward(all) {
		y := plotTop + float64(len(all)-1-i)*legendStep
		x := plotLeft + barStep*len(t.Months) + 16
		fmt.Fprintf(b, `<rect x="%d" y="%.1f" width="12" height="12" fill="%s"/>`+"\n", x, y, s.color)
		text(float64(x+20), y+10, "start", short(s.name)+"  "+thousands(s.group.Total.Amount.Fixed(decimals)))
	}
}

// short is a name that fits into the legend.
func short(name string) string {
	const most = 30
	if r := []rune(name); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return name
}
