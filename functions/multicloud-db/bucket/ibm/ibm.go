// Package ibm holds the OpenTofu modules that stand for a bucket on IBM Cloud. A
// Workspace takes a module as one string, and everything that is of one claim
// through its varmap: no module is ever put together from a claim's values.
//
// Each folder is read by people and by tofu fmt as a module's files are. To make,
// to adopt and to observe a bucket are three modules with an OpenTofu state each:
// a state that one of them began is refused by the others.
package ibm

import (
	_ "embed"
	"strings"
)

var (
	//go:embed make/versions.tf
	versions string
	//go:embed make/place.tf
	place string
	//go:embed make/guard.tf
	guard string
	//go:embed make/variables.tf
	variables string
	//go:embed make/instance.tf
	instance string
	//go:embed make/bucket.tf
	bucket string
	//go:embed make/outputs.tf
	outputs string
	//go:embed make/applied.tf
	applied string
	//go:embed existing/existing.tf
	existing string
	//go:embed import/import.tf
	adopt string
	//go:embed observe/observe.tf
	look string
)

var (
	makeModule    = join(versions, place, guard, instance, variables, bucket, outputs, applied)
	importModule  = join(versions, place, guard, existing, adopt, variables, bucket, outputs, applied)
	observeModule = join(versions, place, guard, existing, look, outputs)
)

// Make is the module that makes a service instance with one bucket, and keeps both.
func Make() string { return makeModule }

// Import is the module that takes an existing bucket over by its CRN. It makes no
// bucket. The instance stays as it is, since it may hold buckets of others, and so
// do the bucket's lifecycle rules, which can be written only all at once.
func Import() string { return importModule }

// Observe is the module that looks at an existing bucket by its CRN, and changes
// nothing.
func Observe() string { return observeModule }

func join(files ...string) string { return strings.Join(files, "\n") }
