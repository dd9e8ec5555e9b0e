package multiclouddb

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/test/crds"
)

// oldBuckets are what claims call an existing bucket of each cloud.
var oldBuckets = map[string]string{
	"gcp": "old", "aws": "old", "azure": "oldaccount/files",
	"ibm": "crn:v1:bluemix:public:cloud-object-storage:global:a/0:1:bucket:old",
}

// adopted is a claim for an existing bucket, with what is observed of it.
func adoptedBucket(t *testing.T, provider, spec, there string) *fnv1.RunFunctionRequest {
	t.Helper()
	spec = strings.NewReplacer("gcp", provider, "  region:", "  externalName: "+oldBuckets[provider]+"\n  region:").Replace(spec)
	req := request(t, xrHead+spec, settingsBucket, nil)
	first := run(t, req)
	if got := fatal(first); got != "" {
		t.Fatal(got)
	}
	for name, r := range first.GetDesired().GetResources() {
		o := r.GetResource()
		if name == keyInstance {
			object.Set(o, fromYAML(t, `{conditions: [{type: Synced, status: "True"}, {type: Ready, status: "True"}]}`), "status")
			object.Set(o, fromYAML(t, there), "status", "atProvider")
		}
		req.Observed.Resources[name] = &fnv1.Resource{Resource: o}
	}
	return req
}

func TestBucketAdopt(t *testing.T) {
	t.Parallel()
	const adopt = "  adopt: Manage\n"
	managed := map[string][]string{"gcp": {keyInstance}, "aws": {keyInstance}, "azure": {partContainer, keyInstance}, "ibm": {keyInstance}}
	cases := map[string]struct {
		reason, spec string
		there        func(string) string
		reasonGot    string
		says         string
		manages      bool
	}{
		"Looks":   {"What agrees is looked at.", specBucket, nil, "Observed", "is what the claim says", false},
		"Manages": {"What agrees is taken over.", specBucket + adopt, nil, "Adopted", "was there before its claim", true},
		"Region": {
			"A bucket elsewhere is looked at only.", strings.Replace(specBucket, "eu-west", "eu-central", 1) + adopt, nil, "Differs",
			"spec.region: ", false,
		},
		"Versions": {
			"A bucket with versions is not taken over without.", strings.Replace(specBucket, "true", "false", 1) + adopt, nil, "Differs",
			`spec.bucket.versioning: "false" is asked for and "true" is there`, false,
		},
		"Silent": {
			"A claim that does not say takes a bucket as it is.",
			strings.Replace(specBucket, "  bucket: {versioning: true, retentionDays: 20}\n", "", 1) + adopt, nil, "Adopted", "was there before",
			true,
		},
		"Without": {
			"A bucket without versions is not given any by being taken over.", specBucket + adopt,
			strings.NewReplacer("versioning: {enabled: true}, ", "", "versioningEnabled: true", "", "versioning: true, ", "").Replace,
			"Differs", `spec.bucket.versioning: "true" is asked for and "false" is there`, false,
		},
	}
	for _, provider := range cloud.Providers {
		for name, tc := range cases {
			t.Run(provider+"/"+name, func(t *testing.T) {
				t.Parallel()
				there := strings.Replace(bucketStatus[provider], "TAGS", bucketTags[provider], 1)
				if tc.there != nil {
					there = tc.there(there)
				}
				rsp := run(t, adoptedBucket(t, provider, tc.spec, there))
				if got := fatal(rsp); got != "" {
					t.Fatalf("\n%s\nRunFunction(): %s", tc.reason, got)
				}
				c := rsp.GetConditions()[0]
				if c.GetReason() != tc.reasonGot || !strings.Contains(c.GetMessage(), tc.says) {
					t.Errorf("\n%s\nComposed is %s: %s", tc.reason, c.GetReason(), c.GetMessage())
				}
				parts := slices.Sorted(maps.Keys(rsp.GetDesired().GetResources()))
				want := []string{keyInstance}
				if tc.manages {
					want = managed[provider]
				}
				if diff := cmp.Diff(want, parts); diff != "" {
					t.Errorf("\n%s\nparts: -want, +got:\n%s", tc.reason, diff)
				}
				o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
				if tc.manages && (!orphaned(o) || slices.Equal(list(o, "spec", "managementPolicies"), []string{"Observe"})) {
					t.Errorf("\n%s\nit is not managed, or would go with its claim: %v", tc.reason, list(o, "spec", "managementPolicies"))
				}
				if container := rsp.GetDesired().GetResources()[partContainer].GetResource(); container != nil && !slices.Equal(
					list(container, "spec", "managementPolicies"), []string{"Observe"},
				) {
					t.Errorf("\n%s\nthe container may be changed: %v", tc.reason, list(container, "spec", "managementPolicies"))
				}
				if got := object.String(rsp.GetDesired().GetComposite().GetResource(), "status", "resource", "endpoint"); got == "" {
					t.Errorf("\n%s\nit is not shown where it is reached", tc.reason)
				}
			})
		}
	}
}

func TestBucketAdoptRefused(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ reason, provider, name, want string }{
		"Container": {
			"An account has many containers.", "azure", "oldaccount",
			`spec.externalName: "oldaccount" is not allowed; allowed on azure is {account}/{container}`,
		},
		"CRN": {
			"A name does not say which instance a bucket is in.", "ibm", "old",
			`spec.externalName: "old" is not allowed; allowed on ibm is the CRN of a bucket`,
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			spec := strings.NewReplacer("gcp", tc.provider, "  region:", "  externalName: "+tc.name+"\n  region:").Replace(specBucket)
			if got := fatal(run(t, request(t, xrHead+spec, settingsBucket, nil))); !strings.HasPrefix(got, tc.want) {
				t.Errorf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, cmp.Diff(tc.want, got))
			}
		})
	}
}

// TestBucketUnfit holds that a bucket which cannot be managed is looked at alone, and that one
// which came to be so after it was taken over is composed as before.
func TestBucketUnfit(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ reason, provider, old, want string }{
		"Public": {
			"A bucket that somebody may serve to the world is not closed by the way.", "gcp", "enforced",
			`old has the publicAccessPrevention "inherited", so that somebody may serve it to the world`,
		},
		"Files": {
			"An account of files holds no bucket.", "azure", "StorageV2",
			`oldaccount/files is in an account of the accountKind "FileStorage", which holds no bucket`,
		},
	}
	odd := map[string]string{"enforced": "inherited", "StorageV2": "FileStorage"}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			there := strings.Replace(bucketStatus[tc.provider], "TAGS", bucketTags[tc.provider], 1)
			changed := strings.Replace(there, tc.old, odd[tc.old], 1)
			first := run(t, adoptedBucket(t, tc.provider, specBucket+"  adopt: Manage\n", changed))
			if c := first.GetConditions()[0]; fatal(first) != "" || c.GetReason() != "Differs" || !strings.Contains(c.GetMessage(), "spec.externalName: "+tc.want) {
				t.Errorf("\n%s\nComposed is %s: %s", tc.reason, c.GetReason(), c.GetMessage())
			}
			taken := run(t, adoptedBucket(t, tc.provider, specBucket+"  adopt: Manage\n", there))
			req := adoptedBucket(t, tc.provider, specBucket+"  adopt: Manage\n", changed)
			o := taken.GetDesired().GetResources()[keyInstance].GetResource()
			object.Set(o, object.Get(req.GetObserved().GetResources()[keyInstance].GetResource(), "status"), "status")
			req.GetObserved().GetResources()[keyInstance].Resource = o
			later := run(t, req)
			if c := later.GetConditions()[0]; fatal(later) != "" || c.GetReason() != "Adopted" || !strings.Contains(c.GetMessage(), tc.want) {
				t.Errorf("\n%s\nonce it is managed, %q, and Composed is %s: %s", tc.reason, fatal(later), c.GetReason(), c.GetMessage())
			}
		})
	}
}

// TestBucketTakenOverAsItIs holds, for every field that the CRD of a bucket lets a managed
// resource set, that it stays what the provider said it is, unless the claim is about it.
func TestBucketTakenOverAsItIs(t *testing.T) {
	t.Parallel()
	checker, err := crds.Load()
	if err != nil {
		t.Fatal(err)
	}
	for provider, tc := range map[string]struct {
		crd, facts string
		changes    []string // by the claim
		creation   []string // that count when it is made only, or are computed where they are left out
		left       []string // that Terraform computes, and that somebody may change: none is asked for
	}{
		"gcp": {
			"storage.gcp.upbound.io_buckets", "{publicAccessPrevention: enforced, lifecycleRule: [{action: {type: Delete}, condition: {age: 5}}]}",
			strings.Fields("location versioning forceDestroy publicAccessPrevention lifecycleRule"), strings.Fields("project"),
			strings.Fields("rpo uniformBucketLevelAccess website"),
		},
		"aws": {"s3.aws.upbound.io_buckets", "{region: eu-west-1}", strings.Fields("region forceDestroy"), nil, nil},
		"azure": {
			"storage.azure.upbound.io_accounts",
			"{location: westeurope, accountKind: StorageV2, accountTier: Standard, resourceGroupName: rg, blobProperties: {versioningEnabled: true}}",
			strings.Fields("location resourceGroupName"), nil,
			strings.Fields("accessTier largeFileShareEnabled networkRules routing shareProperties"),
		},
	} {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			spec, status := schemas(t, tc.crd)
			there := crds.Sample(status).GetStructValue()
			crds.Overlay(there, fromYAML(t, strings.ReplaceAll(bucketStatus[provider], "TAGS", "{a: b}")))
			crds.Overlay(there, fromYAML(t, tc.facts))
			req := adoptedBucket(t, provider, specBucket+"  adopt: Manage\n", "{}")
			object.Set(req.GetObserved().GetResources()[keyInstance].GetResource(), there, "status", "atProvider")
			rsp := run(t, req)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			o := rsp.GetDesired().GetResources()[keyInstance].GetResource()
			if c := rsp.GetConditions()[0]; c.GetReason() != "Adopted" {
				t.Fatal(c)
			}
			if err := checker.Check(inNamespace(o, false)); err != nil {
				t.Error(err)
			}
			for _, path := range crds.Leaves(spec, status, "") {
				isIn := func(p string) bool { return path == p || strings.HasPrefix(path, p+".") }
				if slices.ContainsFunc(slices.Concat(tc.changes, tc.creation), isIn) {
					continue
				}
				at := strings.Split(path, ".")
				asked := object.Get(o, append([]string{"spec", "forProvider"}, at...)...).AsInterface()
				if slices.ContainsFunc(tc.left, isIn) {
					if asked != nil {
						t.Errorf("%s would be set back to %v whenever somebody changes it", path, asked)
					}
					continue
				}
				if diff := cmp.Diff(object.Get(there, at...).AsInterface(), asked); diff != "" {
					t.Errorf("%s would be reset: -there, +composed:\n%s", path, diff)
				}
			}
		})
	}
}
