package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

const migrate = ", or make a second claim and migrate"

// refusals are what the guard says of each field of a live claim on GCP. The region
// on the other clouds is theirs.
var refusals = map[string]struct {
	reason string
	edit   []string
	want   string
}{
	"Provider": {
		"Another cloud has another database.",
		[]string{"provider: gcp", "provider: aws"},
		`spec.provider: "gcp" cannot become "aws" on a live database; set it back to "gcp"` + migrate,
	},
	"ProviderToo": {
		"That its engine's version is none of the other cloud's is not what matters.",
		[]string{"provider: gcp", "provider: ibm", `"16"`, `"14"`},
		`spec.provider: "gcp" cannot become "ibm" on a live database; set it back to "gcp"` + migrate,
	},
	"Type": {
		"So has another type.",
		[]string{"type: database", "type: bucket"},
		`spec.type: "database" cannot become "bucket" on a live database; set it back to "database"` + migrate,
	},
	"Engine": {
		"Another engine is another database, whatever its versions are.",
		[]string{"engine: postgres", "engine: mysql"},
		`spec.database.engine: "postgres" cannot become "mysql" on a live database; set it back to "postgres"` + migrate,
	},
	"Region": {
		"Data is never moved.",
		[]string{"eu-west", "eu-central"},
		`spec.region: "europe-west1" cannot become "europe-west3" on a live database; set it back to "europe-west1"` + migrate,
	},
	"Project": {
		"Whom it belongs to is in its name.",
		[]string{"project: shop", "project: other"},
		`spec.project: "shop" cannot become "other" on a live database; set it back to "shop"` + migrate,
	},
	"NoProject": {
		"That it comes from the namespace again is a change.",
		[]string{"project: shop", ""},
		`spec.project: "shop" cannot become "payments" on a live database; set it back to "shop"` + migrate,
	},
	"Env": {
		"So is its env.",
		[]string{"env: staging", "env: dev"},
		`spec.env: "staging" cannot become "dev" on a live database; set it back to "staging"` + migrate,
	},
	"NoEnv": {
		"The namespace is of prod.",
		[]string{"env: staging", ""},
		`spec.env: "staging" cannot become "prod" on a live database; set it back to "staging"` + migrate,
	},
	"Database": {
		"The logical database would be a second one.",
		[]string{"name: orders", "name: other"},
		`spec.database.name: "orders" cannot become "other" on a live database; set it back to "orders"` + migrate,
	},
	"Version": {
		"No cloud goes back.",
		[]string{`"16"`, `"15"`},
		`spec.database.version: "16" cannot become "15" on a live database; set it back to "16"` + migrate,
	},
	"Storage": {
		"A disk never shrinks.",
		[]string{"storageGiB: 200", "storageGiB: 100"},
		`spec.database.storageGiB: "200" cannot become "100" on a live database; set it back to "200"` + migrate,
	},
	"ExternalName": {
		"Another database is no edit.",
		[]string{"profile:", "externalName: other\n  profile:"},
		`spec.externalName: "gcp-shop-staging-cloudsql-main-7e886bd4" cannot become "other" on a live database; ` +
			`set it back to "gcp-shop-staging-cloudsql-main-7e886bd4"` + migrate,
	},
}

// TestGuard holds every field, however little is left to judge by. A fatal
// result comes with nothing composed, and its sentence stands on XR and claim.
func TestGuard(t *testing.T) {
	t.Parallel()
	for loss, lose := range losses {
		for name, tc := range refusals {
			t.Run(loss+"/"+name, func(t *testing.T) {
				t.Parallel()
				l := alive(t, "gcp")
				if loss == "Annotations" || loss == "Both" {
					// What the cloud has is no reason to refuse, so without a record it must not
					// be what was asked for.
					object.Set(l.instance(), fromYAML(t, "{id: x}"), "status", "atProvider")
				}
				lose(l)
				l.edit(t, tc.edit...)
				rsp := l.run(t)
				if diff := cmp.Diff(tc.want, fatal(rsp)); diff != "" {
					t.Errorf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, diff)
				}
				if n := len(rsp.GetDesired().GetResources()); n != 0 {
					t.Errorf("\n%s\nRunFunction(): %d resources beside a fatal result", tc.reason, n)
				}
				c := rsp.GetConditions()[0]
				if c.GetType() != conditionComposed || c.GetStatus() != fnv1.Status_STATUS_CONDITION_FALSE || c.GetReason() != "Refused" ||
					c.GetMessage() != tc.want || c.GetTarget() != fnv1.Target_TARGET_COMPOSITE_AND_CLAIM {
					t.Errorf("\n%s\nRunFunction(): the sentence does not reach the claim: %v", tc.reason, c)
				}
			})
		}
	}
}

// TestGuardOtherClouds holds the fields that each cloud spells in its own way.
func TestGuardOtherClouds(t *testing.T) {
	t.Parallel()
	regions := map[string][2]string{"aws": {"eu-west-1", "eu-central-1"}, "azure": {"westeurope", "germanywestcentral"}, "ibm": {"eu-es", "eu-de"}}
	for provider, region := range regions {
		cases := map[string]struct {
			edit []string
			want string
		}{
			"Provider": {[]string{"provider: " + provider, "provider: gcp"}, `spec.provider: "` + provider + `" cannot become "gcp"`},
			"Engine":   {[]string{"engine: postgres", "engine: mysql"}, `spec.database.engine: "postgres" cannot become "mysql"`},
			"Region":   {[]string{"eu-west", "eu-central"}, `spec.region: "` + region[0] + `" cannot become "` + region[1] + `"`},
			"Version":  {[]string{`"16"`, `"15"`}, `spec.database.version: "16" cannot become "15"`},
			"Storage":  {[]string{"storageGiB: 200", "storageGiB: 100"}, `spec.database.storageGiB: "200" cannot become "100"`},
		}
		if provider != "ibm" { // which has one logical database only
			cases["Database"] = struct {
				edit []string
				want string
			}{[]string{"name: orders", "name: other"}, `spec.database.name: "orders" cannot become "other"`}
		}
		for loss, lose := range losses {
			for name, tc := range cases {
				t.Run(provider+"/"+loss+"/"+name, func(t *testing.T) {
					t.Parallel()
					l := alive(t, provider)
					if loss == "Annotations" || loss == "Both" {
						object.Set(l.instance(), fromYAML(t, "{id: x}"), "status", "atProvider")
					}
					lose(l)
					l.edit(t, tc.edit...)
					if got := fatal(l.run(t)); !strings.HasPrefix(got, tc.want+" on a live database; set it back to ") {
						t.Errorf("RunFunction(): -want, +got:\n%s", cmp.Diff(tc.want, got))
					}
				})
			}
		}
	}
}

// happen is what a cloud does by itself.
func (l *live) happen(t *testing.T, version string, gib int) {
	t.Helper()
	object.Set(l.instance(), fromYAML(t, atProvider(l.provider, version, gib)), "status", "atProvider")
}

// TestNotOffered holds that a version which a cloud has stopped to offer to new
// databases stays right for one that has it, and for no other.
func TestNotOffered(t *testing.T) {
	t.Parallel()
	l := alive(t, "gcp")
	object.Set(l.instance(), "13", "metadata", "annotations", requested+"version")
	l.edit(t, `"16"`, `"13"`)
	if got := fatal(l.run(t)); got != "" {
		t.Errorf("an unchanged claim is refused: %s", got)
	}
	delete(l.request.GetObserved().GetResources(), keyInstance)
	if got, want := fatal(l.run(t)), `spec.database.version: "13" is not offered`; !strings.HasPrefix(got, want) {
		t.Errorf("a new database: want %q, got %q", want, got)
	}
}
