package database

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A stage is how far a database is that is made of another one's data.
//
// A provider keeps in its memory what a resource was asked for, also where the cloud never
// reports it (copyParameters in Upjet's external_tfpluginsdk.go), so that what restores, once
// asked for, cannot be taken out of the managed resource of a database that was found: to
// take it out is to ask for another one. So the provider looks first, without it. What restores
// stands in a managed resource that only makes, and only once there is nothing to be found.
type stage int

// The stages.
const (
	kept    stage = iota // as any other database: it is no copy, or is there
	looking              // the provider looks whether it is there
	making               // the provider makes it, and changes nothing
)

// A restore is what is decided of a database that is made of another one's data.
type restore struct {
	stage  stage
	asked  bool   // by the claim
	source source // where the database is still to be made
	// version is what a body says while the database's own is unknown: the source's, as far as
	// anybody knows. Cloud SQL's CRD wants one, and to make a copy no cloud reads it.
	version string
}

// stageOf tells how far the database is.
func stageOf(l lifecycle.Live) stage {
	switch {
	case l.Adopted(), l.Copying() == lifecycle.CopyDone, l.Exists() && l.Complete(), !l.Claim.Database.RestoreFrom.IsAsked() && !l.Exists():
		return kept
	case !l.Claim.Database.RestoreFrom.IsAsked() && !isCopy(l):
		return kept
	case l.Exists() && managed.MayUpdate(l.Main()): // which nothing is before it was kept once
		return kept
	case l.Claim.Provider == cloud.IBM: // whose module looks and makes in one
		return making
	case l.Copying() == lifecycle.CopyMakes, l.IsMissing(), isBegun(l):
		return making
	}
	return looking
}

// isCopy reports whether a live resource was asked for as a copy: by its record, or, where
// somebody took that away, by what its managed resource made it of.
func isCopy(l lifecycle.Live) bool {
	return l.Copying() != "" || len(madeOf(l)) > 0
}

// madeOf is what restores in a managed resource, as it stands there.
func madeOf(l lifecycle.Live) object.Map {
	out, of := object.Map{}, whatRestores[l.Claim.Provider]
	body := object.Struct(l.Main(), of.path...)
	for _, name := range of.fields {
		if v := object.Get(body, name); v != nil { // IBM Cloud's latest time is said by ""
			out[name] = v
		}
	}
	return out
}

// restoring decides on what a claim says of a restore.
func restoring(l lifecycle.Live, p lifecycle.Place) (restore, error) {
	from := l.Claim.Database.RestoreFrom
	r := restore{stage: stageOf(l), asked: from.IsAsked() || isCopy(l)}
	switch {
	case !from.IsAsked():
		return r, nil
	case l.Adopted():
		return r, errors.New("spec.database.restoreFrom: is set beside spec.externalName, which names a database that has its data; take one of them out")
	case l.Legacy:
		return r, errors.New("spec.database.restoreFrom: is not offered on Crossplane 1.20, which composes no Secret for the password; upgrade Crossplane")
	case l.Exists() && !isCopy(l):
		return r, errors.New("spec.database.restoreFrom: cannot be given to a live database, which nothing is written over; take it out, and give it to a second " +
			"claim")
	case r.stage == kept, isBegun(l):
		return r, nil // what it was made of is what its managed resource says
	case isPending(l):
		r.stage = looking
		return r, nil
	}
	var err error
	if r.source, err = sourceOf(l, p); err == nil {
		err = cmp.Or(r.source.identify(l), judgeBackup(l, r.source))
	}
	return r, err
}

// isPending reports whether Crossplane is still to look for the settings or for the source. A
// fatal result then would be the last: it would neither look nor ask again.
func isPending(l lifecycle.Live) bool {
	named := l.Claim.Database.RestoreFrom.Name != "" && namespaceOf(l.Claim) != ""
	return !l.Answered || named && (!l.Secrets[askSource].Answered || !l.Secrets[askMain].Answered)
}

// isBegun reports whether the cloud was asked to make the copy, and has not refused.
func isBegun(l lifecycle.Live) bool {
	return lifecycle.WasCreated(l.Main()) && !managed.CreationFailed(l.Main())
}

// settles records how far the database is.
func (r restore) settles(in *Held) {
	if !r.asked || in.Adopted() {
		return
	}
	in.MarkCopying(map[stage]string{looking: lifecycle.CopyLooks, making: lifecycle.CopyMakes, kept: lifecycle.CopyDone}[r.stage])
	in.MarkLeast(r.source.diskGiB)
}

// isMadeOf reports whether the database was made of another one's data by this managed
// resource, or will be: one that was found has a password of its own.
func isMadeOf(in Held) bool { return in.Want.restore.asked && in.Life != lifecycle.Found }

// whatRestores are the fields by which a provider makes a copy, and where they stand, by cloud.
var whatRestores = map[string]struct{ path, fields []string }{
	cloud.GCP:   {initProvider, []string{"clone"}},
	cloud.AWS:   {initProvider, []string{"restoreToPointInTime", "snapshotIdentifier"}},
	cloud.Azure: {initProvider, []string{"createMode", "sourceServerId", "pointInTimeRestoreTimeInUtc"}},
	cloud.IBM:   {[]string{"spec", "forProvider", "varmap"}, []string{"restore_from", "restore_time", "restore_backup"}},
}

var initProvider = []string{"spec", "initProvider"}

// restoreInit is the part of spec.initProvider that restores. It stays in the managed
// resource that made the database, as it was: Upjet compares nothing that stands in
// initProvider alone, and takes its absence for a wish for another database.
func restoreInit(in In, makes func(source) object.Map) object.Map {
	if in.Want.restore.stage == making && !isBegun(in.Live) {
		return makes(in.Want.restore.source)
	}
	return madeOf(in.Live)
}

// isSettled reports whether the provider may change the database: not before it is known
// what it was given.
func isSettled(l lifecycle.Live) bool { return stageOf(l) == kept }

// isReported is isSettled of a server of whose tuning a part is composed as its cloud reports it: one
// that outlived its claim has to be told of as a whole first, since what a first report lacks would
// be taken off it. What may be changed already stays so, whatever a later report lacks.
func isReported(l lifecycle.Live) bool {
	return isSettled(l) && (l.Life != lifecycle.Found || l.Complete() || managed.MayUpdate(l.Main()))
}

// bornAt is when a source was made by its claim, or the zero time.
func bornAt(main *structpb.Struct) time.Time {
	at := object.String(main, "metadata", "annotations", "crossplane.io/external-create-succeeded")
	born, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return time.Time{}
	}
	return born
}

// claimedAt is when the claim's XR was made, as its text, or "". It stands for now: of
// the clock an answer knows the day alone, so that the same request gives the same answer all day.
func claimedAt(l lifecycle.Live) string {
	return object.String(l.XR.Object, "metadata", "creationTimestamp")
}

// judgeTime refuses a time that is in the future, or before there was a source.
func judgeTime(l lifecycle.Live, main *structpb.Struct) error {
	const path = "spec.database.restoreFrom.pointInTime"
	said := l.Claim.Database.RestoreFrom.PointInTime
	at, err := time.Parse(time.RFC3339, said)
	if err != nil {
		return nil //nolint:nilerr // Nothing is said: a claim's own form is judged when it is read.
	}
	if now, err := time.Parse(time.RFC3339, claimedAt(l)); err == nil && at.After(now) {
		return fmt.Errorf("%s: %q is in the future of the claim, which was made at %s; allowed is a time before that", path, said, claimedAt(l))
	}
	if born := bornAt(main); at.Before(born) {
		return fmt.Errorf("%s: %q is before its source was made, at %s; allowed is a time since", path, said, born.UTC().Format(time.RFC3339))
	}
	return nil
}

// composedWell is the reason of what is only to be known.
const composedWell = "Composed"

// remarkRestore says what nobody could check of a source, and what to know of a password.
func remarkRestore(in In) (reason, message string) {
	r := in.Want.restore
	switch {
	case r.stage == looking:
		return composedWell, "the provider looks whether " + in.Name + " is there already, before it is made of another one's data"
	case r.stage != kept && r.source.unchecked != "":
		return composedWell, r.source.unchecked
	case r.stage != kept:
		return composedWell, fmt.Sprintf("%s is made of %s", in.Name, cmp.Or(r.source.name, "what its managed resource says"))
	case r.asked && in.Life == lifecycle.Found:
		return "", ""
	case r.asked && in.Claim.Provider == cloud.Azure:
		return composedWell, "the password was asked for by a Secret that changed, which a restart of the provider in between loses without a trace: where " +
			"the published one does not open the database, write another one into the Secret " + in.Claim.Namespace + "/" + in.Name + "-password"
	}
	return "", ""
}

// looks composes what only looks whether there is such a database.
func looks(in In, look func(Held) (lifecycle.Part, error)) (lifecycle.Parts, error) {
	part, err := look(in.Held)
	return lifecycle.Parts{lifecycle.Instance: part}, err
}
