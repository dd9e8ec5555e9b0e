package spend

import (
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/cost/focus"
	"github.com/victor-onl/crossplane-resources/internal/costtag"
)

// keys are those of the platform, in the order in which they are read.
var keys = [...]string{
	costtag.KeyManager, costtag.KeyProject, costtag.KeyEnv, costtag.KeyService, costtag.KeyEntity, costtag.KeyTeam, costtag.KeySystem,
}

// Why a charge is nobody's.
const (
	WhyTax       = "tax"
	WhyCredit    = "credit"
	WhyUntagged  = "no tags"
	WhyOthers    = "tags of others"
	WhyUnmanaged = "no tag managed-by"
	WhyUnclear   = "tags that contradict"
	WhyUnplaced  = "no project or env"
)

// A Place is whose a charge is. Where Why is not "", it is nobody's.
type Place struct {
	Domain, Env, Team, System, Claim, Entity string
	Why                                      string
}

// clouds by the names that they have for themselves in exports, in lower case.
var clouds = map[string]string{
	"aws": cloud.AWS, "amazon web services": cloud.AWS, "amazon": cloud.AWS,
	"google cloud": cloud.GCP, "google cloud platform": cloud.GCP, "google": cloud.GCP, "gcp": cloud.GCP,
	"microsoft": cloud.Azure, "microsoft azure": cloud.Azure, "azure": cloud.Azure,
	"ibm": cloud.IBM, "ibm cloud": cloud.IBM,
}

// foreign are the beginnings of keys that a cloud writes by itself, which nobody has tagged.
var foreign = map[string][]string{cloud.AWS: {"aws:"}, cloud.GCP: {"goog-"}, cloud.Azure: {"hidden-"}}

// placeOf reads off a charge's tags whose it is. Tags count as the platform's only together with
// managed-by: others have projects and envs too.
func placeOf(provider, category string, tags *focus.Tags) Place {
	own := split(provider, *tags)
	values := make(map[string]string, len(keys))
	for _, key := range keys {
		written := costtag.Key(provider, key)
		for _, t := range own {
			if !costtag.IsSameKey(provider, t.Key, written) {
				continue
			}
			if other, ok := values[key]; ok && other != t.Value {
				return Place{Why: WhyUnclear}
			}
			values[key] = t.Value
		}
	}
	p := Place{
		Domain: values[costtag.KeyProject], Env: values[costtag.KeyEnv], Team: values[costtag.KeyTeam], System: values[costtag.KeySystem],
		Claim: values[costtag.KeyService], Entity: values[costtag.KeyEntity],
	}
	by, said := values[costtag.KeyManager]
	placed := p.Domain != "" && slices.Contains(claim.Envs, p.Env)
	switch {
	case by == costtag.Manager && placed:
		return p
	case by == costtag.Manager:
		return Place{Why: WhyUnplaced}
	case category == "Tax":
		return Place{Why: WhyTax}
	case category == "Credit":
		return Place{Why: WhyCredit}
	case placed && !said:
		return Place{Why: WhyUnmanaged}
	case len(own) > 0:
		return Place{Why: WhyOthers}
	}
	return Place{Why: WhyUntagged}
}

// kept is of a place what tables are parted by. An entity is found by the three that name it.
func (o *Options) kept(p Place) Place {
	entity := slices.Contains(o.By, "entity")
	for name, field := range map[string]*string{"domain": &p.Domain, "env": &p.Env, "claim": &p.Claim} {
		if !entity && !slices.Contains(o.By, name) {
			*field = ""
		}
	}
	for name, field := range map[string]*string{"team": &p.Team, "system": &p.System, "entity": &p.Entity} {
		if !slices.Contains(o.By, name) {
			*field = ""
		}
	}
	return p
}

// split leaves out what a cloud writes by itself, and parts the strings of IBM Cloud at their
// first colon, as the cost-tagger joins them.
func split(provider string, tags focus.Tags) focus.Tags {
	out := make(focus.Tags, 0, len(tags))
	for _, t := range tags {
		if slices.ContainsFunc(foreign[provider], func(begin string) bool { return strings.HasPrefix(t.Key, begin) }) {
			continue
		}
		if provider == cloud.IBM && t.Alone {
			t.Key, t.Value, _ = strings.Cut(t.Key, ":")
			t.Key, t.Value = strings.TrimSpace(t.Key), strings.TrimSpace(t.Value)
		}
		out = append(out, t)
	}
	return out
}
