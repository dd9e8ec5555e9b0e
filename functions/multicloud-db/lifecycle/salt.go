package lifecycle

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

const saltPath = "bucketNameSalt"

// saltForm is what the id of any cloud's account has; one that is shorter is easily
// another installation's as well.
var saltForm = regexp.MustCompile(`^[A-Za-z0-9._:-]{4,}$`)

// accounts are what a cloud calls what its customers pay for.
var accounts = map[string]string{cloud.GCP: "project", cloud.AWS: "account", cloud.Azure: "subscription", cloud.IBM: "account"}

// Salt is what names are made with that are unique worldwide, or "" where the settings have
// none: the plain name is what every other installation of this product computes as well. The
// second one would be refused, or take the first one's resource over, since providers look for
// a name before they make it.
func (c Call) Salt() (string, error) {
	salt := strings.TrimSpace(c.Provider().BucketNameSalt)
	if salt != "" && !saltForm.MatchString(salt) {
		return "", fmt.Errorf("%s: %q is not allowed; allowed are 4 characters or more, which are letters, digits and . _ : -, such as the id of the %s",
			c.Setting(saltPath), salt, accounts[c.Claim.Provider])
	}
	return salt, nil
}

// Unique is a name that is unique worldwide, by the settings' salt, or without one the name
// that every installation computes.
func (c Call) Unique(most int) (string, error) {
	salt, err := c.Salt()
	if err != nil || salt == "" {
		return c.Claim.External(), err
	}
	return c.Claim.Unique(salt, most), nil
}

// RefuseUnsalted refuses a new resource whose name only the settings' salt makes one that no
// other customer has.
func (c Call) RefuseUnsalted(noun string) error {
	return fmt.Errorf("%s: is missing, and the name of a new %s, which no other customer of %s may have, is made with it; set it to "+
		"what no other installation has, such as the id of the %s",
		c.Setting(saltPath), noun, c.Claim.Provider, accounts[c.Claim.Provider])
}
