package multiclouddb

import (
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/modules"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/types"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// outputsOf is what a module tells of a server that is as its variables say.
func outputsOf(t *testing.T, o *structpb.Struct) *structpb.Struct {
	t.Helper()
	out := map[string]any{"members": 2, "host_flavor": "multitenant"}
	maps.Copy(out, object.Struct(o, "spec", "forProvider", "varmap").AsMap())
	if out["persistence"] == true {
		out["persistence"] = out["disk_grown"]
	}
	delete(out, "disk_grown")
	delete(out, "allowlist")
	there, err := structpb.NewStruct(map[string]any{"outputs": out})
	if err != nil {
		t.Fatal(err)
	}
	return there
}

// TestCacheDiskFirst holds that persistence which is turned on later waits until the disk
// that the step which sizes asks for is there, and that nothing else waits.
func TestCacheDiskFirst(t *testing.T) {
	t.Parallel()
	const off, on = "persistence: false", "persistence: true"
	persists := func(l *live) []any {
		rsp := l.run(t)
		if got := fatal(rsp); got != "" {
			t.Fatal(got)
		}
		return []any{cacheAt(rsp, "varmap", "persistence"), cacheAt(rsp, "varmap", "disk_grown")}
	}
	// sizes writes the disk that was asked for, and the one that is there.
	sizes := func(l *live, asked, there int) {
		object.Set(l.instance(), asked, "spec", "forProvider", "varmap", "disk_mb")
		l.reported(there, "outputs", "disk_mb")
	}
	made := aliveCache(t, "ibm", settingsCache)
	if diff := cmp.Diff([]any{true, true}, persists(made)); diff != "" {
		t.Errorf("a cache that is made with persistence: -want, +got:\n%s", diff)
	}
	l := aliveCache(t, "ibm", settingsCache, on, off)
	sizes(l, 5120, 5120)
	if diff := cmp.Diff([]any{false, true}, persists(l)); diff != "" {
		t.Errorf("a cache without persistence: -want, +got:\n%s", diff)
	}
	l.edit(t, off, on)
	if diff := cmp.Diff([]any{true, false}, persists(l)); diff != "" {
		t.Errorf("the disk that is there was asked for without persistence in mind: -want, +got:\n%s", diff)
	}
	if says := composedAs(l.run(t)).GetMessage(); !strings.Contains(says, "persistence waits for the disk") {
		t.Errorf("Composed says %q", says)
	}
	object.Set(l.instance(), true, "spec", "forProvider", "varmap", "persistence")
	object.Set(l.instance(), false, "spec", "forProvider", "varmap", "disk_grown")
	for _, step := range []struct {
		reason       string
		asked, there int
		grown        bool
	}{
		{"The disk has not grown.", 8192, 5120, false},
		{"The disk has grown in part.", 8192, 6144, false},
		{"The disk is there.", 8192, 8192, true},
		{"Somebody made the disk larger.", 8192, 16384, true},
	} {
		sizes(l, step.asked, step.there)
		if diff := cmp.Diff([]any{true, step.grown}, persists(l)); diff != "" {
			t.Errorf("\n%s\n-want, +got:\n%s", step.reason, diff)
		}
	}
	l.reported(true, "outputs", "persistence")
	sizes(l, 32768, 8192)
	if diff := cmp.Diff([]any{true, true}, persists(l)); diff != "" {
		t.Errorf("persistence that is on stays on while a larger disk is made: -want, +got:\n%s", diff)
	}
}

// TestCacheAdoptedDisk holds that a cache that was there gets no persistence over a disk that
// is too small for it: the step that sizes leaves its size alone.
func TestCacheAdoptedDisk(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		reason, there string
		grown         bool
	}{
		"Small":      {"A disk of the memory's size does not hold the data twice.", "{outputs: {disk_mb: 4096}}", false},
		"Large":      {"A disk of twice the memory does.", "{outputs: {disk_mb: 8192}}", true},
		"Dedicated":  {"The name of a host says its memory.", "{outputs: {host_flavor: b3c.4x16.encrypted, memory_mb: null, disk_mb: 20480}}", false},
		"LargeHost":  {"A host of 16 GiB needs a disk of 32.", "{outputs: {host_flavor: b3c.4x16.encrypted, memory_mb: null, disk_mb: 32768}}", true},
		"Unknown":    {"Nobody knows how much memory there is.", `{outputs: {host_flavor: "", memory_mb: null, disk_mb: 1048576}}`, false},
		"IsOn":       {"It was turned on before.", "{outputs: {persistence: true, disk_mb: 4096}}", true},
		"WithoutAny": {"It was never told.", "{outputs: {disk_mb: null}}", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := adoptedCache(t, "ibm", "Manage", tc.there)
			l.edit(t, "  profile:", "  cache: {persistence: true}\n  profile:")
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			if diff := cmp.Diff([]any{true, tc.grown}, []any{cacheAt(rsp, "varmap", "persistence"), cacheAt(rsp, "varmap", "disk_grown")}); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
			if got := cacheAt(rsp, "varmap", "eviction_policy"); got != nil {
				t.Errorf("\n%s\nthe eviction policy becomes %v, which nobody asked for", tc.reason, got)
			}
		})
	}
}

// TestServersRecognized holds that a Workspace which lost its record is known by its service,
// whatever it does, and a database's also without one.
func TestServersRecognized(t *testing.T) {
	t.Parallel()
	for varmap, want := range map[string]string{
		"{service: databases-for-redis, plan: standard}":           "cache",
		"{service: databases-for-redis, name: x}":                  "cache",
		"{service: messages-for-rabbitmq, plan: standard, crn: x}": "queue",
		"{service: databases-for-mysql, plan: standard-gen2}":      "database",
		"{service: databases-for-postgresql, plan: standard}":      "database",
		"{name: x, location: eu-de}":                               "database",
		"{bucket_name: x}":                                         "bucket",
		"{service: databases-for-valkey, plan: standard-gen2}":     "",
	} {
		o := fromYAML(t, "{apiVersion: opentofu.upbound.io/v1beta1, kind: Workspace, spec: {forProvider: {varmap: "+varmap+"}}}")
		if _, got := types.Recognize(o); got != want {
			t.Errorf("%s: it is a %q, want a %q", varmap, got, want)
		}
	}
}

// TestCacheModules holds which module a cache on IBM Cloud gets, with what it is told.
func TestCacheModules(t *testing.T) {
	t.Parallel()
	without := strings.Replace(settingsCache, ", allowedCIDRs: [10.0.0.0/16]}}}\n", "}}}\n", 1)
	looked := adoptedCache(t, "ibm", "Observe", "{}")
	for name, tc := range map[string]struct {
		live   *live
		module string
		want   map[string]any
	}{
		"Made":    {aliveCache(t, "ibm", without), modules.Cache.Make(false), map[string]any{"engine_version": "8.2"}},
		"Allowed": {aliveCache(t, "ibm", settingsCache), modules.Cache.Make(true), map[string]any{"allowlist": []any{"10.0.0.0/16"}}},
		"Looked":  {looked, modules.Cache.Observe(), map[string]any{"name": "theirs", "service": "databases-for-redis"}},
		"Adopted": {adoptedCache(t, "ibm", "Manage", "{}"), modules.Cache.Import(), map[string]any{"name": "theirs"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := composed(tc.live.run(t))
			if body["module"] != tc.module {
				t.Error("it has another module")
			}
			got := map[string]any{}
			for key := range tc.want {
				got[key] = body["varmap"].(map[string]any)[key]
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("variables: -want, +got:\n%s", diff)
			}
		})
	}
	if cacheAt(looked.run(t), "varmap", "plan") != nil {
		t.Error("a look is told a plan, by which it would be taken for a takeover")
	}
}

// TestCacheUnfitIBM holds that a server of a plan which IBM's provider does not import is
// looked at, and never taken over.
func TestCacheUnfitIBM(t *testing.T) {
	t.Parallel()
	l := adoptedCache(t, "ibm", "Manage", "{outputs: {plan: enterprise}}")
	rsp := l.run(t)
	if c := composedAs(rsp); !strings.Contains(c.GetMessage(), `has the plan "enterprise"`) || cacheAt(rsp, "module") != modules.Cache.Observe() {
		t.Errorf("Composed is %s: %s", c.GetReason(), c.GetMessage())
	}
}
