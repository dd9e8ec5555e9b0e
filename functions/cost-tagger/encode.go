package costtagger

import (
	"fmt"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/costtag"
)

// encode writes tags by the cloud's rules. The tags are in the order of their
// keys and so is what decides: the same tags always give the same result.
func (c *cloud) encode(tags []tag) (out []tag, notes []note) {
	keys := c.keys(tags)
	out = make([]tag, 0, len(tags))
	unchanged := true
	for i, t := range tags {
		why := c.refused(t.key)
		if why == "" {
			why = c.refused(keys[i])
		}
		if t.respelled && c.same(keys[i]) == costtag.ControlPlane {
			why = "this cloud takes it for " + costtag.ControlPlane + ", by which the settings' controlPlane says which control plane owns a resource"
		}
		if why != "" {
			notes = append(notes, note{c.say(t.key, "dropped, since "+why), lost})
			continue
		}
		t.key = keys[i]
		t.value = c.value(t.key, t.value)
		if t.key != tags[i].key {
			notes = append(notes, note{c.say(tags[i].key, "key encoded as "+shown(t.key)), changed})
		}
		unchanged = unchanged && t.value == tags[i].value
		out = append(out, t)
	}
	if unchanged {
		return c.trim(out, notes)
	}
	c.separate(tags, keys, out)
	for _, t := range out {
		i := slices.Index(keys, t.key)
		if t.value != tags[i].value {
			notes = append(notes, note{c.say(tags[i].key, "value encoded as "+shown(t.value)), changed})
		}
	}
	return c.trim(out, notes)
}

// keys encodes the keys, each to one of its own. Those that the cloud takes as
// they are keep their form, the platform's first; of the others, those that fall
// together with any get a hash tail.
func (c *cloud) keys(tags []tag) []string {
	keys := make([]string, len(tags))
	plain := true // all keys stay as they are, and they are distinct
	for i, t := range tags {
		keys[i] = c.key(t.key)
		plain = plain && keys[i] == t.key && c.same(t.key) == t.key
	}
	if plain {
		return keys
	}
	wanted := make(map[string]int, len(tags))
	taken := make(map[string]bool, len(tags))
	kept := make([]bool, len(tags))
	for _, k := range keys {
		wanted[c.same(k)]++
	}
	for _, own := range []bool{true, false} {
		for i, t := range tags {
			if id := c.same(keys[i]); t.own == own && keys[i] == t.key && !taken[id] {
				kept[i], taken[id] = true, true
			}
		}
	}
	for i, t := range tags {
		if kept[i] {
			continue
		}
		short := keys[i]
		for source := t.key; wanted[c.same(short)] > 1 || taken[c.same(keys[i])]; source += "+" {
			if keys[i] = costtag.Shorten(short, source, c.maxKey); !taken[c.same(keys[i])] {
				break
			}
		}
		taken[c.same(keys[i])] = true
	}
	return keys
}

// separate gives a hash tail to encoded values that fall together with another
// one's, where they differed in more than case.
func (c *cloud) separate(tags []tag, keys []string, out []tag) {
	meant := make(map[string]string, len(out))
	both := map[string]bool{}
	source := func(t tag) string { return tags[slices.Index(keys, t.key)].value }
	for _, t := range out {
		s := strings.ToLower(source(t))
		if other, ok := meant[t.value]; ok && other != s {
			both[t.value] = true
		}
		meant[t.value] = s
	}
	for i, t := range out {
		if s := source(t); both[t.value] && s != t.value {
			out[i].value = costtag.Shorten(t.value, s, c.maxValue(t.key))
		}
	}
}

// trim holds the limit on the count of tags.
func (c *cloud) trim(tags []tag, notes []note) ([]tag, []note) {
	if len(tags) <= c.most {
		return tags, notes
	}
	keys := make([]string, len(tags))
	own := make(map[string]bool, len(tags))
	for i, t := range tags {
		keys[i], own[t.key] = t.key, t.own
	}
	gone := excess(keys, own, c.most)
	for _, k := range gone {
		notes = append(notes, c.tooMany(k))
	}
	return slices.DeleteFunc(tags, func(t tag) bool { return slices.Contains(gone, t.key) }), notes
}

// tooMany says that a tag is dropped for want of room.
func (c *cloud) tooMany(key string) note {
	return note{c.say(key, fmt.Sprintf("dropped, since a resource takes at most %d tags", c.most)), lost}
}

func (c *cloud) say(key, what string) string {
	return c.name + ": " + shown(key) + " " + what
}

// excess returns the keys that have to go for a resource to have no more tags
// than its cloud takes: never the platform's own, and of the others the last by
// the alphabet.
func excess(keys []string, own map[string]bool, most int) []string {
	others := slices.DeleteFunc(slices.Clone(keys), func(k string) bool { return own[k] })
	slices.Sort(others)
	room := max(most-(len(keys)-len(others)), 0)
	return others[min(room, len(others)):]
}

// shown shortens a key or value for a message.
func shown(text string) string {
	const most = 80
	return cut(text, most)
}

func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	if r := []rune(text); len(r) > most {
		return string(r[:most]) + "…"
	}
	return text
}
