package spend

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDays holds what a store gets of rows.
func TestDays(t *testing.T) {
	of := func(project, env string) map[string]string {
		return map[string]string{"project": project, "env": env, "managed-by": "crossplane"}
	}
	tagged := func(tags map[string]string, more ...string) (pairs []string) {
		for _, k := range []string{"project", "env", "managed-by"} {
			pairs = append(pairs, k, tags[k])
		}
		return append(pairs, more...)
	}
	cases := map[string]struct {
		reason  string
		options Options
		rows    []made
		want    []string
	}{
		"Hours": {
			"Hours of a day are one line, with both costs, and another bill's are another line.",
			Options{},
			[]made{
				{"AWS", "USD", "2026-08-02", "2026-08-01", "1", "0.1", tagsOf(tagged(of("a", "prod"))...)},
				{"AWS", "USD", "2026-08-02", "2026-08-01", "2", "0.2", tagsOf(tagged(of("a", "prod"))...)},
				{"AWS", "USD", "2026-08-02", "2026-09-01", "4", "0.4", tagsOf(tagged(of("a", "prod"))...)},
			},
			[]string{"2026-08 2026-08-02 aws a prod   3 0.3 2", "2026-09 2026-08-02 aws a prod   4 0.4 1"},
		},
		"Nobody": {
			"What is nobody's has why.",
			Options{},
			[]made{{"AWS", "USD", "2026-08-02", "2026-08-01", "1", "1", tagsOf()}},
			[]string{"2026-08 2026-08-02 aws    no tags 1 1 1"},
		},
		"Since": {
			"The first month is the bill's: a charge of July in the bill of August is a part of it.",
			Options{Since: MonthOf(2026, 8)},
			[]made{
				{"AWS", "USD", "2026-07-31", "2026-08-01", "1", "1", tagsOf()},
				{"AWS", "USD", "2026-08-01", "2026-07-01", "2", "2", tagsOf()},
			},
			[]string{"2026-08 2026-07-31 aws    no tags 1 1 1"},
		},
		"Names": {
			"Teams of two writings that mean one are one line.",
			Options{},
			[]made{
				{"AWS", "USD", "2026-08-02", "2026-08-01", "1", "1", tagsOf(tagged(of("a", "prod"), "team", "Team.X")...)},
				{"GCP", "USD", "2026-08-02", "2026-08-01", "1", "1", tagsOf(tagged(of("a", "prod"), "team", "team_x")...)},
			},
			[]string{"2026-08 2026-08-02 aws a prod Team.X  1 1 1", "2026-08 2026-08-02 gcp a prod Team.X  1 1 1"},
		},
		"Texts": {
			"What no database takes for text is shown as unknown, and is one line where that makes it the same.",
			Options{},
			[]made{
				{"AWS", "USD", "2026-08-02", "2026-08-01", "1", "1", tagsOf(tagged(of("a\x00", "prod"))...)},
				{"AWS", "USD", "2026-08-02", "2026-08-01", "2", "2", tagsOf(tagged(of("a\xff", "prod"))...)},
			},
			[]string{"2026-08 2026-08-02 aws a� prod   3 3 2"},
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			tc.options.Daily, tc.options.By = true, []string{"entity", "team", "system"}
			s := New(tc.options)
			s.Begin("file")
			for _, m := range tc.rows {
				s.Add(rowOf(t, m))
			}
			s.Name(Known{})
			var got []string
			for _, d := range s.Days() {
				got = append(got, fmt.Sprintf("%s %s %s %s %s %s %s %s %s %d", d.Period.Format("2006-01"), d.Date.Format("2006-01-02"), d.Cloud,
					d.Place.Domain, d.Place.Env, d.Place.Team, d.Place.Why, d.Billed.String(), d.Amount.String(), d.Rows))
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
