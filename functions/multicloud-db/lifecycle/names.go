package lifecycle

import (
	"fmt"
	"regexp"

	"github.com/victor-onl/crossplane-resources/internal/claim"
)

// legalName is that of a Secret (an RFC 1123 subdomain).
var legalName = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$`)

// maxSecretName is the length, in characters, of a Secret's name.
const maxSecretName = 253

// RefuseID refuses an external name that is an id, in which the provider would look for the
// whole of as a name: it makes the id itself, of the name, its account and its group.
func (r *Resource) RefuseID(name string) error {
	return fmt.Errorf("spec.externalName: %q is not allowed; allowed on %s is the name alone, such as %q", r.Name, r.Claim.Provider, name)
}

// PublishedName is the name of the connection secret that a part writes. It is made of the
// external name, which Kubernetes takes as it is where the claim made it. One that was there
// before may have spaces, capitals or slashes: a label of it, with a hash of it, stands for
// that.
func (r *Resource) PublishedName(part string) string {
	if part == Instance {
		part = "server"
	}
	if name := r.Name + "-" + part; len(name) <= maxSecretName && legalName.MatchString(name) {
		return name
	}
	return claim.Label(r.Name, r.Name) + "-" + part
}
