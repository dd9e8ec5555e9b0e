package main

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestFields holds that the form asks for every field of a claim, or says why it does not.
func TestFields(t *testing.T) {
	s, err := readSchema(root)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for name, p := range s["properties"].(object.Map) {
		section, isSection := p.(object.Map)["properties"].(object.Map)
		if !isSection {
			want = append(want, name)
		}
		for field := range section {
			want = append(want, name+"."+field)
		}
	}
	got := slices.Collect(maps.Keys(leftOut))
	for _, f := range fields {
		got = append(got, f.path)
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("fields of the XRD and of the form: -want, +got:\n%s", diff)
	}
}

// places are all types on all clouds, of a database with each engine, as the form is filled so far.
func places() []answers {
	var out []answers
	for _, typ := range claim.Types {
		for _, p := range placesOf(typ, cloud.Providers) {
			given := answers{}
			for name, words := range p.answers() {
				given[name] = words[0]
			}
			out = append(out, given)
		}
	}
	return out
}

// TestNothingMissing holds that the form offers what the tables have, and nothing else.
func TestNothingMissing(t *testing.T) {
	for _, given := range places() {
		for _, env := range claim.Envs {
			given["env"] = env
			typ, provider, engine := given["type"].(string), given["provider"].(string), ""
			if typ == claim.TypeDatabase {
				engine = given["databaseEngine"].(string)
			}
			shown := offered(t, given)
			want := map[string][]string{
				"type": claim.Types, "provider": cloud.Providers, "env": claim.Envs, "region": regionsOf(provider), "deletionPolicy": {"Orphan"},
			}
			if !lifecycle.IsKept(env) {
				want["deletionPolicy"] = []string{"Delete", "Orphan"}
			}
			if sizedOn(typ, provider) {
				want["profile"] = claim.Profiles
			}
			if typ == claim.TypeDatabase {
				days := cloud.Retention(provider, engine)
				want["databaseEngine"], want["databaseVersion"] = cloud.Engines, cloud.Versions(provider, engine)
				if days.Min < days.Max {
					want["databaseBackupRetentionDays"] = []string{strconv.Itoa(days.Min), strconv.Itoa(days.Max)}
				}
			}
			for name := range want {
				if diff := cmp.Diff(want[name], offers(shown[name])); diff != "" {
					t.Errorf("%v: %s: -want, +got:\n%s", given, name, diff)
				}
			}
			for i := range fields {
				f := &fields[i]
				of, _, nested := strings.Cut(f.path, ".")
				if asked := !nested || of == typ && f.isAsked(provider); f.path != "profile" && asked != (shown[f.parameter()] != nil) {
					t.Errorf("%v: is %s shown: want %t", given, f.path, asked)
				}
			}
			if (shown["profile"] != nil) != sizedOn(typ, provider) {
				t.Errorf("%v: is a size asked for: want %t", given, sizedOn(typ, provider))
			}
		}
	}
}

// TestSaid holds that each question says what a change comes to, and each one that may be left empty
// what it comes to then.
func TestSaid(t *testing.T) {
	for _, given := range places() {
		given["env"] = "dev"
		must := []string{"type", "provider", "databaseEngine", "region", "profile", "env"} // the pages that have no defaults
		for name, property := range offered(t, given) {
			path, ok := pathOf(name)
			if !ok {
				continue // it is none of the claim's
			}
			engine, _ := given["databaseEngine"].(string)
			text, _ := property["description"].(string)
			if said := later(given["type"].(string), given["provider"].(string), path); said == "" || !strings.Contains(text, said) {
				t.Errorf("%v: %s does not say what a change comes to: %s", given, name, text)
			}
			said := leftEmpty(path, given["provider"].(string), engine)
			if !slices.Contains(must, name) && (said == "" || !strings.Contains(text, said)) {
				t.Errorf("%v: %s does not say what it comes to that is left empty: %s", given, name, text)
			}
		}
	}
}

// sizedOn reports whether a type has a size on a cloud, as docs/sizes.md says.
func sizedOn(typ, provider string) bool {
	switch typ {
	case claim.TypeBucket:
		return false
	case claim.TypeQueue:
		return provider == cloud.Azure || provider == cloud.IBM
	}
	return true
}

// regionsOf are the names that a claim can give on a cloud.
func regionsOf(provider string) []string {
	return slices.DeleteFunc(slices.Concat(cloud.NeutralRegions(), cloud.OwnRegions(provider)), func(name string) bool {
		_, err := cloud.Region(provider, name, nil)
		return err != nil
	})
}

// TestSupport holds that every version that is offered has its end of support.
func TestSupport(t *testing.T) {
	for _, p := range cloud.Providers {
		for _, engine := range cloud.Engines {
			for _, v := range cloud.Versions(p, engine) {
				if _, ok := cloud.SupportOf(p, engine, v); !ok {
					t.Errorf("nobody says when the support of %s %s ends", engine, v)
				}
			}
		}
	}
}

// TestLater holds what the form says of a change, field by field.
func TestLater(t *testing.T) {
	cases := map[string]struct{ reason, typ, provider, path, want string }{
		"Engine": {"A field that never changes says so.", claim.TypeDatabase, cloud.GCP, "database.engine", "Cannot be changed once it is made."},
		"Version": {
			"A version only goes up.", claim.TypeDatabase, cloud.AWS, "database.version",
			"Later it only becomes newer, and the database is down meanwhile.",
		},
		"Minor": {
			"A cluster is upgraded by one version at a time, and its nodes come anew.", claim.TypeCluster, cloud.AWS, "cluster.version",
			"Later it only becomes newer, one version at a time, and the nodes are made anew for it.",
		},
		"Nodes":       {"A pool of IBM Cloud keeps its machines.", claim.TypeCluster, cloud.IBM, "profile", "Cannot be changed once it is made."},
		"Backups":     {"What has no rule changes freely.", claim.TypeDatabase, cloud.AWS, "database.backupRetentionDays", "Can be changed at any time."},
		"Fixed":       {"A replica of Memorystore is for good.", claim.TypeCache, cloud.GCP, "cache.highAvailability", "Cannot be changed once it is made."},
		"Free":        {"A replica of ElastiCache is not for good.", claim.TypeCache, cloud.AWS, "cache.highAvailability", "Can be changed at any time."},
		"Versioning":  {"Versions stay on.", claim.TypeBucket, cloud.IBM, "bucket.versioning", "Once on it stays on."},
		"DeclaredIBM": {"An app of IBM Cloud declares the days itself.", claim.TypeQueue, cloud.IBM, "queue.retentionDays", "Can be changed at any time."},
		"Region":      {"A rule that all types have counts without a type.", "", cloud.IBM, "region", "Cannot be changed once it is made."},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, later(tc.typ, tc.provider, tc.path)); diff != "" {
				t.Errorf("\n%s\nlater(): -want, +got:\n%s", tc.reason, diff)
			}
		})
	}
}
