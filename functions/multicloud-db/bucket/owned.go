package bucket

import (
	"fmt"

	"github.com/victor-onl/crossplane-resources/internal/costtag"
)

// owned refuses a bucket that was found under its name and has not the tags of this
// claim. Names are unique worldwide, and a provider that may read somebody's bucket would
// take it over. A claim that was deleted and made again finds its own tags. A bucket that
// an older version left has no tag of its control plane.
func owned(in Held) error {
	tags := in.Tags()
	if len(tags) == 0 {
		return foreign(in, "has no tags by which it would be this claim's")
	}
	for _, m := range in.Marks() {
		switch there, ok := tags[m.Key]; {
		case !ok && m.Key == costtag.ControlPlane:
		case !ok:
			return foreign(in, fmt.Sprintf("has no tag %s, which this claim's has", m.Key))
		case !costtag.IsSame(in.Claim.Provider, m.Key, m.Value, there):
			return foreign(in, fmt.Sprintf("has the tag %s: %q, and this claim's has %q", m.Key, there, costtag.Value(in.Claim.Provider, m.Key, m.Value)))
		}
	}
	return nil
}

func foreign(in Held, why string) error {
	return fmt.Errorf("metadata.name: %s was there before this claim, and %s; nothing of it was changed: give it the tags of this claim if "+
		"it is this one's, name the claim otherwise, or adopt the bucket by spec.externalName",
		in.Name, why)
}
