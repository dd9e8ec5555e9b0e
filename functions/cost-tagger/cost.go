package costtagger

import (
	"maps"
	"slices"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/response"
)

// Fields of the status that the next call reads.
const (
	costTags      = "tags"
	costPending   = "pending"
	costInherited = "inherited"
)

// reportCost writes what the bill carries into the status. Tags that nothing carries yet are
// pending; only a Resource has that field, and any other XR is told in adjusted alone.
func (t *tagger) reportCost(rsp *fnv1.RunFunctionResponse, path []string) {
	tags := make(map[string]string, len(t.tags))
	var from []string
	for _, tag := range t.tags {
		tags[tag.key] = tag.value
		if tag.inherited {
			from = append(from, tag.key)
		}
	}
	cost := object.Map{}
	switch {
	case t.tagged > 0 || !t.left():
		cost[costTags] = tags
	case t.labels != nil:
		cost[costPending] = tags
	}
	if len(from) > 0 {
		cost[costInherited] = from
	}
	untagged := maps.Clone(t.untagged)
	maps.Copy(untagged, t.unknown)
	for kind := range t.unwritten {
		untagged[kind] = true
	}
	if len(untagged) > 0 {
		cost["untagged"] = slices.Sorted(maps.Keys(untagged))
	}
	if adjusted := t.adjusted(); len(adjusted) > 0 {
		cost["adjusted"] = adjusted
	}
	object.Set(response.Composite(rsp), cost, path...)
}

// left reports whether some resource that is desired goes without tags.
func (t *tagger) left() bool {
	return t.nothingReached() || len(t.untagged)+len(t.unwritten)+len(t.unknown)+len(t.failed) > 0
}

// adjusted is every sentence there is, whole, in order.
func (t *tagger) adjusted() []string {
	out := slices.Collect(maps.Keys(t.notes))
	for r := range reachCount {
		for _, w := range t.withheld(r, len(t.tags)) {
			out = append(out, unreached[r].begins+w)
		}
	}
	out = append(out, t.shapes()...)
	slices.Sort(out)
	return out
}
