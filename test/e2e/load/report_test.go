//go:build load

package load

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
	"time"
)

// report prints both results side by side.
func report(t *testing.T, n int, ours, noop result) {
	t.Helper()
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	line := func(cells ...string) { _, _ = w.Write([]byte(strings.Join(cells, "\t") + "\n")) } //nolint:errcheck // A Builder takes everything.
	row := func(what string, f func(result) string) { line(what, f(ours), f(noop)) }
	line(strconv.Itoa(n)+" claims", "ours", "three no-op functions")
	row("composed resources", func(r result) string { return strconv.Itoa(r.resources) })
	row("all claims applied after", func(r result) string { return seconds(r.applied) })
	row("last resource composed after", func(r result) string { return seconds(r.composed) })
	row("claims/s to composed", func(r result) string { return rate(n, r.composed) })
	row("claim to its last resource, p50", func(r result) string { return quantile(r.toComposed, 50) })
	row("claim to its last resource, p99", func(r result) string { return quantile(r.toComposed, 99) })
	row("last claim ready after", func(r result) string { return seconds(r.ready) })
	row("claims/s to ready", func(r result) string { return rate(n, r.ready) })
	row("claim to ready, p50", func(r result) string { return quantile(r.toReady, 50) })
	row("claim to ready, p99", func(r result) string { return quantile(r.toReady, 99) })
	row("reconciles of XRs", func(r result) string { return fmt.Sprint(r.reconciles) })
	row("reconciles per claim", func(r result) string { return fmt.Sprintf("%.1f", r.reconciles/float64(n)) })
	row("calls of a function per claim", func(r result) string { return fmt.Sprintf("%.1f", total(r.calls)/float64(len(r.calls)*n)) })
	row("calls of a function per reconcile", func(r result) string {
		return fmt.Sprintf("%.2f", total(r.calls)/float64(len(r.calls))/r.reconciles)
	})
	for i := range steps {
		row(fmt.Sprintf("step %d, ms in a call", i+1), func(r result) string { return handled(r, i) })
		row(fmt.Sprintf("step %d, CPU s per 1,000 reconciles", i+1), func(r result) string { return cpu(r, functionsOf(r)[i]) })
		row(fmt.Sprintf("step %d, MiB at the end and at most", i+1), func(r result) string { return memory(r, functionsOf(r)[i]) })
	}
	for _, p := range []string{"crossplane", "kube-apiserver", "etcd", "kube-controller-manager"} {
		row(p+", CPU s per 1,000 reconciles", func(r result) string { return cpu(r, p) })
		row(p+", MiB at the end and at most", func(r result) string { return memory(r, p) })
	}
	if err := w.Flush(); err != nil {
		t.Error(err)
	}
	t.Log("\n" + table.String())
}

// functionsOf a result, in the order of the steps.
func functionsOf(r result) []string {
	names := slices.Sorted(maps.Keys(r.calls))
	if slices.Contains(names, steps[0]) {
		return steps
	}
	return names
}

func seconds(d time.Duration) string {
	if d == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

func rate(n int, d time.Duration) string {
	if d == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f", float64(n)/d.Seconds())
}

func quantile(sorted []time.Duration, percent int) string {
	if len(sorted) == 0 {
		return "-"
	}
	return seconds(sorted[min(len(sorted)*percent/100, len(sorted)-1)])
}

func total(m map[string]float64) float64 {
	sum := 0.0
	for _, v := range m {
		sum += v
	}
	return sum
}

func handled(r result, i int) string {
	f := functionsOf(r)[i]
	return fmt.Sprintf("%.2f", r.handling[f]/r.calls[f]*1000)
}

func cpu(r result, process string) string {
	return fmt.Sprintf("%.1f", r.usage[process].CPU.Seconds()/r.reconciles*1000)
}

func memory(r result, process string) string {
	return fmt.Sprintf("%.0f, %.0f", r.usage[process].Memory, r.usage[process].Peak)
}
