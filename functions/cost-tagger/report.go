package costtagger

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

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
		{unreached[isObserved].begins, t.withheld(isObserved, shownKeys), ", "},
		{unreached[isPaused].begins, t.withheld(isPaused, shownKeys), ", "},
		{unreached[isKept].begins, t.withheld(isKept, shownKeys), ", "},
		{"", t.shapes(), "; "},
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
	if reason := t.missed(); reason != "" {
		response.False(rsp, condition, reason, message)
		return
	}
	response.True(rsp, condition, reasonTagged, message)
}

// missed is the reason of a condition that is not True: a tag or a kind is left out by
// mistake, or everything that could be tagged is left alone on purpose.
func (t *tagger) missed() string {
	if t.nothingReached() {
		for _, r := range []reach{isObserved, isPaused, isKept} {
			if len(t.unreached[r]) > 0 {
				return unreached[r].reason
			}
		}
	}
	switch {
	case len(t.sentences(lost)) > 0:
		return reasonDropped
	case len(t.unwritten) > 0:
		return reasonNotTagged
	}
	return ""
}

// nothingReached reports whether no tag reaches the cloud, since what could be tagged is left
// alone.
func (t *tagger) nothingReached() bool {
	return t.tagged == 0 && len(t.unreached[isObserved])+len(t.unreached[isPaused])+len(t.unreached[isKept]) > 0
}

// withheld names the resources of one reach, each with so many tags of a sort.
func (t *tagger) withheld(r reach, most int) []string {
	var out []string
	for _, w := range t.unreached[r] {
		out = append(out, w.text(most))
	}
	slices.Sort(out)
	return out
}

// shapes says which kinds have a field for tags that nothing is written to.
func (t *tagger) shapes() []string {
	var out []string
	for _, kind := range slices.Sorted(maps.Keys(t.unwritten)) {
		out = append(out, kind+": its tags are "+t.unwritten[kind]+", which is not written")
	}
	return out
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
