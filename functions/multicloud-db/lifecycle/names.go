package lifecycle

import (
	"regexp"

	"github.com/victor-onl/crossplane-resources/internal/claim"
)

// legalName is that of a Secret (an RFC 1123 subdomain).
var legalName = regexp.MustCompile(`^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$`)

// maxSecretName is the length, in characters, of a Secret's name.
const maxSecretName = 253

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
