// Package lifecycle is what every type of resource has in common from its first claim to
// its deletion: which fields may change, what stays when settings, record and cloud
// disagree, and how a resource that was there before is taken over. The package knows no
// type.
//
// Run takes a claim through a chain of values, where each is made of the ones before:
// observe, place, read, adopt, hold, credential, compose, keep parts, answer.
package lifecycle

import (
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// Instance is the name of the main composed resource of every type on every cloud.
// Crossplane deletes a composed resource whose name changes.
const Instance = "instance"

// A Type is one value of spec.type. S holds everything that is decided of one resource
// of the type.
type Type[S any] struct {
	// Name is the type's word in a claim, and the noun of its error messages.
	Name string
	// Fields are the rules, one row a field of the claim or of the settings.
	Fields []Field[S]
	// Tells names the fields that say what an existing resource is, in the order of an
	// error message: adoption compares them with the claim.
	Tells []string
	// Parts are the names of the composed resources beside the main one. A name that ends
	// in a dash, such as ingress-, stands for every part whose name begins with it.
	Parts []string
	// Inside are the parts that stand inside the main one. Until the main one is ready,
	// an error of theirs says no more than that, and is not repeated to the claim.
	Inside []string
	// Before are the parts that have to be there before another one can be made, by the name
	// of that: until they are, an error of its provider says no more than that. Parts that are
	// not composed count for nothing. The names are as in Parts.
	Before map[string][]string
	// Whole says that the connection is published only once what is inside is ready: a
	// bucket is not safe to use before. What was published stays.
	Whole bool
	// Networked says that nothing of the type is made outside the platform's network, in
	// whatever env, and whatever the settings' policy says: what Lacks of its cloud names is
	// waited for.
	Networked bool
	// Connection are the keys of the connection Secret.
	Connection []Key
	// Clouds are the type's clouds by spec.provider.
	Clouds map[string]Cloud[S]

	// Read decides what the claim asks for, over settings, over defaults. From Live it
	// knows what the resource was made with: a default that has changed since is for new
	// resources only.
	Read func(Call, Live, Place) (S, Policy, error)
	// Asks are the objects that Read needs to know; nil for none.
	Asks func(Call) map[string]Wanted
	// Status are the fields of status.resource beside those that all types have.
	Status func(In[S]) object.Map
	// Backup is status.backup: how long what is there can be had back; nil of a type without.
	Backup func(In[S]) object.Map
	// Ends says that the support of what runs ends soon, or has ended, else nil, and whether it
	// is known what runs. Nil of a type without such a date.
	Ends func(In[S]) (c *Condition, known bool)
	// Credential decides on the password, where the type has one; nil for none.
	Credential func(Held[S]) (Credential, *Refusal)
	// NameOf makes the name of the cloud's resource, until one was asked for; nil for
	// {provider}-{project}-{env}-{name}.
	NameOf func(Call) (string, error)
	// Longest is the length of a name by NameOf that is unique worldwide; 0 where none is.
	Longest int
	// KeyOf is the key of a region's settings that encrypts the resource; nil where none does.
	KeyOf func(settings.Region) string
	// LastName reads the name of the cloud's resource off the other parts, where the main
	// one shows none.
	LastName func(Live) string
}

// A Field of S and the rule by which it may change while the resource lives.
type Field[S any] struct {
	Row
	// Of points to the field in S, which is "" where nobody says a value.
	Of func(*S) *string
	// Said reads the field off the claim's text. A field with a Said is judged before
	// anything is looked up by its value; nil for the other fields.
	Said func(Call) string
	// PathOf is the path of a setting whose key depends on another field; nil for Path.
	PathOf func(S) string
	// Regional says that the setting stands under the key of its region.
	Regional bool
	// Lent reports whether the value is another setting's, such as the key of the region's
	// databases, which is for new resources only whatever the rule: it was edited for others.
	// The fields before this one are held by then. Nil for never.
	Lent func(Held[S]) bool
}

// A Key of the connection Secret. The connection is complete when all required ones
// have a value, and published whole or not at all.
type Key struct {
	Name     string
	Required bool
}

// A Cloud makes a type on one cloud. Its functions see no gRPC, and change nothing but the
// record that Settles may add to.
type Cloud[S any] struct {
	// Mains are the kinds of the main resource, one for each that the type may have.
	Mains []Main
	// Kinds are the other kinds of managed resources that the cloud's parts are of.
	Kinds []managed.Kind
	// Settles adjusts what the settings say by what is there, after each field is held.
	Settles func(Held[S]) Held[S]
	// Compose makes the managed resources, without sizes and tags.
	Compose func(In[S]) (Parts, error)
	// Connect reads where the resource is reached, from what is observed.
	Connect func(In[S]) Connection
	// Look makes the main part of a resource that its claim only observes.
	Look func(Held[S]) (Part, error)
	// LooksIn makes the parts that the main one stands in, which are looked at with it; nil
	// where the main part shows all that there is to know.
	LooksIn func(Held[S]) Parts
	// With are the parts that are found by their names as the main one is, and whose tags say
	// whose they are: none is changed before it is known to be this claim's.
	With []string
	// Named are the parts whose external names are made of the resource's, and how. What is
	// observed of them under another name tells nothing.
	Named map[string]func(name string) string
	// Outside are the principals that the claim lets in and that are none of the resource's
	// own account, as far as anybody can tell; nil of a type that lets nobody in.
	Outside func(Live, Place, S) []Outsider
	// Lacks says which setting is missing for the resource to be in a network of the
	// platform's, and what that means; "" where it has one. It is nil of a type that takes
	// none.
	Lacks func(Held[S]) (missing, means string)
	// Remark says, with a condition's reason, what else the platform should know of the
	// resource.
	Remark func(In[S]) (reason, message string)
	// Protected reports whether the cloud refuses to delete the live resource. It is nil of a
	// cloud that can refuse no deletion: there what is protected outlives its claim, and the
	// record says that it is protected.
	Protected func(Live) bool
	// Beside names a part that is composed beside each resource that a claim makes, and
	// beside none that was there before its claim; "" where there is no such part.
	Beside string
	// Placed reports whether the resource's place inside its region, such as a zone, is
	// known. Until then the provider may not change the resource. Nil where no provider
	// has to wait for that.
	Placed func(Live) bool
	// Behind says how the resource falls short of what was asked for although its
	// provider reports no error, or ""; nil where providers try again by themselves.
	Behind func(Live) string
	// Goes reports whether a part that exists and is no longer composed may be deleted.
	// Other such parts are asked for as they were asked for last. Nil where none may.
	Goes func(in In[S], part string) bool
	// Accesses are the kinds of parts by which somebody reaches the resource.
	Accesses []Access[S]
	// Unfit says why the resource can never be taken over by its name, as what follows that, or
	// ""; nil where the fields of Tells say enough.
	Unfit func(Live) string
	// Unproven says why a resource that was found under the claim's own name cannot be the
	// claim's, or cannot be told to be, as what follows the name, or ""; nil of a cloud whose
	// tags tell. It is asked of none that the claim is known to have made.
	Unproven func(Held[S]) string
	// Shares reports whether the parts of With are the platform's, so that their tags tell
	// nothing of a resource that was there before its claim; nil for no.
	Shares func(Live) bool
	// Unsized says what of a resource that was taken over stays its owner's, so that no profile ever
	// sizes it, as a clause; "" where spec.profile sizes it once that is edited.
	Unsized string
	// Upgrades reports whether the cloud can change a version in place; nil for yes.
	Upgrades func(Live) bool
	// Owned refuses a resource that was found under its name and is somebody else's. It
	// is asked before anything is changed, and once only: what says whose a resource is
	// may be edited later. It is nil where the name alone says it.
	Owned func(Held[S]) error
	// ShownAs is status.resource.name where that is not the main part's external name.
	ShownAs func(Live) string
}

// A Main is a kind of main resource, as data.
type Main struct {
	Kind managed.Kind
	// Fields says where the kind has each field of the type, by its name.
	Fields map[string]At
	// AsFound are the paths, below spec.forProvider and status.atProvider alike, that a
	// resource which was there before its claim keeps: no claim and no setting says them.
	AsFound []string
	// TagsAt is the path, as those of AsFound, of the tags, of which a resource that was there
	// before its claim keeps those that are not a later step's; "" where the kind has no map.
	TagsAt string
	// Left are the paths, as those of AsFound, that a resource which was there before its
	// claim is never asked for: its provider takes what is there for what is meant.
	Left []string
	// Lasts are the paths, as those of AsFound, that stay at the cloud as they are where they are left
	// out, and that are asked for once another value is meant.
	Lasts []string
	// Resets are the paths, as those of AsFound, that are composed by a rule of their own, and
	// that a provider resets where the rule leaves them out.
	Resets []string
	// Whole are the paths, as those of AsFound, that every report of a resource has which is written
	// whole: of one that was there before its claim a report without any of them tells nothing.
	Whole []string
	// Sizes are the paths, as those of AsFound, that say how large the resource is. A
	// resource that was taken over keeps them for as long as it keeps its size.
	Sizes []string
	// Ours are the paths below spec.forProvider that a provider keeps to itself, or that say
	// how the provider goes about its work: no cloud has them, and to say them changes
	// nothing there.
	Ours []string
	// Inside is where the fields that count stand in spec.forProvider and in
	// status.atProvider, of a kind that has them one step deeper.
	Inside At
	// Replicates reports whether the live resource is a read replica; nil where the kind has
	// none. What keeps it available, and its backups, are for its source to say.
	Replicates func(Live) bool
	// For reports whether a claim gets this kind; nil where the cloud has no other.
	For func(Call) bool
	// Is reports whether an object of the kind's API group is such a main resource; nil
	// where no other kind of the group is composed as one.
	Is func(*structpb.Struct) bool
	// AdoptedAs reads Observe, Manage or "" off a resource that lost its record.
	AdoptedAs func(*structpb.Struct) string
	// TakesOver reports whether a managed resource was composed to take over a resource
	// of the cloud, of a kind whose status does not show that there is one.
	TakesOver func(*structpb.Struct) bool
	// Told is the path below status.atProvider that has a value once the provider has told
	// what the resource is, of a kind that shows none of the fields of Tells.
	Told []string
	// Shows is the path below status.atProvider that has a value once the cloud has the
	// resource, of a kind whose status has no id there.
	Shows []string
	// Tags are the paths below status.atProvider at which the provider reports all tags that
	// the resource has, as an object or as strings key:value: the first one that has any.
	Tags [][]string
	// States are the words by which the kind reports how its resource is.
	States States
	// PartStates are the same words of other parts, by their names.
	PartStates map[string]States
	// Where names the setting that the cloud always reports once it reports anything. It
	// marks a kind whose provider writes what the cloud chose into spec.forProvider.
	Where string
}

// At is where a field stands: as asked for, below spec.forProvider, else
// spec.initProvider, and as the cloud reports it, below status.atProvider.
type At struct {
	// Part is the name of the part that the field is asked for in: at the path Asked, or
	// as its external name where Asked is nil. It is "" of the main one. A name that ends in
	// a dash stands for the one part whose name begins with it.
	Part string
	// Apart says that the part reports the field as well, in place of the main one.
	Apart bool
	// Asked and Is are paths. Is stands for both where Asked is nil. A list on the way
	// is taken for its first item.
	Asked, Is []string
	// Recorded says that the main part has a record of the field, which is asked for in
	// another one: the field stays where that one's managed resource is gone.
	Recorded bool
	// Lost tells such a field where there is no record either, and the part stands for
	// nothing that the cloud has; nil where what the part was asked for counts.
	Lost func(Live) string
	// Fixed says that the cloud takes the field at creation only: what Joins elsewhere is
	// Sticky there.
	Fixed bool
	// Const is the value of a kind that has only one.
	Const string
	// Unsaid is what the cloud means where it reports the resource without the field.
	Unsaid string
	// Unit is how many of the cloud's units make one of the claim's; 0 is for text.
	Unit int
	// Word turns the cloud's word into the claim's; nil where both are the same.
	Word func(string) string
	// Own reports whether a value was chosen by the cloud, or made for this resource, and
	// so comes from nobody's setting; nil where every value comes from a setting.
	Own func(r Resource, value string) bool
	// Always says that every resource has a value here: where an adopted one shows none,
	// the setting is composed.
	Always bool
}
