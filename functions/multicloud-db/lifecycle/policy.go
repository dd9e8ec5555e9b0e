package lifecycle

import (
	"fmt"
	"slices"
	"strconv"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/managed"
)

// A Policy is how carefully a resource is kept.
type Policy struct {
	Orphan           bool // the cloud's resource outlives its claim
	Protected        bool // the cloud refuses to delete it
	Guarded          bool // its provider refuses to delete it, whatever the cloud would do
	KeepBackups      bool // a last backup outlives it
	HighAvailability bool
	RetentionDays    int // of backups, or of old versions

	standbySaid, daysSaid bool   // by the claim or the settings
	capped                bool   // the settings say more days than the cloud keeps
	remark                string // on days that the settings say and the cloud does not keep

	asks Asks
}

// Asks is what a claim says of its policy, and what the cloud offers.
type Asks struct {
	Noun             string // database
	HighAvailability *bool
	Days             int         // 0 where the claim does not say
	DaysPath         string      // of the claim's field
	Offered          cloud.Range // of days
	What             string      // backups of postgres
	For              string      // postgres
}

// Days of backups by env.
const (
	retentionProd    = 30
	retentionStaging = 7
	retentionDev     = 1
)

// IsKept reports whether an env keeps its data: a resource outlives its claim there.
func IsKept(env string) bool { return env == "prod" || env == "mgmt" }

// DaysOf are the days of an env for which backups and old versions are kept.
func DaysOf(env string) int {
	switch {
	case IsKept(env):
		return retentionProd
	case env == "staging":
		return retentionStaging
	}
	return retentionDev
}

// PolicyOf is the env's built-in policy, under the settings', under the claim.
func PolicyOf(call Call, a Asks) (Policy, error) {
	c, s := call.Claim, call.Settings.Policy
	keep := IsKept(c.Env)
	p := Policy{Orphan: keep, Protected: keep, KeepBackups: keep, HighAvailability: keep, RetentionDays: DaysOf(c.Env), asks: a}
	p.standbySaid = s.HighAvailability != nil || a.HighAvailability != nil
	p.daysSaid = s.BackupRetentionDays != 0 || a.Days != 0

	if s.DeletionPolicy != "" {
		p.Orphan = s.DeletionPolicy == "Orphan"
	}
	if s.DeletionProtection != nil {
		p.Protected = *s.DeletionProtection
	}
	if s.HighAvailability != nil {
		p.HighAvailability = *s.HighAvailability
	}
	if s.BackupRetentionDays != 0 {
		p.RetentionDays = s.BackupRetentionDays
	}
	p.Orphan = p.Orphan || c.ExternalName != "" // it was there before its claim
	if a.Offered == (cloud.Range{}) {           // nothing of the type is kept for days that a policy says
		s.BackupRetentionDays, p.daysSaid = 0, false
	}
	// One figure serves all clouds of an env: each keeps what is nearest to it.
	p.RetentionDays = min(max(p.RetentionDays, a.Offered.Min), a.Offered.Max)
	if said := s.BackupRetentionDays; said != 0 && a.Days == 0 && said != p.RetentionDays {
		p.capped = said > p.RetentionDays
		p.remark = fmt.Sprintf("settings policy.backupRetentionDays: %d becomes %d, since %s keeps %s for %s days", said, p.RetentionDays, c.Provider,
			a.What, a.Offered)
	}
	if a.HighAvailability != nil {
		p.HighAvailability = *a.HighAvailability
	}
	if a.Days != 0 {
		if a.Days < a.Offered.Min || a.Days > a.Offered.Max {
			return Policy{}, fmt.Errorf("%s: %d is not offered for %s on %s; allowed is %s", a.DaysPath, a.Days, a.For, c.Provider, a.Offered)
		}
		p.RetentionDays = a.Days
	}
	switch {
	case c.AllowDelete:
		p.Orphan, p.Protected = c.DeletionPolicy == "Orphan", false
	case c.DeletionPolicy == "Delete" && keep:
		return Policy{}, fmt.Errorf("spec.deletionPolicy: %q is refused in %s, where a %s outlives its claim; to delete this one for good, set the "+
			"annotation %s: \"true\" on the claim",
			c.DeletionPolicy, c.Env, a.Noun, claim.AllowDelete)
	case c.DeletionPolicy != "":
		p.Orphan = c.DeletionPolicy == "Orphan"
	}
	return p, nil
}

// holdPolicy keeps a live resource as protected, orphaned, available and backed up as
// it is, unless the claim says otherwise. Settings that are gone lower none of the four.
// Settings that say less lower neither deletionProtection nor deletionPolicy, and in an env
// that keeps its data neither standby nor days: a layer that is deleted, or another one
// that counts from now on, says less too. Only the claim makes its resource easier to lose.
// Of a type that compares owners, a resource that was only looked for was not to be deleted
// yet, whatever its policy.
func (r *Resource) holdPolicy(p Policy, g guard, compares bool) error {
	r.Policy = p
	if p.remark != "" {
		r.Remarks = append(r.Remarks, p.remark)
	}
	defer func() {
		r.Policy.Guarded = p.Protected || r.Policy.Protected
		if compares || g.refuses == nil {
			r.recordDeletion()
		}
		r.holdUnrefused(g)
	}()
	switch {
	case !r.lasts:
		return nil
	case r.adopted:
		return r.holdFound(p, g.protected)
	}
	c, s, keeps := r.Claim, r.Settings.Policy, IsKept(r.Claim.Env)
	kept := func(name string, said bool) {
		name = "settings policy." + name
		if said {
			name = r.late(name)
		}
		r.Notes = append(r.Notes, name)
	}
	if days := max(p.RetentionDays, r.careful("retention", strconv.Atoi)); !p.daysSaid || p.capped || keeps && p.asks.Days == 0 {
		if p.daysSaid && !p.capped && days > p.RetentionDays {
			kept("backupRetentionDays", true)
		}
		r.Policy.RetentionDays = days
	}
	if on := p.HighAvailability || r.hasStandby(); !p.standbySaid || keeps && p.asks.HighAvailability == nil {
		if p.standbySaid && on != p.HighAvailability {
			kept("highAvailability", true)
		}
		r.Policy.HighAvailability = on
	}
	if c.AllowDelete {
		return nil
	}
	if !p.Protected && g.protected(r.Live) {
		r.Policy.Protected = true
		kept("deletionProtection", s.DeletionProtection != nil)
	}
	if c.DeletionPolicy == "" && !p.Orphan && r.wasOrphan(compares) {
		r.Policy.Orphan = true
		kept("deletionPolicy", s.DeletionPolicy != "")
	}
	return nil
}

// deletion is the record of the deletion policy, where a managed resource may be Orphan for
// another reason: of a type that compares owners until the resource is known to be the
// claim's, of a cloud that refuses no deletion while the resource is protected, and of what was
// found until its password is known.
const deletion = "deletion-policy"

func (r *Resource) recordDeletion() {
	r.record[Requested+deletion] = map[bool]string{true: "Orphan", false: "Delete"}[r.Policy.Orphan]
}

// wasOrphan reports whether the resource was to outlive its claim by policy.
func (r *Resource) wasOrphan(compares bool) bool {
	if was := r.Annotated(deletion); was != "" {
		return was == "Orphan"
	}
	return IsOrphan(r.Main()) && (!compares || !isLookedFor(r.Main()))
}

// careful is a policy's number as it was asked for last. Of a resource that was there
// before its managed resource it is no less than what the cloud reports: nobody who takes a
// resource on lowers its policy unasked.
func (l Live) careful(field string, number func(string) (int, error)) int {
	asked, _ := number(l.Asked(field)) //nolint:errcheck // Nothing asked is 0.
	if !l.adopted && l.Life != Found {
		return asked
	}
	is, _ := number(l.Is(field)) //nolint:errcheck // Nothing told is 0.
	return max(asked, is)
}

// hasStandby reports whether a standby was asked for last, or of a resource that was there
// before its managed resource, is there.
func (l Live) hasStandby() bool {
	return l.careful("standby", func(s string) (int, error) { return map[string]int{"true": 1}[s], nil }) > 0
}

// isLookedFor reports whether a resource is made where it is missing, and not changed.
func isLookedFor(o *structpb.Struct) bool {
	policies := Strings(o, "spec", "managementPolicies")
	return slices.Contains(policies, "Create") && !slices.Contains(policies, "Update")
}

// IsOrphan reports whether the cloud's resource outlives a managed one.
func IsOrphan(o *structpb.Struct) bool { return managed.IsOrphan(o) }
