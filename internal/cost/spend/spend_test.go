package spend

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/cost/focus"
)

// A made row in short: what differs between the rows of a case.
type made struct {
	provider, currency string
	day, bill          string
	billed, effective  string
	tags               *focus.Tags
}

func rowOf(t *testing.T, m made) *focus.Row {
	t.Helper()
	r := &focus.Row{Provider: []byte(m.provider), Service: []byte("db"), Currency: []byte(m.currency), Category: []byte("Usage"), Tags: m.tags}
	var err error
	if r.Charged, err = time.Parse(time.DateOnly, m.day); err != nil {
		t.Fatal(err)
	}
	if r.Period, err = time.Parse(time.DateOnly, m.bill); err != nil {
		t.Fatal(err)
	}
	if err := r.Billed.Parse([]byte(m.billed)); err != nil {
		t.Fatal(err)
	}
	if err := r.Effective.Parse([]byte(m.effective)); err != nil {
		t.Fatal(err)
	}
	return r
}

// told are tables in words.
func told(tables []*Table) string {
	var b strings.Builder
	line := func(name string, g *Group, months []Month) {
		fmt.Fprintf(&b, "%s:", name)
		for _, m := range months {
			if p := g.Months[m]; p != nil {
				fmt.Fprintf(&b, " %s %s;", m, p.Amount.String())
			}
		}
		fmt.Fprintf(&b, " all %s\n", g.Total.Amount.String())
	}
	for _, t := range tables {
		fmt.Fprintf(&b, "%s %v\n", t.Currency, t.Months)
		for _, g := range t.Groups {
			line(strings.Join(g.Keys, " "), g, t.Months)
		}
		for _, g := range t.Remaining {
			line("- "+strings.Join(g.Keys, " "), g, t.Months)
		}
		line("total", &t.All, t.Months)
	}
	return b.String()
}

func TestTables(t *testing.T) {
	of := func(project, env string) *focus.Tags {
		return tagsOf("project", project, "env", env, "managed-by", "crossplane")
	}
	team := func(name string) *focus.Tags {
		return tagsOf("project", "a", "env", "prod", "managed-by", "crossplane", "team", name)
	}
	cases := map[string]struct {
		reason  string
		by      string
		options Options
		rows    []made
		want    string
	}{
		"Envs": {
			"Envs stand in the order of the platform, and months without a charge are there.", "domain,env",
			Options{},
			[]made{
				{"AWS", "USD", "2026-08-01", "2026-08-01", "1", "1", of("a", "prod")},
				{"IBM", "USD", "2026-10-31", "2026-10-01", "1", "2", of("a", "dev")},
				{"AWS", "USD", "2026-08-01", "2026-08-01", "1", "4", of("a", "prod")},
			},
			"USD [2026-08 2026-09 2026-10]\na dev: 2026-10 2; all 2\na prod: 2026-08 5; all 5\ntotal: 2026-08 5; 2026-10 2; all 7\n",
		},
		"Mistyped": {
			"A year that is mistyped makes one column, and not a thousand.", "domain",
			Options{},
			[]made{
				{"AWS", "USD", "2026-08-01", "2026-08-01", "1", "1", of("a", "prod")},
				{"AWS", "USD", "2126-08-01", "2026-08-01", "1", "1", of("a", "prod")},
			},
			"USD [2026-08 2126-08]\na: 2026-08 1; 2126-08 1; all 2\ntotal: 2026-08 1; 2126-08 1; all 2\n",
		},
		"Currencies": {
			"Currencies are never added.", "domain",
			Options{},
			[]made{{"AWS", "USD", "2026-08-01", "2026-08-01", "1", "1", of("a", "prod")}, {"Microsoft", "EUR", "2026-08-01", "2026-08-01", "1", "1", of("a", "prod")}},
			"EUR [2026-08]\na: 2026-08 1; all 1\ntotal: 2026-08 1; all 1\nUSD [2026-08]\na: 2026-08 1; all 1\ntotal: 2026-08 1; all 1\n",
		},
		"Effective": {
			"A correction of August in September's bill is August's cost.", "domain",
			Options{},
			[]made{{"AWS", "USD", "2026-08-31", "2026-09-01", "0", "-3", of("a", "prod")}},
			"USD [2026-08]\na: 2026-08 -3; all -3\ntotal: 2026-08 -3; all -3\n",
		},
		"Billed": {
			"A bill has what it has, whenever that was used.", "domain",
			Options{Billed: true},
			[]made{{"AWS", "USD", "2026-08-31", "2026-09-01", "7", "-3", of("a", "prod")}},
			"USD [2026-09]\na: 2026-09 7; all 7\ntotal: 2026-09 7; all 7\n",
		},
		"Since": {
			"Months before the one that is asked for do not count.", "domain",
			Options{Since: MonthOf(2026, 9)},
			[]made{{"AWS", "USD", "2026-08-31", "2026-08-01", "1", "1", of("a", "prod")}, {"AWS", "USD", "2026-09-01", "2026-09-01", "1", "2", of("a", "prod")}},
			"USD [2026-09]\na: 2026-09 2; all 2\ntotal: 2026-09 2; all 2\n",
		},
		"Remaining": {
			"What is nobody's is named by cloud, service and why, the most first.", "domain",
			Options{},
			[]made{
				{"AWS", "USD", "2026-08-01", "2026-08-01", "1", "1", tagsOf()},
				{"Google Cloud", "USD", "2026-08-01", "2026-08-01", "1", "-2", tagsOf("x", "y")},
				{"Oracle", "USD", "2026-08-01", "2026-08-01", "1", "0.5", tagsOf()},
			},
			"USD [2026-08]\n- gcp db tags of others: 2026-08 -2; all -2\n- aws db no tags: 2026-08 1; all 1\n- Oracle db no tags: 2026-08 0.5; all 0.5\n" +
				"total: 2026-08 -0.5; all -0.5\n",
		},
		"Exact": {
			"A tenth and two tenths are three tenths.", "cloud",
			Options{},
			[]made{{"AWS", "USD", "2026-08-01", "2026-08-01", "1", "0.1", of("a", "prod")}, {"AWS", "USD", "2026-08-01", "2026-08-01", "1", "0.2", of("b", "prod")}},
			"USD [2026-08]\naws: 2026-08 0.3; all 0.3\ntotal: 2026-08 0.3; all 0.3\n",
		},
		"Teams": {
			"A team has one name, as the cloud with the fewest rules writes it.", "team",
			Options{},
			[]made{
				{"AWS", "USD", "2026-08-01", "2026-08-01", "1", "1", team("Team.Search")},
				{"Google Cloud", "USD", "2026-08-01", "2026-08-01", "1", "1", team("team_search")},
				{"IBM Cloud", "USD", "2026-08-01", "2026-08-01", "1", "1", team("team.search")},
				{"GCP", "USD", "2026-08-01", "2026-08-01", "1", "1", team("team_other")},
			},
			"USD [2026-08]\nTeam.Search: 2026-08 3; all 3\nteam_other: 2026-08 1; all 1\ntotal: 2026-08 4; all 4\n",
		},
		"Ambiguous": {
			"What two teams would be written as is shown as both, and added to neither.", "team",
			Options{},
			[]made{
				{"AWS", "USD", "2026-08-01", "2026-08-01", "1", "1", team("Team.X")},
				{"Azure", "USD", "2026-08-01", "2026-08-01", "1", "1", team("team:x")},
				{"Google Cloud", "USD", "2026-08-01", "2026-08-01", "1", "1", team("team_x")},
			},
			"USD [2026-08]\nTeam.X: 2026-08 1; all 1\nTeam.X or team:x: 2026-08 1; all 1\nteam:x: 2026-08 1; all 1\ntotal: 2026-08 3; all 3\n",
		},
		"AmbiguousSelf": {
			"A team that is named as another one is written on a cloud does not get the other's cost there.", "team",
			Options{},
			[]made{
				{"AWS", "USD", "2026-08-01", "2026-08-01", "1", "1", team("Team.X")},
				{"AWS", "USD", "2026-08-01", "2026-08-01", "1", "1", team("team_x")},
				{"Google Cloud", "USD", "2026-08-01", "2026-08-01", "1", "1", team("team_x")},
			},
			"USD [2026-08]\nTeam.X: 2026-08 1; all 1\nTeam.X or team_x: 2026-08 1; all 1\nteam_x: 2026-08 1; all 1\ntotal: 2026-08 3; all 3\n",
		},
		"NamedAsEnvs": {
			"Domains that are named as envs stand by the alphabet.", "domain",
			Options{},
			[]made{
				{"AWS", "USD", "2026-08-01", "2026-08-01", "1", "1", of("staging", "prod")},
				{"AWS", "USD", "2026-08-01", "2026-08-01", "1", "1", of("qa", "prod")},
				{"AWS", "USD", "2026-08-01", "2026-08-01", "1", "1", of("prod", "prod")},
			},
			"USD [2026-08]\nprod: 2026-08 1; all 1\nqa: 2026-08 1; all 1\nstaging: 2026-08 1; all 1\ntotal: 2026-08 3; all 3\n",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			tc.options.By = strings.Split(tc.by, ",")
			s := New(tc.options)
			s.Begin("a")
			for _, m := range tc.rows {
				s.Add(rowOf(t, m))
			}
			s.Name(Known{})
			if diff := cmp.Diff(tc.want, told(s.Tables())); diff != "" {
				t.Errorf("\n%s\nTables(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}

// TestSigns holds that whatever signs tags have, two lines stay two.
func TestSigns(t *testing.T) {
	s := New(Options{By: []string{"team", "system"}})
	s.Begin("a")
	for _, names := range [][2]string{{"a\x00b", "c"}, {"a", "b\x00c"}, {`a" "b`, "c"}, {"a", `b" "c`}} {
		tags := tagsOf("project", "a", "env", "prod", "managed-by", "crossplane", "team", names[0], "system", names[1])
		s.Add(rowOf(t, made{"Google Cloud", "USD", "2026-08-01", "2026-08-01", "1", "1", tags}))
	}
	if got := len(s.Tables()[0].Groups); got != 4 {
		t.Errorf("four teams and systems are %d lines:\n%s", got, told(s.Tables()))
	}
}
