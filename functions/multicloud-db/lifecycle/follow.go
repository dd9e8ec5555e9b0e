package lifecycle

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// followed is the record of what fields of which nobody here says a value were asked for before
// somebody changed them at the cloud, by their paths, each value by a mark.
const followed = "followed"

// markLength is that of a mark, in bytes of a hash.
const markLength = 4

// follow is what a field of a live resource is asked for of which nobody here says a value: what
// its cloud reports, since somebody may have changed it there. The provider asks for the value before
// again in the very look in which it sees the other one, and reports what it saw after that (Reconcile
// of crossplane-runtime, which updates before it writes the status). So the value before may be
// reported once more, which is nobody's change: the other one stays asked for. By reports alone the
// two would be turned to and fro for ever.
func (r *Resource) follow(at string, asked, is *structpb.Value) *structpb.Value {
	was, known := r.before[at]
	if known {
		r.marks[at] = was
	}
	switch {
	case !r.wasAsked(), IsSaid(asked) == IsSaid(is) && areSame(asked, is):
		return is
	case known && was == mark(is):
		return asked
	case IsSaid(is):
		r.marks[at] = mark(asked)
	}
	return is
}

// wasAsked reports whether what the main part asks for was asked for by whoever may change it: what is only
// looked for, or at, was asked for by somebody who knew nothing of it.
func (r *Resource) wasAsked() bool {
	if r.adopted {
		return r.Last("adopt") == AdoptManage
	}
	return r.lasts && !r.IsSought(Instance)
}

// Kept is follow of a text or a number that is composed by a rule of its own. A report that lacks it
// for once changes nothing.
func (r *Resource) Kept(path ...string) string {
	asked := first(object.Struct(r.Main(), "spec", "forProvider"), path)
	is := first(object.Struct(r.Main(), "status", "atProvider"), path)
	if !r.lasts || !IsSaid(is) {
		return r.There(path...)
	}
	return Text(r.follow(strings.Join(path, "."), asked, is))
}

// keptField is follow of a field of the type, which is composed as held, and which its cloud may report in other words.
func (r *Resource) keptField(name, held string) string {
	is := r.Is(name)
	if r.Life != Managed || is == "" || is != held {
		return held
	}
	word := func(s string) *structpb.Value {
		if s == "" {
			return nil
		}
		return structpb.NewStringValue(s)
	}
	return r.follow("{"+name+"}", word(r.Asked(name)), word(is)).GetStringValue()
}

// keptTag is follow of one tag. A tag without a value is there all the same.
func (r *Resource) keptTag(key string, asked, is *structpb.Struct) (value string, there bool) {
	said := func(tags *structpb.Struct) *structpb.Value {
		if v, ok := tags.GetFields()[key]; ok {
			return structpb.NewStringValue("=" + v.GetStringValue())
		}
		return nil
	}
	return strings.CutPrefix(r.follow(r.table.TagsAt+"/"+key, said(asked), said(is)).GetStringValue(), "=")
}

// turnedOn follows the name of a switch in the record that it was seen on although nobody here asked
// for that.
const turnedOn = "-turned-on"

// isTurnedOn reports whether somebody has turned a switch on that only turns on. The provider turns
// it off again in the look in which it sees it, as follow has it, so that the record tells from then on.
func (r *Resource) isTurnedOn(name string) bool {
	is := r.Is(name) == "true" || r.exists && r.Annotated(name+turnedOn) != ""
	if is && r.record[Requested+name] != "true" {
		r.record[Requested+name+turnedOn] = "true"
	}
	return is
}

// befores are the marks of the record, or none.
func (l Live) befores() map[string]string {
	var out map[string]string
	if json.Unmarshal([]byte(l.Annotated(followed)), &out) != nil {
		return nil // edited by hand: the next change counts as the first
	}
	return out
}

// recordFollowed records the marks on the main part, once all that is followed was composed.
func (r *Resource) recordFollowed(o *structpb.Struct) {
	if len(r.marks) > 0 {
		object.Set(o, written(r.marks), "metadata", "annotations", Requested+followed)
	}
}

// mark stands for a value in the record, and is "" for one that says nothing. A switch that is off says
// something, and so does 0.
func mark(v *structpb.Value) string {
	if !IsSaid(v) {
		return ""
	}
	sum := sha256.Sum256([]byte(plain(v)))
	return hex.EncodeToString(sum[:markLength])
}

// keysOf are the keys of two structs, each once, in order.
func keysOf(a, b *structpb.Struct) []string {
	keys := make([]string, 0, len(a.GetFields())+len(b.GetFields()))
	for _, s := range []*structpb.Struct{a, b} {
		for key := range s.GetFields() {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}
