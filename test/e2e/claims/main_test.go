//go:build e2e

// Package claims runs the claims' Configuration on Crossplane 2.4.0.
package claims

import (
	"testing"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
	"github.com/victor-onl/crossplane-resources/test/e2e/suite"
)

var s *suite.Suite

func TestMain(m *testing.M) { suite.Main(m, "claims", plane.V2, &s) }

// TestExamples applies all example claims.
func TestExamples(t *testing.T) { s.Examples(t) }

// TestPolicies has people of every role, ArgoCD and Crossplane try what the policies keep.
func TestPolicies(t *testing.T) { s.Policies(t) }

// TestGuard edits live claims.
func TestGuard(t *testing.T) { s.Guard(t) }

// TestSettings deletes, breaks and restores the settings.
func TestSettings(t *testing.T) { s.Settings(t) }

// TestParts takes away the settings of a composed network.
func TestParts(t *testing.T) { s.Parts(t) }

// TestRejected has the clouds refuse.
func TestRejected(t *testing.T) { s.Rejected(t) }

// TestCorrected has people get fields wrong, and put them right.
func TestCorrected(t *testing.T) { s.Corrected(t) }

// TestFailover has Azure swap servers and their standbys.
func TestFailover(t *testing.T) { s.Failover(t) }

// TestTuned has somebody set parameters of groups by hand.
func TestTuned(t *testing.T) { s.Tuned(t) }

// TestParameters tunes live databases by their claims.
func TestParameters(t *testing.T) { s.Parameters(t) }

// TestGrow grows disks to where RDS stripes them.
func TestGrow(t *testing.T) { s.Grow(t) }

// TestPassword deletes the Secrets of passwords.
func TestPassword(t *testing.T) { s.Password(t) }

// TestRotated replaces the password of a live database, whose provider ends meanwhile.
func TestRotated(t *testing.T) { s.Rotated(t) }

// TestRestore restores live databases into new claims.
func TestRestore(t *testing.T) { s.Restore(t) }

// TestKilled kills the function that composes in the middle of a reconcile.
func TestKilled(t *testing.T) { s.Killed(t) }

// TestBoth installs the other Configuration too.
func TestBoth(t *testing.T) { s.Both(t) }

// TestQuiet waits for writes that nobody asked for.
func TestQuiet(t *testing.T) { s.Quiet(t) }

// TestBucket makes buckets, edits, finds and deletes them.
func TestBucket(t *testing.T) { s.Bucket(t) }

// TestCaches makes caches and queues, edits and deletes them.
func TestCaches(t *testing.T) { s.Caches(t) }

// TestAdopt takes over a database whose owner says its login, and clusters.
func TestAdopt(t *testing.T) { s.Adopt(t) }

// TestCluster makes, upgrades and deletes a cluster.
func TestCluster(t *testing.T) { s.Cluster(t) }

// TestDelivery has connection Secrets pushed to a store.
func TestDelivery(t *testing.T) { s.Delivery(t) }

// TestDeletion deletes all claims.
func TestDeletion(t *testing.T) { s.Deletion(t) }

// TestUpgrade takes the packages from an older commit's to ours, and back, where it leaves
// them: it is the last test.
func TestUpgrade(t *testing.T) { s.Upgrade(t) }
