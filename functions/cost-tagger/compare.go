package costtagger

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A withheld resource is one whose tags do not reach the cloud, with what they would change.
type withheld struct {
	name string
	difference
}

// A difference is what tags would change on the cloud's resource, each in a few words. It is
// told only where the provider reports the tags that are there.
type difference struct {
	told         bool
	add, replace []string
}

func (d difference) isNone() bool { return len(d.add)+len(d.replace) == 0 }

// shownKeys is how many tags of one sort the condition names; the status has all of them.
const shownKeys = 3

// String names the resource and what to manage it would change, of each sort at most so many.
func (w withheld) text(most int) string {
	if !w.told {
		return w.name
	}
	if w.isNone() {
		return w.name + " (has the tags already)"
	}
	var parts []string
	for _, part := range []struct {
		verb string
		of   []string
	}{{"add ", w.add}, {"change ", w.replace}} {
		if len(part.of) == 0 {
			continue
		}
		words := part.verb + strings.Join(part.of[:min(most, len(part.of))], ", ")
		if more := len(part.of) - most; more > 0 {
			words += fmt.Sprintf(" and %d more", more)
		}
		parts = append(parts, words)
	}
	return w.name + " (Manage would " + strings.Join(parts, ", and ") + ")"
}

// compare holds the tags against those that the provider reports of the cloud's resource.
func (t *tagger) compare(w *way, live *structpb.Struct) difference {
	path, f := w.main()
	v, told := reported(object.Struct(live, "status", "atProvider"), path)
	if !told || v == nil && wasMade(live) {
		return difference{}
	}
	if v != nil && !f.fits(v) {
		return difference{}
	}
	d := difference{told: true}
	e := t.encoded(w.cloud)
	there := f.entries(v)
	for _, mine := range e.tags {
		i := slices.IndexFunc(there, func(x entry) bool { return e.cloud.same(x.key) == e.cloud.same(mine.key) })
		if i < 0 {
			d.add = append(d.add, shown(mine.key)+"="+shown(mine.value))
			continue
		}
		if was := f.valueOf(there[i]); !mine.retain && (was != mine.value || there[i].key != mine.key) {
			d.replace = append(d.replace, shown(there[i].key)+"="+plain(was)+" to "+shown(mine.key)+"="+shown(mine.value))
		}
	}
	return d
}

// What of a live value a claim's readers may see. Somebody may have put a secret into a tag, and
// who reads claims need not be one who reads tags at the cloud.
var (
	plainWord = regexp.MustCompile(`^[A-Za-z]?[a-z0-9._/:@ -]{0,62}$`)
	keyLike   = regexp.MustCompile(`[a-z0-9]{16,}`) // with a figure: a hash or a key, and no word
	userinfo  = regexp.MustCompile(`:[^/]*@`)
)

// plain shows a live value where it is a word as tags have them, which helps to decide.
func plain(value string) string {
	isKey := slices.ContainsFunc(keyLike.FindAllString(value, -1), func(run string) bool { return strings.ContainsAny(run, "0123456789") })
	if !plainWord.MatchString(value) || isKey || userinfo.MatchString(value) {
		return "(another value)"
	}
	return value
}

// reported goes down what a provider reports to the field of the tags; nil where there are
// none. It is not told where the objects on the way are missing: a resource that was never
// looked at says nothing of its tags. Google Cloud's labels are those that somebody asked
// for, and the effective ones beside them all that there are (provider-gcp's CRDs).
func reported(at *structpb.Struct, path []string) (v *structpb.Value, told bool) {
	for i, key := range path {
		if len(at.GetFields()) == 0 {
			return nil, false
		}
		if i == len(path)-1 {
			if all, ok := present(at, "effectiveLabels"); ok && key == "labels" {
				return all, true
			}
			v, _ = present(at, key)
			return v, true
		}
		at = step(at, key, 0)
	}
	return nil, false
}
