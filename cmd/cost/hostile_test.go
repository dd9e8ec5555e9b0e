package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// hostile is a file whose tags and products have what a page, a table and a terminal act on.
func hostile(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "a.csv")
	const text = "BilledCost,EffectiveCost,BillingCurrency,ChargeCategory,ChargePeriodStart,ChargePeriodEnd,BillingPeriodStart,ServiceName,ProviderName,Tags\n" +
		`1,1,USD,Usage,2026-08-01,2026-08-02,2026-08-01,"<script>&` + "\uffff\n" + `",AWS,` + "\n" +
		`1,1,USD,Usage,2026-08-01,2026-08-02,2026-08-01,db,AWS,"{""project"": ""total"", ""env"": ""prod"", ""managed-by"": ""crossplane"",` +
		` ""team"": ""</text><script>\u0000\u001b\u2028""}"` + "\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestHostileNames holds that no name acts on what shows it.
func TestHostileNames(t *testing.T) {
	file, picture := hostile(t), filepath.Join(t.TempDir(), "a.svg")
	want := `Effective cost by the month of use, in USD

domain           team                2026-08
total            </text><script>���     1.00
(not allocated)                         1.00
total                                   2.00

50.0 % of it is allocated. Not allocated:

cloud  product      why      2026-08
aws    <script>&��  no tags     1.00
`
	got := printed(t, "--by", "domain,team", "--svg", picture, file)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want, +got:\n%s", diff)
	}
	b, err := os.ReadFile(picture)
	if err != nil {
		t.Fatal(err)
	}
	wellFormed(t, b)
	if strings.Contains(string(b), "<script") {
		t.Errorf("the picture has a script:\n%s", b)
	}
}

// TestStopped holds that who stops it gets no table of what was read till then.
func TestStopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	var out bytes.Buffer
	err := run(ctx, []string{examples}, &out, io.Discard)
	if err == nil || err.Error() != "was stopped before all was read" || out.Len() > 0 {
		t.Errorf("run(): %v; printed %q", err, out.String())
	}
}

// full is a disk that takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// TestFull holds that what could not be printed is an error, in each format.
func TestFull(t *testing.T) {
	for format := range formats {
		if err := run(t.Context(), []string{"--format", format, examples}, full{}, io.Discard); !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("--format %s on a full disk: %v", format, err)
		}
	}
}

func TestNames(t *testing.T) {
	cases := map[string]struct{ reason, text, plain, visible string }{
		"Plain":    {"A name is shown as it is.", "Cloud SQL", "Cloud SQL", "Cloud SQL"},
		"Formula":  {"A spreadsheet runs what begins with an equals sign.", "=cmd()", "'=cmd()", "=cmd()"},
		"At":       {"A spreadsheet runs what begins with an at sign.", "@SUM(1)", "'@SUM(1)", "@SUM(1)"},
		"Tab":      {"A spreadsheet passes over a tab, and runs what is behind it.", "\t=cmd()", "\ufffd=cmd()", "\ufffd=cmd()"},
		"Terminal": {"A terminal acts on an escape.", "a\x1b[2Jb", "a\ufffd[2Jb", "a\ufffd[2Jb"},
		"Line":     {"A line's end would begin a line of the table.", "a\nb", "a\ufffdb", "a\ufffdb"},
		"Turned":   {"A mark that turns the direction of writing hides what a name is.", "a\u202eb", "a\ufffdb", "a\ufffdb"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff([]string{tc.plain, tc.visible}, []string{plain(tc.text), visible(tc.text)}); diff != "" {
				t.Errorf("\n%s\n%q: -want, +got:\n%s", tc.reason, tc.text, diff)
			}
		})
	}
}
