package spend

import (
	"cmp"
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
	by    map[string]map[string]string // the meant value by cloud and written one; "" where two are written as it
}

func newDecoder(key string, known []string) *decoder {
	d := &decoder{key: key, meant: map[string]bool{}, by: map[string]map[string]string{}}
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
			d.by[provider] = map[string]string{}
		}
		// A value that fell together with another one of its resource has a hash behind it.
		plain := costtag.Value(provider, d.key, meant)
		for _, written := range []string{plain, costtag.Shorten(plain, meant, costtag.Most(provider, d.key))} {
			if other, ok := d.by[provider][written]; ok && other != meant {
				d.by[provider][written] = ""
				continue
			}
			d.by[provider][written] = meant
		}
	}
}

// of is what was meant, or the value as it came.
func (d *decoder) of(provider, written string) string {
	if d.meant[written] {
		return written
	}
	return cmp.Or(d.by[provider][written], written)
}

// learn takes a value for what was meant, unless it is known to mean another one.
func (d *decoder) learn(provider, written string) {
	if d.of(provider, written) == written {
		d.add(written)
	}
}

// Name brings teams, systems and entities of the cells back to what was meant. Besides what is
// known by others, AWS and Azure take nearly every value as it is: what they have names the same
// on Google Cloud and IBM Cloud.
func (s *Sum) Name(known Known) {
	teams, systems := newDecoder(keyTeam, known.Teams), newDecoder(keySystem, known.Systems)
	entities := newDecoder(keyEntity, known.Entities)
	for _, provider := range [...]string{cloud.Azure, cloud.AWS} { // the one that changes the least first
		for _, c := range s.cells {
			if c.Cloud == provider {
				teams.learn(provider, c.Place.Team)
				systems.learn(provider, c.Place.System)
			}
		}
	}
	for _, c := range s.cells {
		p := &c.Place
		if p.Why != "" {
			continue
		}
		p.Team, p.System = teams.of(c.Cloud, p.Team), systems.of(c.Cloud, p.System)
		// As claim.FromXR names an entity that the claim does not.
		usual := strings.ToLower("resource:default/" + strings.Join([]string{c.Cloud, p.Domain, p.Env, p.Claim}, "-"))
		if costtag.IsSame(c.Cloud, keyEntity, usual, p.Entity) {
			p.Entity = usual
			continue
		}
		p.Entity = entities.of(c.Cloud, p.Entity)
	}
}
