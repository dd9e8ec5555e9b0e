//go:build e2e

// Package gitops builds control planes from the repositories in examples/gitops.
package gitops

import (
	"testing"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
	"github.com/victor-onl/crossplane-resources/test/e2e/suite"
)

// TestRebuilt loses a control plane, and builds it again from Git and a backup.
func TestRebuilt(t *testing.T) { suite.Rebuilt(t, plane.V2) }
