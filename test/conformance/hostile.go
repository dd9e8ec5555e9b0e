package conformance

import (
	"context"
	"fmt"
	"maps"
	"math"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/runner"
)

// Bounds of what a hostile request may cost or cause.
const (
	maxSentence = 4096    // bytes of a message on the claim; a condition takes 32 KiB
	maxTimes    = 64      // bytes that are allocated for each byte of a request
	maxBase     = 8 << 20 // bytes that are allocated at any rate
	million     = 1 << 20 // bytes of a long string
	many        = 20_000  // items of a long list
	deep        = 10_000  // levels of an object, more than gRPC lets in
)

// values that have no business in any field.
func values() map[string]*structpb.Value {
	nested := structpb.NewStringValue("x")
	for range deep {
		nested = structpb.NewStructValue(&structpb.Struct{Fields: map[string]*structpb.Value{"a": nested}})
	}
	list := &structpb.ListValue{Values: make([]*structpb.Value, many)}
	object := &structpb.Struct{Fields: make(map[string]*structpb.Value, many)}
	for i := range many {
		list.Values[i] = structpb.NewStringValue("x")
		object.Fields[fmt.Sprint("k", i)] = structpb.NewStringValue("x")
	}
	out := map[string]*structpb.Value{
		"deep": nested, "list": structpb.NewListValue(list), "object": structpb.NewStructValue(object), "null": structpb.NewNullValue(), "none": {},
		"nan": structpb.NewNumberValue(math.NaN()), "inf": structpb.NewNumberValue(math.Inf(1)), "huge": structpb.NewNumberValue(1e308),
		"negative": structpb.NewNumberValue(-1), "bool": structpb.NewBoolValue(true),
		"long key": structpb.NewStructValue(&structpb.Struct{Fields: map[string]*structpb.Value{strings.Repeat("k", million): structpb.NewStringValue("x")}}),
	}
	for name, s := range map[string]string{
		"template": "{{ .observed.composite }}", "hcl": `${file("/etc/passwd")} %{ if true }`, "quote": `x" }` + "\n" + `resource "null" "x" {`,
		"yaml": "x\nkind: Secret\nmetadata:\n  name: y\n---\n", "label": "a/b=c,d in (e)", "shell": "$(id) `id`", "number": "5", "empty": "", "zero": "a\x00b",
		"path": "../../x", "anchor": "&a [*a, *a]", "spaces": "  ", "unicode": "ⅷ\u202e🙂", "long": strings.Repeat("x", million),
	} {
		out[name] = structpb.NewStringValue(s)
	}
	return out
}

// places that somebody outside the platform team could write to, or a provider.
func places(req *fnv1.RunFunctionRequest) map[string]func(*structpb.Value) {
	xr := req.GetObserved().GetComposite().GetResource()
	instance := req.GetObserved().GetResources()["instance"].GetResource()
	out := map[string]func(*structpb.Value){}
	for _, p := range []string{
		"spec", "spec.provider", "spec.type", "spec.profile", "spec.region", "spec.project", "spec.env", "spec.database", "spec.database.engine",
		"spec.database.version", "spec.database.name",
		"spec.database.storageGiB", "spec.database.highAvailability", "spec.database.backupRetentionDays", "spec.deletionPolicy",
		"spec.externalName", "spec.adopt", "spec.entity", "spec.tags", "spec.tags.a",
		"spec.unknown", "spec.claimRef", "spec.claimRef.name", "spec.claimRef.namespace", "spec.compositionSelector",
		"spec.writeConnectionSecretToRef", "spec.writeConnectionSecretToRef.name",
		"metadata", "metadata.name", "metadata.namespace", "metadata.labels", "metadata.labels.team", "metadata.annotations", "status",
		"status.resource", "status.resource.name", "status.resource.version",
	} {
		out["xr."+p] = func(v *structpb.Value) { put(xr, v, p) }
	}
	for _, p := range []string{
		"metadata.annotations", "spec", "spec.forProvider", "spec.forProvider.databaseVersion", "spec.forProvider.settings", "spec.managementPolicies",
		"status", "status.atProvider", "status.atProvider.databaseVersion", "status.atProvider.settings", "status.conditions",
	} {
		out["observed."+p] = func(v *structpb.Value) { put(instance, v, p) }
	}
	out["observed.message"] = func(v *structpb.Value) {
		put(instance, structpb.NewListValue(&structpb.ListValue{Values: []*structpb.Value{structpb.NewStructValue(&structpb.Struct{Fields: map[string]*structpb.Value{
			"type": structpb.NewStringValue("Synced"), "status": structpb.NewStringValue("False"), "message": v,
		}})}}), "status.conditions")
	}
	for _, p := range []string{
		"", "providers", "providers.gcp", "providers.gcp.network", "providers.gcp.regions", "policy", "policy.backupRetentionDays", "profiles",
		"profiles.medium", "profiles.medium.vcpu", "tags", "tags.a",
	} {
		out["settings."+p] = func(v *structpb.Value) {
			delete(req.GetContext().GetFields(), environment)
			put(req.GetContext(), v, strings.TrimSuffix("environment."+p, "."))
		}
	}
	for _, p := range []string{"metadata", "metadata.labels", "spec", "spec.forProvider", "spec.forProvider.settings", "spec.forProvider.settings.userLabels"} {
		out["desired."+p] = func(v *structpb.Value) {
			put(req.GetDesired().GetResources()["their-database"].GetResource(), v, p)
		}
	}
	out["input"] = func(v *structpb.Value) { req.Input = v.GetStructValue() }
	return out
}

func put(o *structpb.Struct, v *structpb.Value, path string) {
	parts := strings.Split(path, ".")
	if parts[0] == "environment" {
		parts[0] = environment
	}
	object.Set(o, v, parts...)
}

// Hostile requests are every value in every place.
func hostile(t testing.TB, visit func(name string, size int, req *fnv1.RunFunctionRequest)) {
	t.Helper()
	names := slices.Sorted(maps.Keys(places(Request(t))))
	base := proto.Size(Request(t))
	for value, v := range values() {
		size := base + proto.Size(v)
		for _, place := range names {
			req := Request(t)
			places(req)[place](v)
			visit(value+" in "+place, size, req)
		}
	}
}

// labelForm is what the API server takes as a label's value.
var labelForm = regexp.MustCompile(`^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$`)

// testHostile holds that whatever a request has in it, it is answered: by a fatal
// result, or harmlessly, in bounded memory.
func testHostile(t *testing.T, f runner.Function) {
	t.Helper()
	var before, after runtime.MemStats
	hostile(t, func(name string, size int, req *fnv1.RunFunctionRequest) {
		in := len(req.GetDesired().GetResources())
		theirs := req.GetDesired().GetResources()["their-database"].GetResource()
		labelled := object.Get(theirs, "metadata") != nil
		runtime.ReadMemStats(&before)
		rsp, err := answer(f, req)
		runtime.ReadMemStats(&after)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > uint64(maxBase+maxTimes*size) {
			t.Errorf("%s: %d bytes are allocated for a request of %d", name, used, size)
		}
		for _, c := range rsp.GetConditions() {
			if len(c.GetMessage()) > maxSentence {
				t.Errorf("%s: condition %s has %d bytes: %.300s", name, c.GetType(), len(c.GetMessage()), c.GetMessage())
			}
		}
		for _, r := range rsp.GetResults() {
			if len(r.GetMessage()) > maxSentence || strings.ContainsAny(r.GetMessage(), "\n\r\x00") {
				t.Errorf("%s: a result of %d bytes, or more than a line: %.300q", name, len(r.GetMessage()), r.GetMessage())
			}
			if r.GetSeverity() == fnv1.Severity_SEVERITY_FATAL {
				return
			}
		}
		if out := len(rsp.GetDesired().GetResources()); out < in {
			t.Errorf("%s: of %d desired resources %d are left", name, in, out)
		}
		for key, r := range rsp.GetDesired().GetResources() {
			if foreign[key] != "" || key == "their-database" && labelled {
				continue
			}
			for label, v := range object.Struct(r.GetResource(), "metadata", "labels").GetFields() {
				if !labelForm.MatchString(v.GetStringValue()) {
					t.Errorf("%s: %s has the label %s=%.80q, which the API server refuses", name, key, label, v.GetStringValue())
				}
			}
		}
	})
}

// answer calls the function, and makes an error of a panic.
func answer(f runner.Function, req *fnv1.RunFunctionRequest) (rsp *fnv1.RunFunctionResponse, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return f.Server.RunFunction(context.Background(), req)
}

// Benchmark measures the slowest of all hostile requests, each by the best of three:
// it is to take less than 50 ms.
func Benchmark(b *testing.B, f runner.Function) {
	b.Helper()
	slowest, name := time.Duration(0), ""
	for range b.N {
		slowest = 0
		hostile(b, func(n string, _ int, req *fnv1.RunFunctionRequest) {
			best := time.Hour
			for range 3 {
				again := proto.CloneOf(req)
				start := time.Now()
				_, _ = answer(f, again) //nolint:errcheck // How long it takes is what matters.
				best = min(best, time.Since(start))
			}
			if best > slowest {
				slowest, name = best, n
			}
		})
	}
	b.ReportMetric(float64(slowest)/float64(time.Millisecond), "ms/slowest")
	b.Log(name)
}
