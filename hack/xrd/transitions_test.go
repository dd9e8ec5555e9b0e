package main

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

const (
	small    = "profile: small, "
	postgres = small + "database: {engine: postgres}"
	// alive is the status of a live database on GCP.
	alive = `made: true, name: gcp-a, provider: gcp, region: europe-west1, engine: postgres, version: "16", endpoint: 10.0.0.1`
	// unmade is the status of one that is not there yet.
	unmade = `name: gcp-a, provider: gcp, region: europe-west1, engine: postgres, version: "16"`
)

// cannot is what the function's guard says of such a change, too.
func cannot(path, was, asked string) string {
	return fmt.Sprintf("%s: %q cannot become %q on a live database; set it back to %q, or make a second claim and migrate", path, was, asked, was)
}

func TestTransitions(t *testing.T) {
	mysql := func(more string) string { return small + "database: {engine: mysql, " + more + "}" }
	cases := map[string]try{
		"Unchanged": {"A spec may be applied again.", alive, "region: eu-west, " + postgres, "region: eu-west, " + postgres, ""},
		"Profile":   {"A size may change at any time.", alive, postgres, "profile: large, database: {engine: postgres}", ""},
		"Tags":      {"Tags may change at any time.", alive, postgres, "tags: {a: b}, " + postgres, ""},
		"Database": {
			"A database does not go away by an edit.",
			alive, postgres, "profile: small", cannot("spec.database.engine", "postgres", ""),
		},
		"Engine": {
			"Another engine is another database.",
			alive, postgres, small + "database: {engine: mysql}", cannot("spec.database.engine", "postgres", "mysql"),
		},
		"Type": {
			"Another type is another resource.",
			alive, postgres, "type: bucket, bucket: {versioning: true}", cannot("spec.type", "database", "bucket"),
		},
		"StorageGrows": {"A disk may grow.", alive, mysql("storageGiB: 40"), mysql("storageGiB: 50"), ""},
		"StorageAppears": {
			"A disk may be given later: the guard knows what the profile gave.",
			alive, mysql("highAvailability: true"), mysql("storageGiB: 50"), "",
		},
		"StorageShrinks": {
			"A disk never shrinks.",
			alive, mysql("storageGiB: 40"), mysql("storageGiB: 30"), cannot("spec.database.storageGiB", "40", "30"),
		},
		"StorageDisappears": {
			"A disk stays in the claim: the profile's may be smaller.",
			alive, mysql("storageGiB: 40"), mysql("highAvailability: true"), cannot("spec.database.storageGiB", "40", ""),
		},
		"VersionUp": {
			"8.10 is above 8.4: parts of a version are numbers.",
			"made: true", mysql(`version: "8.4"`), mysql(`version: "8.10"`), "",
		},
		"VersionUpMajor": {"9 is above 8.4.", "made: true", mysql(`version: "8.4"`), mysql(`version: "9"`), ""},
		"VersionDown": {
			"No cloud downgrades.",
			alive, small + `database: {engine: postgres, version: "17"}`, small + `database: {engine: postgres, version: "16"}`,
			cannot("spec.database.version", "17", "16"),
		},
		"VersionDownMinor": {
			"No cloud downgrades by a minor version.",
			"made: true", mysql(`version: "8.4"`), mysql(`version: "8.0"`), cannot("spec.database.version", "8.4", "8.0"),
		},
		"VersionLess": {
			"8 is 8.0, which is below 8.4.",
			"made: true", mysql(`version: "8.4"`), mysql(`version: "8"`), cannot("spec.database.version", "8.4", "8"),
		},
		"VersionDisappears": {
			"A version stays in the claim: the default may be lower.",
			"made: true", mysql(`version: "8.4"`), mysql("highAvailability: true"), cannot("spec.database.version", "8.4", ""),
		},
		"VersionAppears": {"A version that runs may be given later.", alive, postgres, small + `database: {engine: postgres, version: "16"}`, ""},
		"VersionNewer": {
			"A version above the one that runs is an upgrade.",
			alive, postgres, small + `database: {engine: postgres, version: "17"}`, "",
		},
		"VersionOlder": {
			"A version below the one that runs is refused, although the claim gave none.",
			alive, postgres, small + `database: {engine: postgres, version: "15"}`, cannot("spec.database.version", "16", "15"),
		},
		"VersionUnknown": {
			"A version may be given while status shows none: the guard knows.",
			"made: true", postgres, small + `database: {engine: postgres, version: "15"}`, "",
		},
		"VersionOdd": {
			"What status shows as no version of ours is no reason to refuse.",
			`made: true, version: "16.4.1"`, postgres, small + `database: {engine: postgres, version: "15"}`, "",
		},
		"RegionAsShown": {
			"A region that was left out may be given as what status shows.",
			alive, postgres, "region: europe-west1, " + postgres, "",
		},
		"RegionNeutral": {"A region that was left out may be given by its neutral name.", alive, postgres, "region: eu-west, " + postgres, ""},
		"RegionInOther": {
			"The neutral region may become the cloud's own name of it.",
			alive, "region: eu-west, " + postgres, "region: europe-west1, " + postgres, "",
		},
		"RegionElsewhere": {
			"A region that was left out is not another one.",
			alive, postgres, "region: eu-north, " + postgres, cannot("spec.region", "europe-west1", "eu-north"),
		},
		"RegionUnknown": {
			"While status shows no region none can be given.",
			"made: true", postgres, "region: eu-north, " + postgres, cannot("spec.region", "", "eu-north"),
		},
		"ProviderAsShown": {"A provider that the Composition selector gave may be given.", alive, postgres, "provider: gcp, " + postgres, ""},
		"ProviderOther": {
			"A provider that the Composition selector gave is not another one.",
			alive, postgres, "provider: aws, " + postgres, cannot("spec.provider", "gcp", "aws"),
		},
		"Bucket": {
			"The words name the type.",
			"made: true", "type: bucket, region: eu-west", "type: bucket, region: eu-north", `on a live bucket; set it back to "eu-west"`,
		},
	}
	// Fields that stay as they are, there or not.
	for path, values := range map[string][2]string{
		"spec.provider": {"gcp", "aws"}, "spec.region": {"eu-west", "us-east"}, "spec.project": {"a", "b"}, "spec.env": {"dev", "prod"},
		"spec.externalName": {"a", "b"}, "spec.database.name": {"a", "b"},
	} {
		with := func(value string) string {
			if name, ok := strings.CutPrefix(path, "spec.database."); ok {
				return small + "database: {engine: postgres, " + name + ": " + value + "}"
			}
			return strings.TrimPrefix(path, "spec.") + ": " + value + ", " + postgres
		}
		cases[path+" changes"] = try{
			"A live database stays where and what it is.",
			"made: true", with(values[0]), with(values[1]), cannot(path, values[0], values[1]),
		}
		cases[path+" appears"] = try{
			"A field that appears is a change where status does not show its value.",
			"made: true", postgres, with(values[0]), cannot(path, "", values[0]),
		}
		cases[path+" disappears"] = try{"A field that goes is a change.", alive, with(values[0]), postgres, cannot(path, values[0], "")}
		cases[path+" stays"] = try{"What stays is no change.", alive, with(values[0]), with(values[0]), ""}
		for state, status := range map[string]string{"without status": "", "unmade": unmade, "not made": "made: false, " + unmade} {
			cases[path+" changes "+state] = try{"Nothing is made, so a mistake is put right by an edit.", status, with(values[0]), with(values[1]), ""}
			cases[path+" appears "+state] = try{"Nothing is made, so a field may be given.", status, postgres, with(values[0]), ""}
		}
	}
	tried(t, cases)
}

// TestMadeStays holds that no write of the spec lifts the rules: what it says of the
// status goes unheard. Nor does one of the status that comes with another spec.
func TestMadeStays(t *testing.T) {
	for name, s := range servers(t) {
		for _, status := range []string{"made: false", ""} {
			after := resource(t, s, "region: us-east, "+postgres, status)
			got := s.Update(resource(t, s, "region: eu-west, "+postgres, alive), after)
			if !strings.Contains(got, cannot("spec.region", "eu-west", "us-east")) {
				t.Errorf("%s: a write with the status {%s} moves a live database: %q", name, status, got)
			}
			after = resource(t, s, "region: us-east, "+postgres, status)
			if got := s.UpdateStatus(resource(t, s, "region: eu-west, "+postgres, alive), after); got != "" {
				t.Errorf("%s: a status is refused: %s", name, got)
			}
			if region := after["spec"].(map[string]any)["region"]; region != "eu-west" {
				t.Errorf("%s: a write of the status changes the region to %v", name, region)
			}
		}
	}
}

// TestConnectionSecret is about the field that only a namespaced XR has from us; a
// claim has it from Crossplane, which lets it be changed.
func TestConnectionSecret(t *testing.T) {
	const (
		a, b, odd, free = "writeConnectionSecretToRef: {name: a}, ", "writeConnectionSecretToRef: {name: b}, ", "writeConnectionSecretToRef: {name: My_Secret}, ", ""
		published       = alive + ", connectionSecret: a"
		illegal         = `spec.writeConnectionSecretToRef.name: "My_Secret" is not allowed; allowed are lowercase letters, digits, hyphens and dots`
	)
	s := servers(t)["namespaced/Resource"]
	for name, tc := range map[string]struct{ reason, status, before, after, want string }{
		"Stays":       {"A Secret that stays is no change.", published, a, a, ""},
		"Added":       {"A Secret may be asked for later.", alive, free, a, ""},
		"Changed":     {"A Secret that is published keeps its name.", published, a, b, "cannot change"},
		"Removed":     {"A Secret that is published is not taken away.", published, a, free, "cannot change"},
		"BeforeMade":  {"Until anything is made the name may change.", unmade, a, b, ""},
		"Unpublished": {"A name that nothing was published under, such as that of a Secret of somebody else, is mended by an edit.", alive, a, b, ""},
		"Dropped":     {"A name that nothing was published under may be taken away.", alive, a, free, ""},
		"Illegal":     {"A name that no Secret can have is refused.", alive, a, odd, illegal},
		"Mended":      {"A name that was accepted once is mended by an edit.", alive, odd, a, ""},
		"Tolerated":   {"A name that was accepted once does not refuse other writes, such as Crossplane's.", alive, odd, odd, ""},
		"Published":   {"A published name that is no longer said may be said again.", published, free, a, ""},
	} {
		got := s.Update(resource(t, s, tc.before+postgres, tc.status), resource(t, s, tc.after+postgres, ""))
		if (got == "") != (tc.want == "") || !strings.Contains(got, tc.want) {
			t.Errorf("%s\n%s\nwant an error with %q, got %q", name, tc.reason, tc.want, got)
		}
	}
	for name, fits := range secretNames {
		got := s.Create(resource(t, s, "writeConnectionSecretToRef: {name: "+strconv.Quote(name)+"}, "+postgres, ""))
		oneLine := !strings.Contains(name, "\n") // an API server repeats no other in a message of ours
		if (got == "") != fits || got != "" && oneLine && !strings.Contains(got, fmt.Sprintf(claim.SecretNameMistake, name)) {
			t.Errorf("the name %q: %q", name, got)
		}
	}
}

// secretNames are names of Secrets, and whether Kubernetes takes them.
var secretNames = map[string]bool{
	"a": true, "orders-db": true, "orders.db": true, "0": true, "a--b": true,
	"My_Secret": false, "Orders DB": false, "a/b": false, "orders-": false, "-orders": false, "orders.": false, "a..b": false, "a.-b": false,
	"orders\n": false, "Orders": false, "ordérs": false,
}

// TestRows holds which rows have a rule of the XRD, by their own rule: those of the
// settings and those that change freely have none.
func TestRows(t *testing.T) {
	spec := object{"properties": object{"x": object{"properties": object{"on": object{"type": "boolean"}}}}}
	for rule, want := range map[lifecycle.Rule]string{
		lifecycle.Free: "", lifecycle.Sticky: "", lifecycle.Joins: "", lifecycle.Floor: "",
		lifecycle.TurnsOn: "!(has(oldSelf.spec.x) && has(oldSelf.spec.x.on) && oldSelf.spec.x.on) || has(self.spec.x) && has(self.spec.x.on) && self.spec.x.on",
		lifecycle.Immutable: "(self.spec.?x.?on.hasValue() ? oldSelf.spec.?x.?on.hasValue() && self.spec.x.on == oldSelf.spec.x.on " +
			": !oldSelf.spec.?x.?on.hasValue())",
	} {
		got := ""
		if rules := transition(spec, lifecycle.Row{Name: "on", Path: "spec.x.on", Rule: rule}, "'x'"); len(rules) > 0 {
			got = strings.TrimSuffix(rules[0].(object)["rule"].(string), " || !"+made)
		}
		if got != want {
			t.Errorf("rule %d: want %q, got %q", rule, want, got)
		}
	}
}

// TestOwnNames holds what the rule on regions builds on: a region's own name is that of
// one cloud only, so that a neutral name means the same whichever cloud it is on.
func TestOwnNames(t *testing.T) {
	of := map[string]string{}
	for _, p := range cloud.Providers {
		for _, region := range cloud.OwnRegions(p) {
			if other := of[region]; other != "" {
				t.Errorf("%s is a region of %s and of %s", region, other, p)
			}
			of[region] = p
		}
	}
}
