package lifecycle

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// reasonNotAllowed is the reason of Composed where the settings' policy refuses a claim, and
// where it would refuse a live resource if that were new.
const reasonNotAllowed = "NotAllowed"

// wish is what a claim asks for, as the gates judge it.
type wish struct {
	Live
	policy          settings.Policy
	region          string
	engine, version string // "" of a type that has none
	storageGiB      int    // 0 where the claim does not say
	keeps           bool   // the live resource is protected, or outlives its claim
	outside         []Outsider
	anew            string // the name that a new resource of the claim would have
	longest         int    // the length of a name that is unique worldwide, or 0
}

// A gate is one rule of what the settings' policy lets a claim do.
type gate struct {
	path string // of the claim's field
	key  string // of the rule, below settings policy
	said func(wish) string
	// was is what was last asked for on a live resource, "" where nobody knows.
	was func(wish) string
	// allows reports whether the rule lets the claim have what it says, and what is allowed.
	allows func(w wish, said string) (ok bool, allowed string)
	// proven says that a live resource stays only where what was last asked for is known.
	// Elsewhere the benefit of a doubt is the live resource's.
	proven bool
	number bool // it is refused to become more, and never to become less
	// makes says that the claim asks how its resource is made: nothing stays that may still be made.
	makes bool
}

// gates are all rules, the widest first.
var gates = []gate{
	{
		path: "spec.project", key: "overrides.project", proven: true, was: placed("project"), said: func(w wish) string { return w.Claim.Project },
		allows: func(w wish, said string) (bool, string) {
			return ofNamespace(w, said, w.ownProject(), w.own().Policy.Overrides.Project)
		},
	},
	{
		path: "spec.env", key: "overrides.env", proven: true, was: placed("env"), said: func(w wish) string { return w.Claim.Env },
		allows: func(w wish, said string) (bool, string) {
			return ofNamespace(w, said, w.ownEnv(), w.own().Policy.Overrides.Env)
		},
	},
	{path: "spec.entity", key: "overrides.project", said: entityOfProject, was: func(w wish) string { return w.Shown("entity") }, allows: entityAllows},
	{
		path: "spec.externalName", key: "adopt", proven: true, allows: namesAllowed, said: func(w wish) string { return w.Claim.ExternalName },
		was: func(w wish) string { return cmp.Or(w.Last("external-name"), w.Annotated("external-name")) },
	},
	{
		path: "spec.adopt", key: "adopt", proven: true, allows: adoptAllows, said: takes,
		was: func(w wish) string { return cmp.Or(w.Last("adopt"), w.Annotated("adopt")) },
	},
	listed("spec.provider", "providers", last("provider"), func(w wish) (string, []string) { return w.Claim.Provider, w.policy.Allowed.Providers }),
	listed("spec.type", "types", last("type"), func(w wish) (string, []string) { return w.Claim.Type, w.policy.Allowed.Types }),
	{path: "spec.region", key: "allowed.regions", said: func(w wish) string { return w.region }, was: last("region"), allows: regionAllows},
	listed("spec.profile", "profiles", lastProfile, func(w wish) (string, []string) {
		if !claim.Sized(w.Claim.Type) {
			return "", nil
		}
		return w.Claim.Profile, w.policy.Allowed.Profiles
	}),
	listed("spec.database.engine", "engines", last("engine"), func(w wish) (string, []string) { return w.engine, w.policy.Allowed.Engines }),
	listed("spec.database.version", "versions", last("version"), func(w wish) (string, []string) { return w.version, w.policy.Allowed.Versions }),
	{
		path: "spec.database.storageGiB", key: "allowed.maxStorageGiB", number: true, was: lastDisk, allows: diskAllows,
		said: func(w wish) string { return positive(w.storageGiB) },
	},
	{path: "metadata.annotations[" + claim.AllowDelete + "]", key: "allowDelete", proven: true, said: letGo, was: wasLetGo, allows: letGoAllows},
}

// listed is a gate whose rule is a list of words.
func listed(at, key string, was func(wish) string, of func(wish) (said string, allowed []string)) gate {
	return gate{
		path: at, key: "allowed." + key, was: was,
		said: func(w wish) string { said, _ := of(w); return said },
		allows: func(w wish, said string) (bool, string) {
			_, allowed := of(w)
			return len(allowed) == 0 || slices.Contains(allowed, said), "allowed are " + strings.Join(allowed, ", ")
		},
	}
}

func last(name string) func(wish) string { return func(w wish) string { return w.Last(name) } }

// placed is a project or an env that was last asked for. Of an adopted resource the record
// does not say it until the resource is managed, and its labels do.
func placed(name string) func(wish) string {
	return func(w wish) string {
		if w.Life == Forgotten && w.Main() == nil && w.isNamed() {
			return map[string]string{"project": w.Claim.Project, "env": w.Claim.Env}[name] // the name has both
		}
		return cmp.Or(w.Last(name), w.specified(name))
	}
}

// isNamed reports whether the name of a resource has the claim's project and env whole, by
// whatever salt the name was made.
func (w wish) isNamed() bool {
	c, name := w.Claim, w.Shown("name")
	whole := strings.Join([]string{c.Provider, c.Project, c.Env, ""}, "-")
	return name == c.External() || (name == w.anew || c.IsUnique(name, w.longest)) && strings.HasPrefix(name, whole)
}

// lastProfile is in the XR's status, which the step that sizes writes.
func lastProfile(w wish) string { return object.String(w.XR.Object, "status", "size", "profile") }

// lastDisk is the larger one of the disk that was asked for and of the one that is there:
// to ask for what a disk has become by itself changes nothing.
func lastDisk(w wish) string {
	asked, _ := strconv.Atoi(w.Last("storage-gib")) //nolint:errcheck // Nothing asked is 0.
	there, _ := strconv.Atoi(w.Is("storage-gib"))   //nolint:errcheck // Nothing told is 0.
	return positive(max(asked, there))
}

func positive(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func diskAllows(w wish, said string) (bool, string) {
	most := w.policy.Allowed.MaxStorageGiB
	n, err := strconv.Atoi(said)
	return most == 0 || err == nil && n <= most, fmt.Sprintf("allowed is at most %d", most)
}

// regionAllows compares regions as their cloud spells them. The list is of all clouds, so
// that a name in it may be no region of this one.
func regionAllows(w wish, said string) (bool, string) {
	allowed := w.policy.Allowed.Regions
	return len(allowed) == 0 || slices.ContainsFunc(allowed, func(name string) bool {
		region, err := cloud.Region(w.Claim.Provider, name, w.Provider().RegionNames())
		return err == nil && region == said
	}), "allowed are " + strings.Join(allowed, ", ")
}

func (w wish) ownProject() string {
	project, _, _ := claim.Split(w.Claim.Namespace)
	return project
}

func (w wish) ownEnv() string {
	_, env, _ := claim.Split(w.Claim.Namespace)
	return env
}

func ofNamespace(w wish, said, own string, override bool) (bool, string) {
	if own == "" {
		return override, "allowed is none, since the namespace " + w.Claim.Namespace + " is no {project}-{env}-infra"
	}
	return override || said == own, "allowed is " + own + ", which the namespace " + w.Claim.Namespace + " says"
}

// namesAllowed judges a claim that names what was there before it, whatever it does to that.
func namesAllowed(w wish, _ string) (ok bool, allowed string) {
	return w.policy.Adopt == settings.AdoptObserve || w.policy.Adopt == settings.AdoptManage, "allowed is none: no claim here may name what exists already"
}

// takes is that the claim would take over what was there before it, or "".
func takes(w wish) string {
	if w.Claim.ExternalName == "" || w.Claim.Adopt != AdoptManage {
		return ""
	}
	return AdoptManage
}

func adoptAllows(w wish, _ string) (ok bool, allowed string) {
	return w.policy.Adopt == settings.AdoptManage, "allowed is " + AdoptObserve
}

func letGo(w wish) string {
	if !w.Claim.AllowDelete {
		return ""
	}
	return "true"
}

// wasLetGo tells that nothing keeps the live resource any more, so that the annotation
// changes nothing.
func wasLetGo(w wish) string {
	if w.keeps {
		return ""
	}
	return "true"
}

func letGoAllows(w wish, _ string) (bool, string) {
	allow := w.policy.AllowDelete
	return allow == nil || *allow, "allowed is to leave the annotation out"
}

// judge holds a claim against all gates. What a live resource was allowed once stays, and
// is noted, a sentence each; an edit towards what is not allowed is an error.
func (w wish) judge() (noted []string, err error) {
	for _, g := range slices.Concat(gates, restoreGates) {
		said := g.said(w)
		if said == "" {
			continue
		}
		ok, allowed := g.allows(w, said)
		if ok {
			continue
		}
		sentence := fmt.Sprintf("%s: %s is not allowed by settings policy.%s; %s", g.path, g.show(said), g.key, allowed)
		if !g.stays(w, said) {
			return nil, errors.New(sentence)
		}
		noted = append(noted, sentence)
	}
	more, err := w.judgeOutside()
	return append(noted, more...), err
}

func (g gate) show(said string) string {
	if g.number {
		return said
	}
	return strconv.Quote(said)
}

// stays reports whether a live resource has what is said already.
func (g gate) stays(w wish, said string) bool {
	if !w.lasts && w.Life != Forgotten && w.Annotated("adopt") == "" || g.makes && !w.exists {
		return false
	}
	switch was := g.was(w); {
	case was == "":
		return !g.proven
	case g.number:
		return !isSmaller(was, said)
	default:
		return was == said
	}
}

// allow judges what the claim asks for. Before Crossplane has looked for the settings
// nobody knows their policy: it asks again.
func allow[S any](t Type[S], l Live, p Place, want S) (noted []string, err error) {
	if !l.Answered {
		return nil, nil
	}
	own := t.Clouds[l.Claim.Provider]
	w := wish{Live: l, policy: l.judging(), region: p.Region, keeps: own.keeps(l), longest: t.Longest}
	if t.NameOf != nil {
		w.anew, _ = t.NameOf(l.Call) //nolint:errcheck // A live resource needs no name that settings could refuse.
	}
	if own.Outside != nil {
		w.outside = own.Outside(l, p, want)
	}
	for _, f := range t.Fields {
		switch value := *f.Of(&want); f.Path { // other types have versions that no claim says
		case "spec.database.engine":
			w.engine = value
		case "spec.database.version":
			w.version = value
		case "spec.database.storageGiB":
			w.storageGiB, _ = strconv.Atoi(value) //nolint:errcheck // Nothing said is 0.
		}
	}
	if noted, err = w.judge(); err != nil {
		return nil, err
	}
	return noted, l.mayTake(w.policy)
}

// keeps reports whether something keeps the live resource from going with its claim, but
// the claim's own word.
func (c Cloud[S]) keeps(l Live) bool {
	return !l.lasts || c.guard().protected(l) || IsOrphan(l.Main()) && l.Claim.DeletionPolicy != "Orphan"
}
