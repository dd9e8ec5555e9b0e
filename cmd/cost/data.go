package main

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/cost/spend"
)

// columnsOf are those of CSV and JSON: what the lines are parted by, and of what is not allocated
// the cloud's service and why.
func columnsOf(a *answer) []string {
	columns := append([]string{"currency", "month"}, a.by...)
	for _, c := range []string{"cloud", "product", "why"} {
		if !slices.Contains(columns, c) {
			columns = append(columns, c)
		}
	}
	return append(columns, "cost", "rows")
}

// each calls with every line that CSV and JSON have, as fields by column.
func each(a *answer, call func(map[string]string) error) error {
	one := func(t *spend.Table, keys []string, g *spend.Group) error {
		for _, m := range t.Months {
			p := g.Months[m]
			if p == nil {
				continue
			}
			fields := map[string]string{
				"currency": t.Currency, "month": m.String(), "cost": p.Amount.String(), "rows": strconv.Itoa(p.Rows),
			}
			for i, k := range keys {
				fields[k] = g.Keys[i]
			}
			if err := call(fields); err != nil {
				return err
			}
		}
		return nil
	}
	for _, t := range a.tables {
		for _, g := range t.Groups {
			if err := one(t, a.by, g); err != nil {
				return err
			}
		}
		for _, g := range t.Remaining {
			if err := one(t, []string{"cloud", "product", "why"}, g); err != nil {
				return err
			}
		}
	}
	return nil
}

func writeCSV(to io.Writer, a *answer) error {
	w := csv.NewWriter(to)
	columns := columnsOf(a)
	if err := w.Write(columns); err != nil {
		return err
	}
	err := each(a, func(fields map[string]string) error {
		line := make([]string, len(columns))
		for i, c := range columns {
			line[i] = fields[c]
			if c != "cost" {
				line[i] = plain(line[i])
			}
		}
		return w.Write(line)
	})
	if err != nil {
		return err
	}
	w.Flush()
	return w.Error()
}

// plain keeps a spreadsheet from taking a name for a formula, and a terminal from acting on it: names
// come from whoever tags a resource (https://owasp.org/www-community/attacks/CSV_Injection).
func plain(text string) string {
	if text = visible(text); text != "" && strings.ContainsRune("=+-@", rune(text[0])) {
		return "'" + text
	}
	return text
}

// writeJSON writes a list, in which a cost is text, so that no reader makes it a binary fraction.
func writeJSON(to io.Writer, a *answer) error {
	list := []map[string]any{}
	columns := columnsOf(a)
	err := each(a, func(fields map[string]string) error {
		line := map[string]any{}
		for _, c := range columns {
			line[c] = fields[c]
		}
		rows, err := strconv.Atoi(fields["rows"])
		line["rows"] = rows
		list = append(list, line)
		return err
	})
	if err != nil {
		return err
	}
	e := json.NewEncoder(to)
	e.SetIndent("", "  ")
	return e.Encode(list)
}
