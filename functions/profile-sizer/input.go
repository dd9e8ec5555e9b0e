package profilesizer

import (
	"cmp"
	"regexp"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// What the function's input is, as package/input describes it.
const (
	inputVersion = "profile-sizer.fn.platform.victor.onl/v1beta1"
	inputKind    = "Sizes"
)

// Where things stand in a Resource, which is the default for other XRs.
const (
	profileField = "spec.profile"
	storageField = "spec.database.storageGiB"
	statusField  = "status.size"
)

var (
	specPath   = regexp.MustCompile(`^(spec|metadata)(\.[A-Za-z0-9_-]+)+$`)
	statusPath = regexp.MustCompile(`^status(\.[A-Za-z0-9_-]+)+$`)
)

const (
	specForm   = "a path below spec or metadata such as " + profileField
	statusForm = "a path below status such as " + statusField
)

// An input is how a Composition uses the function.
type input struct {
	source
	storageFrom string
	statusTo    string // "" writes it to a Resource only
	targets     []target
	profiles    map[string]settings.Profile
}

// A source says which profile something gets: a fixed one, or the one in a field
// of the XR, or a fixed one where the XR leaves that field out, or the smallest.
type source struct {
	profile, profileFrom, orElse string
	least                        bool // of what may be asked for without a profile
}

// A target is what to size: desired resources of a name, a kind, or both.
type target struct {
	source
	name, kind string
}

// readInput decodes and validates a function's input. Without one, everything is
// as in a Resource.
func readInput(in *structpb.Struct) (*input, error) {
	out := &input{source: source{profileFrom: profileField}, storageFrom: storageField}
	if len(in.GetFields()) == 0 {
		return out, nil
	}
	r := object.Read(in, "input")
	r.Ignore("metadata")
	r.OneOf("apiVersion", inputVersion)
	r.OneOf("kind", inputKind)
	out.profileFrom = cmp.Or(r.Match("profileFrom", specPath, specForm), profileField)
	out.orElse = r.String("defaultProfile")
	out.storageFrom = cmp.Or(r.Match("storageFrom", specPath, specForm), storageField)
	out.statusTo = r.Match("statusTo", statusPath, statusForm)
	for _, item := range r.Objects("resources") {
		t := target{
			source: source{profile: item.String("profile"), profileFrom: item.Match("profileFrom", specPath, specForm)},
			name:   item.String("name"),
			kind:   item.String("kind"),
		}
		item.Done()
		switch {
		case t.name == "" && t.kind == "":
			item.Failf("name", "is missing; give the name of a desired resource, a kind, or both")
		case t.profile != "" && t.profileFrom != "":
			item.Failf("profileFrom", "stands beside profile; give one of them")
		case t.profile == "":
			t.profileFrom, t.orElse = cmp.Or(t.profileFrom, out.profileFrom), out.orElse
		}
		out.targets = append(out.targets, t)
	}
	out.profiles = settings.ReadProfiles(r.Object("profiles"))
	r.Done()
	return out, r.Err()
}

// A pick is a desired resource to be sized.
type pick struct {
	name     string
	resource *structpb.Struct
	managed  *structpb.Struct // the resource itself, or the Object around it
	*sizer
	source source
}

// What is left as it is, by the names of the resources.
type left struct {
	unknown  []string // that the input asks for by name, and has no size
	observed []pick   // that is only observed
}

// pick finds what is to be sized among the desired resources, in no order.
func (in *input) pick(desired map[string]*fnv1.Resource) (picks []pick, rest left) {
	for name, r := range desired {
		resource, kind, wrapped := unwrap(r.GetResource())
		src, byName, ok := in.match(name, kind)
		if !ok {
			continue
		}
		sizer := sizerOf(kind, resource, wrapped)
		src.least = sizer != nil && sizer.least
		switch k := (pick{name, resource, r.GetResource(), sizer, src}); {
		case sizer != nil && managed.OnlyObserved(r.GetResource()):
			rest.observed = append(rest.observed, k)
		case sizer != nil:
			picks = append(picks, k)
		case byName:
			rest.unknown = append(rest.unknown, name)
		}
	}
	return picks, rest
}

func (in *input) match(name, kind string) (src source, byName, ok bool) {
	for _, t := range in.targets {
		if (t.name == "" || t.name == name) && (t.kind == "" || t.kind == kind) {
			return t.source, t.name != "", true
		}
	}
	return in.source, false, len(in.targets) == 0
}
