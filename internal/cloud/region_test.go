package cloud

import (
	"strings"
	"testing"
)

// TestEntry holds that each region of the tables is found under each way to spell it, and
// has the form of its cloud's regions.
func TestEntry(t *testing.T) {
	for _, provider := range Providers {
		for _, region := range own[provider] {
			if !forms[provider].MatchString(region) {
				t.Errorf("%s: %s has no form of a region", provider, region)
			}
			gap := map[bool]string{true: "", false: " "}[provider == Azure]
			for _, word := range []string{region, strings.ToUpper(region), " " + region, strings.ReplaceAll(region, "-", gap+"_")} {
				word = strings.ReplaceAll(word, " _", "_")
				if got, err := Entry(provider, word); err != nil || got != region {
					t.Errorf("Entry(%s, %q): want %s, got %q, %v", provider, word, region, got, err)
				}
				if got, err := Region(provider, word, nil); err != nil || got != region {
					t.Errorf("Region(%s, %q): want %s, got %q, %v", provider, word, region, got, err)
				}
			}
		}
		for _, name := range NeutralRegions() {
			region, err := Region(provider, name, nil)
			if got, entryErr := Entry(provider, strings.ToUpper(name)); got != region || (entryErr == nil) != (err == nil) {
				t.Errorf("Entry(%s, %q): want %q, %v, got %q, %v", provider, strings.ToUpper(name), region, err, got, entryErr)
			}
		}
	}
	if got, err := Entry(Azure, "West Europe"); got != "westeurope" || err != nil {
		t.Errorf("a display name is %q, %v", got, err)
	}
}

func TestEntryMistakes(t *testing.T) {
	cases := map[string]struct{ reason, provider, name, want, wantErr string }{
		"Newer":      {"A region that is newer than the table is what its form says.", GCP, "Europe-West99", "europe-west99", ""},
		"NewerAzure": {"A newer region of Azure may have a display name too.", Azure, "Denmark East", "denmarkeast", ""},
		"Foreign":    {"Another cloud's region is recognised.", AWS, "westeurope", "", "is a region of azure, and none of aws"},
		"Lacking": {
			"A neutral region that the cloud lacks names the nearest.", IBM, "eu-north", "",
			`"eu-north" has no region of ibm; the nearest is "eu-central"`,
		},
		"Neutral": {"A neutral name is the own region that it stands for.", AWS, "eu-west", "eu-west-1", ""},
		"Near": {
			"What is near to a region names it.", AWS, "eu-west1", "",
			`is no region of aws; allowed are its own, such as af-south-1, and the neutral ones, such as us-east; did you mean "eu-west"?`,
		},
		"Far": {"What is near to none lists what there is.", AWS, "Europe (Ireland)", "", "is no region of aws; allowed are its own, such as af-south-1"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := Entry(tc.provider, tc.name)
			said := ""
			if err != nil {
				said = err.Error()
			}
			if got != tc.want || (said == "") != (tc.wantErr == "") || !strings.HasPrefix(said, tc.wantErr) {
				t.Errorf("\n%s\nEntry(%s, %q): want %q, %q, got %q, %q", tc.reason, tc.provider, tc.name, tc.want, tc.wantErr, got, said)
			}
		})
	}
}

func TestIsMisspelt(t *testing.T) {
	cases := map[string]struct {
		reason, provider, name, region string
		want                           bool
	}{
		"Swap":     {"Two letters that changed places are a slip.", GCP, "europe-wset1", "europe-west1", true},
		"Letter":   {"A letter too few is a slip.", Azure, "westeurop", "westeurope", true},
		"Number":   {"Another number is another region.", AWS, "eu-west-9", "eu-west-1", false},
		"Known":    {"A direction that the cloud has elsewhere is another region.", AWS, "eu-south-9", "eu-north-1", false},
		"Distant":  {"A name that is far from the claim's region is another region.", GCP, "antarctica-south1", "europe-west1", false},
		"IBMShort": {"Short names are all near to one another, and only a letter is a slip.", IBM, "fr-par", "eu-de", false},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if got := IsMisspelt(tc.provider, tc.name, tc.region); got != tc.want {
				t.Errorf("\n%s\nIsMisspelt(%s, %s, %s): want %t, got %t", tc.reason, tc.provider, tc.name, tc.region, tc.want, got)
			}
		})
	}
}
