package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/response"
)

// report leaves a condition, and in the XR's status the tags as they are meant
// and what became of them.
func (t *tagger) report(rsp *fnv1.RunFunctionResponse) {
	untagged := slices.Sorted(maps.Keys(t.untagged))
	t.reportCost(rsp, untagged)

	if len(t.failed) > 0 {
		var parts []string
		for _, name := range slices.Sorted(maps.Keys(t.failed)) {
			parts = append(parts, name+" ("+t.failed[name]+")")
		}
		response.False(rsp, condition, reasonNotTagged,
			"not tagged, because the field is no object; correct it in the step before: "+strings.Join(parts, ", "))
		return
	}
	message := fmt.Sprintf("%d resources tagged", t.tagged)
	if t.tagged == 1 {
		message = "1 resource tagged"
	}
	if len(untagged) > 0 {
		message += "; no tag field: " + strings.Join(untagged, ", ")
	}
	response.True(rsp, condition, reasonTagged, message)
}

func (t *tagger) reportCost(rsp *fnv1.RunFunctionResponse, untagged []string) {
	tags := make(map[string]string, len(t.tags))
	for _, tag := range t.tags {
		tags[tag.key] = tag.value
	}
	cost := object.Map{"tags": tags}
	if len(untagged) > 0 {
		cost["untagged"] = untagged
	}
	if len(t.adjusted) > 0 {
		cost["adjusted"] = slices.Sorted(maps.Keys(t.adjusted))
	}
	object.Set(response.Composite(rsp), cost, "status", "cost")
}

// tooMany says that a tag is dropped for want of room.
func (c cloud) tooMany(key string) string {
	return fmt.Sprintf("%s: %s dropped, since a resource takes at most %d tags", c.name, shown(key), c.most)
}
