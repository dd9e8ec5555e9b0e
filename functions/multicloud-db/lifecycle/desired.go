package lifecycle

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// RefuseDesired refuses a desired resource of an earlier step under a name of a part, on
// whatever cloud the part is composed: it would be written over here, or be kept when the
// step no longer desires it. A main part with a record is this function's own, of a step
// before, and the rest of that step's parts go with it.
func (t Type[S]) RefuseDesired(desired map[string]*structpb.Struct) *Refusal {
	if object.String(desired[Instance], "metadata", "annotations", Requested+"external-name") != "" {
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(desired)) {
		o, part := desired[name], t.partOf(name)
		if name == Instance || name == ConnectionPart || name == DeliveryPart {
			part = name
		}
		if part == "" {
			continue
		}
		kind, more := object.String(o, "kind"), ""
		if part != name {
			more = ", since names that begin with " + part + " are taken here"
		}
		return refuse("NameTaken", fmt.Errorf("desired resource %q is %s of %s of an earlier step; give it another name%s",
			name, article(kind), cmp.Or(Group(o), "no API group"), more))
	}
	return nil
}

// article is a word with its indefinite article.
func article(word string) string {
	if strings.ContainsAny(word[:min(len(word), 1)], "AEIOU") {
		return "an " + word
	}
	return "a " + word
}
