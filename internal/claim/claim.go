// Package claim reads what a person asked for out of the XR, whether a claim
// stands behind it or the XR is namespaced itself, and names what is made of it.
package claim

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// AllowDelete is the annotation by which the owner of one claim lets it go.
const AllowDelete = "platform.victor.onl/allow-delete"

// Upgrade is the annotation by which the owner of one claim lets its version become a newer
// one, which is its value. A version only goes up, so that the word counts once.
const Upgrade = "platform.victor.onl/upgrade"

// ApplyNow is the annotation by which the owner of one claim has what waits applied at once. Its
// value is a word that counts once: Git would put an annotation back that was taken off.
const ApplyNow = "platform.victor.onl/apply-now"

// MadeAgain is the annotation by which the owner of one claim says that a resource may stay that
// its provider made in place of a lost one. Its value is status.resource.since of the new one.
const MadeAgain = "platform.victor.onl/made-again"

// RotatePassword is the annotation by which the owner of one claim has the administrator's password
// of its database replaced. Its value is a word that counts once, as that of ApplyNow.
const RotatePassword = "platform.victor.onl/rotate-password"

// maxWord is the length of the word of ApplyNow, and of RotatePassword.
const maxWord = 63

// Envs of the platform.
var Envs = []string{"dev", "staging", "prod", "mgmt"}

// Profiles of the platform, the smallest first.
var Profiles = []string{"nano", "small", "medium", "large", "xlarge"}

// A Claim is a decoded and validated claim, in what all types share. Optional fields
// have their zero value, or are nil, where the claim does not say.
type Claim struct {
	// Name and Namespace of the claim, or of the namespaced XR.
	Name, Namespace string
	// Namespaced says that the XR is namespaced, so composed resources are too.
	Namespaced bool

	Provider, Type, Profile, Region string
	Project, Env                    string
	// Overridden says that project or env do not come from the namespace.
	Overridden bool

	// Database is what a claim of that type says of it.
	Database         Database
	DeletionPolicy   string
	ExternalName     string
	Adopt            string
	Entity           string
	Tags             map[string]string
	ConnectionSecret string
	AllowDelete      bool
	Upgrade          string // the version that the annotation names
	ApplyNow         string // the word of the annotation
	MadeAgain        string // what the annotation says
	RotatePassword   string // the word of the annotation
	Labels           map[string]string

	spec *object.Reader
}

// FromXR decodes and validates the claim behind an XR.
func FromXR(xr *structpb.Struct) (*Claim, error) {
	if object.Struct(xr, "spec") == nil {
		return nil, errors.New("spec: is missing; a Resource needs at least spec.provider, spec.profile and spec.database.engine")
	}
	c := &Claim{
		Name:       object.String(xr, "metadata", "name"),
		Namespace:  object.String(xr, "metadata", "namespace"),
		Namespaced: object.String(xr, "metadata", "namespace") != "",
		Labels:     labels(xr),
	}
	if ref := object.Struct(xr, "spec", "claimRef"); ref != nil {
		c.Name, c.Namespace = object.String(ref, "name"), object.String(ref, "namespace")
	}
	if len(c.Name) > maxObjectName || len(c.Namespace) > maxObjectName {
		return nil, fmt.Errorf("metadata.name: has %d characters, and metadata.namespace %d; allowed are at most %d", len(c.Name), len(c.Namespace), maxObjectName)
	}
	c.AllowDelete = object.String(xr, "metadata", "annotations", AllowDelete) == "true"
	c.MadeAgain = object.String(xr, "metadata", "annotations", MadeAgain)
	c.Upgrade = object.String(xr, "metadata", "annotations", Upgrade)
	for _, name := range []string{ApplyNow, RotatePassword} {
		if n := utf8.RuneCountInString(object.String(xr, "metadata", "annotations", name)); n > maxWord {
			return nil, fmt.Errorf("metadata.annotations: %s has %d characters; allowed is a word of at most %d", name, n, maxWord)
		}
	}
	c.ApplyNow = object.String(xr, "metadata", "annotations", ApplyNow)
	c.RotatePassword = object.String(xr, "metadata", "annotations", RotatePassword)
	c.readSpec(xr)
	nowhere := c.place()
	if c.Type == TypeDatabase {
		c.Database, _ = ReadDatabase(c.Section(), c.Project) // its mistakes are the claim's
		c.refuseItself()
	}
	if err := c.spec.Err(); err != nil {
		return nil, err
	}
	if nowhere != nil {
		return nil, nowhere
	}
	if c.Entity == "" {
		c.Entity = strings.ToLower("resource:default/" + strings.Join([]string{c.Provider, c.Project, c.Env, c.Name}, "-"))
	}
	return c, nil
}

func labels(xr *structpb.Struct) map[string]string {
	out := map[string]string{}
	for k, v := range object.Struct(xr, "metadata", "labels").GetFields() {
		out[k] = v.GetStringValue()
	}
	return out
}
