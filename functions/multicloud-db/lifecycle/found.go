package lifecycle

import (
	"cmp"
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
	if r.Life == Managed {
		if err := r.holdReplica(p); err != nil {
			return err
		}
	}
	replica := r.IsReplica()
	if is := r.careful("retention", strconv.Atoi); p.asks.Days == 0 {
		r.Policy.RetentionDays = is
		if s.BackupRetentionDays != 0 && !replica {
			r.Policy.RetentionDays = max(is, p.RetentionDays)
		}
	}
	if p.asks.HighAvailability == nil {
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

// The records of what the claim of a read replica says of its policy, or unsaid.
const (
	replicaStandby   = "replica-standby"
	replicaRetention = "replica-retention"

	unsaid = "unsaid"
)

// An ask is what the claim of a read replica asks of its policy that is not so.
type ask struct {
	text  string
	again bool // nobody has edited the claim
}

// replicaAsks are what the claim of a read replica asks of its policy that is not so. The
// clouds differ in what of that a replica takes, and what keeps the data is the source.
func (l Live) replicaAsks(p Policy) []ask {
	if !l.IsReplica() {
		return nil
	}
	var out []ask
	say := func(record, path, said, is, stays string) {
		was := l.Annotated(record)
		switch {
		case said == unsaid, said == is:
		case l.Last("adopt") == AdoptManage && (was == "" || was == said):
			out = append(out, ask{again: true, text: fmt.Sprintf("%s: %s is asked for as before, and %s is a read replica that has %s",
				path, said, l.Claim.External(), is)})
		default:
			out = append(out, ask{text: fmt.Sprintf("%s: %s is asked for, and %s is a read replica, where it stays %s; take the field out",
				path, said, l.Claim.External(), stays)})
		}
	}
	days, standby := p.asks.said()
	say(replicaRetention, p.asks.DaysPath, days, cmp.Or(l.Is("retention"), "0"), strconv.Itoa(l.careful("retention", strconv.Atoi)))
	say(replicaStandby, "spec."+p.asks.Noun+".highAvailability", standby, strconv.FormatBool(l.Is("standby") == "true"), strconv.FormatBool(l.hasStandby()))
	return out
}

// said is what a claim says of the policy, in the words of the records.
func (a Asks) said() (days, standby string) {
	days, standby = unsaid, unsaid
	if a.Days != 0 {
		days = strconv.Itoa(a.Days)
	}
	if a.HighAvailability != nil {
		standby = strconv.FormatBool(*a.HighAvailability)
	}
	return days, standby
}

// holdReplica refuses an edit by which the claim of a read replica asks for what is not so.
// What an unchanged claim asks for is composed as before: a primary may have become a
// replica, somebody else may have changed the replica, and an older version of this function
// asked for it, and wrote no record.
func (r *Resource) holdReplica(p Policy) error {
	for _, a := range r.replicaAsks(p) {
		if !a.again {
			return errors.New(a.text)
		}
	}
	if r.IsReplica() {
		r.record[Requested+replicaRetention], r.record[Requested+replicaStandby] = p.asks.said()
	}
	return nil
}

// IsOn reports whether a switch of a live resource is on: as it is held to, and of a
// resource that was there before its claim, or before its managed resource, as it was asked for
// last or is.
func (l Live) IsOn(path ...string) bool {
	on, _ := object.Bool(l.Body(), path...)
	if l.adopted && !on {
		on, _ = object.Bool(object.Struct(l.Main(), "spec", "forProvider"), path...)
	}
	return on || l.Life == Found && l.Bool(path...)
}
