package lifecycle

import "slices"

// A Rule says how a field may change while the resource that it is about lives.
type Rule int

// The rules: of fields of a claim, of settings, and of policies.
const (
	// Free changes at any time, and is not recorded.
	Free Rule = iota
	// Immutable never changes.
	Immutable
	// Upgrades changes to a newer version only.
	Upgrades
	// Grows changes to a larger number only.
	Grows
	// GrowsWhereKept is Grows for as long as anything keeps the resource: it is protected,
	// or outlives its claim. Elsewhere the number may shrink, which loses data.
	GrowsWhereKept
	// TurnsOn changes from false to true only.
	TurnsOn
	// Sticky is the rule of a setting that a cloud cannot change: its value stays when the
	// settings no longer say one, and another value is refused.
	Sticky
	// Joins is Sticky, but may be given to a resource that was made without it.
	Joins
	// Once is the rule of a setting that is chosen when a resource is made: its value stays
	// whatever the settings say later, and no other value is refused.
	Once
	// Follows is the rule of a setting that changes in place, and stays when the settings
	// no longer say it.
	Follows
	// Floor is the rule of a policy that settings never lower on a live resource. The claim
	// may.
	Floor
	// Stays is the rule of a policy that changes as the settings say, and stays where they
	// say nothing any more.
	Stays
	// Pinned is the rule of what no claim and no setting says: a table of this project's
	// decides when a resource is made, and what the table says later is for new ones.
	Pinned
)

// A Row is one field of a claim or of the settings with its rule. From the rows of a
// type come the guard, the record on the managed resource, the XRDs' rules, and the
// table "what an edit does" in docs.
type Row struct {
	// Name of the record: the annotation requested-{Name}. Settings have no record.
	Name string
	// Path as its author wrote it: spec.database.engine, or kmsKeyID of a setting.
	Path string
	Rule Rule
	// On are the clouds that the rule is of, where the field changes freely on the others; nil
	// for all of them.
	On []string
	// Decided says that what the claim leaves out was decided when the resource was made, and
	// is in its record: to leave the field out later asks for nothing else.
	Decided bool
	// Worded says that in an env that keeps its data a change takes a second word: the
	// annotation claim.Upgrade, which names the new value.
	Worded bool
}

// RuleOn is the rule of the row on one cloud.
func (r Row) RuleOn(provider string) Rule {
	if r.On != nil && !slices.Contains(r.On, provider) {
		return Free
	}
	return r.Rule
}

// Identity are the rows that every type has: who a resource is, and where.
var Identity = []Row{
	{Name: "external-name", Path: "spec.externalName", Rule: Immutable},
	{Name: "provider", Path: "spec.provider", Rule: Immutable},
	{Name: "type", Path: "spec.type", Rule: Immutable},
	{Name: "region", Path: "spec.region", Rule: Immutable},
	{Name: "project", Path: "spec.project", Rule: Immutable},
	{Name: "env", Path: "spec.env", Rule: Immutable},
}

// Kept are the policies of the settings that a live resource keeps, whatever its type.
var Kept = []Row{
	{Path: "settings policy.deletionPolicy", Rule: Floor},
	{Path: "settings policy.deletionProtection", Rule: Floor},
	{Path: "settings policy.highAvailability", Rule: Stays},
	{Path: "settings policy.backupRetentionDays", Rule: Stays},
}

// isSetting reports whether the settings have the field, and not the claim.
func (r Rule) isSetting() bool { return r == Sticky || r == Joins || r == Once || r == Follows }
