package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestBucketGuard holds each field of a live bucket on each cloud, however little is left
// to judge by.
func TestBucketGuard(t *testing.T) {
	t.Parallel()
	regions := map[string][2]string{
		"gcp": {"europe-west1", "europe-west3"}, "aws": {"eu-west-1", "eu-central-1"}, "azure": {"westeurope", "germanywestcentral"},
		"ibm": {"eu-es", "eu-de"},
	}
	for provider, region := range regions {
		other := map[bool]string{true: "aws", false: "gcp"}[provider == "gcp"]
		cases := map[string]struct {
			reason string
			edit   []string
			want   string
		}{
			"Provider": {
				"Another cloud has another bucket.",
				[]string{"provider: " + provider, "provider: " + other},
				`spec.provider: "` + provider + `" cannot become "` + other + `" on a live bucket`,
			},
			"Type": {
				"A bucket is no database.",
				[]string{"type: bucket", "type: database", "bucket: {versioning: true, retentionDays: 20}", "database: {engine: postgres}"},
				`spec.type: "bucket" cannot become "database" on a live bucket`,
			},
			"Region": {
				"Data is never moved.",
				[]string{"eu-west", "eu-central"},
				`spec.region: "` + region[0] + `" cannot become "` + region[1] + `" on a live bucket`,
			},
			"Project": {
				"Whom a bucket belongs to is in its name.",
				[]string{"project: shop", "project: other"},
				`spec.project: "shop" cannot become "other" on a live bucket`,
			},
			"Env": {
				"The env decides on how a bucket is protected.",
				[]string{"env: staging", "env: dev"},
				`spec.env: "staging" cannot become "dev" on a live bucket`,
			},
			"Versioning": {
				"What was overwritten can be had back, and stays so.",
				[]string{"versioning: true", "versioning: false"},
				`spec.bucket.versioning: "true" cannot become "false" on a live bucket`,
			},
			"Adopted": {"Another bucket is no edit.", []string{"region: eu-west", "region: eu-west\n  externalName: other"}, `spec.externalName: `},
		}
		for loss, lose := range losses {
			for name, tc := range cases {
				t.Run(provider+"/"+loss+"/"+name, func(t *testing.T) {
					t.Parallel()
					l := aliveBucket(t, provider, settingsBucket)
					if loss == "Annotations" || loss == "Both" {
						object.Set(l.instance(), fromYAML(t, "{id: x}"), "status", "atProvider")
					}
					lose(l)
					l.edit(t, tc.edit...)
					rsp := l.run(t)
					if got := fatal(rsp); !strings.HasPrefix(got, tc.want) {
						t.Errorf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, cmp.Diff(tc.want, got))
					}
					if n := len(rsp.GetDesired().GetResources()); n != 0 {
						t.Errorf("\n%s\nRunFunction(): %d resources beside a fatal result", tc.reason, n)
					}
				})
			}
		}
	}
}

// TestBucketUnchanged holds that an unchanged claim moves nothing, whatever is left to
// judge by, and keeps each part.
func TestBucketUnchanged(t *testing.T) {
	t.Parallel()
	for provider, parts := range bucketParts {
		for loss, lose := range losses {
			t.Run(provider+"/"+loss, func(t *testing.T) {
				t.Parallel()
				l := aliveBucket(t, provider, settingsBucket)
				before := l.run(t)
				lose(l)
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				if diff := cmp.Diff(bodies(before), bodies(rsp)); diff != "" {
					t.Errorf("-before, +after:\n%s", diff)
				}
				if diff := cmp.Diff(parts, slices.Sorted(maps.Keys(rsp.GetDesired().GetResources()))); diff != "" {
					t.Errorf("parts: -want, +got:\n%s", diff)
				}
				name := object.String(before.GetDesired().GetResources()[keyInstance].GetResource(), externalNameAt...)
				if got := object.String(rsp.GetDesired().GetResources()[keyInstance].GetResource(), externalNameAt...); got != name || name == "" {
					t.Errorf("the external name was %q and is %q", name, got)
				}
			})
		}
	}
}

func TestBucketVersioning(t *testing.T) {
	t.Parallel()
	const on, off, silent = "bucket: {versioning: true}", "bucket: {versioning: false}", "bucket: {}"
	cases := map[string]struct {
		reason, env, first, then string
		cloudHas                 bool
		want                     bool
	}{
		"Prod":      {"A bucket in prod keeps versions without a word.", "prod", silent, silent, false, true},
		"Staging":   {"A bucket in staging keeps versions without a word.", "staging", silent, silent, false, true},
		"Dev":       {"A bucket in dev keeps none without a word.", "dev", silent, silent, false, false},
		"DevOn":     {"A claim in dev may ask for versions at any time.", "dev", silent, on, false, true},
		"StaysOn":   {"Versions that a claim no longer asks for are kept on.", "dev", on, silent, true, true},
		"ProdOff":   {"A claim in prod may do without versions from the start.", "prod", off, off, false, false},
		"ProdLater": {"A claim that no longer does without gets its env's.", "prod", off, silent, false, true},
		"ByHand":    {"Versions that somebody turned on at the cloud stay on, and the claim is not refused for it.", "dev", off, off, true, true},
		"ByHandToo": {"Versions that somebody turned on at the cloud stay on where the claim does not say.", "dev", silent, silent, true, true},
	}
	for _, provider := range cloud.Providers {
		for name, tc := range cases {
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				l := aliveBucket(t, provider, settingsBucket, "env: staging", "env: "+tc.env, "bucket: {versioning: true, retentionDays: 20}", tc.first)
				if tc.cloudHas {
					object.Set(l.instance(), bucketOf(t, provider, bucketTags[provider]), "status", "atProvider")
				}
				if tc.first != tc.then {
					l.edit(t, tc.first, tc.then)
				}
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatalf("\n%s\nRunFunction(): %s", tc.reason, got)
				}
				if got := versioningAt(rsp.GetDesired().GetResources(), provider); got != tc.want {
					t.Errorf("\n%s\nversioning is %t, want %t", tc.reason, got, tc.want)
				}
			})
		}
	}
}

// TestBucketAllowDelete holds that nothing deletes a bucket with something in it but the
// annotation, in any env.
func TestBucketAllowDelete(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		for _, env := range []string{"dev", "prod"} {
			for _, allowed := range []bool{false, true} {
				l := aliveBucket(t, provider, settingsBucket+"  policy: {deletionProtection: false}\n", "env: staging", "env: "+env)
				if allowed {
					object.Set(l.xr(), "true", "metadata", "annotations", "platform.victor.onl/allow-delete")
				}
				rsp := l.run(t)
				if got := fatal(rsp); got != "" {
					t.Fatal(got)
				}
				force := bucketAt(rsp.GetDesired().GetResources(), keyInstance, map[string][]string{cloud.IBM: {"varmap", "allow_delete"}, cloud.Azure: {"x"}}[provider]...)
				if provider == cloud.GCP || provider == cloud.AWS {
					force = bucketAt(rsp.GetDesired().GetResources(), keyInstance, "forceDestroy")
				}
				if provider == cloud.Azure { // where a lock that is to go is first told not to stay behind
					lock := rsp.GetDesired().GetResources()[keyLock].GetResource()
					force = lock == nil || !orphaned(lock)
				}
				if force != allowed {
					t.Errorf("%s in %s with the annotation %t: deleting it with all that is in it is %v", provider, env, allowed, force)
				}
				if got, want := orphaned(rsp.GetDesired().GetResources()[keyInstance].GetResource()), env == "prod" && !allowed; got != want {
					t.Errorf("%s in %s with the annotation %t: it outlives its claim: %t", provider, env, allowed, got)
				}
			}
		}
	}
}

func TestBucketBadInput(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ reason, spec, settings, want string }{
		"NoSalt": {
			"A name that every installation computes is nobody's.", specBucket, "",
			"settings providers.gcp.bucketNameSalt: is missing, and the name of a new bucket",
		},
		"Days": {
			"Days out of range name the range.", strings.Replace(specBucket, "20", "400", 1), settingsBucket,
			"spec.bucket.retentionDays: 400 is not allowed; allowed is 1 to 365",
		},
		"Word": {
			"A word for a switch is refused.", strings.Replace(specBucket, "true", "Enabled", 1), settingsBucket,
			`spec.bucket.versioning: "Enabled" is not allowed; allowed are true, false`,
		},
		"Typo": {
			"A field that nobody knows is refused.", strings.Replace(specBucket, "versioning", "versions", 1), settingsBucket,
			"spec.bucket.versions: unknown field; the fields here are retentionDays, versioning",
		},
		"Both": {
			"A section of another type is a mistake.", specBucket + "  database: {engine: postgres}\n", settingsBucket,
			`spec.database: belongs to type database, and spec.type is "bucket"; set spec.type: database, or take spec.database out`,
		},
		"NoType": {
			"A forgotten type is named.", strings.Replace(specBucket, "  type: bucket\n", "", 1), settingsBucket,
			`spec.bucket: belongs to type bucket, and spec.type is "database"; set spec.type: bucket, or take spec.bucket out`,
		},
		"HalfAKey": {
			"Half of a key would fail at the cloud only.", strings.Replace(specBucket, "gcp", "azure", 1),
			strings.Replace(settingsBucket, ", kmsIdentityID: /id", "", 1),
			"settings providers.azure.regions.westeurope.bucket: kmsKeyID and kmsIdentityID go together",
		},
		"Private": {
			"A private address lets nobody in: Azure knows a client by its public one.", strings.Replace(specBucket, "gcp", "azure", 1),
			strings.Replace(settingsBucket, "203.0.113.7", "203.0.113.7, 10.1.2.3", 1),
			`settings providers.azure.regions.westeurope.bucket.ipRules: "10.1.2.3" is not allowed; allowed are public IPv4 addresses`,
		},
		"PrivateRange": {
			"A private range lets nobody in.", strings.Replace(specBucket, "gcp", "azure", 1),
			strings.Replace(settingsBucket, "203.0.113.7", "172.16.0.0/12", 1),
			`settings providers.azure.regions.westeurope.bucket.ipRules: "172.16.0.0/12" is not allowed`,
		},
		"OneInARange": {
			"Azure takes one address without a prefix only.", strings.Replace(specBucket, "gcp", "azure", 1),
			strings.Replace(settingsBucket, "203.0.113.7", "203.0.113.7/32", 1),
			`settings providers.azure.regions.westeurope.bucket.ipRules: "203.0.113.7/32" is not allowed`,
		},
		"World": {
			"An account that says which networks reach it is not reached by all of them.", strings.Replace(specBucket, "gcp", "azure", 1),
			strings.Replace(settingsBucket, "203.0.113.7", "203.0.113.7, 0.0.0.0/0", 1),
			`settings providers.azure.regions.westeurope.bucket.ipRules: "0.0.0.0/0" is not allowed`,
		},
		"HalfTheWorld": {
			"Nor by half of them.", strings.Replace(specBucket, "gcp", "azure", 1), strings.Replace(settingsBucket, "203.0.113.7", "128.0.0.0/1", 1),
			`settings providers.azure.regions.westeurope.bucket.ipRules: "128.0.0.0/1" is not allowed`,
		},
		"NoAddress": {
			"A host name is no address.", strings.Replace(specBucket, "gcp", "azure", 1),
			strings.Replace(settingsBucket, "203.0.113.7", "vpn.example.com", 1),
			`settings providers.azure.regions.westeurope.bucket.ipRules: "vpn.example.com" is not allowed`,
		},
		"DeleteProd": {
			"A bucket in prod is not deleted by an edit.", strings.Replace(specBucket, "env: staging", "deletionPolicy: Delete\n  env: prod", 1),
			settingsBucket, `spec.deletionPolicy: "Delete" is refused in prod, where a bucket outlives its claim`,
		},
		"Google": {
			"Google takes its own name in nobody's.", strings.Replace(specBucket, "project: shop", "project: google-shop", 1), settingsBucket,
			"metadata.name: the bucket would be called",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rsp := run(t, request(t, xrHead+tc.spec, tc.settings, nil))
			if got := fatal(rsp); !strings.HasPrefix(got, tc.want) {
				t.Errorf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, cmp.Diff(tc.want, got))
			}
			if n := len(rsp.GetDesired().GetResources()); n != 0 {
				t.Errorf("\n%s\nRunFunction(): %d resources beside a fatal result", tc.reason, n)
			}
		})
	}
}
