package lifecycle

import "cmp"

// A question is everything that decides which value a setting that no cloud can change
// is composed with.
type question struct {
	rule Rule
	life Life
	// said by the settings, had by the resource as it is to stay, and reported by the cloud.
	said, was, is string
	exists        bool
	// placed says whether the value came from the settings when it was last composed: yes,
	// no, or "" where the record does not tell.
	placed string
	// fills says that the provider writes what the cloud chose into the same field, and
	// unfilled that the provider is told not to. Neither is true of a Workspace.
	fills, unfilled bool
	told            bool // the cloud reports where the resource is
	known           bool // what has the value was found, and its provider has told of it
	sought          bool // what has the value is only looked for yet
	atBirth         bool // the cloud takes the value at creation only, and never adds it
	ownWas, ownIs   bool // the value is the cloud's or the resource's own choice
	always          bool // every resource has one
	lent            bool // another setting stands in for the one that is this field's own
}

// The values of placed.
const (
	placedYes = "yes"
	placedNo  = "no"
)

// A verdict is the value that a setting is composed with, and why. It is late where the
// settings say a value that has no effect, kept where the value stays although the settings
// no longer say it; the claim is told of both. It is refused where another value is said.
type verdict struct {
	value, why          string
	late, kept, refused bool
}

// decide is the one answer to: given what the settings say, what was recorded, and what is
// there, which value is composed, and what is said of it?
func (q question) decide() verdict {
	for _, turn := range inTurn {
		if turn.holds(q) {
			return turn.comesTo(q)
		}
	}
	return q.made()
}

// inTurn are the cases of a setting that no cloud can change: the first that holds decides, and
// where none does a resource of the claim's own is held to what the settings said of it.
var inTurn = []struct {
	holds   func(q question) bool
	comesTo func(q question) verdict
}{
	// What was found, where no edit by the settings can be meant for it.
	{func(q question) bool { return q.known && q.isFixed() }, question.found},
	{func(q question) bool { return q.known && q.rule == Follows && (q.said == "" || q.lent) }, question.stays},

	// What is not there yet, or is chosen once.
	{func(q question) bool { return !q.exists }, says("nothing is there")},
	{func(q question) bool { return q.rule == Once && q.was == "" }, says("never chosen")},
	{func(q question) bool { return q.rule == Once }, func(q question) verdict { return verdict{value: q.was, why: "chosen when it was made"} }},

	// What was there before its claim, what others' settings stand in for, what changes in place.
	{func(q question) bool { return q.life == Looked || q.life == Managed }, question.adopted},
	{func(q question) bool { return q.lent }, question.keep},
	{func(q question) bool { return q.rule == Follows }, question.follows},

	// What no update changes, of a resource of the claim's own: what its provider fills in, or
	// nobody does, and what the cloud chose.
	{func(q question) bool { return q.life == Found && q.fills && q.told }, question.found},
	{func(q question) bool { return q.life == Found && q.unfilled && q.was == "" && q.said == "" }, func(q question) verdict {
		return verdict{value: q.is, why: "there, and nobody fills it in: without it the provider would make another"}
	}},
	{func(q question) bool { return !q.fills && q.ownWas && q.said != q.was }, isLate("the resource has its own")},
	{func(q question) bool { return q.fills && q.placed == placedNo }, isLate("the provider filled in what the cloud chose")},
}

// says takes what the settings say.
func says(why string) func(question) verdict {
	return func(q question) verdict { return verdict{value: q.said, why: why} }
}

// isLate leaves out what the settings say too late.
func isLate(why string) func(question) verdict {
	return func(question) verdict { return verdict{why: why, late: true} }
}

// adopted leaves a resource that was there before its claim as it is.
func (q question) adopted() verdict {
	if q.was == "" && q.always {
		return verdict{value: q.said, why: "each has one"}
	}
	return verdict{value: q.was, why: "there before its claim"}
}

// follows has a live resource follow what is said, which its cloud changes in place.
func (q question) follows() verdict {
	if q.said != "" {
		return verdict{value: q.said, why: "changes in place"}
	}
	value := cmp.Or(q.was, q.is)
	return verdict{value: value, why: "the settings no longer say", kept: value != ""}
}

// found leaves a resource where it was found, of a kind that its provider fills in. What
// the cloud chose itself is left out of spec: the provider fills it in again.
func (q question) found() verdict {
	have, isOwn := q.have(), q.ownIs || q.is == "" && q.ownWas
	v := verdict{value: have, why: "found there", late: q.said != "", kept: q.said == "" && have != ""}
	switch {
	case q.known && q.rule == Once:
		return verdict{value: have, why: "found there"}
	case q.known && areOne(q.said, have):
		return verdict{value: q.said, why: "found there"} // its own words outlive a report that lacks them
	case q.said == have:
		return verdict{value: q.said, why: "found there"}
	case isOwn && q.said == "":
		return verdict{why: "the cloud's choice"}
	case isOwn:
		v.value = ""
	}
	return v
}

// keep leaves a live resource with what it has, where what is said was said of others.
func (q question) keep() verdict {
	have := cmp.Or(q.was, q.is)
	return verdict{value: have, why: "said of others", late: q.said != have}
}

// made holds a resource of this claim to what the settings said of it.
func (q question) made() verdict {
	switch {
	case q.said == q.was:
		return verdict{value: q.said, why: "unchanged"}
	case areOne(q.said, q.was):
		return verdict{value: q.was, why: "the same in other words"}
	case q.fills && q.said != "" && q.said == q.is:
		return verdict{value: q.said, why: "the same in the cloud's words"} // for an alias
	case q.was == "" && q.rule == Joins:
		return verdict{value: q.said, why: "joins"}
	case q.was == "":
		return verdict{why: "cannot be added", late: true}
	case q.said == "":
		return verdict{value: q.was, why: "the settings no longer say", kept: true}
	case q.fills && q.placed == "":
		return verdict{value: q.was, why: "nobody knows whether the settings or the cloud had said it", late: true}
	}
	return verdict{refused: true}
}
