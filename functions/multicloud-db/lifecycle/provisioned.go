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
	if reason, says := in.wrong(s, main, line); reason != "" {
		return say(False, reason, says)
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

// wrong is what is not well with the parts, and that what the claim had was made again. What is lost is
// worse than whatever is wrong with what took its place, and is said first, but of that being deleted.
func (in In[S]) wrong(s standings, main string, line func(string) string) (reason, says string) {
	reason, all := s.of()
	if reason != "" {
		says = line(strings.Join(all, "; and "))
	}
	another := in.madeAgain()
	if another == "" {
		return reason, says
	}
	another = line(main) + ": " + another // neither a time nor a CRN is a secret
	switch reason {
	case "":
		return reasonMadeAgain, another
	case reasonDeleting:
		return reason, says + "; and " + another
	}
	return reasonMadeAgain, another + "; and " + says
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
