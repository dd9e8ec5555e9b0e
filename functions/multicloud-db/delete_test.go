package multiclouddb

import (
	"strings"
	"testing"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// step calls the function with what it desired last as what is observed, as
// Crossplane does once a provider has done its work.
func (l *live) step(t *testing.T) *fnv1.RunFunctionResponse {
	t.Helper()
	rsp := l.run(t)
	if fatal(rsp) != "" {
		return rsp
	}
	before := l.request.GetObserved().GetResources()
	l.request.Observed.Resources = map[string]*fnv1.Resource{}
	for name, r := range rsp.GetDesired().GetResources() {
		o := made(r.GetResource())
		if status := object.Get(before[name].GetResource(), "status"); status != nil {
			object.Set(o, status, "status")
		}
		l.request.Observed.Resources[name] = &fnv1.Resource{Resource: o}
	}
	return rsp
}

// guarded says whether the cloud refuses to delete what is desired, and whether the
// cloud's resources outlive the managed ones.
func (l *live) guarded(rsp *fnv1.RunFunctionResponse) (protected, orphan bool) {
	desired := rsp.GetDesired().GetResources()
	o := desired[keyInstance].GetResource()
	switch l.provider {
	case "azure":
		protected = desired[keyLock] != nil
	case "ibm":
		protected, _ = object.Bool(o, "spec", "forProvider", "varmap", "deletion_protection")
	default:
		protected, _ = object.Bool(o, "spec", "forProvider", "deletionProtection")
	}
	return protected, orphaned(o)
}

// TestDeleteInProd plays how a prod database is deleted for good: by the claim's
// annotation, then its deletion; by nothing else. docs/runbooks.md
// has the steps.
func TestDeleteInProd(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		for _, env := range []string{"prod", "mgmt"} {
			t.Run(provider+"/"+env, func(t *testing.T) {
				t.Parallel()
				l := alive(t, provider)
				l.spec = strings.Replace(l.spec, "env: staging", "env: "+env, 1)
				l.request.Observed.Resources = map[string]*fnv1.Resource{}
				l.edit(t)
				want := func(when string, rsp *fnv1.RunFunctionResponse, want bool) {
					t.Helper()
					if got := fatal(rsp); got != "" {
						t.Fatalf("%s: %s", when, got)
					}
					if protected, orphan := l.guarded(rsp); protected != want || orphan != want {
						t.Errorf("%s: protected %t, orphan %t, not %t", when, protected, orphan, want)
					}
				}
				l.step(t)
				object.Set(l.instance(), fromYAML(t, atProvider(provider, "16", 200)), "status", "atProvider")

				l.step(t)
				want("live", l.step(t), true)

				l.edit(t, "profile:", "deletionPolicy: Delete\n  profile:")
				if got, w := fatal(l.step(t)), `spec.deletionPolicy: "Delete" is refused in `+env; !strings.HasPrefix(got, w) {
					t.Errorf("without the annotation: want %q, got %q", w, got)
				}
				for _, value := range []string{"false", "True", "yes", ""} {
					object.Set(l.xr(), value, "metadata", "annotations", claim.AllowDelete)
					if got := fatal(l.step(t)); got == "" {
						t.Errorf("the annotation is %q, and the claim is let go", value)
					}
				}
				l.edit(t)
				want("put back", l.step(t), true)

				object.Set(l.xr(), "true", "metadata", "annotations", claim.AllowDelete)
				first := l.step(t)
				if lock := first.GetDesired().GetResources()[keyLock].GetResource(); lock != nil && orphaned(lock) {
					t.Error("the lock would stay behind in Azure, and nothing could be deleted")
				}
				want("let go", l.step(t), false)
				for name, r := range l.step(t).GetDesired().GetResources() {
					o := r.GetResource()
					if object.String(o, "spec", "forProvider", "deletionPolicy") == "ABANDON" {
						continue // it goes with its instance
					}
					if object.String(o, "kind") != "Secret" && orphaned(o) {
						t.Errorf("%s would stay behind", name)
					}
				}

				l.edit(t) // without the annotation again
				l.step(t)
				want("kept again", l.step(t), true)
			})
		}
	}
}
