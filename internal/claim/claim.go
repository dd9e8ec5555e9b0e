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
	"claimRef", "compositionRef", "compositionRevisionRef", "compositionRevisionSelector", "compositionSelector",
	"compositionUpdatePolicy", "crossplane", "environmentConfigRefs", "publishConnectionDetailsTo", "resourceRef", "resourceRefs",
}

var (
	versionForm  = regexp.MustCompile(`^[0-9]{1,3}(\.[0-9]{1,3})?$`)
	databaseForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,62}$`)
	projectForm  = regexp.MustCompile(`^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$`)
)

// Limits of what a claim may ask for on any cloud.
const (
	minStorageGiB    = 20    // RDS gp3 for PostgreSQL and MySQL
	maxStorageGiB    = 65536 // Cloud SQL and RDS
	maxRetentionDays = 35    // RDS and Azure
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
	c.AllowDelete = object.String(xr, "metadata", "annotations", AllowDelete) == "true"
	if err := c.readSpec(xr); err != nil {
		return nil, err
	}
	if err := c.place(); err != nil {
		return nil, err
	}
	if c.Database.Name == "" {
		c.Database.Name = logicalName(c.Project)
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
	c.Type = r.OneOf("type", "database")
	if c.Type == "" {
		c.Type = "database"
	}
	c.Profile = r.String("profile") // the sizer knows which ones there are
	c.Region = r.String("region")
	c.Project = r.Match("project", projectForm, "lowercase letters, digits and hyphens, at most 63")
	c.Env = r.OneOf("env", Envs...)
	c.DeletionPolicy = r.OneOf("deletionPolicy", "Orphan", "Delete")
	c.ExternalName = r.String("externalName")
	r.OneOf("adopt", "Observe", "Manage")
	c.Entity = r.String("entity")
	c.Tags = r.StringMap("tags")

	secret := r.Object("writeConnectionSecretToRef")
	c.ConnectionSecret = secret.String("name")
	secret.String("namespace")
	secret.Done()

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
	d.Done()
	r.Done()
	return r.Err()
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
func logicalName(project string) string {
	name := strings.ReplaceAll(project, "-", "_")
	if name[0] < 'a' || name[0] > 'z' {
		name = "db_" + name
	}
	return name[:min(len(name), 63)]
}
