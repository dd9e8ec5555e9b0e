package lifecycle

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/redact"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// provisioned is the condition Provisioned. It repeats the first error of a provider, by
// the composed resources' names in order, so that no error hides and none flaps.
func (in In[S]) provisioned(t Type[S], own Cloud[S], a Answer, complete bool) Condition {
	say := func(status Status, reason, message string) Condition {
		return Condition{Type: ConditionProvisioned, Status: status, Reason: reason, Message: message}
	}
	line := func(message string) string { return redact.Line(message, in.secrets()) }
	main, early, waiting := in.Main(), false, ""
	if p, ok := a.Parts[Instance]; ok {
		early = !p.Ready
	}
	for _, name := range slices.Sorted(maps.Keys(a.Parts)) {
		o := in.Object(name)
		if said, failed := failure(o); failed && (!early || !slices.Contains(t.Inside, name)) {
			return say(False, "ProviderError", line(fmt.Sprintf("%s (%s): %s", name, NameOf(o), said)))
		}
		if waiting == "" && !a.Parts[name].Ready {
			waiting = name
		}
	}
	behind := ""
	if own.Behind != nil {
		behind = own.Behind(in.Live)
	}
	switch o := in.Object(waiting); {
	case in.Credential.Missing != "":
		return say(False, ReasonPasswordUnknown, in.Credential.Missing)
	case waiting != "" && o == nil:
		return say(False, "Creating", waiting+" is being created")
	case waiting == Instance && in.exists && in.underWay(own) != "":
		return say(False, "Changing", line(waiting+" ("+NameOf(o)+") is not ready, and "+in.underWay(own)+" is under way"))
	case waiting != "" && object.String(object.Condition(o, "Ready"), "reason") == "Unavailable":
		return say(False, "Unavailable", waiting+" ("+NameOf(o)+") is not available")
	case waiting != "":
		return say(False, "Creating", waiting+" ("+NameOf(o)+") is being created")
	case !complete && !in.Credential.Hidden:
		return say(False, "Creating", "the provider has not said yet where the "+in.Noun+" is reached")
	case behind != "":
		return say(False, "NotResized", Instance+" ("+NameOf(main)+") "+behind)
	case in.underWay(own) != "":
		return say(True, "Changing", line(Instance+" ("+NameOf(main)+") is available, and "+in.underWay(own)+" is under way"))
	}
	return say(True, "Available", "")
}

// failure is a provider's error about a resource: in Synced what it could not do at all,
// in LastAsyncOperation what failed in the background while Synced stays True.
func failure(o *structpb.Struct) (said string, failed bool) {
	for _, t := range []string{"Synced", "LastAsyncOperation"} {
		if c := object.Condition(o, t); object.String(c, "status") == "False" {
			return cmp.Or(object.String(c, "message"), object.String(c, "reason"), "no reason given"), true
		}
	}
	return "", false
}

// NameOf names an observed object by its kind and by the name that the cloud's resource
// has. Of a Workspace the latter is in varmap, since its external name names an OpenTofu
// state.
func NameOf(o *structpb.Struct) string {
	name := cmp.Or(
		object.String(o, "spec", "forProvider", "varmap", "name"),
		object.String(o, "metadata", "annotations", managed.ExternalNameAnnotation),
		object.String(o, "metadata", "name"),
	)
	return strings.TrimSpace(object.String(o, "kind") + " " + name)
}

// underWay is what is being done to a live resource, or "": as its cloud names it, or where
// Upjet only says that a change is going on.
func (in In[S]) underWay(own Cloud[S]) string {
	if own.UnderWay != nil {
		if state := own.UnderWay(in.Live); state != "" {
			return state
		}
	}
	if object.String(object.Condition(in.Main(), "AsyncOperation"), "reason") == "Ongoing" {
		return "a change"
	}
	return ""
}

// secrets are the values that no message may show.
func (in In[S]) secrets() redact.Secrets {
	s := redact.Secrets{}
	s.Add(in.Credential.Value)
	for _, p := range in.Parts {
		s.AddDetails(p.Details)
	}
	return s
}
