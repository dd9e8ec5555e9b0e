package plane

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// Metrics of a process, by series: a name with its labels, as Prometheus prints it.
type Metrics map[string]float64

// ReadMetrics reads a page of Prometheus metrics.
func ReadMetrics(ctx context.Context, url string) (Metrics, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, fmt.Errorf("cannot ask for metrics: %w", err)
	}
	rsp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, fmt.Errorf("cannot read metrics: %w", err)
	}
	defer rsp.Body.Close() //nolint:errcheck // Read to its end.
	m := Metrics{}
	lines := bufio.NewScanner(rsp.Body)
	for lines.Scan() {
		line := lines.Text()
		i := strings.LastIndexByte(line, ' ')
		if strings.HasPrefix(line, "#") || i < 0 {
			continue
		}
		if v, err := strconv.ParseFloat(line[i+1:], 64); err == nil {
			m[line[:i]] = v
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("cannot read metrics: %w", err)
	}
	return m, nil
}

// Sum of all series of a name that have a label in the form a="b", or of all.
func (m Metrics) Sum(name, label string) float64 {
	sum := 0.0
	for series, v := range m {
		n, labels, _ := strings.Cut(series, "{")
		if n == name && strings.Contains(labels, label) {
			sum += v
		}
	}
	return sum
}

// FunctionMetrics returns the metrics of a function by its package's name.
func (p *Plane) FunctionMetrics(ctx context.Context, name string) (Metrics, error) {
	return ReadMetrics(ctx, p.runtime.metricsURL(name))
}

// Usage is what a process has used so far.
type Usage struct {
	CPU          time.Duration
	Memory, Peak float64 // MiB resident, now and at most
}

// ticks of CPU time in a second, as Linux counts for all programs.
const ticks = 100

// Usage reads what the process uses from Linux.
func (p *Process) Usage() (Usage, error) {
	pid := strconv.Itoa(p.PID())
	stat, err := os.ReadFile("/proc/" + pid + "/stat")
	if err != nil {
		return Usage{}, fmt.Errorf("cannot read what %s uses: %w", p.Name, err)
	}
	status, err := os.ReadFile("/proc/" + pid + "/status")
	if err != nil {
		return Usage{}, fmt.Errorf("cannot read what %s uses: %w", p.Name, err)
	}
	u := Usage{}
	// The fields after the name, which may have spaces: utime and stime are the 12th and 13th.
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	for _, f := range fields[11:13] {
		n, err := strconv.Atoi(f)
		if err != nil {
			return Usage{}, fmt.Errorf("cannot read what %s uses: %w", p.Name, err)
		}
		u.CPU += time.Duration(n) * time.Second / ticks
	}
	for line := range strings.SplitSeq(string(status), "\n") {
		name, value, _ := strings.Cut(line, ":")
		kib, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(value), " kB"), 64)
		if err != nil {
			continue
		}
		switch name {
		case "VmRSS":
			u.Memory = kib / 1024
		case "VmHWM":
			u.Peak = kib / 1024
		}
	}
	return u, nil
}
