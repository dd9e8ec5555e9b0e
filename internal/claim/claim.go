// Package claim reads what a person asked for out of the XR, whether a claim
// stands behind it or the XR is namespaced itself, and names what is made of it.
package claim

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// AllowDelete is the annotation by which the owner of one claim lets it go.
const AllowDelete = "platform.victor.onl/allow-delete"

// The types of a claim. One that does not say is about a database.
const (
	TypeDatabase = "database"
	TypeBucket   = "bucket"
)

// Envs of the platform.
var Envs = []string{"dev", "staging", "prod", "mgmt"} //nolint:gochecknoglobals // A closed set.

// Profiles of the platform, the smallest first.
var Profiles = []string{"nano", "small", "medium", "large", "xlarge"} //nolint:gochecknoglobals // A closed set.

// A Claim is a decoded and validated claim. Optional fields have their zero
// value, or are nil, where the claim does not say.
type Claim struct {
	// Name and Namespace of the claim, or of the namespaced XR.
	Name, Namespace string
	// Namespaced says that the XR is namespaced, so composed resources are too.
	Namespaced bool

	Provider, Type, Profile, Region string
	Project, Env                    string
	// Overridden says that project or env do not come from the namespace.
	Overridden bool

	Database         Database
	DeletionPolicy   string
	ExternalName     string
	Adopt            string
	Entity           string
	Tags             map[string]string
	ConnectionSecret string
	AllowDelete      bool
	Labels           map[string]string
}

// A Database is what a claim says of its database.
type Database struct {
	Engine, Version, Name string
	StorageGiB            int // GiB; 0 takes the profile's
	HighAvailability      *bool
	BackupRetentionDays   int // days; 0 takes the env's
}

// owned by Crossplane, at spec level of an XR.
//
//nolint:gochecknoglobals // A table.
var crossplaneFields = []string{
	"claimRef", "compositionRef", "compositionRevisionRef", "compositionRevisionSelector",
	"compositionUpdatePolicy", "crossplane", "environmentConfigRefs", "publishConnectionDetailsTo", "resourceRef", "resourceRefs",
}

var (
	versionForm  = regexp.MustCompile(`^[0-9]{1,3}(\.[0-9]{1,3})?$`)
	databaseForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}$`)
	externalForm = regexp.MustCompile(`^[^\x00-\x1f]{1,255}$`)
	projectForm  = regexp.MustCompile(`^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`)
)

// Limits of what a claim may ask for on any cloud.
const (
	minStorageGiB    = 20    // RDS gp3 for PostgreSQL and MySQL
	maxStorageGiB    = 65536 // Cloud SQL and RDS
	maxRetentionDays = 365   // Cloud SQL
	maxRegion        = 63    // characters; longer than any cloud's
	maxType          = 63    // characters; it is a word
	maxEntity        = 253   // characters; it is an annotation, and a label in short
	maxObjectName    = 253   // characters; as every object of Kubernetes
)

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
	if err := c.readSpec(xr); err != nil {
		return nil, err
	}
	if err := c.place(); err != nil {
		return nil, err
	}
	if c.Database.Name == "" && c.Type == TypeDatabase {
		c.Database.Name = logicalName(c.Project, c.Database.Engine)
	}
	if c.Entity == "" {
		c.Entity = strings.ToLower("resource:default/" + strings.Join([]string{c.Provider, c.Project, c.Env, c.Name}, "-"))
	}
	return c, nil
}

func (c *Claim) readSpec(xr *structpb.Struct) error {
	r := object.Read(object.Struct(xr, "spec"), "spec")
	r.Ignore(crossplaneFields...)

	c.Provider = r.OneOf("provider", cloud.Providers...)
	c.selectedProvider(xr, r)
	selector := r.Object("compositionSelector")
	selector.StringMap("matchLabels")
	selector.Done()
	r.Ignore("compositionSelector")   // no error suggests the older way
	c.Type = r.Short("type", maxType) // whoever composes a type knows it
	if c.Type == "" {
		c.Type = TypeDatabase
	}
	c.Profile = r.String("profile") // the sizer knows which ones there are
	c.Region = r.Short("region", maxRegion)
	c.Project = r.Match("project", projectForm, "lowercase letters, digits and hyphens, at most 63")
	c.Env = r.OneOf("env", Envs...)
	c.DeletionPolicy = r.OneOf("deletionPolicy", "Orphan", "Delete")
	c.ExternalName = r.Match("externalName", externalForm, "one line of at most 255 characters")
	c.Adopt = r.OneOf("adopt", "Observe", "Manage")
	c.Entity = r.Short("entity", maxEntity)
	c.Tags = r.StringMap("tags")

	secret := r.Object("writeConnectionSecretToRef")
	c.ConnectionSecret = secret.Short("name", maxObjectName)
	secret.String("namespace")
	if r.Has("writeConnectionSecretToRef") && c.ConnectionSecret == "" {
		secret.Failf("name", "is missing; name the Secret that gets the connection details")
	}
	secret.Done()

	c.readSections(r)
	r.Done()
	return r.Err()
}

// readSections reads what belongs to one type alone.
func (c *Claim) readSections(r *object.Reader) {
	if c.Type != TypeDatabase {
		r.Ignore(TypeDatabase, c.Type) // the type judges both
		return
	}
	RefuseSections(r, c.Type)
	d := r.Object("database")
	c.Database = Database{
		Engine:              d.OneOf("engine", cloud.Engines...),
		Version:             d.Match("version", versionForm, `a major version such as "17" or "8.4"`),
		Name:                d.Match("name", databaseForm, "a lowercase letter, then at most 62 lowercase letters, digits or underscores"),
		StorageGiB:          d.Int("storageGiB", minStorageGiB, maxStorageGiB),
		HighAvailability:    d.Bool("highAvailability"),
		BackupRetentionDays: d.Int("backupRetentionDays", 1, maxRetentionDays),
	}
	if c.Database.Engine == "" {
		d.Failf("engine", "is missing; allowed are %s", strings.Join(cloud.Engines, ", "))
	}
	if cloud.Reserved(c.Database.Engine, c.Database.Name) {
		d.Failf("name", "%q is a word or a database of %s's own; choose another", c.Database.Name, c.Database.Engine)
	}
	d.Done()
}

// RefuseSections refuses the section of another type than the claim's: the section is a
// mistake, or the type is.
func RefuseSections(spec *object.Reader, own string) {
	for _, other := range []string{TypeDatabase, TypeBucket} {
		if other != own && spec.Has(other) {
			spec.Failf(other, "belongs to type %s, and spec.type is %q; set spec.type: %s, or take spec.%s out", other, own, other, other)
		}
	}
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
		r.Failf("provider", "is missing; allowed are %s", strings.Join(cloud.Providers, ", "))
	case c.Provider == "" && !slices.Contains(cloud.Providers, selected):
		r.Failf("compositionSelector.matchLabels.provider", "%q is not allowed; allowed are %s", selected, strings.Join(cloud.Providers, ", "))
	case c.Provider == "":
		c.Provider = selected
	case selected != "" && selected != c.Provider:
		r.Failf("provider", "%q differs from spec.compositionSelector.matchLabels.provider %q; they must be equal, or one of them left out", c.Provider, selected)
	}
}

// place finds project and env: the namespace says both, the spec can override.
func (c *Claim) place() error {
	project, env, ok := Split(c.Namespace)
	c.Overridden = c.Project != "" && c.Project != project || c.Env != "" && c.Env != env
	if c.Project == "" {
		c.Project = project
	}
	if c.Env == "" {
		c.Env = env
	}
	if c.Project == "" || c.Env == "" || !ok && c.Namespace == "" {
		return fmt.Errorf("metadata.namespace: %q is no {project}-{env}-infra with env one of %s; rename it, or set spec.project and spec.env", c.Namespace, strings.Join(Envs, ", "))
	}
	return nil
}

// Split takes project and env out of a namespace {project}-{env}-infra.
func Split(namespace string) (project, env string, ok bool) {
	rest, ok := strings.CutSuffix(namespace, "-infra")
	if !ok {
		return "", "", false
	}
	i := strings.LastIndex(rest, "-")
	if i < 1 || !slices.Contains(Envs, rest[i+1:]) {
		return "", "", false
	}
	return rest[:i], rest[i+1:], true
}

func labels(xr *structpb.Struct) map[string]string {
	out := map[string]string{}
	for k, v := range object.Struct(xr, "metadata", "labels").GetFields() {
		out[k] = v.GetStringValue()
	}
	return out
}

// logicalName makes a database name that every engine takes of a project.
func logicalName(project, engine string) string {
	name := strings.ReplaceAll(project, "-", "_")
	if name[0] < 'a' || name[0] > 'z' || cloud.Reserved(engine, name) {
		name = "db_" + name
	}
	return name[:min(len(name), 63)]
}
