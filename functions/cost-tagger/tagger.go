package costtagger

import (
	"maps"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// annotationSkip on a desired resource keeps its tags as they are.
const annotationSkip = "cost-tagger.fn.platform.victor.onl/skip"

// A tagger tags the resources of one call, and keeps what there is to report.
type tagger struct {
	in                  *input
	tags                []tag
	clouds              [cloudCount]*encoded
	labels, annotations *structpb.Value // nil where the platform's convention does not apply
	schemas             *schemas
	templates           bool // launch templates are among what is desired

	tagged    int
	untagged  map[string]bool   // kinds
	unwritten map[string]string // shape of a field for tags that is not written, by kind
	unknown   map[string]bool   // kinds that nobody could tell about
	skipped   map[string]bool   // resources that opted out
	unreached [reachCount][]withheld
	notes     map[string]weight // by sentence
	failed    map[string]string // path that holds something else, by resource
}

func newTagger(in *input, tags []tag, notes []note, schemas *schemas) *tagger {
	t := &tagger{
		in: in, tags: tags, schemas: schemas, notes: map[string]weight{},
		untagged: map[string]bool{}, unwritten: map[string]string{}, unknown: map[string]bool{}, skipped: map[string]bool{},
		failed: map[string]string{},
	}
	t.note(notes...)
	return t
}

func (t *tagger) note(notes ...note) {
	for _, n := range notes {
		t.notes[n.text] = max(t.notes[n.text], n.weight)
	}
}

// convention has every resource labelled as the platform labels what a claim is
// made of.
func (t *tagger) convention(c *claim.Claim) {
	t.labels, t.annotations = metadata(c)
}

// tag edits one desired resource in place. Whatever is wrong with it, it stays.
func (t *tagger) tag(name string, o *structpb.Struct, observed *fnv1.Resource) {
	if o == nil {
		t.failed[name] = "resource"
		return
	}
	if t.labels != nil {
		t.mark(name, o, t.labels, "labels")
		t.mark(name, o, t.annotations, "annotations")
	}
	if object.String(o, "metadata", "annotations", annotationSkip) == "true" {
		t.skipped[name] = true
		return
	}
	kind, group := object.String(o, "kind"), groupOf(object.String(o, "apiVersion"))
	if workspaces[group] && kind == "Workspace" {
		t.count(kind, t.tagWorkspace(name, o, observed))
		return
	}
	if k := lookUp(group, kind); k != nil {
		if len(k.fields) == 0 {
			t.untagged[kind] = true
			return
		}
		t.count(kind, t.take(name, o, observed, &way{cloud: k.cloud, fields: k.fields}))
		return
	}
	if native(group) {
		return
	}
	target, known := t.schemas.field(o)
	switch {
	case !known:
		t.unknown[kind] = true
	case target.unwritten != "":
		t.unwritten[kind] = target.unwritten
	case target.path == nil:
		t.untagged[kind] = true
	default:
		t.count(kind, t.take(name, o, observed, &way{cloud: target.cloud, path: target.path, form: target.form}))
	}
}

// An outcome is what became of a resource or of one of its fields.
type outcome int

const (
	noField outcome = iota
	written
	withheldTags // they do not reach the cloud; named in unreached
	wrong        // of another type; named in failed
)

func (t *tagger) count(kind string, o outcome) {
	switch o {
	case written:
		t.tagged++
	case noField:
		t.untagged[kind] = true
	case withheldTags, wrong:
	}
}

func (t *tagger) fail(name string, path ...string) outcome {
	t.failed[name] = strings.Join(path, ".")
	return wrong
}

// mark puts labels or annotations over what stands there.
func (t *tagger) mark(name string, o *structpb.Struct, values *structpb.Value, key string) {
	meta := object.Ensure(o, "metadata")
	if meta == nil {
		t.fail(name, "metadata", key)
		return
	}
	here, ok := present(meta, key)
	if !ok {
		meta.Fields[key] = values
		return
	}
	s := here.GetStructValue()
	if s == nil {
		t.fail(name, "metadata", key)
		return
	}
	if s.GetFields() == nil {
		s.Fields = make(map[string]*structpb.Value, len(values.GetStructValue().GetFields()))
	}
	maps.Copy(s.GetFields(), values.GetStructValue().GetFields())
}

// present returns a field that is there and not null.
func present(s *structpb.Struct, key string) (*structpb.Value, bool) {
	v, ok := s.GetFields()[key]
	if !ok {
		return nil, false
	}
	_, null := v.GetKind().(*structpb.Value_NullValue)
	return v, !null && v.GetKind() != nil
}

func (t *tagger) encoded(id cloudID) *encoded {
	if t.clouds[id] == nil {
		tags, notes := clouds[id].encode(t.tags)
		t.note(notes...)
		t.clouds[id] = newEncoded(&clouds[id], tags)
	}
	return t.clouds[id]
}
