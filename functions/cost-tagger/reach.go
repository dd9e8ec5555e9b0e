package costtagger

import (
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A reach says whether the tags of a managed resource come to the cloud. Those that do not
// are in the order in which one of several is the condition's reason.
type reach int

const (
	reaches    reach = iota
	isObserved       // nothing of the resource is ever written
	isPaused         // its provider is told to leave it alone
	isKept           // it exists, and its provider may not update it
	reachCount
)

// unreached are the reason, and how the sentence about such resources begins.
var unreached = [reachCount]struct{ reason, begins string }{
	isObserved: {reasonObserved, "only observed: "},
	isPaused:   {reasonPaused, "paused: "},
	isKept:     {reasonNotUpdated, "there already, and not updated yet: "},
}

func reachOf(desired, live *structpb.Struct) reach {
	switch {
	case managed.IsPaused(desired, live):
		return isPaused
	case managed.OnlyObserved(desired):
		return isObserved
	case managed.MayChange(desired, live):
		return reaches
	}
	return isKept
}

// wasMade reports whether this managed resource itself made what it stands for, and so with
// the tags that it had: also before it may update it, as a resource of function-multicloud-db
// whose zone is not known yet.
func wasMade(live *structpb.Struct) bool {
	annotations := object.Struct(live, "metadata", "annotations")
	return object.String(annotations, "crossplane.io/external-create-pending") != "" ||
		object.String(annotations, "crossplane.io/external-create-succeeded") != ""
}

// judge says what became of a resource whose tags do not reach the cloud now. One that
// carries them all is tagged, but where it is only observed: those are somebody else's.
func (t *tagger) judge(name string, r reach, w *way, live *structpb.Struct) bool {
	d := t.compare(w, live)
	if r != isObserved && (d.told && d.isNone() || r == isKept && !d.told && wasMade(live)) {
		return true
	}
	t.unreached[r] = append(t.unreached[r], withheld{shown(name), d})
	return false
}
