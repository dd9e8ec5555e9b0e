// Package matrix holds that one claim means the same on every cloud: for every
// provider, engine, scope and env, through all three functions as they run.
package matrix

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/render"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

var renderer *render.Renderer

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	root, err := filepath.Abs("../..")
	if err == nil {
		err = os.Setenv("FUNCTION_TODAY", "2026-11-27") // no version of the tests has ended then
	}
	if err == nil {
		renderer, err = render.Start(context.Background(), root, "", "")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "cannot start the functions; run make test, which builds them:", err)
		return 1
	}
	defer renderer.Close()
	return m.Run()
}

// profiles by their meaning, the least that every cloud gives: vCPU, GiB of
// memory, GiB of disk.
var profiles = map[string][3]float64{
	"nano": {0.5, 1.7, 32}, "small": {1, 4, 64}, "medium": {4, 16, 128}, "large": {8, 32, 512}, "xlarge": {16, 64, 1024},
}

func TestMeaning(t *testing.T) {
	checker, err := crds.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range everyProfile() {
		t.Run(c.String()+"/"+c.profile, func(t *testing.T) {
			rsp := c.run(t, full, nil)
			if got := render.Fatal(rsp); got != "" {
				t.Fatal(got)
			}
			first := rsp.GetDesired().GetResources()
			rsp = c.run(t, full, c.observe(t, first))
			if got := render.Fatal(rsp); got != "" {
				t.Fatal(got)
			}
			desired := rsp.GetDesired().GetResources()
			for name, r := range desired {
				if err := checker.Check(named(r, name, c.scope)); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
			c.hold(t, c.read(desired))
			if diff := cmp.Diff(c.keys(), c.published(rsp)); diff != "" {
				t.Errorf("keys of the connection secret: -want, +got:\n%s", diff)
			}
			for _, condition := range rsp.GetConditions() {
				if condition.GetStatus() != fnv1.Status_STATUS_CONDITION_TRUE && condition.GetReason() != "Creating" {
					t.Errorf("condition %s is %s: %s", condition.GetType(), condition.GetReason(), condition.GetMessage())
				}
			}
		})
	}
}

// allTrue holds that every condition is True, as that of a claim with all of its parts is.
func allTrue(t *testing.T, rsp *fnv1.RunFunctionResponse) {
	t.Helper()
	for _, condition := range rsp.GetConditions() {
		if condition.GetStatus() != fnv1.Status_STATUS_CONDITION_TRUE {
			t.Errorf("condition %s is %s: %s", condition.GetType(), condition.GetReason(), condition.GetMessage())
		}
	}
}

// everyProfile is every cell with every profile.
func everyProfile() []cell {
	var out []cell
	for _, c := range cells() {
		for _, c.profile = range slices.Sorted(maps.Keys(profiles)) {
			out = append(out, c)
		}
	}
	return out
}

// least is what a cloud has of an engine where less is asked for: IBM has no
// cluster of one member, and keeps backups for as long as it does.
var least = map[string]meaning{
	"azure/postgres": {retentionDays: 7},
	"ibm/postgres":   {retentionDays: 30, ha: true},
	"ibm/mysql":      {retentionDays: 30, ha: true},
}

// hold a meaning against what the claim asks for.
func (c cell) hold(t *testing.T, got meaning) {
	t.Helper()
	p, keep := profiles[c.profile], c.env == "prod" || c.env == "mgmt"
	if got.vcpu < p[0] || got.memoryGiB < p[1] {
		t.Errorf("%s has %g vCPU and %g GiB, at least %g and %g are meant", c.profile, got.vcpu, got.memoryGiB, p[0], p[1])
	}
	if got.storageGiB != p[2] {
		t.Errorf("%s has %g GiB of disk, not %g", c.profile, got.storageGiB, p[2])
	}
	least := least[c.provider+"/"+c.engine]
	if got.ha != (keep || least.ha) {
		t.Errorf("high availability is %t", got.ha)
	}
	if days := max(map[string]float64{"dev": 1, "staging": 7, "prod": 30, "mgmt": 30}[c.env], least.retentionDays); got.retentionDays != days {
		t.Errorf("backups are kept for %g days, not %g", got.retentionDays, days)
	}
	if !got.closed {
		t.Error("it is reached from outside, or without TLS")
	}
	if got.protected != keep || got.orphan != keep {
		t.Errorf("protected %t, orphan %t", got.protected, got.orphan)
	}
}

// keys of the connection secret, the same everywhere, and the authority's
// certificate where the provider gives one.
func (c cell) keys() []string {
	keys := []string{"database", "host", "password", "port", "sslmode", "uri", "username"}
	if c.provider == "gcp" || c.provider == "ibm" {
		keys = append([]string{"ca.crt"}, keys...)
	}
	return keys
}

// published are the keys of the connection secret, which a claim gets by its
// connection details and a namespaced XR as a Secret.
func (c cell) published(rsp *fnv1.RunFunctionResponse) []string {
	if c.scope == render.ScopeClaim {
		return slices.Sorted(maps.Keys(rsp.GetDesired().GetComposite().GetConnectionDetails()))
	}
	return slices.Sorted(maps.Keys(object.Struct(rsp.GetDesired().GetResources()["connection"].GetResource(), "data").GetFields()))
}

// named gives a desired object the name and namespace that Crossplane would.
func named(r *fnv1.Resource, name, scope string) map[string]any {
	o := r.GetResource().AsMap()
	meta, ok := o["metadata"].(map[string]any)
	if !ok {
		meta = map[string]any{}
		o["metadata"] = meta
	}
	if meta["name"] == nil {
		meta["name"] = strings.ReplaceAll(name, "_", "-")
	}
	if scope == render.ScopeNamespaced {
		meta["namespace"] = "payments-prod-infra"
	}
	return o
}
