package costtagger

import (
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
)

// An encoded set of tags is made once for each cloud that a call meets. What is
// made of it is shared by all resources: nothing ever changes a shared value, only
// replaces it by one of its own.
type encoded struct {
	cloud  *cloud
	tags   []tag
	values map[string]*structpb.Value
	own    map[string]bool
	plain  bool // nothing gives way, and keys are equal only when they are the same
	made   map[form]*filled
}

// A filled field has nothing but the tags.
type filled struct {
	entries []entry
	value   *structpb.Value
}

func newEncoded(c *cloud, tags []tag) *encoded {
	e := &encoded{
		cloud: c, tags: tags, plain: c.same("A") == "A", made: map[form]*filled{},
		values: make(map[string]*structpb.Value, len(tags)), own: make(map[string]bool, len(tags)),
	}
	for _, t := range tags {
		e.values[t.key] = structpb.NewStringValue(t.value)
		e.own[t.key] = t.own
		e.plain = e.plain && !t.retain
	}
	return e
}

// fresh returns the tags for a field that nobody has set.
func (e *encoded) fresh(f form) *filled {
	made, ok := e.made[f]
	if !ok {
		made = &filled{entries: make([]entry, len(e.tags))}
		for i, t := range e.tags {
			made.entries[i] = f.entry(t, e.values[t.key])
		}
		made.value = f.build(made.entries)
		e.made[f] = made
	}
	return made
}

// merge puts the tags over what an earlier step has set; false where that is of
// another type.
func (e *encoded) merge(t *tagger, f form, here *structpb.Value) bool {
	if !f.fits(here) {
		return false
	}
	if s := here.GetStructValue(); s != nil && e.plain {
		if s.GetFields() == nil {
			s.Fields = make(map[string]*structpb.Value, len(e.values))
		}
		maps.Copy(s.GetFields(), e.values)
		if len(s.GetFields()) <= e.cloud.most {
			return true
		}
	}
	entries := f.entries(here)
	if len(entries) == 0 {
		here.Kind = e.fresh(f).value.GetKind()
		return true
	}
	for _, mine := range e.fresh(f).entries {
		isSame := func(x entry) bool { return e.cloud.same(x.key) == e.cloud.same(mine.key) }
		i := slices.IndexFunc(entries, isSame)
		if i < 0 {
			entries = append(entries, mine)
			continue
		}
		if mine.retain {
			continue
		}
		for _, x := range entries[i:] {
			if isSame(x) && x.key != mine.key {
				t.note(note{e.cloud.say(x.key, "replaced by "+shown(mine.key)+", which the cloud takes for the same key"), missing})
			}
		}
		entries[i] = mine
		// A list, or a cloud to which case is no difference, may have had the key twice.
		entries = append(entries[:i+1], slices.DeleteFunc(entries[i+1:], isSame)...)
	}
	here.Kind = f.build(e.cut(t, entries)).GetKind()
	return true
}

// cut takes off what is more than the cloud's limit.
func (e *encoded) cut(t *tagger, entries []entry) []entry {
	if len(entries) <= e.cloud.most {
		return entries
	}
	keys := make([]string, len(entries))
	for i, x := range entries {
		keys[i] = x.key
	}
	gone := map[string]bool{}
	for _, k := range excess(keys, e.own, e.cloud.most) {
		t.note(e.cloud.tooMany(k))
		gone[k] = true
	}
	return slices.DeleteFunc(entries, func(x entry) bool { return gone[x.key] })
}

// An entry is one tag as a field holds it.
type entry struct {
	key    string
	retain bool
	value  *structpb.Value // of a map, else the item of a list
}

// A form is how a field holds tags: a map where it is empty, else a list of
// objects with the pair's fields, or of strings with a sign between key and value.
type form struct {
	pair
	between string
}

// Signs between key and value of tags that are strings.
const (
	colon  = ":"
	equals = "="
)

func formOf(p *pair) form {
	if p == nil {
		return form{}
	}
	return form{pair: *p}
}

func (f form) listed() bool { return f.between != "" || f.key != "" }

func (f form) fits(v *structpb.Value) bool {
	if f.listed() {
		return v.GetListValue() != nil
	}
	return v.GetStructValue() != nil
}

// entry writes a tag in this form.
func (f form) entry(t tag, value *structpb.Value) entry {
	switch {
	case f.between != "":
		value = structpb.NewStringValue(t.key + f.between + t.value)
	case f.key != "":
		item := map[string]*structpb.Value{f.key: structpb.NewStringValue(t.key), f.value: value}
		if f.flag != "" {
			item[f.flag] = structpb.NewBoolValue(true)
		}
		value = structpb.NewStructValue(&structpb.Struct{Fields: item})
	}
	return entry{t.key, t.retain, value}
}

// entries reads what a field holds, in the order of the list or of the keys.
func (f form) entries(v *structpb.Value) []entry {
	if !f.listed() {
		fields := v.GetStructValue().GetFields()
		out := make([]entry, 0, len(fields))
		for k, v := range fields {
			out = append(out, entry{key: k, value: v})
		}
		slices.SortFunc(out, func(a, b entry) int { return strings.Compare(a.key, b.key) })
		return out
	}
	out := make([]entry, 0, len(v.GetListValue().GetValues()))
	for _, item := range v.GetListValue().GetValues() {
		key := item.GetStructValue().GetFields()[f.key].GetStringValue()
		if f.between != "" {
			key, _, _ = strings.Cut(item.GetStringValue(), f.between)
		}
		out = append(out, entry{key: key, value: item})
	}
	return out
}

// valueOf returns the value of a tag that a field holds.
func (f form) valueOf(e entry) string {
	v := e.value
	switch {
	case f.between != "":
		_, value, _ := strings.Cut(v.GetStringValue(), f.between)
		return value
	case f.key != "":
		v = v.GetStructValue().GetFields()[f.value]
	}
	value, _ := text(v)
	return value
}

// build makes the value of a field.
func (f form) build(entries []entry) *structpb.Value {
	if f.listed() {
		l := &structpb.ListValue{Values: make([]*structpb.Value, len(entries))}
		for i, e := range entries {
			l.Values[i] = e.value
		}
		return structpb.NewListValue(l)
	}
	s := &structpb.Struct{Fields: make(map[string]*structpb.Value, len(entries))}
	for _, e := range entries {
		s.Fields[e.key] = e.value
	}
	return structpb.NewStructValue(s)
}
