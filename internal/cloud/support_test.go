package cloud

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestReleases holds the table of versions: each day is one, and what is offered has not ended.
func TestReleases(t *testing.T) {
	const lookedUp = "2026-11-27"
	for i, r := range releases {
		for _, p := range Providers {
			s, ok := SupportOf(p, r.engine, r.version)
			if _, err := time.Parse(layout, s.Ends); !ok || err != nil {
				t.Errorf("%s %s on %s: no day: %v", r.engine, r.version, p, err)
			}
			if slices.Contains(r.on, p) && s.HasEnded(lookedUp) {
				t.Errorf("%s %s is offered on %s, whose support ended on %s", r.engine, r.version, p, s.Ends)
			}
			if r.on == nil && !s.HasEnded(lookedUp) && r.makers > lookedUp {
				t.Errorf("%s %s is offered nowhere, and has not ended on %s", r.engine, r.version, p)
			}
		}
		if i > 0 && r.engine == releases[i-1].engine && r.makers <= releases[i-1].makers {
			t.Errorf("%s %s stands behind a version that its makers end later", r.engine, r.version)
		}
	}
}

func TestSupport(t *testing.T) {
	cases := map[string]struct {
		reason, provider, engine, version, day string
		want                                   Support
		soon, ended                            bool
	}{
		"Far":     {"A version with years to go says nothing.", GCP, Postgres, "17", "2026-11-27", Support{Ends: "2030-02-01"}, false, false},
		"Before":  {"On the day before the 180 days nothing is said.", GCP, Postgres, "14", "2026-08-04", Support{Ends: "2027-02-01"}, false, false},
		"Soon":    {"On the first of the 180 days the end is near.", GCP, Postgres, "14", "2026-08-05", Support{Ends: "2027-02-01"}, true, false},
		"LastDay": {"On the day before the end it is still supported.", Azure, Postgres, "14", "2026-12-10", Support{Ends: "2026-12-11"}, true, false},
		"Ended":   {"On the day itself it is supported no more.", Azure, Postgres, "14", "2026-12-11", Support{Ends: "2026-12-11"}, true, true},
		"Makers":  {"Where a cloud names no day its makers' counts.", IBM, Postgres, "15", "2027-11-10", Support{Ends: "2027-11-11", Makers: true}, true, false},
		"NoDay":   {"Who judges by no day finds nothing ended.", GCP, MySQL, "8.0", "", Support{Ends: "2026-07-01"}, false, false},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			s, ok := SupportOf(tc.provider, tc.engine, tc.version)
			if diff := cmp.Diff(tc.want, s); !ok || diff != "" {
				t.Errorf("\n%s\nSupportOf(): %t, -want, +got:\n%s", tc.reason, ok, diff)
			}
			if diff := cmp.Diff([]bool{tc.soon, tc.ended}, []bool{s.EndsSoon(tc.day), s.HasEnded(tc.day)}); diff != "" {
				t.Errorf("\n%s\nEndsSoon(), HasEnded(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
	if _, ok := SupportOf(GCP, Postgres, "9.6"); ok {
		t.Error("A version that the table does not have has no day.")
	}
}

func TestVersion(t *testing.T) {
	cases := map[string]struct{ reason, provider, engine, asked, day, want, wantErr string }{
		"Default":  {"A claim that says no version gets the default.", AWS, Postgres, "", "2026-11-27", "17", ""},
		"Asked":    {"What is offered is taken.", IBM, Postgres, "18", "2026-11-27", "18", ""},
		"Unknown":  {"What no cloud has is refused.", IBM, Postgres, "14", "", "", `"14" is not offered for postgres on ibm; allowed are 15, 16, 17, 18`},
		"Billed":   {"What Google bills extra is offered to nobody new.", GCP, MySQL, "8.0", "", "", `"8.0" is not offered for mysql on gcp; allowed are 8.4`},
		"NotEnded": {"A version is offered up to its last day.", Azure, Postgres, "14", "2026-12-10", "14", ""},
		"Ended": {
			"From its end on a version is refused, and what is left is named.", Azure, Postgres, "14", "2027-11-11", "",
			`"14" is not offered for postgres on azure any more, where its support ended on 2026-12-11; allowed are 16, 17, 18`,
		},
		"AllEnded": {
			"Where every version has ended the way out is named.", Azure, Postgres, "", "2035-01-01", "",
			`"17" is not offered for postgres on azure any more, where its support ended on 2029-11-08; no newer one is known here, but to a newer release of ` +
				"the function",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := Version(tc.provider, tc.engine, tc.asked, tc.day)
			gotErr := ""
			if err != nil {
				got, gotErr = "", err.Error()
			}
			if diff := cmp.Diff([]string{tc.want, tc.wantErr}, []string{got, gotErr}); diff != "" {
				t.Errorf("\n%s\nVersion(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
