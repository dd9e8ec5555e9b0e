package lifecycle

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// holdFound leaves the policy of a resource that was there before its claim as it was found:
// what an env has by default is for resources that a claim makes. The settings' own policy
// raises it, and the claim alone lowers it. What was asked for last counts beside what is
// there: a resource that somebody else has made less safe since is put right.
func (r *Resource) holdFound(p Policy, protected func(Live) bool) error {
	s := r.Settings.Policy
	if asks := r.replicaAsks(p); len(asks) > 0 && r.Life == Managed {
		return errors.New(asks[0])
	}
	replica := r.IsReplica()
	if is := r.careful("retention", strconv.Atoi); p.asks.Days == 0 || replica {
		r.Policy.RetentionDays = is
		if s.BackupRetentionDays != 0 && !replica {
			r.Policy.RetentionDays = max(is, p.RetentionDays)
		}
	}
	if p.asks.HighAvailability == nil || replica {
		said := s.HighAvailability != nil && *s.HighAvailability && !replica
		r.Policy.HighAvailability = said || r.hasStandby()
	}
	on := protected(r.Live) || r.Annotated(protection) != ""
	if on && r.Life == Managed {
		r.record[Requested+protection] = "true"
	}
	if !r.Claim.AllowDelete {
		r.Policy.Protected = s.DeletionProtection != nil && *s.DeletionProtection || on
	}
	return nil
}

// protection is the record that a resource which was taken over was protected: a claim that
// allows the deletion, and then no more, puts the protection back.
const protection = "protection"

// IsReplica reports whether the live resource is a read replica.
func (l Live) IsReplica() bool { return l.table.Replicates != nil && l.table.Replicates(l) }

// replicaAsks are what the claim of a read replica asks of its policy that is not so, a
// sentence each. The clouds differ in what of that a replica takes, and what keeps the data
// is the source.
func (l Live) replicaAsks(p Policy) []string {
	if !l.IsReplica() {
		return nil
	}
	var out []string
	say := func(path, said, is string) {
		out = append(out, fmt.Sprintf("%s: %s is asked for, and %s is a read replica, where it stays %s; take the field out", path, said, l.Claim.External(), is))
	}
	asked := l.Asked("retention") // as an older version of this function may have
	if is := l.careful("retention", strconv.Atoi); p.asks.Days != 0 && p.asks.Days != is && strconv.Itoa(p.asks.Days) != asked {
		say(p.asks.DaysPath, strconv.Itoa(p.asks.Days), strconv.Itoa(is))
	}
	if ha := p.asks.HighAvailability; ha != nil && *ha != l.hasStandby() {
		say("spec."+p.asks.Noun+".highAvailability", strconv.FormatBool(*ha), strconv.FormatBool(l.hasStandby()))
	}
	return out
}

// IsOn reports whether a switch of a live resource is on: as it is held to, and of a
// resource that was there before its claim, as it was asked for last or is.
func (l Live) IsOn(path ...string) bool {
	on, _ := object.Bool(l.Body(), path...)
	if l.adopted && !on {
		on, _ = object.Bool(object.Struct(l.Main(), "spec", "forProvider"), path...)
	}
	return on
}
