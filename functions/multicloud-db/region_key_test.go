package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/testing/protocmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// entries are what settings can say of the region that eu-west is on each cloud, of databases
// and of buckets.
var entries = map[string]string{
	"gcp": `{kmsKeyID: projects/a/key, network: projects/a/global/networks/other, bucket: {kmsKeyID: projects/a/bucket}}`,
	"aws": `{kmsKeyID: "arn:aws:kms:eu-west-1:123456789012:key/a", subnetGroup: prod, securityGroupIDs: [sg-1],
		bucket: {kmsKeyID: "arn:aws:kms:eu-west-1:123456789012:key/b"}}`,
	"azure": `{kmsKeyID: "https://v/keys/k", kmsIdentityID: /i, postgres: {delegatedSubnetID: /s, privateDNSZoneID: /z},
		bucket: {kmsKeyID: "https://v/keys/b", kmsIdentityID: /i, subnetIDs: [/subnets/apps]}}`,
	"ibm": `{kmsKeyID: "crn:key", bucket: {kmsKeyID: "crn:bucket", endpoint: direct}}`,
}

// ownRegion is what eu-west is on each cloud, and spellings are other words for it.
var (
	ownRegion = map[string]string{"gcp": "europe-west1", "aws": "eu-west-1", "azure": "westeurope", "ibm": "eu-es"}
	spellings = map[string][]string{
		"gcp":   {"eu-west", "EUROPE-WEST1", "Europe West1", "EU-West"},
		"aws":   {"eu-west", "EU-WEST-1", "eu_west_1"},
		"azure": {"eu-west", "West Europe", "WestEurope"},
		"ibm":   {"eu-west", "EU-ES", "eu es"},
	}
)

// keyed are settings with one entry of a region, by its key.
func keyed(provider, key, entry string) string {
	rest := "bucketNameSalt: acme"
	if provider == "gcp" {
		rest += ", network: projects/a/global/networks/prod"
	}
	if key != "" {
		rest += ", regions: {" + `"` + key + `": ` + entry + "}"
	}
	return "metadata: {name: platform-prod}\ndata: {providers: {" + provider + ": {" + rest + "}}}"
}

// claimsOf are claims of each type.
func claimsOf(provider string) map[string]string {
	return map[string]string{
		"Database": xrHead + strings.Replace(specLive, "gcp", provider, 1),
		"Bucket":   xrHead + strings.Replace(specBucket, "gcp", provider, 1),
	}
}

func desiredParts(t *testing.T, req *fnv1.RunFunctionRequest) map[string]*fnv1.Resource {
	t.Helper()
	rsp := run(t, proto.CloneOf(req))
	if got := fatal(rsp); got != "" {
		t.Fatal(got)
	}
	return rsp.GetDesired().GetResources()
}

// TestRegionKeys holds that settings of a region are found under each spelling of it, and
// compose the same as under the cloud's own name, but for the record of the spelling.
func TestRegionKeys(t *testing.T) {
	t.Parallel()
	for provider, words := range spellings {
		for what, xr := range claimsOf(provider) {
			want := desiredParts(t, request(t, xr, keyed(provider, ownRegion[provider], entries[provider]), nil))
			for _, word := range words {
				t.Run(provider+"/"+what+"/"+word, func(t *testing.T) {
					t.Parallel()
					got := desiredParts(t, request(t, xr, keyed(provider, word, entries[provider]), nil))
					annotations := object.Struct(got[keyInstance].GetResource(), "metadata", "annotations").GetFields()
					if annotations[requested+"region-key"].GetStringValue() != word {
						t.Errorf("the key %q is not recorded: %v", word, annotations)
					}
					delete(annotations, requested+"region-key")
					if diff := cmp.Diff(clean(want), clean(got), protocmp.Transform()); diff != "" {
						t.Errorf("by %s and by %s: -want, +got:\n%s", ownRegion[provider], word, diff)
					}
				})
			}
		}
	}
}

// clean takes a password out, which is made at random.
func clean(desired map[string]*fnv1.Resource) map[string]*fnv1.Resource {
	out := map[string]*fnv1.Resource{}
	for name, r := range desired {
		if name != keyPassword {
			out[name] = r
		}
	}
	return out
}

// TestRegionKeyOfLive holds that a resource which was made while a key had no effect is
// composed as before, is not refused, and says which entry is for new ones; and that one
// which was made by such a key keeps following it.
func TestRegionKeyOfLive(t *testing.T) {
	t.Parallel()
	for provider, words := range spellings {
		for what, xr := range claimsOf(provider) {
			for _, word := range words {
				t.Run(provider+"/"+what+"/"+word, func(t *testing.T) {
					t.Parallel()
					old, entry := keyed(provider, "", ""), keyed(provider, word, entries[provider])
					l := settled(t, provider, xr, old)
					before := desiredParts(t, l.request)
					setSettings(t, l, entry)
					rsp := l.run(t)
					if got := fatal(rsp); got != "" {
						t.Fatal(got)
					}
					if diff := cmp.Diff(before, rsp.GetDesired().GetResources(), protocmp.Transform()); diff != "" {
						t.Errorf("a live resource changed by a key that had no effect: -before, +after:\n%s", diff)
					}
					c := rsp.GetConditions()[0]
					if want := "settings providers." + provider + ".regions." + word + " (for new "; !strings.Contains(c.GetMessage(), want) {
						t.Errorf("Composed is %s: %q, want a note with %q", c.GetReason(), c.GetMessage(), want)
					}

					want := desiredParts(t, settled(t, provider, xr, keyed(provider, ownRegion[provider], entries[provider])).request)
					got := settled(t, provider, xr, entry).run(t)
					parts := got.GetDesired().GetResources()
					delete(object.Struct(parts[keyInstance].GetResource(), "metadata", "annotations").GetFields(), requested+"region-key")
					message := got.GetConditions()[0].GetMessage()
					if diff := cmp.Diff(clean(want), clean(parts), protocmp.Transform()); diff != "" || strings.Contains(message, "(for new") {
						t.Errorf("what was made by %s does not follow it: %q: -want, +got:\n%s", word, message, diff)
					}
				})
			}
		}
	}
}

// settled composes a claim by settings until nothing changes any more.
func settled(t *testing.T, provider, xr, settings string) *live {
	t.Helper()
	l := &live{provider: provider, request: request(t, xr, settings, nil)}
	for range 3 {
		parts := desiredParts(t, l.request)
		if strings.Contains(xr, "type: bucket") {
			observeBucket(t, l, parts, made)
			continue
		}
		for name, r := range parts {
			o := made(r.GetResource())
			object.Set(o, fromYAML(t, `{project: shop, env: staging}`), "metadata", "labels")
			if object.String(o, "kind") != "Secret" {
				object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
			}
			l.request.Observed.Resources[name] = &fnv1.Resource{Resource: o}
		}
		object.Set(l.instance(), fromYAML(t, atProvider(provider, "16", 200)), "status", "atProvider")
	}
	return l
}

func setSettings(t *testing.T, l *live, settings string) {
	t.Helper()
	l.request.RequiredResources["settings-env"] = &fnv1.Resources{Items: []*fnv1.Resource{{Resource: fromYAML(t, settings)}}}
}

// TestRegionMistakes holds what is refused of the keys of regions, for whom, and with which
// reason.
func TestRegionMistakes(t *testing.T) {
	t.Parallel()
	const head = "settings platform-prod: data.providers.gcp.regions."
	cases := map[string]struct{ reason, regions, want string }{
		"Twice": {
			"Two keys of one region say two things.", "europe-west1: {}, eu-west: {kmsKeyID: k}",
			head + "europe-west1: is the region europe-west1, which eu-west is as well; keep one of the two",
		},
		"Nonsense": {
			"What is no region has the nearest named.", "eu-weest: {kmsKeyID: k}",
			head + `eu-weest: is no region of gcp; allowed are its own, such as africa-south1, and the neutral ones, such as us-east; did you mean "eu-west"?`,
		},
		"Foreign": {"Another cloud's region is recognised.", "eu-west-1: {}", head + "eu-west-1: is a region of aws, and none of gcp"},
		"Misspelt": {
			"A slip of the claim's region would leave a new database without its key.", "europe-wset1: {kmsKeyID: k}",
			`settings providers.gcp.regions.europe-wset1: is no region that is known here, and the claim's europe-west1 has no entry; did you mean "europe-west1"?`,
		},
		"Newer":       {"A region that is newer than the table is none of this claim's business.", "europe-west77: {kmsKeyID: k}", ""},
		"NewerStem":   {"A direction that is newer than the table neither.", "antarctica-south1: {kmsKeyID: k}", ""},
		"MisspeltBut": {"With an entry of its own the claim's region is not what was meant.", "europe-wset1: {kmsKeyID: k}, europe-west1: {}", ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := "metadata: {name: platform-prod}\ndata: {providers: {gcp: {regions: {" + tc.regions + "}}}}"
			rsp := run(t, request(t, xrHead+specGCP, settings, nil))
			if got := fatal(rsp); (got == "") != (tc.want == "") || !strings.HasPrefix(got, tc.want) {
				t.Errorf("\n%s\n-want, +got:\n%s", tc.reason, cmp.Diff(tc.want, got))
			}
			if got := rsp.GetConditions()[0].GetReason(); tc.want != "" && got != "InvalidSettings" {
				t.Errorf("\n%s\nComposed is %s", tc.reason, got)
			}
			if got := fatal(run(t, request(t, specOf("aws", "postgres"), settings, nil))); got != "" {
				t.Errorf("\n%s\na claim of another cloud is refused: %s", tc.reason, got)
			}
		})
	}
	l := settled(t, "gcp", claimsOf("gcp")["Database"], keyed("gcp", "", ""))
	setSettings(t, l, keyed("gcp", "europe-wset1", entries["gcp"]))
	if got := fatal(l.run(t)); got != "" {
		t.Errorf("a live database is refused for a slip in a key: %s", got)
	}
}

// TestNewerRegion holds that a region which no table knows is used once it has an entry.
func TestNewerRegion(t *testing.T) {
	t.Parallel()
	for key, region := range map[string]string{"europe-west77": "europe-west77", "EUROPE-WEST77": "europe-west77"} {
		xr := xrHead + strings.Replace(specGCP, "eu-west", region, 1)
		o := desiredParts(t, request(t, xr, keyed("gcp", key, "{kmsKeyID: k}"), nil))[keyInstance].GetResource()
		if got := object.String(o, "spec", "forProvider", "encryptionKeyName"); got != "k" {
			t.Errorf("by %s: the key is %q", key, got)
		}
	}
}

// TestKeyElsewhere holds that a resource without a key says so where other regions have one.
func TestKeyElsewhere(t *testing.T) {
	t.Parallel()
	other := map[string]string{"gcp": "europe-west4", "aws": "eu-central-1", "azure": "northeurope", "ibm": "eu-de"}
	for provider, region := range other {
		for what, xr := range claimsOf(provider) {
			path := map[string]string{"Database": "kmsKeyID", "Bucket": "bucket.kmsKeyID"}[what]
			want := "settings providers." + provider + ".regions." + region + "." + path + " is set, and settings providers." + provider +
				".regions." + ownRegion[provider] + "." + path + " is not"
			for _, req := range []*fnv1.RunFunctionRequest{
				request(t, xr, keyed(provider, region, entries[provider]), nil),
				settled(t, provider, xr, keyed(provider, region, entries[provider])).request,
			} {
				if c := run(t, req).GetConditions()[0]; !strings.Contains(c.GetMessage(), want) {
					t.Errorf("%s/%s: Composed is %s: %q, want a remark with %q", provider, what, c.GetReason(), c.GetMessage(), want)
				}
			}
			c := run(t, request(t, xr, keyed(provider, ownRegion[provider], entries[provider]), nil)).GetConditions()[0]
			if strings.Contains(c.GetMessage(), "own key") {
				t.Errorf("%s/%s: Composed says %q of one with a key", provider, what, c.GetMessage())
			}
		}
	}
}
