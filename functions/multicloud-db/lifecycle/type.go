// Package lifecycle is what every type of resource has in common from its first claim to
// its deletion: which fields may change, what stays when settings, record and cloud
// disagree, and how a resource that was there before is taken over. It knows no type.
//
// Run is the way of a claim, a chain of values each of which is made of the one before:
// observe, place, read, adopt, hold, credential, compose, keep parts, answer.
package lifecycle

import (
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Instance is the name of the main composed resource of every type on every cloud.
// Crossplane deletes a composed resource whose name changes.
const Instance = "instance"

// A Type is one value of spec.type. S is everything that is decided of one resource
// of it.
type Type[S any] struct {
	// Name is the type's word in a claim, and the noun of its error messages.
	Name string
	// Fields are the rules, one row a field of the claim or of the settings.
	Fields []Field[S]
	// Tells names the fields that say what an existing resource is, in the order of an
	// error message: adoption compares them with the claim.
	Tells []string
	// Parts are the names of the composed resources beside the main one, in full or, of
	// a part that there may be several of, as it begins: ingress-.
	Parts []string
	// Inside are the parts that stand inside the main one: until that is there, their
	// provider has nothing to look into, and says so as an error.
	Inside []string
	// Connection are the keys of the connection Secret.
	Connection []Key
	// Clouds are the type's clouds by spec.provider.
	Clouds map[string]Cloud[S]

	// Read decides what the claim asks for, over settings, over defaults. It gets what
	// is there to keep a default of today from a resource of yesterday.
	Read func(Call, Live, Place) (S, Policy, error)
	// Status are the fields of status.resource beside those that all types have.
	Status func(In[S]) object.Map
	// Credential decides on the password, where the type has one; nil for none.
	Credential func(In[S]) (Credential, *Refusal)
	// Name of the cloud's resource where the claim has none of its own yet; nil for
	// {provider}-{project}-{env}-{name}.
	NameOf func(Call) (string, error)
	// LastName is the external name that other parts show, where the main one shows none.
	LastName func(Live) string
}

// A Field of S and the rule by which it may change while the resource lives.
type Field[S any] struct {
	Row
	// Of points to the field in S; it holds "" where nobody says.
	Of func(*S) *string
	// Said reads the field off the claim where its text alone decides it: it is judged
	// before anything is looked up by it. It is nil elsewhere.
	Said func(Call) string
	// PathOf is the path where it depends on another field; nil for Path.
	PathOf func(S) string
	// Regional says that the setting stands under the region's own key.
	Regional bool
}

// A Key of the connection Secret. The connection is complete when all required ones
// have a value, and published whole or not at all.
type Key struct {
	Name     string
	Required bool
}

// A Cloud makes a type on one cloud. Its functions see no gRPC and change nothing.
type Cloud[S any] struct {
	// Mains are the kinds of the main resource, one for each that the type may have.
	Mains []Main
	// Settles adjusts what the settings say by what is there, after each field is held.
	Settles func(In[S]) In[S]
	// Compose makes the managed resources, without sizes and tags.
	Compose func(In[S]) (Parts, error)
	// Connect reads where the resource is reached, from what is observed.
	Connect func(In[S]) Connection
	// Look is the main resource that only looks at an existing one.
	Look func(In[S]) (Part, error)
	// Remark says, with a condition's reason, what the platform should know of the
	// resource: above all which setting leaves it without a network.
	Remark func(In[S]) (reason, message string)
	// Protected reports whether the cloud refuses to delete the live resource.
	Protected func(Live) bool
	// Beside names a part that stands beside each resource of ours, and beside none that
	// was taken over; "" where there is no such part.
	Beside string
	// Placed reports whether it is known where in its region the resource is, before
	// which its provider is not to change it; nil where that does no harm.
	Placed func(Live) bool
	// Behind says what the resource is not, although it was asked for and its provider
	// reports no error; nil where providers try again.
	Behind func(Live) string
	// Goes reports whether a part that exists and is no longer composed may go. All
	// others are asked for as they were asked for last. It is nil for none.
	Goes func(in In[S], part string) bool
	// Upgrades reports whether the cloud can change a version in place; nil for yes.
	Upgrades func(Live) bool
	// Owned refuses a resource that was found under its name and is somebody else's. It
	// is asked before anything is changed, and once only: what says whose a resource is
	// may be edited later. It is nil where the name alone says it.
	Owned func(In[S]) error
	// ShownAs is status.resource.name where that is not the main part's external name.
	ShownAs func(Live) string
}

// A Main is a kind of main resource, as data.
type Main struct {
	Kind managed.Kind
	// Fields says where the kind has each field of the type, by its name.
	Fields map[string]At
	// AsFound are the paths, below spec.forProvider and status.atProvider alike, that
	// are not the claim's to say where the resource was there before.
	AsFound []string
	// For reports whether a claim gets this kind; nil where the cloud has no other.
	For func(Call) bool
	// Is tells the kind from others of its API group; nil where that has one.
	Is func(*structpb.Struct) bool
	// AdoptedAs reads Observe, Manage or "" off a resource that lost its record.
	AdoptedAs func(*structpb.Struct) string
	// TakesOver reports whether the resource manages one that was there before it, where
	// nothing in its status says that there is one.
	TakesOver func(*structpb.Struct) bool
	// Shows is where a kind without an id in its status shows that its cloud has it.
	Shows []string
	// Where names the setting that the cloud always reports once it reports anything.
	Where string
}

// At is where a field stands: as asked for, below spec.forProvider, else
// spec.initProvider, and as the cloud reports it, below status.atProvider.
type At struct {
	// Part is the name of the part that the field is asked for in: at the path Asked, or
	// as its external name where Asked is nil. It is "" of the main one.
	Part string
	// Asked and Is are paths. Is stands for both where Asked is nil. A list on the way
	// is taken for its first item.
	Asked, Is []string
	// Fixed says that the cloud takes the field at creation only: what Joins elsewhere is
	// Sticky there.
	Fixed bool
	// Const is the value of a kind that has only one.
	Const string
	// Unsaid is what the cloud means where it reports the resource without the field.
	Unsaid string
	// Unit is how many of the cloud's make one of the claim's; 0 is text.
	Unit int
	// Word writes the cloud's word as the claim says it; nil for the same.
	Word func(string) string
	// Own reports whether a value is the cloud's or the resource's own choice: nobody's
	// setting. It is nil where each value is somebody's.
	Own func(r Resource, value string) bool
	// Always says that every resource has one, so that a setting fills a gap.
	Always bool
}

// A Place is where and under which name a resource is.
type Place struct {
	Name   string // of the cloud's resource
	Region string // the provider's own
}
