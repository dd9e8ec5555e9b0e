package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// warmUp is the share of the rounds that is not counted.
const warmUp = 10

// measure calls all servers in turn, each round with another one first, and keeps
// how long each call took.
func measure(ctx context.Context, servers []*server, reqs requests, rounds int) error {
	begins := make([]time.Duration, len(servers))
	for i, s := range servers {
		s.calls, s.served = append(s.calls, make([]time.Duration, 0, rounds)), append(s.served, make([]time.Duration, 0, rounds))
		var err error
		if begins[i], err = worked(s.cmd.Process.Pid); err != nil {
			return err
		}
	}
	for round := -rounds / warmUp; round < rounds; round++ {
		for i := range servers {
			s := servers[(i+round+rounds)%len(servers)]
			req := reqs.first
			if s.later {
				req = reqs.later
			}
			s.codec.took = 0
			begin := time.Now()
			if _, err := s.call(ctx, req); err != nil {
				return err
			}
			took := time.Since(begin)
			if last := len(s.calls) - 1; round >= 0 {
				s.calls[last], s.served[last] = append(s.calls[last], took), append(s.served[last], took-s.codec.took)
			}
		}
	}
	for i, s := range servers {
		ended, err := worked(s.cmd.Process.Pid)
		if err != nil {
			return err
		}
		s.cpu = append(s.cpu, (ended-begins[i])/time.Duration(rounds+rounds/warmUp))
	}
	return nil
}

func share(of, whole time.Duration) float64 { return float64(of) / float64(whole) }

// median of some times, which it sorts.
func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[min(len(times)/2, len(times)-1)]
}

// table writes what was measured, one line for each function: the p50 of a call as its caller sees it, and without
// what the caller takes to write the request and to read the answer. Each ratio is to the no-op of the same step.
func table(servers []*server) string {
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	var cells, out strings.Builder
	cells.WriteString("function\t")
	for _, size := range sizes {
		fmt.Fprintf(&cells, "p50 of %d ms\tratio\tserved ms\tratio\tCPU ms\t", size)
	}
	cells.WriteString("start ms\tidle MiB\tafter MiB\tbinary MiB\t\n")
	floor := servers[0] // of the step
	for _, s := range servers {
		if s.later && !floor.later {
			floor = s
		}
		cells.WriteString(cmp.Or(s.as, strings.TrimPrefix(s.name, "function-")) + "\t")
		for i := range sizes {
			p50, served := median(s.calls[i]), median(s.served[i])
			fmt.Fprintf(&cells, "%.3f\t%.2f\t%.3f\t%.2f\t%.3f\t",
				ms(p50), share(p50, median(floor.calls[i])), ms(served), share(served, median(floor.served[i])), ms(s.cpu[i]))
		}
		fmt.Fprintf(&cells, "%.0f\t%.1f\t%.1f\t%.1f\t\n", ms(median(s.starts)), s.rss, s.after, s.size)
	}
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', tabwriter.AlignRight)
	if _, err := w.Write([]byte(cells.String())); err != nil {
		return err.Error()
	}
	if err := w.Flush(); err != nil {
		return err.Error()
	}
	return out.String()
}
