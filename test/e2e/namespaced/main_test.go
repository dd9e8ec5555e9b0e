//go:build e2e

// Package namespaced runs the namespaced XRs' Configuration on Crossplane 2.4.0.
package namespaced

import (
	"testing"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
	"github.com/victor-onl/crossplane-resources/test/e2e/suite"
)

var s *suite.Suite

func TestMain(m *testing.M) { suite.Main(m, "namespaced", plane.V2, &s) }

// TestExamples applies all examples as XRs.
func TestExamples(t *testing.T) { s.Examples(t) }

// TestGuard edits live claims.
func TestGuard(t *testing.T) { s.Guard(t) }

// TestSettings deletes, breaks and restores the settings.
func TestSettings(t *testing.T) { s.Settings(t) }

// TestRejected has the clouds refuse.
func TestRejected(t *testing.T) { s.Rejected(t) }

// TestPassword deletes the Secrets of passwords.
func TestPassword(t *testing.T) { s.Password(t) }

// TestQuiet waits for writes that nobody asked for.
func TestQuiet(t *testing.T) { s.Quiet(t) }

// TestDeletion deletes all claims.
func TestDeletion(t *testing.T) { s.Deletion(t) }
