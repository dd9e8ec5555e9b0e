package cache

import (
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/credential"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// consumer is given the password on AWS, which makes none. ElastiCache takes 16 to 128 signs
// for one (docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth.html).
var consumer = credential.Consumer{
	Part: lifecycle.Instance, Ref: "authTokenSecretRef", Make: "autoGenerateAuthToken", Published: []string{"attribute.auth_token"},
	Generates: true, What: "cache",
}

// passwords are the keys of the connection secret that have the password which a cloud makes.
var passwords = map[string]string{
	cloud.GCP:   "attribute.auth_string",
	cloud.Azure: "attribute.default_database.0.primary_access_key",
	cloud.IBM:   "password",
}

// switches are the fields by which a cloud asks for the password that it makes.
var switches = map[string][]string{
	cloud.GCP:   {"authEnabled"},
	cloud.Azure: {"defaultDatabase", "accessKeysAuthenticationEnabled"},
}

// withoutPassword is how clients come into an adopted cache that asks for no password.
var withoutPassword = map[string]string{
	cloud.GCP:   "asks its clients for no password",
	cloud.Azure: "lets its clients in by Entra ID, and has no password",
}

// theirs are the keys of the login of an adopted cache. Where there is no user name it is that of
// everybody who knows the token.
var theirs = credential.Keys{Has: []string{credential.Key}, May: []string{credential.KeyUsername}}

// password decides on the password. One that the cloud makes can be read, of an adopted cache
// as well; what ElastiCache was given by somebody else its owner has to say.
func password(in Held) (lifecycle.Credential, *lifecycle.Refusal) {
	key, reads := passwords[in.Claim.Provider]
	switch {
	case reads && in.Adopted() && !hasPassword(in):
		return credential.None(in.Resource, withoutPassword[in.Claim.Provider]), nil
	case reads:
		return lifecycle.Credential{Value: in.Parts[lifecycle.Instance].Details[key], Opens: true}, nil
	case in.Adopted():
		return credential.Theirs(in.Resource, theirs), nil
	}
	return credential.Decide(in.Resource, consumer)
}

// hasPassword reports whether an adopted cache asks for a password. A takeover leaves that as
// it was: clients without one would be locked out.
func hasPassword(in Held) bool {
	path, ok := switches[in.Claim.Provider]
	return !ok || in.There(path...) == "true"
}

// opens is the password that may be published.
func opens(in In) []byte {
	if !in.Credential.Opens {
		return nil
	}
	return in.Credential.Value
}
