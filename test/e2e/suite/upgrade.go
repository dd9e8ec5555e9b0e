package suite

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/victor-onl/crossplane-resources/test/e2e/plane"
)

// The commit whose packages are upgraded from, and their version, as the Makefile builds
// them of that commit's own sources.
const (
	from     = "1e0b2e9"
	released = "v0.0.1"
)

// later are the keys of settings that the older packages do not know, and refuse.
//
//nolint:gochecknoglobals // A constant.
var later = []string{
	"bucketNameSalt", "storageUseEntra", "bucket", "controlPlane", "adopt", "allowed", "cache", "queue", "cluster", "projectID", "projectNumber", "accountID",
}

// Upgrade takes all packages from those of an older commit to ours under live claims of
// both, and back. The older Configuration depends on the functions, so that it goes first on
// the way up, and last on the way back: while a function changes versions under it,
// Crossplane installs that function a second time. Whichever packages run, they ask for
// the same, and the clouds are only read. The older packages are left there.
func (s *Suite) Upgrade(t *testing.T) {
	dir := must(filepath.Abs(filepath.Join(Root, ".cache", "xpkg", from)))(t)
	if _, err := os.Stat(dir); err != nil {
		t.Fatalf("%s is missing, with the packages of commit %s that are upgraded from: make e2e builds them unless the clone is shallow; "+
			"run git fetch --unshallow, then make e2e", dir, from)
	}
	s.do(t, func() error { return s.PushOurs(dir, released) })

	s.clearBuckets(t) // which the older packages do not know, nor caches, queues and clusters
	s.removeWhole(t, s.there(t, served(t))...)
	claims := slices.DeleteFunc(s.Live(t), s.allows)
	s.older(t)
	s.look(t, claims)
	before := s.asked(t, claims)
	t.Run("Back", func(t *testing.T) {
		s.take(t, s.Return, released, claims)
		s.same(t, before, claims, dropWindows, dropInsights, dropPlace)
	})
	t.Run("Made", func(t *testing.T) { claims = append(claims, s.madeByReleased(t)...) })
	before = s.asked(t, claims)
	t.Run("Up", func(t *testing.T) {
		s.do(t, func() error { return s.Doubled(t.Context(), released) })
		s.take(t, s.Leave, Version, claims)
		s.same(t, before, claims, dropInsights, dropPlace)
	})
	t.Run("BackAgain", func(t *testing.T) {
		s.take(t, s.Return, released, claims)
		s.same(t, before, claims, dropInsights, dropPlace)
	})
}

// madeByReleased applies a claim of each cloud, one whose network is composed too, and has
// them become ready under the older packages.
func (s *Suite) madeByReleased(t *testing.T) []*unstructured.Unstructured {
	t.Helper()
	var made []*unstructured.Unstructured
	for _, name := range []string{"cloudsql-main", "rds-ledger", "azure-main", "azure-ledger", "ibm-main"} {
		c := Example(t, "payments-prod-infra/"+name, "released-"+name)
		s.Apply(t, c)
		made = append(made, c)
	}
	s.WaitReady(t, made...)
	return append(made, s.ownNetwork(t, later...))
}

// older takes the keys out of all settings that the older packages do not know.
func (s *Suite) older(t *testing.T) {
	t.Helper()
	all := must(s.Client.List(t.Context(), plane.Kind("apiextensions.crossplane.io/v1beta1", "EnvironmentConfig"), "", ""))(t)
	for _, o := range all {
		drop(o.Object, later)
		dropNetworks(o)
		if _, err := s.Client.Update(t.Context(), o); err != nil {
			t.Fatal(err)
		}
	}
}

// drop takes keys out of a value, wherever they are.
func drop(v any, keys []string) {
	switch v := v.(type) {
	case map[string]any:
		for _, key := range keys {
			delete(v, key)
		}
		for _, item := range v {
			drop(item, keys)
		}
	case []any:
		for _, item := range v {
			drop(item, keys)
		}
	}
}

// dropNetworks takes the networks of IBM Cloud out of settings: the older packages know no
// regions there but by their keys, which the examples do not have.
func dropNetworks(settings *unstructured.Unstructured) {
	unstructured.RemoveNestedField(settings.Object, "data", "providers", "ibm", "regions")
}

// allows reports whether a claim is of a cloud on which the older packages drop the
// networks that ours let in.
func (*Suite) allows(claim *unstructured.Unstructured) bool {
	return Get(claim, "spec", "provider") == "ibm" && claim.GetNamespace() == "payments-prod-infra"
}

// take has all packages be of a version, and the functions look at all claims. Crossplane
// installs a function a second time, if it does, within seconds after that one changed its
// version: at the end there is none.
func (s *Suite) take(
	t *testing.T, way func(context.Context, string, string) error, version string, claims []*unstructured.Unstructured,
) {
	t.Helper()
	start := time.Now()
	s.do(t, func() error { return way(t.Context(), s.Scope, version) })
	t.Logf("all packages are of %s after %s", version, time.Since(start).Round(time.Second))
	for range 2 { // the first may have begun before
		s.look(t, claims)
	}
	s.WaitReady(t, claims...)
	s.do(t, func() error { return s.Once(t.Context()) })
}
