package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/victor-onl/crossplane-resources/internal/claim"
)

// A cloudID is the cloud's place in the clouds table.
type cloudID int

const (
	idGCP cloudID = iota
	idAWS
	cloudCount
)

// A cloud has rules for the tags of its resources. All of its functions are pure.
type cloud struct {
	name string
	most int // tags on one resource

	key     func(key string) string
	value   func(value string) string
	maxKey  int                           // characters
	refused func(key string) (why string) // "" where the key may be used
}

var clouds = [cloudCount]cloud{idGCP: gcp, idAWS: aws} //nolint:gochecknoglobals // A table, built once.

// length of the hash tail, and of the hyphen before it.
const tailLength = 9

// encode writes tags by the cloud's rules. The tags are in the order of their
// keys and so is what decides: the same tags always give the same result. Keys
// that a cloud takes as they are keep their form; of the others, those that fall
// together with any get a hash tail.
func (c cloud) encode(tags []tag) (out []tag, notes []string) {
	note := func(key, format string, args ...any) {
		notes = append(notes, c.name+": "+shown(key)+" "+fmt.Sprintf(format, args...))
	}
	wanted := make(map[string]int, len(tags))
	taken := make(map[string]bool, len(tags))
	for _, t := range tags {
		k := c.key(t.key)
		wanted[k]++
		taken[k] = taken[k] || k == t.key
	}
	for _, t := range tags {
		k := c.key(t.key)
		if k != t.key {
			short := k
			for source := t.key; wanted[short] > 1 || taken[k]; source += "+" {
				if k = shorten(short, source, c.maxKey); !taken[k] {
					break
				}
			}
		}
		why := c.refused(t.key)
		if why == "" {
			why = c.refused(k)
		}
		if why != "" {
			note(t.key, "dropped, since %s", why)
			continue
		}
		taken[k] = true
		v := c.value(t.value)
		if k != t.key {
			note(t.key, "key encoded as %s", k)
		}
		if v != t.value {
			note(t.key, "value encoded as %s", v)
		}
		out = append(out, tag{k, v, t.own})
	}
	return out, notes
}

// mapped replaces every character that is not allowed by an underscore.
func mapped(s string, allowed func(rune) bool) string {
	return strings.Map(func(r rune) rune {
		if allowed(r) && r != utf8.RuneError {
			return r
		}
		return '_'
	}, s)
}

// fit shortens what is too long.
func fit(s, source string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return shorten(s, source, most)
}

// shorten cuts by characters, where claim.Shorten cuts by bytes.
func shorten(s, source string, most int) string {
	if r := []rune(s); len(r) > most-tailLength {
		s = string(r[:most-tailLength])
	}
	return claim.Shorten(s, source, len(s)+tailLength)
}

// excess returns the keys that have to go for a resource to have no more tags
// than its cloud takes: never the platform's own, and of the others the last by
// the alphabet.
func excess(keys []string, own func(string) bool, most int) []string {
	others := slices.DeleteFunc(slices.Clone(keys), own)
	slices.Sort(others)
	room := max(most-(len(keys)-len(others)), 0)
	return others[min(room, len(others)):]
}

// shown shortens a key for a message.
func shown(key string) string {
	const most = 80
	if r := []rune(key); len(r) > most {
		return string(r[:most]) + "…"
	}
	return key
}
