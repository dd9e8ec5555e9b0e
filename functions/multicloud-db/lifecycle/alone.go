package lifecycle

import (
	"fmt"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/costtag"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// alone is the record that what was found is another's. Without it a managed resource that
// only observes would be taken for one of a claim that adopts.
const alone = "alone"

// isLetAlone reports whether a resource that was found under the claim's own name is
// another's. It is asked until the resource may be changed, and never again: whoever may
// change it has given it tags of its own. A creation does not answer it: of two control
// planes that make the same claim at once one fails, and then sees what the other has made.
// The parts of With are asked likewise, each by its own tags.
func isLetAlone[S any](own Cloud[S], held Held[S]) (why string, is bool) {
	if held.adopted || own.Owned != nil || held.isOwnCopy() {
		return "", false
	}
	again, marked := held.Annotated(alone) != "", false
	if why = untold(own, held, again); why != "" {
		return why, true
	}
	for _, part := range append([]string{Instance}, own.With...) {
		o := held.Object(part)
		if held.IsOther(part) {
			continue // its tags are those of a resource of another name
		}
		marked = marked || held.isMarked(o)
		if part == Instance && held.Life != Found && held.Life != Made || !held.IsSought(part) && !again {
			continue
		}
		if why = held.foreignBy(held.tagsOf(o)); why != "" {
			return why, true
		}
	}
	if again && !marked {
		return "was another's when it was found, and its tags do not say now that it is this claim's", true
	}
	return "", false
}

// untold says why what was found cannot be this claim's, or cannot be told to be, or "". The
// XR's status is the proof of a resource whose managed resource was lost, but of none whose
// creation failed: there it says no more than that the creation was begun.
func untold[S any](own Cloud[S], held Held[S], again bool) string {
	o := held.Main()
	failed := managed.CreationFailed(o)
	if held.Life != Found && (held.Life != Made || !failed) || !held.IsSought(Instance) && !again {
		return ""
	}
	if held.hasLived() && !failed && !again {
		return ""
	}
	if own.Unproven == nil {
		return ""
	}
	return own.Unproven(held)
}

// isMarked reports whether the cloud's resource says itself that it is this claim's.
func (l Live) isMarked(o *structpb.Struct) bool {
	tags := l.tagsOf(o)
	for _, m := range l.Marks() {
		if _, there := tags[m.Key]; !there && m.Key != costtag.ControlPlane {
			return false
		}
	}
	return l.foreignBy(tags) == ""
}

// letAlone leaves what was found and is another's: nothing of it is changed, and nothing
// goes with the claim. What was composed for it stays desired, only to be looked at, and so does the
// connection that is out: the tags may be told by mistake, as where a setting is missing.
func letAlone[S any](t Type[S], own Cloud[S], held Held[S], why string) Answer {
	in := In[S]{Held: held, Credential: Credential{Hidden: true}}
	a := Answer{Status: status(t, own, in, Connection{}), Unready: true}
	delete(a.Status, "made")
	if in.Shown(since) == "" {
		delete(a.Status, since) // the claim has never had it, so that nothing takes its place
	}
	composed := map[string]*structpb.Struct{}
	for name, r := range in.Parts {
		if r.Object == nil || !t.composes(name) {
			continue
		}
		composed[name] = asLast(r.Object)
		if !strings.HasSuffix(Group(r.Object), ".upbound.io") {
			continue
		}
		if name == Instance {
			object.Set(composed[name], "true", "metadata", "annotations", Requested+alone)
		}
		object.Set(composed[name], []any{"Observe"}, "spec", "managementPolicies")
		if !in.Claim.Namespaced {
			object.Set(composed[name], "Orphan", "spec", "deletionPolicy")
		}
	}
	a.Parts = in.ready(nil, composed)
	message := fmt.Sprintf("metadata.name: %s was there before this claim, and %s; nothing of it is changed or deleted: name the claim otherwise", in.Name, why)
	a.Conditions = []Condition{
		{Type: ConditionComposed, Status: False, Reason: reasonNotAllowed, Message: message},
		notComposed(),
	}
	return a
}
