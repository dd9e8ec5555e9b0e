package lifecycle

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Reasons of Provisioned that alerts and runbooks go by.
const (
	reasonDeleting      = "Deleting"
	reasonUnavailable   = "Unavailable"
	reasonStopped       = "Stopped"
	reasonPaused        = "Paused"
	reasonProviderError = "ProviderError"
	reasonUnknownState  = "UnknownState"
)

// paused is the annotation by which Crossplane and its providers leave an object alone
// (meta.AnnotationKeyReconciliationPaused in crossplane-runtime).
const paused = "crossplane.io/paused"

// ownFinalizer is of every managed resource, and goes once its cloud has deleted what the
// resource stands for (managed.FinalizerName in crossplane-runtime).
const ownFinalizer = "finalizer.managedresource.crossplane.io"

// A standing is a reason why a resource is not simply ready, and how one of its parts is
// found to have it.
type standing struct {
	reason string
	of     func(s standings, part string, o *structpb.Struct) string
}

// inOrder are the standings, the most telling first. All that hold are said, and the first
// gives the reason: what is deleted is neither stopped nor paused for long, a failure that
// was told last outlives a pause, and a provider that is paused reports no new error.
var inOrder = []standing{
	{reason: reasonDeleting, of: standings.deleting},
	{reason: reasonUnavailable, of: standings.failed},
	{reason: reasonStopped, of: standings.stopped},
	{reason: reasonPaused, of: standings.paused},
	{reason: reasonProviderError, of: standings.refused},
}

// standings are what the standings are read off.
type standings struct {
	Live
	parts     map[string]Composed
	inside    []string            // the parts inside the main one
	before    map[string][]string // the parts that a part waits for, as in Type.Before
	protected bool                // the cloud refuses to delete the main part's resource
}

// of finds the standings that hold, by the first part in the order of names that has each,
// so that nothing hides and nothing flaps.
func (s standings) of() (reason string, says []string) {
	names := slices.Sorted(maps.Keys(s.parts))
	for _, st := range inOrder {
		for _, name := range names {
			o := s.Object(name)
			if o == nil {
				continue
			}
			if said := st.of(s, name, o); said != "" {
				reason = cmp.Or(reason, st.reason)
				says = append(says, name+" ("+NameOf(o)+")"+said)
				break
			}
		}
	}
	return reason, says
}

// deleting tells of what somebody deleted, or the cloud deletes, and what it waits for.
func (s standings) deleting(part string, o *structpb.Struct) string {
	is, _, says := s.table.States.read(s.Live)
	marked := object.String(o, "metadata", "deletionTimestamp") != ""
	switch {
	case !marked && part == Instance && is == Going:
		return ": " + says
	case !marked:
		return ""
	}
	said := " is being deleted"
	if part == Instance && s.protected {
		said += ", which its cloud refuses while it is protected"
	}
	if others := slices.DeleteFunc(Strings(o, "metadata", "finalizers"), func(f string) bool { return f == ownFinalizer }); len(others) > 0 {
		slices.Sort(others)
		said += ", and waits for " + strings.Join(others, ", ")
	}
	if refused, failed := failure(o); failed {
		said += ": " + refused
	}
	return said
}

func (s standings) failed(part string, o *structpb.Struct) string { return s.word(part, o, Failed) }

func (s standings) stopped(part string, o *structpb.Struct) string { return s.word(part, o, Stopped) }

// word tells of a part what its cloud reports, where that is one state.
func (s standings) word(part string, o *structpb.Struct, state State) string {
	states := s.table.PartStates[part]
	if part == Instance {
		states = s.table.States
	}
	if is, _, says := states.of(o); is == state && says != "" {
		return ": " + says
	}
	return ""
}

// paused tells of a part that its provider leaves alone, and how that ends.
func (s standings) paused(_ string, o *structpb.Struct) string {
	policies := object.Get(o, "spec", "managementPolicies").GetListValue()
	switch {
	case object.String(o, "metadata", "annotations", paused) == "true":
		return " is paused by its annotation " + paused + ": nothing of the claim reaches its cloud until the annotation is taken off"
	case policies != nil && len(policies.GetValues()) == 0:
		return ` is paused by its spec.managementPolicies, which are empty: nothing of the claim reaches its cloud until they are ["*"]`
	case isPaused(object.Condition(o, "Synced")):
		return " was paused, and goes on once its provider looks at it again"
	}
	return ""
}

// refused tells of a provider's error, unless the part only waits for another one.
func (s standings) refused(part string, o *structpb.Struct) string {
	if said, failed := failure(o); failed && s.waitsFor(part, said) == "" {
		return ": " + said
	}
	return ""
}

// isPaused reports whether Synced says that nobody looked (ReconcilePaused in
// crossplane-runtime), which is no error.
func isPaused(synced *structpb.Struct) bool {
	return object.String(synced, "reason") == "ReconcilePaused"
}

// IsRefused reports whether a provider tells of an error about a resource.
func IsRefused(o *structpb.Struct) bool {
	_, failed := failure(o)
	return failed
}

// failure is a provider's error about a resource: in Synced what it could not do at all,
// in LastAsyncOperation what failed in the background while Synced stays True.
func failure(o *structpb.Struct) (said string, failed bool) {
	for _, t := range []string{"Synced", "LastAsyncOperation"} {
		if c := object.Condition(o, t); object.String(c, "status") == "False" && !isPaused(c) {
			return cmp.Or(object.String(c, "message"), object.String(c, "reason"), "no reason given"), true
		}
	}
	return "", false
}

// NameOf names an observed object by its kind and by the name that the cloud's resource
// has. Of a Workspace the latter is in varmap, since its external name names an OpenTofu
// state.
func NameOf(o *structpb.Struct) string {
	name := cmp.Or(
		object.String(o, "spec", "forProvider", "varmap", "name"),
		object.String(o, "metadata", "annotations", managed.ExternalNameAnnotation),
		object.String(o, "metadata", "name"),
	)
	return strings.TrimSpace(object.String(o, "kind") + " " + name)
}

// IsGoing reports whether its cloud is deleting the resource, as far as its provider tells.
func (l Live) IsGoing() bool {
	is, _, _ := l.table.States.read(l)
	return is == Going
}

// underWay is what is being done to a live resource, or "": as its cloud names it, or where
// Upjet only says that a change is going on. It serves meanwhile, unless it is coming.
func (l Live) underWay() (what string, coming bool) {
	is, word, _ := l.table.States.read(l)
	if is == Changing || is == Coming {
		return fmt.Sprintf("%q", word), is == Coming
	}
	if object.String(object.Condition(l.Main(), "AsyncOperation"), "reason") == "Ongoing" {
		return "a change", false
	}
	return "", false
}
