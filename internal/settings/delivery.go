package settings

import (
	"regexp"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// The kinds of stores that External Secrets has.
const (
	ClusterSecretStore = "ClusterSecretStore"
	SecretStore        = "SecretStore"
)

// A Delivery says to which store of External Secrets connection Secrets are pushed. Without a
// Store nothing is said.
type Delivery struct {
	Store, Kind string
	// Separator stands between the parts of a key in the store. GCP Secret Manager takes no
	// slash in one, and Azure Key Vault nothing but hyphens.
	Separator string
	// Off says that nothing is delivered any more, also what was.
	Off bool
}

// storeForm is a name that an object of Kubernetes can have.
var storeForm = regexp.MustCompile(`^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$`)

func readDelivery(r *object.Reader) Delivery {
	enabled := r.Bool("enabled")
	d := Delivery{
		Store:     r.Match("store", storeForm, "the name of a "+ClusterSecretStore+" or "+SecretStore),
		Kind:      r.OneOf("kind", ClusterSecretStore, SecretStore),
		Separator: r.OneOf("separator", "/", "-"),
		Off:       enabled != nil && !*enabled,
	}
	r.Done()
	if d.Kind == "" {
		d.Kind = ClusterSecretStore
	}
	if d.Separator == "" {
		d.Separator = "/"
	}
	return d
}
