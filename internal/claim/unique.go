package claim

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Unique returns a name of that many characters at the most that no other customer of the
// cloud has: {provider}-{project}-{env}-{name} in letters, digits and single hyphens, and a
// hash of the salt and of what the claim is called in its cluster.
func (c *Claim) Unique(salt string, most int) string {
	plain := strings.Trim(illegal.ReplaceAllString(c.External(), "-"), "-")
	plain = strings.TrimRight(plain[:min(len(plain), most-hashLength-1)], "-")
	sum := c.Hash(salt)
	return plain + "-" + hex.EncodeToString(sum[:])[:hashLength]
}

// IsUnique reports whether Unique makes that name of the claim by some salt.
func (c *Claim) IsUnique(name string, most int) bool {
	if most == 0 || !hashed.MatchString(name) {
		return false
	}
	plain := c.Unique("", most)
	return name[:len(name)-hashLength] == plain[:len(plain)-hashLength]
}

// Hash is of the salt of an installation and of what the claim is called in its cluster.
func (c *Claim) Hash(salt string) [sha256.Size]byte {
	return sha256.Sum256([]byte(salt + "/" + c.Namespace + "/" + c.Name))
}
