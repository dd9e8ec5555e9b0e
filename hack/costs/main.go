// Command costs makes the exports in examples/costs: what an invented estate costs on four clouds,
// each as that cloud spells FOCUS, with the tags that the cost-tagger writes. With --hours it makes
// one row an hour of each resource in place of one a month, and with --csv no other files than CSV.
package main

import (
	"flag"
	"log"
	"os"
	"path/filepath"
	"time"
)

func main() {
	out := flag.String("out", "examples/costs", "folder that gets the files")
	hours := flag.Int("hours", 0, "how many hours have rows; 0 for months")
	plain := flag.Bool("csv", false, "write CSV for each cloud, of which none is packed")
	flag.Parse()
	if err := run(*out, *hours, *plain); err != nil {
		log.Fatalf("costs: %v", err)
	}
}

// months that the examples have, the first and how many.
var (
	first = time.Date(2026, time.August, 1, 0, 0, 0, 0, time.UTC)
	many  = 3
)

func run(folder string, hours int, plain bool) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	periods := monthly()
	if hours > 0 {
		periods = hourly(hours)
	}
	for _, c := range clouds {
		write, suffix := c.write, c.suffix
		if plain {
			write, suffix = writeCSV, ".csv"
		}
		f, err := os.Create(filepath.Join(folder, c.file+suffix))
		if err != nil {
			return err
		}
		if err := write(f, c, charges(c, periods)); err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}

// A period is when a charge begins and ends, the bill's month, and the part of a month that it is.
type period struct {
	begin, end, bill time.Time
	part             float64
}

func monthly() (out []period) {
	for i := range many {
		begin := first.AddDate(0, i, 0)
		out = append(out, period{begin, begin.AddDate(0, 1, 0), begin, 1})
	}
	return out
}

func hourly(hours int) (out []period) {
	const ofMonth = 730
	for i := range hours {
		begin := first.Add(time.Duration(i) * time.Hour)
		bill := time.Date(begin.Year(), begin.Month(), 1, 0, 0, 0, 0, time.UTC)
		out = append(out, period{begin, begin.Add(time.Hour), bill, 1. / ofMonth})
	}
	return out
}
