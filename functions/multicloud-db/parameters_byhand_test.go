package multiclouddb

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestParametersByHand holds what is asked of a live parameter group of RDS and ElastiCache, by
// what AWS reports of it. What stands in forProvider takes back all that AWS has beside it.
func TestParametersByHand(t *testing.T) {
	t.Parallel()
	groups := map[string]struct {
		alive            func(t *testing.T) *live
		part, own, other string
	}{
		"Database": {func(t *testing.T) *live { return alive(t, "aws") }, "parameter-group-postgres16", "rds.force_ssl=1", "rds.force_ssl=0"},
		"Cache": {
			func(t *testing.T) *live { return aliveCache(t, "aws", settingsCache) },
			"parameter-group-valkey8", "maxmemory-policy=allkeys-lru", "maxmemory-policy=noeviction",
		},
	}
	const byHand, low = "work_mem=65536", "log_min_duration_statement=250"
	cases := map[string]struct {
		reason      string
		made        bool
		there       func(own, other string) []string
		init, asked func(own string) []string
	}{
		"New": {"A new group is made with the parameter, and nothing is asked for again.", false, nil, only, nil},
		"NotMade": {
			"A managed resource that AWS has told nothing of yet stays as it was composed.",
			false, func(string, string) []string { return nil }, only, nil,
		},
		"Settled": {"AWS has what was asked for.", true, func(own, _ string) []string { return []string{own} }, only, nil},
		"ByHand": {
			"Somebody tuned the group: nothing is asked for that would take it back.",
			true, func(own, _ string) []string { return []string{byHand, own, low} }, only, nil,
		},
		"Changed": {
			"Somebody changed the parameter itself: it is put back, and what was tuned beside it stays.",
			true, func(_, other string) []string { return []string{byHand, other} }, nil, func(own string) []string { return sorted(own, byHand) },
		},
		"Reset": {
			"AWS does not have the parameter: it is asked for, and what was tuned beside it stays.",
			true, func(string, string) []string { return []string{low, byHand} }, nil, func(own string) []string { return sorted(own, low, byHand) },
		},
		"Empty":    {"AWS has no parameter.", true, func(string, string) []string { return nil }, nil, only},
		"Nameless": {"What has no name is nothing to ask for.", true, func(own, _ string) []string { return []string{"=1", own} }, only, nil},
	}
	for group, g := range groups {
		for name, tc := range cases {
			t.Run(group+"/"+name, func(t *testing.T) {
				t.Parallel()
				l := g.alive(t)
				observed := l.request.GetObserved().GetResources()
				if tc.there == nil {
					delete(observed, g.part)
				} else {
					status := object.Map{}
					if tc.made {
						status = object.Map{"id": "x", "parameter": reportedParameters(tc.there(g.own, g.other))}
					}
					object.Set(observed[g.part].GetResource(), status, "status", "atProvider")
				}
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				composed := rsp.GetDesired().GetResources()[g.part].GetResource()
				got := map[string][]string{}
				for _, at := range []string{"initProvider", "forProvider"} {
					for _, v := range object.Get(composed, "spec", at, "parameter").GetListValue().GetValues() {
						p := v.GetStructValue()
						got[at] = append(got[at], object.String(p, "name")+"="+object.String(p, "value"))
					}
				}
				want := map[string][]string{}
				if tc.init != nil {
					want["initProvider"] = tc.init(g.own)
				}
				if tc.asked != nil {
					want["forProvider"] = tc.asked(g.own)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("\n%s\nparameters of %s: -want, +got:\n%s", tc.reason, g.part, diff)
				}
				policies := object.Get(composed, "spec", "managementPolicies").GetListValue().AsSlice()
				for _, p := range policies {
					if p == "LateInitialize" || p == "*" {
						t.Errorf("the provider fills in what AWS has, and from then on takes back all else: %v", policies)
					}
				}
				if len(policies) == 0 {
					t.Error("the provider has every policy, LateInitialize too")
				}
			})
		}
	}
}

func only(own string) []string { return []string{own} }

// reportedParameters are parameters, each said as name=value, as AWS reports them.
func reportedParameters(said []string) []any {
	var list []any
	for _, p := range said {
		name, value, _ := strings.Cut(p, "=")
		list = append(list, object.Map{"name": name, "value": value})
	}
	return list
}

func sorted(parameters ...string) []string { return slices.Sorted(slices.Values(parameters)) }
