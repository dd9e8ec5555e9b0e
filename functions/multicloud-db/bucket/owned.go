package bucket

import (
	"fmt"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/costtag"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// owned refuses a bucket that was found under its name and has not the tags of this
// claim. Names are unique worldwide, and a provider that may read somebody's bucket would
// take it over. A claim that was deleted and made again finds its own tags.
func owned(in Held, tags map[string]string) error {
	c := in.Claim
	for _, t := range [...]struct{ key, value string }{
		{"backstage-entity", c.Entity}, {"project", c.Project}, {"env", c.Env}, {"service", c.Name},
	} {
		switch there, ok := tags[t.key]; {
		case len(tags) == 0:
			return foreign(in, "has no tags by which it would be this claim's")
		case !ok:
			return foreign(in, fmt.Sprintf("has no tag %s, which this claim's has", t.key))
		case !costtag.IsSame(c.Provider, t.key, t.value, there):
			return foreign(in, fmt.Sprintf("has the tag %s: %q, and this claim's has %q", t.key, there, costtag.Value(c.Provider, t.key, t.value)))
		}
	}
	return nil
}

func foreign(in Held, why string) error {
	return fmt.Errorf("metadata.name: %s was there before this claim, and %s; nothing of it was changed: give it the tags of this claim if "+
		"it is this one's, name the claim otherwise, or adopt the bucket by spec.externalName",
		in.Name, why)
}

// tagsAt reads tags that a provider reports as a map, at the first of a few paths that
// has any.
func tagsAt(in Held, paths ...string) map[string]string {
	tags := map[string]string{}
	for _, path := range paths {
		for key, v := range object.Struct(in.Main(), "status", "atProvider", path).GetFields() {
			tags[key] = v.GetStringValue()
		}
		if len(tags) > 0 {
			break
		}
	}
	return tags
}

// tagStrings reads tags that a provider reports as strings key:value.
func tagStrings(list []string) map[string]string {
	tags := map[string]string{}
	for _, t := range list {
		key, value, _ := strings.Cut(t, ":")
		tags[key] = value
	}
	return tags
}
