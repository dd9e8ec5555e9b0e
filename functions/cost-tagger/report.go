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

// shownNotes is how many sentences of one sort a condition has; all of them stand
// in the status.
const shownNotes = 10

// report leaves a condition, and in the status the tags as they are meant and what
// became of them. Only a Resource has that status: in an XR whose schema lacks the
// field, writing it would make the API server refuse the whole status.
func (t *tagger) report(rsp *fnv1.RunFunctionResponse, statusTo []string) {
	if len(statusTo) > 0 {
		t.reportCost(rsp, statusTo)
	}
	if len(t.failed) > 0 {
		var parts []string
		for _, name := range slices.Sorted(maps.Keys(t.failed)) {
			parts = append(parts, shown(name)+" ("+t.failed[name]+")")
		}
		response.False(rsp, condition, reasonNotTagged,
			"not tagged, because the field has another type; correct it in the step before: "+some(parts, ", "))
		return
	}
	parts := []string{fmt.Sprintf("%d resources tagged", t.tagged)}
	if t.tagged == 1 {
		parts[0] = "1 resource tagged"
	}
	for _, part := range []struct {
		what string
		of   []string
		sep  string
	}{
		{"no tag field: ", slices.Sorted(maps.Keys(t.untagged)), ", "},
		{"unknown kinds, left alone: ", slices.Sorted(maps.Keys(t.unknown)), ", "},
		{"opted out: ", slices.Sorted(maps.Keys(t.skipped)), ", "},
		{"", t.sentences(missing), "; "},
		{"", t.sentences(lost), "; "},
	} {
		if len(part.of) > 0 {
			parts = append(parts, part.what+some(part.of, part.sep))
		}
	}
	message := strings.Join(parts, "; ")
	if len(t.sentences(lost)) > 0 {
		response.False(rsp, condition, reasonDropped, message)
		return
	}
	response.True(rsp, condition, reasonTagged, message)
}

// some joins the first of many, none of them at any length: Kubernetes refuses a
// condition of more than 32 KiB.
func some(parts []string, sep string) string {
	const longest = 300
	out := make([]string, 0, shownNotes+1)
	for _, part := range parts[:min(len(parts), shownNotes)] {
		out = append(out, cut(part, longest))
	}
	if more := len(parts) - shownNotes; more > 0 {
		out = append(out, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(out, sep)
}

// sentences returns the notes of one weight in order.
func (t *tagger) sentences(w weight) []string {
	var out []string
	for text, weight := range t.notes {
		if weight == w {
			out = append(out, text)
		}
	}
	slices.Sort(out)
	return out
}

func (t *tagger) reportCost(rsp *fnv1.RunFunctionResponse, path []string) {
	tags := make(map[string]string, len(t.tags))
	var from []string
	for _, tag := range t.tags {
		tags[tag.key] = tag.value
		if tag.inherited {
			from = append(from, tag.key)
		}
	}
	cost := object.Map{"tags": tags}
	if len(from) > 0 {
		cost["inherited"] = from
	}
	untagged := maps.Clone(t.untagged)
	maps.Copy(untagged, t.unknown)
	if len(untagged) > 0 {
		cost["untagged"] = slices.Sorted(maps.Keys(untagged))
	}
	if len(t.notes) > 0 {
		cost["adjusted"] = slices.Sorted(maps.Keys(t.notes))
	}
	object.Set(response.Composite(rsp), cost, path...)
}
