package lifecycle

import (
	"encoding/base64"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/redact"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// provisioned is the condition Provisioned. What a cloud or a provider says is repeated in
// its own words. The readiness of the parts, and what is published, do not hang on it: an
// app that reaches a resource whose disk is full keeps its Secret.
func (in In[S]) provisioned(t Type[S], own Cloud[S], a Answer, complete bool) Condition {
	line := func(message string) string { return redact.Line(message, in.secrets()) }
	say := func(status Status, reason, message string) Condition {
		return Condition{Type: ConditionProvisioned, Status: status, Reason: reason, Message: message}
	}
	s := standings{Live: in.Live, parts: a.Parts, inside: t.Inside, before: t.Before, protected: own.guard().refused(in.Live)}
	main := Instance + " (" + NameOf(in.Main()) + ")"
	if c, is := in.wrong(s, main, line, say); is {
		return c
	}
	waiting := ""
	for _, name := range slices.Sorted(maps.Keys(a.Parts)) {
		if !a.Parts[name].Ready {
			waiting = name
			break
		}
	}
	behind := ""
	if own.Behind != nil {
		behind = own.Behind(in.Live)
	}
	is, _, states := in.table.States.read(in.Live)
	change, coming := in.underWay()
	switch o := in.Object(waiting); {
	case in.Credential.Missing != "":
		return say(False, ReasonPasswordUnknown, in.Credential.Missing)
	case waiting != "" && o == nil:
		return say(False, "Creating", line(waiting+" is being created"+s.waiting()))
	case is == Strange:
		return say(Unknown, reasonUnknownState, line(main+": "+states))
	case waiting == Instance && in.exists && change != "", coming:
		return say(False, "Changing", line(main+" is not ready, and "+change+" is under way"))
	case waiting != "" && object.String(object.Condition(o, "Ready"), "reason") == "Unavailable":
		return say(False, reasonUnavailable, waiting+" ("+NameOf(o)+") is not available")
	case waiting != "":
		return say(False, "Creating", line(waiting+" ("+NameOf(o)+") is being created"+s.waiting()))
	case in.Credential.Awaits != "":
		return say(False, reasonAwaitingPassword, in.Credential.Awaits)
	case !complete && !in.Credential.Opens && in.Credential.isReplaced():
		return say(False, "Creating", "nobody knows yet which password opens the "+in.Noun+", as the condition "+ConditionRotated+" says")
	case !complete && !in.Credential.Hidden:
		return say(False, "Creating", "the provider has not said yet where the "+in.Noun+" is reached")
	case behind != "":
		return say(False, "NotResized", main+" "+behind)
	case change != "":
		return say(True, "Changing", line(main+" is available, and "+change+" is under way"))
	}
	return say(True, "Available", "")
}

// wrong says what is not well with the parts, and that what the claim had was made again; false where
// all is well. What is lost is worse than whatever is wrong with what took its place, and gives the
// reason, but where that is being deleted.
func (in In[S]) wrong(s standings, main string, line func(string) string, say func(Status, string, string) Condition) (Condition, bool) {
	reason, all := s.of()
	another := in.madeAgain()
	if another != "" {
		another = line(main) + ": " + another // neither a time nor a CRN is a secret
	}
	const and = "; and "
	switch {
	case reason == "" && another == "":
		return Condition{}, false
	case another == "":
		return say(False, reason, line(strings.Join(all, and))), true
	case reason == "":
		return say(False, reasonMadeAgain, another), true
	case reason == reasonDeleting:
		return say(False, reason, line(strings.Join(all, and))+and+another), true
	}
	return say(False, reasonMadeAgain, another+and+line(strings.Join(all, and))), true
}

// secrets are the values that no message may show. While a password is replaced its Secret has two,
// or had another one.
func (in In[S]) secrets() redact.Secrets {
	s := redact.Secrets{}
	s.Add(in.Credential.Value)
	for name, part := range in.Credential.Parts {
		for key := range object.Struct(part.Core, "data").GetFields() {
			for _, secret := range []*structpb.Struct{part.Core, in.Object(name)} {
				if value, err := base64.StdEncoding.DecodeString(object.String(secret, "data", key)); err == nil {
					s.Add(value)
				}
			}
		}
	}
	for _, p := range in.Parts {
		s.AddDetails(p.Details)
	}
	return s
}

// notComposed is the condition Provisioned of what is not this claim's.
func notComposed() Condition {
	say := func(s Status, reason string) Condition {
		return Condition{Type: ConditionProvisioned, Status: s, Reason: reason}
	}
	return say(Unknown, "NotComposed")
}
