//go:build e2e && drill

// Package onecloud runs the claims' Configuration for Google Cloud alone on Crossplane 2.4.0. It
// is by hand, since it takes a control plane of its own: make e2e E2E=onecloud DRILL=1.
package onecloud

import (
	"testing"

	"github.com/victor-onl/crossplane-resources/test/e2e/suite"
)

var s *suite.Suite

func TestMain(m *testing.M) { suite.MainOf(m, "claims", "gcp", &s) }

// TestOneCloud has claims of two clouds where one is installed, then both, then one again.
func TestOneCloud(t *testing.T) { s.OneCloud(t, "gcp", "cloudsql-main", "rds-main") }

// TestPinned pins and locks that cloud's providers.
func TestPinned(t *testing.T) { s.Pinned(t) }
