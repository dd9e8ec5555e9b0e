package multiclouddb

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestUnchanged holds that an unchanged claim is never refused, whatever the cloud
// did to its database, and however little is left to judge by; and that nothing of
// it moves.
func TestUnchanged(t *testing.T) {
	t.Parallel()
	happened := map[string]func(*testing.T, *live){
		"Nothing":  func(*testing.T, *live) {},
		"Upgraded": func(t *testing.T, l *live) { l.happen(t, "17", 200) },
		"Grown":    func(t *testing.T, l *live) { l.happen(t, "16", 300) },
		"Both":     func(t *testing.T, l *live) { l.happen(t, "17", 300) },
		"Silent":   func(t *testing.T, l *live) { object.Set(l.instance(), fromYAML(t, "{id: x}"), "status", "atProvider") },
		"Noticed": func(t *testing.T, l *live) { // what runs stands in the spec by now
			l.happen(t, "17", 300)
			next := l.run(t).GetDesired().GetResources()[keyInstance].GetResource()
			object.Set(l.instance(), object.Get(next, "spec"), "spec")
		},
	}
	for _, provider := range cloud.Providers {
		for name, happen := range happened {
			for loss, lose := range losses {
				t.Run(provider+"/"+name+"/"+loss, func(t *testing.T) {
					t.Parallel()
					l := alive(t, provider)
					happen(t, l)
					lose(l)
					rsp := l.run(t)
					if got := fatal(rsp); got != "" {
						t.Fatal(got)
					}
					for key := range l.request.GetObserved().GetResources() {
						if rsp.GetDesired().GetResources()[key] == nil {
							t.Errorf("%s is no longer desired", key)
						}
					}
					was, is := askedOf(l.instance()), askedOf(rsp.GetDesired().GetResources()[keyInstance].GetResource())
					if !notOlder(was.version, is.version) || was.region != is.region || was.engine != is.engine || was.name != is.name {
						t.Errorf("moved: %+v, then %+v", was, is)
					}
				})
			}
		}
	}
}

// TestFloor holds that without a record a version or disk that the cloud has is
// kept, and no reason to refuse: it may have come to it by itself.
func TestFloor(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			l := alive(t, provider)
			l.happen(t, "17", 300)
			object.Set(l.instance(), object.Get(l.run(t).GetDesired().GetResources()[keyInstance].GetResource(), "spec"), "spec")
			disk := 300 // as the sizer writes what it sees
			if forms[strings.TrimSuffix(group(l.instance()), ".upbound.io")].diskUnit == mbPerGiB {
				disk *= mbPerGiB
			}
			object.Set(l.instance(), disk, append([]string{"spec", "forProvider"}, diskOf[provider]...)...)
			losses["Both"](l)
			l.edit(t) // the status is gone, the spec as it was
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			if got := askedOf(rsp.GetDesired().GetResources()[keyInstance].GetResource()).version; got != "17" {
				t.Errorf("version %s is asked for, below what runs", got)
			}
		})
	}
}

// TestDefaultsStay holds that a claim that leaves fields out stays as it was made,
// whatever the defaults are today.
func TestDefaultsStay(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		for loss, lose := range losses {
			t.Run(provider+"/"+loss, func(t *testing.T) {
				t.Parallel()
				l := alive(t, provider)
				lose(l)
				l.edit(t, `version: "16", `, "", "  region: eu-west\n", "", ", storageGiB: 200", "")
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				was, is := askedOf(l.instance()), askedOf(rsp.GetDesired().GetResources()[keyInstance].GetResource())
				if was.version != is.version || was.region != is.region {
					t.Errorf("moved: %+v, then %+v", was, is)
				}
			})
		}
	}
}

// TestNeverProvisioned holds that a claim whose database was never made may change
// freely.
func TestNeverProvisioned(t *testing.T) {
	t.Parallel()
	states := map[string]string{
		"Refused": `{conditions: [{type: Synced, status: "False", reason: ReconcileError, message: quota}]}`,
		"Failed":  `{conditions: [{type: Synced, status: "True"}, {type: LastAsyncOperation, status: "False", reason: AsyncCreateFailure}]}`,
		"Unseen":  `{}`,
	}
	for state, status := range states {
		for name, tc := range refusals {
			if name == "Type" {
				continue // nothing composes it
			}
			t.Run(state+"/"+name, func(t *testing.T) {
				t.Parallel()
				l := alive(t, "gcp")
				object.Set(l.instance(), fromYAML(t, status), "status")
				if state != "Failed" {
					delete(object.Struct(l.instance(), "metadata", "annotations").GetFields(), createSucceeded)
				}
				l.edit(t, slices.Concat(tc.edit, map[string][]string{"Engine": {`"16"`, `"8.4"`}, "ProviderToo": {`"14"`, `"16"`}}[name])...)
				if name == "ProviderToo" {
					l.edit(t, "provider: gcp", "provider: ibm")
				}
				if got := fatal(l.run(t)); got != "" {
					t.Errorf("\n%s\nRunFunction(): refused, though nothing lives: %s", tc.reason, got)
				}
			})
		}
	}
}

// TestRecreated holds that an XR that is made anew finds the same external names.
func TestRecreated(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		l := alive(t, provider)
		again := request(t, strings.Replace(xrHead, "x7k2p", "zzzzz", 1)+l.spec, "", nil)
		rsp := run(t, again)
		for key, r := range l.request.GetObserved().GetResources() {
			was, is := r.GetResource(), rsp.GetDesired().GetResources()[key].GetResource()
			for _, path := range [][]string{{"metadata", "annotations", "crossplane.io/external-name"}, {"spec", "forProvider", "identifier"}, {"metadata", "name"}} {
				if diff := cmp.Diff(object.String(was, path...), object.String(is, path...)); diff != "" {
					t.Errorf("%s: %s of the XR made anew: -was, +is:\n%s", provider, key, diff)
				}
			}
		}
	}
}
