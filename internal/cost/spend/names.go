package spend

import (
	"maps"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/costtag"
)

// Known are values as they are meant, before any cloud's rules for tags.
type Known struct{ Teams, Systems, Entities []string }

// A decoder brings values of one key back to what was meant. Two values may be written as one by a
// cloud, so nothing is undone: what is known is written by the cloud's rules, and looked up.
type decoder struct {
	key   string
	meant map[string]bool
	by    map[string]map[string][]string // the meant values by cloud and written one
}

func newDecoder(key string, known []string) *decoder {
	d := &decoder{key: key, meant: map[string]bool{}, by: map[string]map[string][]string{}}
	for _, m := range known {
		d.add(m)
	}
	return d
}

func (d *decoder) add(meant string) {
	if meant == "" || d.meant[meant] {
		return
	}
	d.meant[meant] = true
	for _, provider := range [...]string{cloud.GCP, cloud.AWS, cloud.Azure, cloud.IBM} {
		if d.by[provider] == nil {
			d.by[provider] = map[string][]string{}
		}
		// A value that fell together with another one of its resource has a hash behind it.
		plain := costtag.Value(provider, d.key, meant)
		for _, written := range []string{plain, costtag.Shorten(plain, meant, costtag.Most(provider, d.key))} {
			if all := d.by[provider][written]; !slices.Contains(all, meant) {
				d.by[provider][written] = append(all, meant)
			}
		}
	}
}

// of is what was meant, or the value as it came. What two would be written as is both: as one of
// them, the other's money would be added to it.
func (d *decoder) of(provider, written string) string {
	all := d.by[provider][written]
	if len(all) == 0 {
		return written
	}
	return strings.Join(slices.Sorted(slices.Values(all)), " or ")
}

// learn takes values of a cloud for what was meant, unless they are known to mean others.
func (d *decoder) learn(provider string, written map[string]bool) {
	for _, w := range slices.Sorted(maps.Keys(written)) { // one with a hash behind it comes after the one without
		if d.of(provider, w) == w {
			d.add(w)
		}
	}
}

// Name brings teams, systems and entities of the cells back to what was meant. Besides what is
// known by others, AWS and Azure take nearly every value as it is: what they have names the same
// on Google Cloud and IBM Cloud.
func (s *Sum) Name(known Known) {
	teams, systems := newDecoder(costtag.KeyTeam, known.Teams), newDecoder(costtag.KeySystem, known.Systems)
	entities := newDecoder(costtag.KeyEntity, known.Entities)
	for _, provider := range [...]string{cloud.Azure, cloud.AWS} { // the one that changes the least first
		written := [2]map[string]bool{{}, {}}
		for c := range s.all() {
			if c.Cloud == provider {
				written[0][c.Place.Team], written[1][c.Place.System] = true, true
			}
		}
		teams.learn(provider, written[0])
		systems.learn(provider, written[1])
	}
	for c := range s.all() {
		p := &c.Place
		if p.Why != "" {
			continue
		}
		p.Team, p.System = teams.of(c.Cloud, p.Team), systems.of(c.Cloud, p.System)
		named := entities.of(c.Cloud, p.Entity)
		// As claim.FromXR names an entity that the claim does not. A claim's name has no underscore: where
		// there is one, the cloud did not take the name.
		usual := strings.ToLower("resource:default/" + strings.Join([]string{c.Cloud, p.Domain, p.Env, p.Claim}, "-"))
		if named == p.Entity && !strings.Contains(p.Claim, "_") && costtag.IsSame(c.Cloud, costtag.KeyEntity, usual, p.Entity) {
			named = usual
		}
		p.Entity = named
	}
}
