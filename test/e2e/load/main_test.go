//go:build load

// Package load measures many claims at once on one machine: make load CLAIMS=1000.
// It judges nothing but that all become ready.
package load

import (
	"os"
	"strconv"
	"testing"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
	"github.com/victor-onl/crossplane-resources/test/e2e/suite"
)

var s *suite.Suite

func TestMain(m *testing.M) { suite.Main(m, "claims", plane.V2, &s) }

// TestLoad applies claims of all clouds, and then as many whose pipeline is three
// functions that do nothing.
func TestLoad(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("CLAIMS"))
	if err != nil || n < 1 {
		t.Fatalf("CLAIMS is %q; say how many claims to apply", os.Getenv("CLAIMS"))
	}
	ours := measure(t, "ours", n, steps, nil)
	noop := measure(t, "noop", n, idle(t), map[string]any{"name": idleComposition})
	report(t, n, ours, noop)
}
