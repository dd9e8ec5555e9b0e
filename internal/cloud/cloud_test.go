package cloud

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTables holds that what one table names, the others know.
func TestTables(t *testing.T) {
	for _, provider := range Providers {
		for _, n := range NeutralRegions() {
			region, err := Region(provider, n, nil)
			if err != nil {
				if _, near, _ := strings.Cut(err.Error(), "the nearest is \""); near != "" {
					near, _, _ = strings.Cut(near, "\"")
					if _, err := Region(provider, near, nil); err != nil {
						t.Errorf("%s: the region to take instead of %s is none either: %v", provider, n, err)
					}
					continue
				}
				t.Errorf("%s has no region for %s and none to suggest: %v", provider, n, err)
				continue
			}
			if !slices.Contains(own[provider], region) {
				t.Errorf("%s: %s stands for %s, which the cloud does not have", provider, region, n)
			}
			if !Zones(provider, region) {
				t.Errorf("%s: %s stands for %s and has no zones for a standby", provider, region, n)
			}
		}
		for _, engine := range Engines {
			if v, err := Version(provider, engine, "", ""); err != nil {
				t.Errorf("%s: no default version of %s: %v", provider, engine, err)
			} else if _, err := Version(provider, engine, v, ""); err != nil {
				t.Errorf("%s does not offer the default version of %s: %v", provider, engine, err)
			}
			if r := Retention(provider, engine); r.Min < 1 || r.Max < 30 {
				t.Errorf("%s keeps backups of %s for %s days: prod's 30 do not fit", provider, engine, r)
			}
		}
	}
}

// TestNeutralRegions holds the table of neutral regions complete: each names a
// region of every cloud, or says why not with the nearest that does.
func TestNeutralRegions(t *testing.T) {
	want := strings.Fields(`us-east us-central us-west ca-central sa-east eu-west eu-central eu-north uk-south ap-southeast
		ap-northeast ap-south au-east`)
	if diff := cmp.Diff(want, NeutralRegions()); diff != "" {
		t.Errorf("NeutralRegions(): -want, +got:\n%s", diff)
	}
	// Geographies that a cloud has no region in, as its own pages say.
	without := map[string][]string{AWS: {"us-central"}, IBM: {"us-west", "eu-north", "ap-southeast", "ap-south"}}
	for _, provider := range Providers {
		used := map[string]string{}
		for _, n := range want {
			region, err := Region(provider, n, nil)
			if (err != nil) != slices.Contains(without[provider], n) {
				t.Errorf("%s in %s: %q, %v", provider, n, region, err)
			}
			if other := used[region]; err == nil && other != "" {
				t.Errorf("%s: %s and %s are both %s", provider, n, other, region)
			}
			used[region] = n
		}
	}
}

func TestRegion(t *testing.T) {
	cases := map[string]struct {
		reason, provider, region string
		extra                    []string
		want, wantErr            string
	}{
		"Neutral":  {"A neutral region is the cloud's own.", Azure, "eu-west", nil, "westeurope", ""},
		"Own":      {"A cloud's own is taken as it is.", IBM, "eu-de", nil, "eu-de", ""},
		"Extra":    {"So is one that the settings know.", AWS, "eu-new-1", []string{"eu-new-1"}, "eu-new-1", ""},
		"None":     {"A region that a cloud lacks is never moved.", IBM, "us-west", nil, "", `"us-west" has no region of ibm; the nearest is "us-central"`},
		"Foreign":  {"Another cloud's is recognised.", IBM, "westeurope", nil, "", `"westeurope" is a region of azure, and the claim's provider is ibm`},
		"Nonsense": {"What nobody has lists what there is.", IBM, "mars", nil, "", `"mars" is unknown; allowed are us-east, us-central`},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := Region(tc.provider, tc.region, tc.extra)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("\n%s\nRegion(): -want, +got:\n%s", tc.reason, diff)
			}
			if tc.wantErr == "" && err == nil {
				return
			}
			if err == nil || !strings.HasPrefix(err.Error(), tc.wantErr) {
				t.Errorf("\n%s\nRegion(): want %q, got %v", tc.reason, tc.wantErr, err)
			}
		})
	}
}
