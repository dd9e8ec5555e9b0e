package multiclouddb

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// TestBucketSettingsGone holds that a live bucket is as it was once the settings no longer
// say: its key, its group, its networks, how it is opened, how long it keeps what.
func TestBucketSettingsGone(t *testing.T) {
	t.Parallel()
	const policy = "  policy: {highAvailability: true, backupRetentionDays: 90}\n"
	for _, provider := range cloud.Providers {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			l := aliveBucket(t, provider, settingsBucket+policy, ", retentionDays: 20", "")
			before := bodies(l.run(t))
			l.settle(t, withoutBucket[provider])
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			if diff := cmp.Diff(before, bodies(rsp)); diff != "" {
				t.Errorf("-before, +after:\n%s", diff)
			}
			message := rsp.GetConditions()[0].GetMessage()
			if !strings.Contains(message, "bucket.kmsKeyID") || !strings.Contains(message, "although the settings say otherwise") {
				t.Errorf("the condition does not say what was kept: %q", message)
			}
		})
	}
}

// TestBucketSettingsChange holds what other settings come to on a live bucket.
func TestBucketSettingsChange(t *testing.T) {
	t.Parallel()
	const live = " on a live bucket"
	cases := map[string]struct {
		reason, provider, from, to string
		want                       string // of a fatal result
		says                       string // in the condition
	}{
		"KeyGCP": {
			"Cloud Storage takes another key in place, for new objects.", "gcp", "kmsKeyID: key", "kmsKeyID: other",
			"", "",
		},
		"KeyAWS": {
			"S3 takes another key of KMS in place, for new objects.", "aws", "key/main", "key/other",
			"", "",
		},
		"KeyAzure": {
			"Azure takes another key of a vault in place.", "azure", "kmsKeyID: key, kms", "kmsKeyID: other, kms",
			"", "",
		},
		"KeyIBM": {
			"IBM takes a key at creation only.", "ibm", "key:2", "key:3",
			`settings providers.ibm.regions.eu-es.bucket.kmsKeyID: "crn:v1:bluemix:public:kms:eu-es:a/0:1:key:2" cannot become`, "",
		},
		"Group": {
			"An account is in the group that it was made in.", "azure", "resourceGroup: rg", "resourceGroup: other",
			`settings providers.azure.resourceGroup: "rg" cannot become "other"` + live, "",
		},
		"GroupIBM": {
			"An instance is in the group that it was made in.", "ibm", "resourceGroupID: 0", "resourceGroupID: 1",
			`settings providers.ibm.resourceGroupID: "0123456789abcdef0123456789abcdef" cannot become`, "",
		},
		"Account": {
			"Another provider config is another account.", "aws", "aws: {bucketNameSalt: acme,",
			"aws: {bucketNameSalt: acme, providerConfig: other,", `settings providers.aws.providerConfig: "default" cannot become "other"` + live,
			"",
		},
		"Salt":   {"Another salt names new buckets only.", "gcp", "gcp: {bucketNameSalt: acme", "gcp: {bucketNameSalt: other", "", ""},
		"NoSalt": {"A live bucket has its name already.", "aws", "aws: {bucketNameSalt: acme, ", "aws: {", "", ""},
		"Standby": {
			"An account keeps its replication.", "azure", "data:\n", "data:\n  policy: {highAvailability: true}\n", "",
			"the account stays LRS, and ZRS takes a new one",
		},
		"NetworkToo": {"Networks follow the settings.", "azure", "[/subnets/apps]", "[/subnets/apps, /subnets/more]", "", ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := aliveBucket(t, tc.provider, settingsBucket)
			was := object.String(l.instance(), externalNameAt...)
			l.settle(t, strings.Replace(settingsBucket, tc.from, tc.to, 1))
			rsp := l.run(t)
			if got := fatal(rsp); !strings.HasPrefix(got, tc.want) || (got == "") != (tc.want == "") {
				t.Fatalf("\n%s\nRunFunction(): -want, +got:\n%s", tc.reason, cmp.Diff(tc.want, got))
			}
			if message := rsp.GetConditions()[0].GetMessage(); !strings.Contains(message, tc.says) {
				t.Errorf("\n%s\nComposed: want %q in %q", tc.reason, tc.says, message)
			}
			if tc.want != "" {
				return
			}
			if got := object.String(rsp.GetDesired().GetResources()[keyInstance].GetResource(), externalNameAt...); got != was {
				t.Errorf("\n%s\nthe name was %q and is %q", tc.reason, was, got)
			}
		})
	}
}

// keyAt is where each cloud is told which key encrypts.
var keyAt = map[string]struct {
	part string
	path []string
}{
	"gcp":   {keyInstance, []string{"encryption", "defaultKmsKeyName"}},
	"azure": {keyInstance, []string{"customerManagedKey", "keyVaultKeyId"}},
	"ibm":   {keyInstance, []string{"varmap", "kms_key_crn"}},
}

// TestBucketKeyJoins holds that a bucket which was made without a key of the platform's is
// given one where its cloud can.
func TestBucketKeyJoins(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		t.Run(provider, func(t *testing.T) {
			t.Parallel()
			without := strings.NewReplacer(`kmsKeyID: key, kmsIdentityID: /id`, "", "kmsKeyID: key", "", `kmsKeyID: "arn:aws:kms:eu-west-1:123456789012:key/main"`, "",
				`kmsKeyID: "crn:v1:bluemix:public:kms:eu-es:a/0:1:key:2",`, "").Replace(settingsBucket)
			l := aliveBucket(t, provider, without)
			l.settle(t, settingsBucket)
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatal(got)
			}
			desired := rsp.GetDesired().GetResources()
			key := bucketAt(desired, keyAt[provider].part, keyAt[provider].path...)
			if provider == cloud.AWS {
				rule := object.Get(desired["encryption"].GetResource(), "spec", "forProvider", "rule").GetListValue().GetValues()[0].GetStructValue()
				key = object.Get(rule, "applyServerSideEncryptionByDefault", "kmsMasterKeyId").AsInterface()
			}
			if joined := key != nil; joined != (provider != cloud.IBM) {
				t.Errorf("the key is %v", key)
			}
			message, late := rsp.GetConditions()[0].GetMessage(), "settings providers.ibm.regions.eu-es.bucket.kmsKeyID (for new buckets only)"
			if provider == cloud.IBM && !strings.Contains(message, late) {
				t.Errorf("want %q in %q", late, message)
			}
		})
	}
}

// TestBucketFewerDays holds that a claim may keep versions for fewer days, and that the
// condition says what goes.
func TestBucketFewerDays(t *testing.T) {
	t.Parallel()
	for _, provider := range cloud.Providers {
		l := aliveBucket(t, provider, settingsBucket)
		l.edit(t, "retentionDays: 20", "retentionDays: 5")
		rsp := l.run(t)
		if got := fatal(rsp); got != "" {
			t.Fatal(got)
		}
		if message, want := rsp.GetConditions()[0].GetMessage(), "old versions are kept for 5 days instead of 20, so "+
			"older ones are deleted"; !strings.Contains(message, want) {
			t.Errorf("%s: want %q in %q", provider, want, message)
		}
	}
}

// TestBucketSoftDelete holds that a bucket without versions keeps what is deleted for as
// long as the settings that are gone had said, and that fewer days are said.
func TestBucketSoftDelete(t *testing.T) {
	t.Parallel()
	const days, minimum = "  policy: {backupRetentionDays: 60}\n", "  policy: {backupRetentionDays: 3}\n"
	cases := map[string]struct {
		reason, settings, spec string
		then                   [2]string // an edit of the claim
		want                   float64   // days
		says                   string
	}{
		"Gone":    {"Settings that are gone shrink no soft delete.", days, "versioning: false", [2]string{}, 60, ""},
		"Minimum": {"A minimum of the cloud's is nobody's wish.", minimum, "versioning: false", [2]string{}, 7, ""},
		"Fewer": {
			"A claim may keep what is deleted for fewer days.", days, "versioning: false",
			[2]string{"versioning: false", "versioning: false, retentionDays: 9"},
			9,
			"what is deleted is kept for 9 days instead of 60",
		},
		"Fewest": {
			"A claim that asks for less than the minimum is told the minimum.", days, "versioning: false",
			[2]string{"versioning: false", "versioning: false, retentionDays: 1"},
			7, "what is deleted is kept for 7 days instead of 60",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := aliveBucket(t, cloud.GCP, settingsBucket+tc.settings, "env: staging", "env: dev", "versioning: true, retentionDays: 20", tc.spec)
			l.settle(t, withoutBucket[cloud.GCP])
			if tc.then[0] != "" {
				l.edit(t, tc.then[:]...)
			}
			rsp := l.run(t)
			if got := fatal(rsp); got != "" {
				t.Fatalf("\n%s\nRunFunction(): %s", tc.reason, got)
			}
			got := bucketAt(rsp.GetDesired().GetResources(), keyInstance, "softDeletePolicy", "retentionDurationSeconds")
			if diff := cmp.Diff(any(tc.want*24*60*60), got); diff != "" {
				t.Errorf("\n%s\nseconds: -want, +got:\n%s", tc.reason, diff)
			}
			message := rsp.GetConditions()[0].GetMessage()
			if tc.says != "" && !strings.Contains(message, tc.says) || tc.says == "" && strings.Contains(message, "instead of") {
				t.Errorf("\n%s\nComposed: want %q in %q", tc.reason, tc.says, message)
			}
		})
	}
}

// TestBucketReached holds that the claim says who reaches an account of Azure's: everyone
// but where the settings have networks.
func TestBucketReached(t *testing.T) {
	t.Parallel()
	cases := map[string]struct{ reason, settings, want, says string }{
		"Closed": {
			"An account that denies all but some networks is not public.", settingsBucket, "Composed",
			"only the networks of its account's rules reach the endpoint",
		},
		"Open": {
			"An account without networks is public.", strings.Replace(settingsBucket, "subnetIDs: [/subnets/apps], ipRules: [203.0.113.7], ", "", 1),
			"PublicEndpoint", "the endpoint is public",
		},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := aliveBucket(t, cloud.Azure, tc.settings).run(t).GetConditions()[0]
			if c.GetReason() != tc.want || !strings.Contains(c.GetMessage(), tc.says) {
				t.Errorf("\n%s\nComposed: want %s with %q, got %s: %s", tc.reason, tc.want, tc.says, c.GetReason(), c.GetMessage())
			}
			if closed := tc.want == "Composed"; closed && strings.Contains(c.GetMessage(), "endpoint is public") {
				t.Errorf("\n%s\nComposed: %s", tc.reason, c.GetMessage())
			}
		})
	}
}
