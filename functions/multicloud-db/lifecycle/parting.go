package lifecycle

import (
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// An Access is a kind of part by which somebody reaches the resource. Where such a part is
// revoked its cloud is told to delete it, also where the resource outlives its claim: what
// stayed would let somebody in.
type Access[S any] struct {
	// Part is the part's name, or its beginning, as in Type.Parts.
	Part string
	// Revoked reports whether a part that is no longer composed lets in somebody whom claim
	// and settings no longer do.
	Revoked func(in In[S], part string) bool
}

// accessOf is the row of a part.
func (c Cloud[S]) accessOf(part string) (row Access[S], is bool) {
	i := slices.IndexFunc(c.Accesses, func(a Access[S]) bool { return partIn([]string{a.Part}, part) != "" })
	if i < 0 {
		return Access[S]{}, false
	}
	return c.Accesses[i], true
}

// keepParts asks for each part that exists and is no longer composed as it was asked
// for last, unless its cloud says that the part goes: Crossplane deletes what is left
// out.
//
// Where nothing lives, a composed part may have the name of an observed one of another
// kind, as after spec.provider was put right. Such a part is left out of this call:
// Crossplane deletes the observed one, and the next call composes the part. Composed at
// once, it would take the place of the observed one, which Crossplane would lose.
func keepParts[S any](t Type[S], own Cloud[S], in In[S], composed map[string]*structpb.Struct) {
	lives := in.exists || in.Life == Forgotten || in.Life == Looked && in.hasLived()
	for name, o := range composed {
		if old := in.Object(name); !lives && old != nil && (Group(old) != Group(o) || object.String(old, "kind") != object.String(o, "kind")) {
			delete(composed, name)
		}
	}
	for name, r := range in.Parts {
		if composed[name] != nil || r.Object == nil || !t.isPart(name) {
			continue
		}
		access, is := own.accessOf(name)
		switch {
		case is && access.Revoked(in, name):
			if o := revoke(r.Object); o != nil {
				composed[name] = o
			}
		case lives && (own.Goes == nil || !own.Goes(in, name)):
			composed[name] = in.keep(name, is)
		}
	}
}

// keep asks for a part as it was asked for last. One that lets somebody in records which
// settings are missing.
func (in In[S]) keep(name string, access bool) *structpb.Struct {
	o := asLast(in.Object(name))
	if gone := in.untold(); access && gone != "" {
		object.Set(o, gone, "metadata", "annotations", keptWithout)
	}
	if in.Log != nil {
		in.Log(Decision{Field: name, Held: "as it was asked for last", Why: "it exists, and nothing composes it any more"})
	}
	return o
}

// revoke composes a part that goes once more, where it would outlive its managed resource, so
// that its cloud lets it go as well; nil where it goes by being left out. Nothing is deleted
// that is only looked at. Of what has no external name yet nobody could tell the cloud what to
// delete: it stays as it is until it has one. What is paused stays in sight until its provider
// may delete it, and the claim tells of the pause meanwhile.
func revoke(o *structpb.Struct) *structpb.Struct {
	if !managed.Exists(o) || managed.OnlyObserved(o) || !IsOrphan(o) && !managed.IsPaused(o, o) {
		return nil
	}
	out := asLast(o)
	if object.String(o, "metadata", "annotations", managed.ExternalNameAnnotation) != "" {
		managed.LetGo(out, o)
	}
	return out
}

// keptWithout is the record, on a part by which somebody reaches the resource, of the
// EnvironmentConfigs that were missing when the settings ceased to say the part.
const (
	without     = "without"
	keptWithout = Requested + without
)

// lastLayers are the EnvironmentConfigs that the XR's status shows: those that make the settings,
// and while there are none, those that did. Where they come back one by one, nobody is cut off
// by the first.
func (l Live) lastLayers() []string {
	if len(l.Layers) == 0 && len(l.Without) > 0 {
		return Strings(l.XR.Object, "status", "resource", "settings")
	}
	return l.Layers
}

// gone are the EnvironmentConfigs that have made the settings of the resource, and are
// missing: of the last call, by the XR's status, and of those in which parts were no longer
// said. One that is missing for one part is missing for all of them. Settings that an earlier
// step of the pipeline brings are of none.
func (l Live) gone() []string {
	if len(l.Layers) == 0 {
		return nil
	}
	were := Strings(l.XR.Object, "status", "resource", "settings")
	for _, part := range l.Parts {
		if text := object.String(part.Object, "metadata", "annotations", keptWithout); text != "" {
			were = append(were, strings.Split(text, ",")...)
		}
	}
	slices.Sort(were)
	return slices.DeleteFunc(slices.Compact(were), func(layer string) bool { return slices.Contains(l.Layers, layer) })
}

// untold are the EnvironmentConfigs that are gone and of which no later call tells by itself.
func (l Live) untold() string {
	return strings.Join(slices.DeleteFunc(l.gone(), func(layer string) bool { return slices.Contains(l.Late, layer) }), ",")
}

// MayRevoke reports whether the settings are whole, so that a list of theirs which lacks
// somebody takes that access away by the part that gives it. What is missing may be what lets
// them in.
func (l Live) MayRevoke() bool {
	return l.Answered && len(l.Late) == 0 && len(l.Without) == 0 && len(l.gone()) == 0
}

// MayNarrow reports the same of a list that stands in the main part itself, where the settings
// that are missing are recorded for as long as they are.
func (r *Resource) MayNarrow() bool {
	if r.MayRevoke() {
		return true
	}
	r.Record(without, r.untold())
	return false
}
