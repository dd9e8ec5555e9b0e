package bucket

import (
	"encoding/base32"
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
	maxName     = 63
	maxWords    = 11
	accountHash = 13 // base32 digits, which are 65 bits
)

// strange is what no storage account's name has.
var strange = regexp.MustCompile(`[^a-z0-9]`)

// nameOf is the external name of a new bucket, and on Azure of its account. Both are
// unique worldwide, and none is made without the settings' salt.
func nameOf(call lifecycle.Call) (string, error) {
	c := call.Claim
	salt, err := call.Salt()
	switch {
	case err != nil:
		return "", err
	case salt == "" && call.Answered:
		return "", call.RefuseUnsalted(claim.TypeBucket)
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

// reserved are what a cloud takes in no name, wherever it stands: no hash behind it
// helps. What names may not begin with (goog, xn--, sthree-, amzn-s3-demo-, cosv1-,
// account-) none of ours does, since each begins with its provider, nor does one end with
// what S3 reserves, since each ends with a hash. Sources:
// https://cloud.google.com/storage/docs/buckets#naming,
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html,
// https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-compatibility-api-bucket-operations.
var reserved = map[string][]string{cloud.GCP: {"google", "g00gle"}}

// uniqueName is the name of a bucket, or of a container of an account that is unique itself.
func uniqueName(c *claim.Claim, salt string) string { return c.Unique(salt, maxName) }

// accountName is a storage account's, which has letters and digits only: the first ones of
// project and name, and a hash. Azure takes no trademark of its own in it, and no login in
// front (Resolve reserved resource name errors, learn.microsoft.com): the hash is enough.
func accountName(c *claim.Claim, salt string) string {
	words := strange.ReplaceAllString(strings.ToLower(c.Project+c.Name), "")
	sum := c.Hash(salt)
	digits := strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:accountHash]
	name := words[:min(len(words), maxWords)] + digits
	if strings.Contains(name, "microsoft") || strings.Contains(name, "windows") || strings.HasPrefix(name, "login") {
		return digits
	}
	return name
}
