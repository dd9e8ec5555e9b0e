package multiclouddb

import (
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// foundAgain is a claim that is made anew under settings, where its cloud has all that an earlier
// one left, once every part of it may be changed. A change is of what the providers report.
func foundAgain(t *testing.T, head string, left *live, settings string, change func(part string, there *structpb.Struct)) *live {
	t.Helper()
	l := &live{provider: left.provider, spec: left.spec}
	l.request = request(t, head+l.spec, settings, nil)
	for range 4 {
		rsp := l.run(t)
		if got := fatal(rsp); got != "" {
			t.Fatal(got)
		}
		l.apply(rsp)
		for name, r := range l.request.GetObserved().GetResources() {
			left := left.request.GetObserved().GetResources()[name].GetResource()
			if status := object.Struct(left, "status"); status != nil {
				status = proto.CloneOf(status)
				if change != nil {
					change(name, object.Struct(status, "atProvider"))
				}
				object.Set(r.GetResource(), status, "status")
			}
		}
	}
	return l
}

// bothScopes runs a test on a claim and on a namespaced XR.
func bothScopes(t *testing.T, name string, test func(t *testing.T, head string)) {
	t.Helper()
	for scope, head := range scopes {
		t.Run(name+"/"+scope, func(t *testing.T) {
			t.Parallel()
			test(t, head)
		})
	}
}

// apply has what is desired be observed, with what the providers have reported before.
func (l *live) apply(rsp *fnv1.RunFunctionResponse) {
	before := l.request.GetObserved().GetResources()
	l.request.Observed.Resources = map[string]*fnv1.Resource{}
	for name, r := range rsp.GetDesired().GetResources() {
		o := proto.CloneOf(r.GetResource())
		if status := object.Get(before[name].GetResource(), "status"); status != nil {
			object.Set(o, status, "status")
		}
		l.request.Observed.Resources[name] = &fnv1.Resource{Resource: o}
	}
	if status := object.Struct(rsp.GetDesired().GetComposite().GetResource(), "status"); status != nil {
		object.Set(l.xr(), status, "status")
	}
}

// there is what the provider of a part reports.
func (l *live) there(part string) *structpb.Struct {
	return object.Struct(l.request.GetObserved().GetResources()[part].GetResource(), "status", "atProvider")
}

// lacks takes fields out of the report of a part, for once.
func lacks(part string, fields ...string) func(*testing.T, *live) {
	return func(t *testing.T, l *live) {
		t.Helper()
		for _, field := range fields {
			if l.there(part).GetFields()[field] == nil {
				t.Fatalf("%s reports no %s", part, field)
			}
			delete(l.there(part).GetFields(), field)
		}
	}
}

// rotates gives a claim settings in which one word became another, and then other settings, of
// which no report tells yet.
func rotates(settings, from, to, then string) func(*testing.T, *live) {
	return func(t *testing.T, l *live) {
		t.Helper()
		l.settle(t, strings.Replace(settings, from, to, 1))
		rsp := l.run(t)
		if got := fatal(rsp); got != "" {
			t.Fatal(got)
		}
		l.apply(rsp)
		l.settle(t, then)
	}
}
