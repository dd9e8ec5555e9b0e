package settings

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A Policy is how resources of an env are kept, and what its claims may do. Nil and ""
// leave what is built in.
type Policy struct {
	DeletionPolicy      string
	DeletionProtection  *bool
	HighAvailability    *bool
	BackupRetentionDays int
	// Maintenance is when clouds may work on databases, and BackupHour, of UTC, when they back them up.
	Maintenance *Maintenance
	BackupHour  *int
	// Insights say whether clouds record how databases spend their time, and LogExport whether their logs
	// leave them; nil is by env.
	Insights, LogExport *bool
	// Parameters are how engines are tuned, where no claim says it.
	Parameters Parameters

	// RequireNetwork says whether what takes a network waits for one.
	RequireNetwork *bool
	// Adopt is what a claim may do to a resource that was there before it.
	Adopt string
	// AdoptNames are patterns, as path.Match has them, of resources that carry no owner's
	// tags and may be adopted.
	AdoptNames []string
	// Overrides are what a claim of a namespace may say in place of it.
	Overrides Overrides
	// RestoreFrom is whose data a new database may be made of: RestoreNone, RestoreSame,
	// RestoreAny, or "" where RestoreEnvs say it, else RestoreSame.
	RestoreFrom string
	// RestoreEnvs are the envs of the claim's project whose data it may be made of.
	RestoreEnvs []string
	// AllowDelete says whether the annotation allow-delete lifts protection.
	AllowDelete *bool
	Allowed     Allowed
}

// Overrides say whether a claim may name another project or env than its namespace does.
type Overrides struct{ Project, Env bool }

// Allowed are what new claims may ask for. Without a list everything is allowed.
type Allowed struct {
	Providers, Types, Regions, Profiles, Engines, Versions []string
	MaxStorageGiB                                          int // 0 is without a limit

	// Principals are patterns, as path.Match has them, of identities outside a resource's own
	// account that claims may let in. Without the list none is.
	Principals []string
}

// The values of Policy.Adopt; "" is AdoptNone.
const (
	AdoptNone    = "none"
	AdoptObserve = "observe"
	AdoptManage  = "manage"
)

// The words of Policy.RestoreFrom; "" is RestoreSame.
const (
	RestoreNone = "none"
	RestoreSame = "same"
	RestoreAny  = "any"
)

// maxRetentionDays that settings may ask for on any cloud.
const maxRetentionDays = 365

// maxAllowedGiB is more than the largest disk of any cloud.
const maxAllowedGiB = 65536

func readPolicy(r *object.Reader) Policy {
	p := Policy{
		DeletionPolicy:      r.OneOf("deletionPolicy", "Orphan", "Delete"),
		DeletionProtection:  r.Bool("deletionProtection"),
		HighAvailability:    r.Bool("highAvailability"),
		BackupRetentionDays: r.Int("backupRetentionDays", 1, maxRetentionDays),
		Maintenance:         readMaintenance(r, "maintenance"),
		BackupHour:          readHour(r, "backupHour"),
		Insights:            r.Bool("insights"),
		LogExport:           r.Bool("logExport"),
		Parameters:          readParameters(r.Object("parameters")),
		RequireNetwork:      r.Bool("requireNetwork"),
		Adopt:               r.OneOf("adopt", AdoptNone, AdoptObserve, AdoptManage),
		AdoptNames:          r.Strings("adoptNames"),
		AllowDelete:         r.Bool("allowDelete"),
	}
	arePatterns(r, "adoptNames", p.AdoptNames)
	readRestore(r, &p)
	o := r.Object("overrides")
	p.Overrides = Overrides{Project: isTrue(o.Bool("project")), Env: isTrue(o.Bool("env"))}
	o.Done()
	p.Allowed = readAllowed(r.Object("allowed"))
	r.Done()
	return p
}

// readRestore reads whose data a new database may be made of: a word, or a list of envs.
func readRestore(r *object.Reader, p *Policy) {
	if !r.IsList("restoreFrom") {
		p.RestoreFrom = r.OneOf("restoreFrom", RestoreNone, RestoreSame, RestoreAny)
		return
	}
	p.RestoreEnvs = r.Strings("restoreFrom")
	for i, env := range p.RestoreEnvs {
		if !slices.Contains(claim.Envs, env) {
			r.Failf(fmt.Sprintf("restoreFrom[%d]", i), "%q is not allowed; allowed are %s", env, strings.Join(claim.Envs, ", "))
		}
	}
	if len(p.RestoreEnvs) == 0 {
		r.Failf("restoreFrom", "is a list of nothing; name envs, or one of %s, %s, %s", RestoreNone, RestoreSame, RestoreAny)
	}
}

// arePatterns refuses what path.Match cannot read.
func arePatterns(r *object.Reader, key string, patterns []string) {
	for i, pattern := range patterns {
		if _, err := path.Match(pattern, ""); err != nil || pattern == "" {
			r.Failf(fmt.Sprintf("%s[%d]", key, i), "%q is no pattern; allowed is a name, in which * stands for any characters but /", pattern)
		}
	}
}

func isTrue(b *bool) bool { return b != nil && *b }

// readAllowed reads lists of which each names at least one thing: an empty one could be
// meant to allow nothing, or everything.
func readAllowed(r *object.Reader) Allowed {
	list := func(key string, words []string) []string {
		said := r.Strings(key)
		if len(said) == 0 && r.Has(key) {
			r.Failf(key, "is empty; name what is allowed, or leave the key out to allow everything")
		}
		for i, word := range said {
			if words != nil && !slices.Contains(words, word) {
				r.Failf(
					fmt.Sprintf("%s[%d]", key, i), "%q is not allowed; allowed are %s%s", word, strings.Join(words, ", "),
					object.DidYouMean(object.Nearest(word, words)),
				)
			}
		}
		return said
	}
	a := Allowed{
		Providers: list("providers", cloud.Providers), Types: list("types", claim.Types), Regions: list("regions", nil),
		Profiles: list("profiles", nil), Engines: list("engines", cloud.Engines), Versions: list("versions", nil),
		MaxStorageGiB: r.Int("maxStorageGiB", 1, maxAllowedGiB), Principals: list("principals", nil),
	}
	arePatterns(r, "principals", a.Principals)
	r.Done()
	return a
}
