package bucket

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// Lengths of the names that buckets and storage accounts have, and of what is in them
// beside a hash.
const (
	maxPlain    = 54 // and a hyphen and eight digits: 63
	hashDigits  = 8
	maxWords    = 11
	accountHash = 13 // base32 digits, which are 65 bits
)

var (
	hyphens = regexp.MustCompile(`[^a-z0-9]+`)
	letters = regexp.MustCompile(`[^a-z0-9]`)

	// saltForm is what the id of any cloud's account has; one that is shorter is easily
	// another installation's as well.
	saltForm = regexp.MustCompile(`^[A-Za-z0-9._:-]{4,}$`)
)

// nameOf is the external name of a new bucket, and on Azure of its account. Both are
// unique worldwide. The plain name is what every other installation of this product
// computes as well: the second one would be refused, or take the first one's bucket over,
// since providers look for a name before they make it.
func nameOf(call lifecycle.Call) (string, error) {
	salt, c := strings.TrimSpace(call.Provider().BucketNameSalt), call.Claim
	switch {
	case salt == "" && call.Answered:
		return "", fmt.Errorf("%s: is missing, and the name of a new bucket, which no other customer of %s may have, is made with it; set it to "+
			"what no other installation has, such as the id of the %s",
			call.Setting("bucketNameSalt"), c.Provider, accounts[c.Provider])
	case salt != "" && !saltForm.MatchString(salt):
		return "", fmt.Errorf("%s: %q is not allowed; allowed are 4 characters or more, which are letters, digits and . _ : -, such as the id of the %s",
			call.Setting("bucketNameSalt"), salt, accounts[c.Provider])
	}
	if c.Provider == cloud.Azure {
		return accountName(c, salt), nil
	}
	name := uniqueName(c, salt)
	for _, word := range reserved[c.Provider] {
		if strings.Contains(name, word) {
			return "", fmt.Errorf("metadata.name: the bucket would be called %q, and %s takes no name with %q in it; name the claim otherwise", name, c.Provider, word)
		}
	}
	return name, nil
}

// accounts are what a cloud calls what its customers pay for.
var accounts = map[string]string{cloud.GCP: "project", cloud.AWS: "account", cloud.Azure: "subscription", cloud.IBM: "account"}

// reserved are what a cloud takes in no name, wherever it stands: no hash behind it
// helps. What names may not begin with (goog, xn--, sthree-, amzn-s3-demo-, cosv1-,
// account-) none of ours does, since each begins with its provider, nor does one end with
// what S3 reserves, since each ends with a hash. Sources:
// https://cloud.google.com/storage/docs/buckets#naming,
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html,
// https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-compatibility-api-bucket-operations.
var reserved = map[string][]string{cloud.GCP: {"google", "g00gle"}}

// uniqueName is {provider}-{project}-{env}-{name} with a hash behind.
func uniqueName(c *claim.Claim, salt string) string {
	plain := strings.Trim(hyphens.ReplaceAllString(c.External(), "-"), "-")
	plain = strings.TrimRight(plain[:min(len(plain), maxPlain)], "-")
	sum := hash(c, salt)
	return plain + "-" + hex.EncodeToString(sum[:])[:hashDigits]
}

// accountName is a storage account's, which has letters and digits only: the first ones of
// project and name, and a hash. Azure takes no trademark of its own in it, and no login in
// front (Resolve reserved resource name errors, learn.microsoft.com): the hash is enough.
func accountName(c *claim.Claim, salt string) string {
	words := letters.ReplaceAllString(strings.ToLower(c.Project+c.Name), "")
	sum := hash(c, salt)
	digits := strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:accountHash]
	name := words[:min(len(words), maxWords)] + digits
	if strings.Contains(name, "microsoft") || strings.Contains(name, "windows") || strings.HasPrefix(name, "login") {
		return digits
	}
	return name
}

func hash(c *claim.Claim, salt string) [sha256.Size]byte {
	return sha256.Sum256([]byte(salt + "/" + c.Namespace + "/" + c.Name))
}
