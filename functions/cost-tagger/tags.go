package costtagger

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/costtag"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Labels of a claim.
const (
	labelTeam   = costtag.LabelTeam
	labelSystem = costtag.LabelSystem
	labelDomain = "backstage.io/domain"
)

// A tag as it is meant, before a cloud's rules are applied to it.
type tag struct {
	key, value string
	own        bool // one of the platform's, which are never dropped
	retain     bool // gives way to what an earlier step has set
	inherited  bool // from the settings
	respelled  bool // the key of the control plane in other letters, of whoever may not name one
}

// inherited returns the tags that a Resource had from its settings the last time.
func inherited(xr *structpb.Struct) map[string]string {
	cost := object.Struct(xr, "status", "cost")
	out := map[string]string{}
	for _, k := range object.Get(cost, costInherited).GetListValue().GetValues() {
		for _, field := range []string{costPending, costTags} {
			if v, ok := text(object.Get(cost, field, k.GetStringValue())); ok {
				out[k.GetStringValue()] = v
			}
		}
	}
	return out
}

// fromSettings is where tags of the settings come from.
const fromSettings = "settings"

// A weight says how much a note matters.
type weight int

const (
	changed weight = iota // the tag is written differently
	missing               // somebody left out what would be a tag
	lost                  // a tag is not written
)

// A note is a sentence about a tag that is not as it was meant.
type note struct {
	text   string
	weight weight
}

// A collection is the tags of one call, in the order of who wins.
type collection struct {
	tags  []tag
	notes []note
	seen  map[string]int
	// reserved says that the platform's own keys are nobody else's, also without a value.
	reserved bool
}

func (c *collection) notef(w weight, format string, args ...any) {
	c.notes = append(c.notes, note{fmt.Sprintf(format, args...), w})
}

// add adds tags of one source, whose own keys are distinct. Those that are there
// already win.
func (c *collection) add(from string, tags map[string]string, retain bool) {
	for _, k := range slices.Sorted(maps.Keys(tags)) {
		i, ok := c.seen[k]
		switch {
		case k == "":
			c.notef(lost, "%s: a tag without a key is dropped", from)
		case !ok && k == costtag.ControlPlane && c.reserved:
			c.notef(lost, "%s: the tag of the %s is dropped: it says which control plane owns a resource, as the settings' controlPlane names it", k, from)
		case !ok:
			respelled := c.reserved && strings.EqualFold(k, costtag.ControlPlane)
			c.put(tag{key: k, value: tags[k], retain: retain, inherited: from == fromSettings, respelled: respelled})
		case c.tags[i].own && c.tags[i].value != tags[k]:
			c.notef(missing, "%s: the tag of the %s gives way to the platform's", shown(k), from)
		}
	}
}

func (c *collection) put(t tag) {
	c.seen[t.key] = len(c.tags)
	c.tags = append(c.tags, t)
}

// platform adds the tags that every resource of a claim has.
func (c *collection) platform(of *claim.Claim) {
	for _, t := range [...]struct{ key, value, label string }{
		{costtag.KeyEntity, of.Entity, ""},
		{costtag.KeyProject, of.Project, ""},
		{costtag.KeyEnv, of.Env, ""},
		{costtag.KeyService, of.Name, ""},
		{costtag.KeyManager, costtag.Manager, ""},
		{costtag.KeyTeam, of.Labels[labelTeam], labelTeam},
		{costtag.KeySystem, of.Labels[labelSystem], labelSystem},
	} {
		if t.value == "" {
			c.notef(missing, "%s: the claim has no label %s", t.key, t.label)
			continue
		}
		c.put(tag{key: t.key, value: t.value, own: true})
	}
}

// collect returns the tags of everything that a call desires, in the order of
// their keys. The platform's own win over the claim's, those over the settings',
// those over the input's, and there the last. The control plane is the settings', and is one of
// the platform's own.
func collect(of *claim.Claim, settings map[string]string, plane string, in *input, xr, env *structpb.Struct) ([]tag, []note, error) {
	c := &collection{seen: map[string]int{}}
	if of != nil {
		c.platform(of)
		c.unfound(of)
		c.reserved = true
		if plane != "" {
			c.put(tag{key: costtag.ControlPlane, value: plane, own: true, inherited: true})
		}
		c.add("claim", of.Tags, in.retain)
		c.add(fromSettings, settings, in.retain)
	}
	for _, s := range slices.Backward(in.sources) {
		tags, err := s.read(xr, env)
		if err != nil {
			return nil, nil, err
		}
		if tags == nil {
			c.notef(missing, "%s: is not there, so its tags are missing", s.where())
		}
		c.add("input", tags, s.retain)
	}
	slices.SortFunc(c.tags, func(a, b tag) int { return cmp.Compare(a.key, b.key) })
	return c.tags, c.notes, nil
}

func (s *source) where() string {
	if s.env {
		return "environment " + s.from
	}
	return "XR " + s.from
}

// read returns the tags of a source; nil where its path has nothing.
func (s *source) read(xr, env *structpb.Struct) (map[string]string, error) {
	if s.from == "" {
		if s.literal == nil {
			return map[string]string{}, nil
		}
		return s.literal, nil
	}
	root := xr
	if s.env {
		root = env
	}
	v := at(root, s.path)
	if v == nil {
		if s.needed {
			return nil, fmt.Errorf("%s: is missing, and the function's input requires it for tags", s.where())
		}
		return nil, nil //nolint:nilnil // Nothing is there.
	}
	if s.key != "" {
		t, ok := text(v)
		if !ok {
			return nil, fmt.Errorf("%s: %s is no string, and it is the value of the tag %q", s.where(), object.Show(v), s.key)
		}
		return map[string]string{s.key: t}, nil
	}
	if v.GetStructValue() == nil {
		return nil, fmt.Errorf("%s: %s is no object of tags; for one tag, the input names its key", s.where(), object.Show(v))
	}
	out := make(map[string]string, len(v.GetStructValue().GetFields()))
	for _, k := range slices.Sorted(maps.Keys(v.GetStructValue().GetFields())) {
		t, ok := text(v.GetStructValue().GetFields()[k])
		if !ok {
			return nil, fmt.Errorf("%s.%s: %s is no string", s.where(), shown(k), object.Show(v.GetStructValue().GetFields()[k]))
		}
		out[k] = t
	}
	return out, nil
}
