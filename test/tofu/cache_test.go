//go:build tofu

package tofu

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
)

// TestCacheConfiguration plays what a cache is told, in the provider's JSON.
func TestCacheConfiguration(t *testing.T) {
	t.Parallel()
	w := live(t, modules.Cache.Make(false), cacheVars)
	for _, step := range []struct {
		reason string
		edit   variables
		want   string
		change int
	}{
		{"the policy of memory, and persistence", nil, `{"appendonly":"yes","maxmemory-policy":"allkeys-lru","stop-writes-on-bgsave-error":"yes"}`, 0},
		{
			"another policy, in place",
			variables{"eviction_policy": "volatile-ttl"},
			`{"appendonly":"yes","maxmemory-policy":"volatile-ttl","stop-writes-on-bgsave-error":"yes"}`, 1,
		},
		{
			"no persistence, in place",
			variables{"persistence": false},
			`{"appendonly":"no","maxmemory-policy":"allkeys-lru","stop-writes-on-bgsave-error":"no"}`, 1,
		},
		{
			"persistence over a disk that is still small only grows the disk",
			variables{"persistence": true, "disk_grown": false, "disk_mb": 32768},
			`{"appendonly":"no","maxmemory-policy":"allkeys-lru","stop-writes-on-bgsave-error":"no"}`, 1,
		},
		{
			"persistence once the disk is there",
			variables{"disk_mb": 32768},
			`{"appendonly":"yes","maxmemory-policy":"allkeys-lru","stop-writes-on-bgsave-error":"yes"}`, 1,
		},
	} {
		if r := w.apply(t, cacheVars.with(step.edit)); r.String() != (result{change: step.change}).String() {
			t.Fatalf("%s: want %d to change, got %s", step.reason, step.change, r)
		}
		if diff := cmp.Diff(step.want, w.state(t, atServer)["configuration"]); diff != "" {
			t.Errorf("%s: -want, +got:\n%s", step.reason, diff)
		}
		quiet(t, w, cacheVars.with(step.edit))
	}
}

// TestCacheUnknownKey holds that the stand-in refuses what the provider refuses.
func TestCacheUnknownKey(t *testing.T) {
	t.Parallel()
	for service, s := range map[string]struct {
		module, old, replacement string
		vars                     variables
		want                     string
	}{
		"a key that Redis has not": {
			modules.Cache.Make(false), `"maxmemory-policy" `, `"maxmemory_policy" `, cacheVars, "configuration contained invalid field(s): [maxmemory_policy]",
		},
		"a key of another service": {
			modules.Queue.Make(false), "  deletion_protection       = var.deletion_protection\n",
			"  deletion_protection = var.deletion_protection\n  configuration = jsonencode({ appendonly = \"yes\" })\n", queueVars,
			"configuration contained invalid field(s): [appendonly]",
		},
		"a version that is not offered": {modules.Cache.Make(false), "", "", cacheVars.with(variables{"engine_version": "6.0"}), "version 6.0 is not offered"},
	} {
		t.Run(service, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, strings.Replace(s.module, s.old, s.replacement, 1))
			if r := w.apply(t, s.vars); !r.says(s.want) || w.state(t, atServer) != nil {
				t.Errorf("want an error with %q and no server, got %s", s.want, r)
			}
		})
	}
}
