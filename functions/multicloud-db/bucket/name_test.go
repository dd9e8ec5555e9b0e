package bucket

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// callOf is a claim of a namespace, by settings with a salt.
func callOf(provider, namespace, name, salt string) lifecycle.Call {
	project, env, _ := claim.Split(namespace)
	return lifecycle.Call{
		Claim:    &claim.Claim{Provider: provider, Namespace: namespace, Name: name, Project: project, Env: env},
		Settings: &settings.Settings{Providers: map[string]settings.Provider{provider: {BucketNameSalt: salt}}},
		Answered: true,
	}
}

func TestNameOf(t *testing.T) {
	cases := map[string]struct{ reason, provider, namespace, name, salt, want, wantErr string }{
		"Plain": {"A name says whose it is, and has a hash.", "gcp", "payments-prod-infra", "files", "acme", "gcp-payments-prod-files-90dc3ec1", ""},
		"Salted": {
			"The same claim of another installation has another name.", "gcp", "payments-prod-infra", "files", "other",
			"gcp-payments-prod-files-93117c4e", "",
		},
		"Long":      {"A long name is cut before its hash.", "aws", "payments-prod-infra", strings.Repeat("x", 80), "acme", "", ""},
		"Account":   {"An account has letters and digits only.", "azure", "my-pay-prod-infra", "blob-main", "acme", "", ""},
		"Trademark": {"An account has no trademark in its name.", "azure", "windows-prod-infra", "x", "acme", "", ""},
		"Google": {
			"Google takes its own name in nobody's.", "gcp", "google-prod-infra", "files", "acme", "",
			`metadata.name: the bucket would be called "gcp-google-prod-files-`,
		},
		"Elsewhere": {"Amazon takes Google's name.", "aws", "google-prod-infra", "files", "acme", "", ""},
		"NoSalt": {
			"A name that every installation computes is refused.", "ibm", "payments-prod-infra", "files", "", "",
			"settings providers.ibm.bucketNameSalt: is missing, and the name of a new bucket, which no other customer of ibm may " +
				"have, is made with it; set it to what no other installation has, such as the id of the account",
		},
		"Spaces": {
			"A salt of spaces is none.", "gcp", "payments-prod-infra", "files", "   ", "",
			"settings providers.gcp.bucketNameSalt: is missing",
		},
		"Trimmed": {
			"Spaces around a salt, which nobody sees, make no other name.", "gcp", "payments-prod-infra", "files", " acme\n",
			"gcp-payments-prod-files-90dc3ec1", "",
		},
		"Short": {
			"A salt that is easily another installation's is refused.", "aws", "payments-prod-infra", "files", "abc", "",
			`settings providers.aws.bucketNameSalt: "abc" is not allowed; allowed are 4 characters or more, which are letters, ` +
				"digits and . _ : -, such as the id of the account",
		},
		"Strange": {
			"A salt with what no account's id has is refused.", "azure", "payments-prod-infra", "files", "my salt", "",
			`settings providers.azure.bucketNameSalt: "my salt" is not allowed`,
		},
		"Project": {"A project's id is a salt.", "gcp", "payments-prod-infra", "files", "example.com:acme-1", "", ""},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := nameOf(callOf(tc.provider, tc.namespace, tc.name, tc.salt))
			said := ""
			if err != nil {
				said = err.Error()
			}
			if !strings.HasPrefix(said, tc.wantErr) || (said == "") != (tc.wantErr == "") {
				t.Errorf("\n%s\nnameOf(): -want, +got:\n%s", tc.reason, cmp.Diff(tc.wantErr, said))
			}
			if tc.want != "" && got != tc.want {
				t.Errorf("\n%s\nnameOf(): -want, +got:\n%s", tc.reason, cmp.Diff(tc.want, got))
			}
		})
	}
}

// legal are the clouds' own rules of names, and what they may not hold. Sources:
// https://cloud.google.com/storage/docs/buckets#naming,
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html,
// https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules,
// https://cloud.ibm.com/docs/cloud-object-storage (compatibility-api-bucket-operations).
var legal = map[string]struct{ form, never *regexp.Regexp }{
	cloud.GCP: {regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$`), regexp.MustCompile(`^goog|google|g00gle`)},
	cloud.AWS: {
		regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$`),
		regexp.MustCompile(`^xn--|^sthree-|^amzn-s3-demo-|-s3alias$|--ol-s3$|--x-s3$|--table-s3$|-an$`),
	},
	cloud.Azure: {regexp.MustCompile(`^[a-z0-9]{3,24}$`), regexp.MustCompile(`microsoft|windows|^login`)},
	cloud.IBM:   {regexp.MustCompile(`^[a-z0-9]([a-z0-9]|-[a-z0-9]){1,61}[a-z0-9]$`), regexp.MustCompile(`--|^cosv1-|^account-`)},
}

// container is what Azure takes as a container's name, which is shown as the bucket's.
var container = regexp.MustCompile(`^[a-z0-9](-?[a-z0-9]){2,62}$`)

// TestNames holds for random claims that a name is legal where it is used, that no two
// claims and no two installations share one, and that a claim keeps its own.
func TestNames(t *testing.T) {
	words := []string{"a", "dev", "prod", "x-y", "9", "a.b", "login", "windows", "a--b", strings.Repeat("z", 40), strings.Repeat("q", 70)}
	r := rand.New(rand.NewPCG(7, 8))
	pick := func(words []string) string {
		parts := make([]string, 1+r.IntN(4))
		for i := range parts {
			parts[i] = words[r.IntN(len(words))]
		}
		return strings.Join(parts, "-")
	}
	owner := map[string]string{}
	for range 20000 {
		provider, salt := cloud.Providers[r.IntN(4)], []string{"acme", "other"}[r.IntN(2)]
		namespace, name := strings.ReplaceAll(pick(words[:5]), ".", "-")+"-prod-infra", pick(words)
		if namespace[0] >= '0' && namespace[0] <= '9' || len(namespace) > 63 {
			continue // no project begins with a digit, and no namespace is longer
		}
		call := callOf(provider, namespace, name, salt)
		got, err := nameOf(call)
		if err != nil {
			t.Fatal(err)
		}
		if !legal[provider].form.MatchString(got) || len(got) > 63 || legal[provider].never.MatchString(got) {
			t.Fatalf("%s: %q is no name that is taken there", provider, got)
		}
		if plain := uniqueName(call.Claim, ""); !container.MatchString(plain) || len(plain) > 63 {
			t.Fatalf("%q is no name of a container", plain)
		}
		who := strings.Join([]string{provider, salt, namespace, name}, "/")
		if other, ok := owner[got]; ok && other != who {
			t.Fatalf("%s and %s share %s", other, who, got)
		}
		owner[got] = who
		call.Claim.Profile, call.Claim.Entity, call.Claim.DeletionPolicy = "large", "resource:default/x", "Orphan"
		if again, _ := nameOf(call); again != got {
			t.Fatalf("%s was called %s, and is called %s after an edit", who, got, again)
		}
	}
}
