package lifecycle

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A Life is how far a resource has come, read once in a call.
type Life int

// The lives.
const (
	// New is a resource that the cloud does not have: everything may still change.
	New Life = iota
	// Forgotten is a resource that the XR's status shows reached once, and that has no
	// managed resource any more. Composed as what it was, its provider finds it again.
	Forgotten
	// Found is a resource that the cloud had before the managed resource of the same
	// name: one that outlived its claim, when that claim is made again.
	Found
	// Made is a resource that this claim made.
	Made
	// Looked is a resource that was there before its claim, which only looks at it.
	Looked
	// Managed is a resource that was there before its claim, which took it over.
	Managed
)

// The values of spec.adopt.
const (
	AdoptObserve = "Observe"
	AdoptManage  = "Manage"
)

// Live is what exists of a resource. Only observe makes one, and refuses a claim whose
// identity changed: in a Live the claim is still that of the resource.
type Live struct {
	Call
	Life Life

	exists  bool // the cloud may have it
	lasts   bool // the resource exists, or is forgotten and asked for again
	strict  bool // its type compares owners, so that a creation that failed made nothing
	adopted bool // it was there before its claim
	tells   []string
	name    func(Live) string
	renamed bool // status.resource.name is not the main part's external name
	beside  string
	with    []string
	table   Main // of the kind that is observed
}

// Exists reports whether the cloud may have the resource. A resource whose creation failed
// does not exist: its claim may change freely, which is how a mistake is mended.
func (l Live) Exists() bool { return l.lasts }

// Adopted reports whether the resource was there before its claim.
func (l Live) Adopted() bool { return l.adopted }

// Object is a composed resource as it was observed, or nil.
func (l Live) Object(part string) *structpb.Struct { return l.Parts[part].Object }

// Main is the main composed resource as it was observed, or nil.
func (l Live) Main() *structpb.Struct { return l.Object(Instance) }

// part is a composed resource as it was observed, or nil. A name that ends in a dash stands
// for the first part whose name begins with it, and that nobody deletes.
func (l Live) part(name string) *structpb.Struct {
	if !strings.HasSuffix(name, "-") {
		return l.Object(name)
	}
	for _, full := range slices.Sorted(maps.Keys(l.Parts)) {
		if o := l.Object(full); strings.HasPrefix(full, name) && object.String(o, "metadata", "deletionTimestamp") == "" {
			return o
		}
	}
	return nil
}

// At is a fact that the provider wrote about the main resource, or "".
func (l Live) At(path ...string) string {
	return object.String(object.Struct(l.Main(), "status", "atProvider"), path...)
}

// There is a field of the main resource as its cloud reports it, else as it was asked for
// last, or "": a report that lacks a field for once changes nothing.
func (l Live) There(path ...string) string {
	if !l.lasts {
		return ""
	}
	there, asked := object.Struct(l.Main(), "status", "atProvider"), object.Struct(l.Main(), "spec", "forProvider")
	return cmp.Or(Text(first(there, path)), Text(first(asked, path)))
}

// Stands is a field of a live resource in the claim's words, by the rule of There.
func (l Live) Stands(name string) string {
	if !l.lasts {
		return l.Is(name)
	}
	return cmp.Or(l.Is(name), l.Asked(name))
}

// NoOlder is a version of the claim's or the platform's, or a newer one that the cloud has moved
// the live resource to: an older one would be refused for good.
func (l Live) NoOlder(version string) string {
	if there := l.Stands("version"); there != "" && !IsOlder(there, version) {
		return there
	}
	return version
}

// Number is a number that the provider wrote about the main resource, or 0.
func (l Live) Number(path ...string) int {
	n, _ := object.Number(object.Struct(l.Main(), "status", "atProvider"), path...)
	return int(n)
}

// Bool is a boolean that the provider wrote about the main resource.
func (l Live) Bool(path ...string) bool {
	b, _ := object.Bool(object.Struct(l.Main(), "status", "atProvider"), path...)
	return b
}

// Body is what the resource is held to, or nil of a resource that does not exist. That is
// spec.forProvider of the main part, which is what was composed last. Nobody asked for
// what an adopted resource is: once its provider has told, Body is status.atProvider,
// whose fields are the same.
func (l Live) Body() *structpb.Struct {
	if !l.lasts {
		return nil
	}
	path := []string{"spec", "forProvider"}
	if l.told() {
		path = []string{"status", "atProvider"}
	}
	if body := object.Struct(l.Main(), path...); body != nil {
		return body
	}
	return &structpb.Struct{}
}

// told reports whether the resource is adopted, and its provider has told what the claim
// is compared with.
func (l Live) told() bool { return l.adopted && l.Complete() }

// Complete reports whether the provider has told what the claim is compared with.
func (l Live) Complete() bool {
	if len(l.table.Told) > 0 && l.At(l.table.Told...) == "" {
		return false
	}
	at := object.Struct(l.Main(), "status", "atProvider")
	if l.adopted && slices.ContainsFunc(l.table.Whole, func(path string) bool { return !IsSaid(object.Get(at, strings.Split(path, ".")...)) }) {
		return false
	}
	return !slices.ContainsFunc(l.tells, func(name string) bool { return l.tellsOf(name) && l.Is(name) == "" })
}

// tellsOf reports whether a field of Tells is one that the kind shows.
func (l Live) tellsOf(name string) bool {
	return len(l.table.Told) == 0 || l.table.Fields[name].Is != nil
}

// Is is a field of the resource as its cloud reports it, in the claim's words, or "".
func (l Live) Is(name string) string {
	at, ok := l.table.Fields[name]
	if !ok || at.Is == nil && at.Const == "" {
		return ""
	}
	body := object.Struct(l.Object(at.reporter()), "status", "atProvider")
	if is := at.read(body, at.Is); is != "" || len(body.GetFields()) == 0 {
		return is
	}
	return at.Unsaid
}

// Asked is a field of the resource as its managed resource asks for it, in the
// claim's words, or "".
func (l Live) Asked(name string) string {
	at, ok := l.table.Fields[name]
	switch {
	case !ok:
		return ""
	case at.Part != "" && at.Asked == nil:
		return object.String(l.part(at.Part), "metadata", "annotations", managed.ExternalNameAnnotation)
	case at.Part != "":
		return at.read(object.Struct(l.part(at.Part), "spec", "forProvider"), at.Asked)
	}
	o := l.Main()
	if v := at.read(object.Struct(o, "spec", "forProvider"), at.asked()); v != "" {
		return v
	}
	return at.read(object.Struct(o, "spec", "initProvider"), at.asked())
}

// Held is a field of the resource as Body has it, in the claim's words: the value that
// the resource is to keep.
func (l Live) Held(name string) string {
	if at, ok := l.table.Fields[name]; ok && l.told() {
		path := at.Is
		if path == nil {
			path = at.asked()
		}
		body := l.Body()
		if at.Apart {
			body = object.Struct(l.Object(at.Part), "status", "atProvider")
		}
		if is := at.read(body, path); is != "" || l.Last("adopt") != AdoptManage {
			return is
		}
		return l.Asked(name) // which a report lacks for once
	}
	at := l.table.Fields[name]
	if l.isApart(at) {
		return l.apart(name, at)
	}
	if !l.lasts {
		return ""
	}
	return at.read(l.Body(), at.asked())
}

// WasCreated reports whether the cloud made, or was asked to make, what a managed
// resource stands for. Crossplane's providers annotate the managed resource before they
// ask and after.
func WasCreated(o *structpb.Struct) bool {
	annotations := object.Struct(o, "metadata", "annotations")
	for _, a := range []string{"pending", "succeeded", "failed"} {
		if object.String(annotations, "crossplane.io/external-create-"+a) != "" {
			return true
		}
	}
	return false
}

// wasMade reports whether this claim made what a managed resource stands for. A type that
// compares owners asks again after a creation that failed: what is there by now may be
// somebody else's. Others know a resource by its name.
func (l Live) wasMade(o *structpb.Struct) bool {
	return WasCreated(o) && (!l.strict || !managed.CreationFailed(o))
}

// Group is the API group of an object. The version is left out, since a newer provider
// may serve another.
func Group(o *structpb.Struct) string {
	g, _, _ := strings.Cut(object.String(o, "apiVersion"), "/")
	return g
}

// family is the API group of a kind, the same in both scopes: sql.gcp.
func family(o *structpb.Struct) string {
	g, _, _ := strings.Cut(Group(o), ".upbound.io")
	return strings.TrimSuffix(g, ".m")
}

// Strings are the strings of a list, which may be long.
func Strings(o *structpb.Struct, path ...string) []string {
	values := object.Get(o, path...).GetListValue().GetValues()
	if len(values) == 0 {
		return nil
	}
	out := make([]string, 0, len(values))
	for _, v := range values {
		out = append(out, v.GetStringValue())
	}
	return out
}
