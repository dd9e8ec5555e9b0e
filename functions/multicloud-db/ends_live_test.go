package multiclouddb

import (
	"testing"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// longAfter is a day on which the support of every version of these tests has ended.
const longAfter = "2035-01-01"

// TestEndedLives holds that a database which is there is refused for no day, nor moved to another
// version by one, whatever is left of its record: only what is surely new is refused.
func TestEndedLives(t *testing.T) {
	t.Parallel()
	unrecorded := func(l *live) {
		annotations := object.Struct(l.instance(), "metadata", "annotations")
		delete(annotations.GetFields(), requested+"version")
	}
	unshown := func(l *live) { delete(l.xr().GetFields(), "status") }
	found := func(l *live) {
		delete(object.Struct(l.instance(), "metadata", "annotations").GetFields(), createSucceeded)
	}
	unsaid := func(l *live) { delete(object.Struct(l.xr(), "spec", "database").GetFields(), "version") }
	cases := map[string]struct {
		reason  string
		change  []func(*live)
		version string // composed
	}{
		"Made":            {"A database goes on past the day.", nil, "16"},
		"Unsaid":          {"A claim without a version keeps the one that is there.", []func(*live){unsaid}, "16"},
		"Unrecorded":      {"Without a record the version that is there counts.", []func(*live){unrecorded, unshown}, "16"},
		"Found":           {"A claim made again finds what it left.", []func(*live){found, unshown}, "16"},
		"FoundUnrecorded": {"What was found without a record is no new database.", []func(*live){found, unrecorded, unshown}, "16"},
		"FoundUnsaid":     {"A claim without a version takes what it finds.", []func(*live){found, unrecorded, unshown, unsaid}, "16"},
		"Forgotten": {
			"Of a database whose managed resource is gone the XR's status tells.",
			[]func(*live){func(l *live) { delete(l.request.GetObserved().GetResources(), keyInstance) }},
			"16",
		},
		"ForgottenAll": {
			"The status tells of a database also where nothing that was composed is left.",
			[]func(*live){func(l *live) { clear(l.request.GetObserved().GetResources()) }},
			"16",
		},
		"ForgottenUnsaid": {
			"A claim without a version gets no newer one for a database whose managed resource is gone.",
			[]func(*live){unsaid, func(l *live) { clear(l.request.GetObserved().GetResources()) }},
			"16",
		},
		"ForgottenBehind": {
			"A claim that says an older version than its cloud has moved a forgotten database to looks for it by its own word.",
			[]func(*live){func(l *live) {
				object.Set(l.xr(), "17", "status", "resource", "version")
				clear(l.request.GetObserved().GetResources())
			}},
			"16",
		},
		"Behind": {
			"A claim that says an older version than its cloud has moved the database to asks for none that is older.",
			[]func(*live){unrecorded, unshown, func(l *live) {
				object.Set(l.instance(), fromYAML(t, atProvider(l.provider, "17", 200)), "status", "atProvider")
			}},
			"17",
		},
		"Followed": {
			"A claim may say the version that its cloud has moved the database to, although that one has ended as well.",
			[]func(*live){func(l *live) {
				object.Set(l.instance(), fromYAML(t, atProvider(l.provider, "17", 200)), "status", "atProvider")
				object.Set(l.xr(), "17", "spec", "database", "version")
			}},
			"17",
		},
	}
	for name, tc := range cases {
		for _, provider := range cloud.Providers {
			t.Run(name+"/"+provider, func(t *testing.T) {
				t.Parallel()
				l := alive(t, provider)
				object.Set(l.xr(), true, "status", "resource", "made")
				for _, change := range tc.change {
					change(l)
				}
				rsp := runOn(t, longAfter, l.request)
				if got := fatal(rsp); got != "" {
					t.Fatalf("\n%s\nRunFunction(): %s", tc.reason, got)
				}
				if got := askedOf(rsp.GetDesired().GetResources()[keyInstance].GetResource()).version; got != tc.version {
					t.Errorf("\n%s\nthe version composed is %q, want %q", tc.reason, got, tc.version)
				}
			})
		}
	}
}
