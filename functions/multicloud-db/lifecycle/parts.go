package lifecycle

import (
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Held is a resource and what is wanted of it, where each field is held by its rule. Want
// is a copy: whoever gets a Held may change it.
type Held[S any] struct {
	Resource
	Want S
}

// In is what a cloud composes of: all that is held, and the credential that was decided on
// by it.
type In[S any] struct {
	Held[S]
	Credential Credential
}

// A Credential is the password of a resource, decided before anything is composed. The
// zero value is that of a type which has none.
type Credential struct {
	// Consumer is the part that is given the password; "" where the cloud makes one.
	Consumer string
	// Body are the fields of the consumer's spec.forProvider that say where the password is.
	Body object.Map
	// Writes has the consumer publish what it was given; nil where nobody reads it.
	Writes object.Map
	// Value is the password, or nil while it is unknown.
	Value []byte
	// Opens says that the value may be published: it opens the resource.
	Opens bool
	// Found says that the resource was there before this claim and that its provider made
	// the password: nobody can tell whether the password opens the resource.
	Found bool
	// Hidden says that nobody here knows a password of the resource, nor ever will.
	Hidden bool
	// Theirs says that the password is in a Secret of the resource's owner, which is only read.
	Theirs bool
	// Given are what that Secret says beside the password, by its keys.
	Given map[string]string
	// Host is where the resource is reached that the login in that Secret is of, "" where it does not
	// say, and Elsewhere is what is said where that is another one than the claim's.
	Host, Elsewhere string
	// Awaits says what the owner is to write before a connection is published, or "". The resource
	// is managed meanwhile.
	Awaits string
	// Remark is what else there is to know of the password, as a clause.
	Remark string
	// Missing says what somebody is to do before the resource may be changed, or "".
	Missing string
	// Rotated is what became of the word that asks for another password; nil where there is none.
	Rotated *Condition
	// Parts are composed for the credential: the Secret of the password.
	Parts Parts
	// Needs are what the decision on the password asks Crossplane to look for.
	Needs Needs
}

// Parts are composed resources by their names in the desired state.
type Parts map[string]Part

// A Part is one composed resource. Once it exists it stays, unless its cloud says
// that it goes.
type Part struct {
	Kind managed.Kind
	// Name is the external name; "" where the provider assigns it.
	Name string
	Body object.Map // spec.forProvider
	Init object.Map // spec.initProvider
	// Writes names the connection secret that its provider writes; nil for none.
	Writes object.Map
	// Fate is whether the cloud's resource outlives the managed one.
	Fate Fate
	// Looks says that the cloud's resource is only looked at.
	Looks bool
	// Shows reports whether the cloud has what was asked for, where a provider calls a
	// resource Ready that its cloud does not have; nil where Ready is enough.
	Shows func(observed *structpb.Struct) bool
	// Taken says that the cloud's resource was taken over, and that none is made in its place where it is
	// gone: what is asked for is not all that it was made with.
	Taken bool
	// Core is an object that no provider manages, in place of all the rest.
	Core *structpb.Struct
}

// A Fate of a cloud's resource when its managed resource is deleted.
type Fate int

// The fates.
const (
	AsClaimed Fate = iota // by the policy of the claim
	Outlives
	Goes
)

// envelope puts each part into the envelope that the XR's scope asks for. The main
// part, and only it, records what was asked for.
func envelope[S any](own Cloud[S], in In[S], parts Parts) map[string]*structpb.Struct {
	out := make(map[string]*structpb.Struct, len(parts))
	for name, p := range parts {
		if p.Core != nil {
			out[name] = p.Core
			continue
		}
		orphan := p.Fate == Outlives || p.Fate == AsClaimed && in.Policy.Orphan
		r := managed.Resource{
			Kind:           p.Kind,
			ExternalName:   p.Name,
			ProviderConfig: in.Config,
			Orphan:         orphan || name == Instance && (in.Credential.Missing != "" && in.Life != Made || own.Owned != nil && !in.IsOurs()),
			Observe:        p.Looks,
			Taken:          p.Taken,
			Find:           in.isUnseen(own, name, p) || !in.mayUpdate(own, name),
			ForProvider:    p.Body,
			InitProvider:   p.Init,
		}
		if name == Instance {
			r.Annotations = in.record
		}
		o := r.Object(in.Claim.Namespaced)
		if p.Writes != nil {
			object.Set(o, p.Writes, "spec", "writeConnectionSecretToRef")
		}
		if name == Instance && in.Life == Managed {
			in.copyAsFound(o)
		}
		if name == Instance {
			in.recordFollowed(o)
		}
		out[name] = o
	}
	return out
}

// IsOurs reports whether a resource of the name is known to be this claim's, which may
// delete it from then on: what is found may be somebody else's.
func (l Live) IsOurs() bool { return l.adopted || l.Life == Made || l.Life == Found }

// mayUpdate reports whether a part gets the management policy Update. The main part, and
// the one that is given the password, get it once this claim is known to have made the
// resource, or once the resource that was found has a known password. Until then the
// provider only looks for the resource, and makes it where it is missing: no version of a
// new default, and no password, reaches a resource that outlived its claim.
func (in In[S]) mayUpdate(own Cloud[S], part string) bool {
	if part == Instance && own.Placed != nil && !own.Placed(in.Live) {
		return false
	}
	if slices.Contains(own.With, part) {
		return in.wasMade(in.Object(part)) || IsThere(in.Object(part))
	}
	if in.adopted || part != Instance && part != in.Credential.Consumer || in.wasMade(in.Object(part)) {
		return true
	}
	return in.Life == Found && in.Credential.Missing == ""
}

// IsThere reports whether a provider has found what a managed resource stands for, be it
// made for that or not.
func IsThere(o *structpb.Struct) bool {
	return object.String(o, "status", "atProvider", "id") != "" || object.String(object.Condition(o, "Ready"), "status") == "True"
}

// IsSaid reports whether a value says anything: providers write an unset field as an
// empty string, object or list.
func IsSaid(v *structpb.Value) bool {
	switch k := v.GetKind().(type) {
	case nil, *structpb.Value_NullValue:
		return false
	case *structpb.Value_StringValue:
		return k.StringValue != ""
	case *structpb.Value_StructValue:
		return len(k.StructValue.GetFields()) > 0
	case *structpb.Value_ListValue:
		return len(k.ListValue.GetValues()) > 0
	default:
		return true
	}
}

// isPart reports whether the type composes a resource of that name. Resources of other
// names belong to other steps of the pipeline.
func (t Type[S]) isPart(name string) bool { return t.partOf(name) != "" }

// composes reports whether a call of this type may have composed a resource of that name: a part, the
// main one, or what is published of it.
func (t Type[S]) composes(name string) bool {
	return name == Instance || name == ConnectionPart || name == DeliveryPart || t.isPart(name)
}

// partOf is the part, or the beginning of the names of parts, that a name is of, or "".
func (t Type[S]) partOf(name string) string { return partIn(t.Parts, name) }

// partIn is the one of some parts, or beginnings of the names of parts, that a name is of.
func partIn(parts []string, name string) string {
	i := slices.IndexFunc(parts, func(p string) bool { return name == p || strings.HasSuffix(p, "-") && strings.HasPrefix(name, p) })
	if i < 0 {
		return ""
	}
	return parts[i]
}

// Optional leaves a field out of a body where it is empty.
func Optional(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// Publishes names the connection secret that a part of the resource writes, in the
// claim's namespace, for this function to read.
func (r *Resource) Publishes(part string) object.Map {
	ref := object.Map{"name": r.PublishedName(part)}
	if !r.Claim.Namespaced {
		ref["namespace"] = r.Claim.Namespace
	}
	return ref
}

// Give adds to a consumer's body where its password is.
func (c Credential) Give(body object.Map) object.Map {
	maps.Copy(body, c.Body)
	return body
}
