package claim

import (
	"regexp"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// crossplaneFields are those at spec level of an XR that are Crossplane's own.
var crossplaneFields = []string{
	"claimRef", "compositionRef", "compositionRevisionRef", "compositionRevisionSelector",
	"compositionUpdatePolicy", "crossplane", "environmentConfigRefs", "publishConnectionDetailsTo", "resourceRef", "resourceRefs",
}

var (
	regionForm   = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)
	externalForm = regexp.MustCompile(`^[^\x00-\x1f]{1,255}$`)
	projectForm  = regexp.MustCompile(`^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`)
)

// Limits of texts, in characters.
const (
	maxRegion     = 63  // longer than any cloud's
	maxEntity     = 253 // an annotation, and a label in short
	maxObjectName = 253 // as every object of Kubernetes
)

// readSpec reads what all types share.
func (c *Claim) readSpec(xr *structpb.Struct) {
	r := object.Read(object.Struct(xr, "spec"), "spec")
	c.spec = r
	r.Ignore(crossplaneFields...)
	c.Provider = r.OneOf("provider", cloud.Providers...)
	c.selectedProvider(xr, r)
	selector := r.Object("compositionSelector")
	selector.StringMap("matchLabels")
	selector.Done()
	r.Ignore("compositionSelector") // no error suggests the older way
	if c.Type = r.OneOf("type", Types...); c.Type == "" && !r.Has("type") {
		c.Type = TypeDatabase
	}
	c.Region = r.Short("region", maxRegion)
	if len(c.Region) <= maxRegion {
		r.Match("region", regionForm, "lowercase letters, digits and hyphens")
	}
	c.Project = r.Match("project", projectForm, "lowercase letters, digits and hyphens, at most 63")
	c.Env = r.OneOf("env", Envs...)
	c.DeletionPolicy = r.OneOf("deletionPolicy", "Orphan", "Delete")
	c.ExternalName = r.Match("externalName", externalForm, "one line of at most 255 characters")
	c.Adopt = r.OneOf("adopt", "Observe", "Manage")
	c.Entity = r.Short("entity", maxEntity)
	c.Tags = r.StringMap("tags")
	c.readProfile(r)
	c.readSecret(r)
	r.Elsewhere("spec."+c.Type, sectionFields[c.Type]...)
	for _, t := range Types {
		r.Object(t) // which whoever composes the type decodes
		r.Elsewhere("spec."+t, sectionFields[t]...)
	}
	r.Done()
}

// readProfile reads the profile as far as it can be judged here: the sizer knows
// which ones there are. Of a claim that is refused anyhow a spelling in capitals is
// told as well.
func (c *Claim) readProfile(r *object.Reader) {
	c.Profile = r.String("profile")
	if c.Profile == "" && NeedsProfile(c.Type) && slices.Contains(Types, c.Type) {
		r.Missingf("profile", "allowed for a %s are %s, and those that the settings add", c.Type, strings.Join(Profiles, ", "))
	}
	lower := strings.ToLower(c.Profile)
	if r.Err() != nil && lower != c.Profile && slices.Contains(Profiles, lower) {
		r.Failf("profile", "%q is not allowed; allowed are %s%s", c.Profile, strings.Join(Profiles, ", "), object.DidYouMean(lower))
	}
}

// SecretElsewhere is what is said of a namespace for the connection Secret.
//
//nolint:gosec // A sentence.
const SecretElsewhere = "%q is not allowed; the Secret is made in the claim's own namespace, so take the field out"

// SecretName is the form of a Secret's name. The namespaced XRD has the same.
var SecretName = object.NameForm

// SecretNameMistake is what is said of a name that no Secret can have.
//
//nolint:gosec // A sentence.
const SecretNameMistake = "%q is not allowed; allowed are lowercase letters, digits, hyphens and dots, with a letter or a digit at both ends of each part"

// readSecret reads the name of the connection Secret. Crossplane itself writes a
// namespace beside it into the XR of a claim.
func (c *Claim) readSecret(r *object.Reader) {
	secret := r.Object("writeConnectionSecretToRef")
	c.ConnectionSecret = secret.Short("name", maxObjectName)
	if name := c.ConnectionSecret; name != "" && len(name) <= maxObjectName && !SecretName.MatchString(name) {
		secret.Failf("name", SecretNameMistake, name)
	}
	if r.Has("writeConnectionSecretToRef") && c.ConnectionSecret == "" {
		secret.Missingf("name", "name the Secret that gets the connection details")
	}
	if namespace := secret.String("namespace"); namespace != "" && c.Namespaced {
		secret.Failf("namespace", SecretElsewhere, namespace)
	}
	secret.Ignore("namespace")
	secret.Done()
}

// selectedProvider takes the provider from the Composition selector's label
// where the claim leaves it out.
func (c *Claim) selectedProvider(xr *structpb.Struct, r *object.Reader) {
	selected := object.String(xr, "spec", "crossplane", "compositionSelector", "matchLabels", "provider")
	if selected == "" {
		selected = object.String(xr, "spec", "compositionSelector", "matchLabels", "provider")
	}
	switch {
	case c.Provider == "" && selected == "":
		r.Missingf("provider", "allowed are %s", strings.Join(cloud.Providers, ", "))
	case c.Provider == "" && !slices.Contains(cloud.Providers, selected):
		r.Failf("compositionSelector.matchLabels.provider", "%q is not allowed; allowed are %s", selected, strings.Join(cloud.Providers, ", "))
	case c.Provider == "":
		c.Provider = selected
	case selected != "" && selected != c.Provider:
		r.Failf("provider", "%q differs from spec.compositionSelector.matchLabels.provider %q; they must be equal, or one of them left out", c.Provider, selected)
	}
}
