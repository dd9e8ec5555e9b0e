package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/victor-onl/crossplane-resources/internal/claim"
)

// Labels of a claim that become tags.
const (
	labelTeam   = "team"
	labelSystem = "backstage.io/system"
	labelDomain = "backstage.io/domain"
)

// A tag as it is meant, before a cloud's rules are applied to it.
type tag struct {
	key, value string
	own        bool // one of the platform's, which are never dropped
}

// logical returns the tags of everything that the claim is made of, in the order
// of their keys, and notes on what is missing or gave way. The platform's own win
// over the claim's, and those over the settings'.
func logical(c *claim.Claim, settings map[string]string) (tags []tag, notes []string) {
	own := []tag{
		{"backstage-entity", c.Entity, true},
		{"project", c.Project, true},
		{"env", c.Env, true},
		{"service", c.Name, true},
		{"managed-by", "crossplane", true},
	}
	for _, l := range []struct{ key, label string }{{"team", labelTeam}, {"system", labelSystem}} {
		if v := c.Labels[l.label]; v != "" {
			own = append(own, tag{l.key, v, true})
			continue
		}
		notes = append(notes, fmt.Sprintf("%s: the claim has no label %s", l.key, l.label))
	}

	tags = own
	add := func(source string, more map[string]string, winners []tag) {
		for k, v := range more {
			i := slices.IndexFunc(winners, func(t tag) bool { return t.key == k })
			switch {
			case k == "":
				notes = append(notes, source+": a tag without a key is dropped")
			case i < 0:
				tags = append(tags, tag{k, v, false})
			case winners[i].own && winners[i].value != v:
				notes = append(notes, fmt.Sprintf("%s: the tag of the %s gives way to the platform's", k, source))
			}
		}
	}
	add("claim", c.Tags, tags)
	add("settings", settings, tags)
	slices.SortFunc(tags, func(a, b tag) int { return cmp.Compare(a.key, b.key) })
	return tags, notes
}
