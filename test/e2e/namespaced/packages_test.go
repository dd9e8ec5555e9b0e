//go:build e2e && drill

package namespaced

import "testing"

// TestPackages takes the packages to another version and back by kubectl apply. It is by hand,
// since every run has TestUpgrade, which does so from an older commit's packages.
func TestPackages(t *testing.T) { s.Packages(t, s.Live(t)) }

// TestProcesses ends and starts functions, Crossplane and the API server. It is by hand: every run
// has TestKilled on the claims' plane, since a process that ends knows no scope.
func TestProcesses(t *testing.T) { s.Processes(t) }

// TestPinned pins the providers, and changes the versions of a cloud's.
func TestPinned(t *testing.T) { s.Pinned(t) }

// TestRotatedKilled replaces passwords, and ends provider and Crossplane at each step. It is by hand:
// every run has TestRotated.
func TestRotatedKilled(t *testing.T) { s.RotatedKilled(t) }
