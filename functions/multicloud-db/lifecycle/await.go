package lifecycle

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

const (
	reasonAwaiting  = "AwaitingSettings"
	reasonNoNetwork = "NoNetwork"
)

// awaitSettings composes nothing new where an env keeps its data and there are no settings,
// and where a part of them is late: whatever is made without them is in the wrong account or
// outside the platform's network, on AWS and Azure for good. There is no fatal result, after
// which Crossplane would neither look for the settings nor watch them.
func awaitSettings[S any](t Type[S], own Cloud[S], l Live) (Answer, bool) {
	var message string
	switch {
	case l.exists || l.Life == Forgotten:
		return Answer{}, false
	case len(l.Late) > 0:
		message = fmt.Sprintf(
			"the settings are not whole: no EnvironmentConfig %s, and nothing is composed without; make it, with empty data where it has nothing to say",
			strings.Join(l.Late, ", "),
		)
	case len(l.Without) > 0 && IsKept(l.Claim.Env):
		message = l.without() + ", and nothing is composed in " + l.Claim.Env + " without settings"
	default:
		return Answer{}, false
	}
	return await(t, own, l, reasonAwaiting, message), true
}

// without says that there are no settings.
func (c Call) without() string {
	if !c.Answered {
		return "Crossplane has not looked yet for the settings, " + enumerate("EnvironmentConfig", c.Without, "and")
	}
	return "there are no settings: no " + enumerate("EnvironmentConfig", c.Without, "or")
}

func enumerate(noun string, names []string, last string) string {
	n := len(names) - 1
	return noun + " " + strings.Join(names[:n], ", ") + " " + last + " " + names[n]
}

// awaitNetwork composes nothing new where the platform requires a network and the settings
// have none for the resource. What the cloud has stays as it is, also outside a network.
func awaitNetwork[S any](t Type[S], own Cloud[S], in In[S]) (Answer, bool) {
	if in.exists || in.adopted || in.Life == Forgotten || own.Lacks == nil {
		return Answer{}, false
	}
	lacks, _ := own.Lacks(in.Held)
	required, by := in.requiresNetwork()
	if lacks == "" || !required && !t.Networked {
		return Answer{}, false
	}
	if t.Networked {
		return await(t, own, in.Live, reasonNoNetwork, fmt.Sprintf("%s, and no new %s is composed without", in.lacks(lacks), in.Noun)), true
	}
	return await(t, own, in.Live, reasonNoNetwork, fmt.Sprintf(
		"%s, and no new %s is composed in %s without a network, by %s", in.lacks(lacks), in.Noun, in.Claim.Env, by,
	)), true
}

// requiresNetwork reports whether what takes a network waits for one, and by which rule.
func (c Call) requiresNetwork() (required bool, rule string) {
	const key = "settings policy.requireNetwork"
	if said := c.Settings.Policy.RequireNetwork; said != nil {
		return *said, key
	}
	return IsKept(c.Claim.Env), key + ", which is true there by default"
}

// await composes what was composed before as it was asked for last, and nothing else. The
// XR says that it is not ready: Crossplane counts nothing as ready.
func await[S any](t Type[S], own Cloud[S], l Live, reason, message string) Answer {
	composed := map[string]*structpb.Struct{}
	for name, r := range l.Parts {
		if r.Object != nil && t.composes(name) {
			composed[name] = asLast(r.Object)
		}
	}
	in := In[S]{Held: Held[S]{Resource: Resource{Live: l, Noun: t.Name}}}
	status := object.Map{"entity": l.Claim.Entity, "provider": l.Claim.Provider}
	if name := l.Shown("name"); name != "" {
		status["name"] = name
	}
	if layers := l.lastLayers(); len(layers) > 0 {
		status["settings"] = layers
	}
	in.keepShown(status)

	a := Answer{Parts: in.ready(nil, composed), Status: status, Unready: true}
	say := func(status Status, reason string) Condition {
		return Condition{Type: ConditionProvisioned, Status: status, Reason: reason}
	}
	provisioned := say(Unknown, "NotComposed")
	if len(composed) > 0 {
		message += "; what was composed before stays: " + strings.Join(slices.Sorted(maps.Keys(composed)), ", ")
		provisioned = in.provisioned(t, own, a, false)
	}
	a.Conditions = []Condition{{Type: ConditionComposed, Status: False, Reason: reason, Message: message}, provisioned}
	return a
}

// lacks says what a resource lacks, and whether there are settings at all.
func (c Call) lacks(lacks string) string {
	if len(c.Without) > 0 {
		return c.without() + ", and " + lacks
	}
	return lacks
}
