package lifecycle

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// ReasonPasswordUnknown is the reason of both conditions until somebody writes the
// password of a resource that was found into its Secret.
const ReasonPasswordUnknown = "PasswordUnknown"

// reasonAwaitingPassword is that of Provisioned until the owner of a resource that was taken over
// has written its login into the Secret that is only read.
const reasonAwaitingPassword = "AwaitingPassword"

// reasonAdopted is that of what was taken over. A remark with it is on what is not
// managed of such a resource.
const reasonAdopted = "Adopted"

// answer is what was composed, with the readiness that was observed, and the status and
// conditions of the XR.
func answer[S any](t Type[S], own Cloud[S], in In[S], parts Parts, composed map[string]*structpb.Struct, conn Connection, complete bool) Answer {
	a := Answer{Parts: in.ready(parts, composed), Status: status(t, own, in, conn), Unready: !complete && !in.Credential.Hidden, Details: map[string][]byte{}}
	if t.Backup != nil {
		a.Backup = t.Backup(in)
	}
	if complete && !in.Claim.Namespaced {
		maps.Copy(a.Details, conn.Details)
	}
	if !complete && (in.exists || in.Life == Forgotten) {
		maps.Copy(a.Details, in.XR.Details) // a gap in what the provider says empties no Secret
	}
	if secret := composed[ConnectionPart]; secret != nil {
		a.Status["connectionSecret"] = object.String(secret, "metadata", "name")
	}
	a.Conditions = append([]Condition{in.composedAs(own), in.provisioned(t, own, a, complete)}, append(in.ends(t), in.rotated()...)...)
	return a
}

// composedAs is the condition Composed, with what new resources would be refused.
func (in In[S]) composedAs(own Cloud[S]) Condition { return in.refused(in.composedBut(own)) }

// refused adds what the settings' policy has come to refuse to a condition that is True. It
// gives the reason where nothing else does.
func (r *Resource) refused(c Condition) Condition {
	if len(r.Refused) == 0 || c.Status != True {
		return c
	}
	if c.Reason == "Composed" {
		c.Reason = reasonNotAllowed
	}
	if c.Message != "" {
		c.Message += "; "
	}
	c.Message += "the live " + r.Noun + " stays, and a new one would be refused: " + strings.Join(r.Refused, "; ")
	return c
}

// composedBut is the condition Composed, but for what new resources would be refused.
func (in In[S]) composedBut(own Cloud[S]) Condition {
	c := Condition{Type: ConditionComposed, Status: True, Reason: "Composed"}
	reason, message := "", ""
	if own.Remark != nil {
		reason, message = own.Remark(in)
	}
	if own.Lacks != nil && !in.adopted {
		if missing, means := own.Lacks(in.Held); missing != "" {
			reason, message = reasonNoNetwork, strings.TrimSuffix(in.lacks(missing)+": "+means+"; "+message, "; ")
		}
	}
	switch {
	case in.Credential.Missing != "":
		return Condition{Type: ConditionComposed, Status: False, Reason: ReasonPasswordUnknown, Message: in.Credential.Missing}
	case !in.Answered:
		return Condition{Type: ConditionComposed, Status: Unknown, Reason: reasonAwaiting, Message: in.without()}
	case in.adopted:
		c.Reason, c.Message = reasonAdopted, in.Name+" was there before its claim: who reaches it, and how it is tuned, stays as it was"
		switch {
		case own.Unsized != "":
			c.Message += "; " + own.Unsized
		case in.KeepsSize():
			c.Message += ", and so does its size until spec.profile is edited"
		}
		for _, odd := range in.odd(own) {
			c.Message += "; " + odd
		}
		if reason == reasonAdopted {
			c.Message += "; " + message
		}
		asked, known := in.AskedSecret()
		asks := in.Claim.ConnectionSecret != "" && (asked != "" || !known)
		switch said := cmp.Or(in.Credential.Awaits, in.Credential.Remark); {
		case said != "":
			c.Message += "; " + said
		case in.Credential.Hidden && asks && !strings.Contains(c.Message, noConnection):
			c.Message += "; it " + noConnection + ", since nobody here knows its password: the Secret that the claim asks for is not made"
		}
	case in.Credential.Found:
		c.Reason, c.Message = "Found", in.Name+" was there before this claim; where the password that the claim publishes does not open it, set it on the server"
	case reason != "":
		c.Reason, c.Message = reason, message
		if len(in.Notes) > 0 {
			c.Message += "; " + in.Keeps()
		}
	case len(in.Notes) > 0:
		c.Reason, c.Message = "SettingsKept", in.Keeps()
	}
	c.Message = strings.Join(slices.DeleteFunc(append([]string{c.Message}, in.Remarks...), func(s string) bool { return s == "" }), "; ")
	return c
}

// noConnection is said of a resource whose connection Secret is never made.
const noConnection = "publishes no connection"

// odd is what would have kept a resource from being taken over, and is so since, a clause
// each: what is managed already is refused for no report of its cloud.
func (in In[S]) odd(own Cloud[S]) []string {
	var out []string
	for _, a := range in.replicaAsks(in.Policy) {
		out = append(out, a.text)
	}
	if own.Unfit != nil {
		if why := own.Unfit(in.Live); why != "" {
			out = append(out, in.Name+" "+why)
		}
	}
	return out
}

// answerLooked shows an existing resource that is only looked at.
func answerLooked[S any](t Type[S], own Cloud[S], in In[S], composed map[string]*structpb.Struct, p prospect) Answer {
	conn := own.Connect(in)
	a := Answer{Parts: in.ready(nil, composed), Status: status(t, own, in, conn)}
	for _, name := range t.Tells {
		if _, shown := shownBy[name]; shown {
			a.Status[name] = in.Is(name) // what it is, not what is asked for
		}
	}
	in.keepShown(a.Status)

	c := Condition{Type: ConditionComposed, Status: True, Reason: "Observed"}
	switch {
	case !in.Complete():
		c.Status, c.Reason, c.Message = Unknown, "Observing", "the provider has not said yet what "+in.Name+" is"
	case len(p.differs) > 0:
		c.Status, c.Reason, c.Message = False, "Differs", in.Name+" is not what the claim says, and only looked at: "+strings.Join(p.differs, "; ")
	default:
		c.Message = in.Name + " is what the claim says, "
		if disk := in.Is("storage-gib"); disk != "" {
			c.Message = in.Name + " is what the claim says, with " + disk + " GiB of disk, "
		}
		c.Message += "and only looked at; " + p.String()
	}
	switch {
	case len(p.differs) == 0:
	case p.untaken != "":
		c.Message += "; it cannot be taken over: " + p.untaken
	case p.closed:
		c.Message += "; " + closedBy
	}
	if in.Claim.ConnectionSecret != "" && !in.wasPublished() {
		c.Message += "; what is only looked at publishes no connection"
	}
	c = in.refused(c)
	a.Conditions = append([]Condition{c, in.provisioned(t, own, a, isComplete(t.Connection, conn))}, append(in.ends(t), in.rotated()...)...)
	return a
}

// shownBy are the fields that status.resource shows, by their names there.
var shownBy = map[string]bool{"region": true, "engine": true, "version": true, "endpoint": true, "port": true, since: true}

// status is what the XR shows of the resource. Host and port stay once they are known,
// also while a provider does not report them.
func status[S any](t Type[S], own Cloud[S], in In[S], conn Connection) object.Map {
	s := object.Map{
		"name":     in.Name,
		"entity":   in.Claim.Entity,
		"provider": in.Claim.Provider,
		"region":   in.Region,
	}
	if own.ShownAs != nil {
		s["name"] = own.ShownAs(in.Live)
	}
	if t.Status != nil {
		maps.Copy(s, t.Status(in))
	}
	if conn.Port != 0 {
		s["port"] = conn.Port
	}
	if conn.Host != "" {
		s["endpoint"] = conn.Host
	}
	if in.exists || in.Life == Forgotten {
		s["made"] = true
	}
	s[since] = in.shownSince()
	if layers := in.lastLayers(); len(layers) > 0 {
		s["settings"] = layers
	}
	in.keepShown(s)
	return s
}

// keepShown keeps what the XR shows of the same resource in the fields of shownBy that
// are unknown for the moment.
func (r *Resource) keepShown(s object.Map) {
	shown := object.Struct(r.XR.Object, "status", "resource")
	same := object.String(shown, "name") == s["name"]
	for name := range shownBy {
		if s[name] != nil && s[name] != "" {
			continue
		}
		delete(s, name)
		if v, ok := shown.GetFields()[name]; ok && same {
			s[name] = v
		}
	}
}

// ready adds the readiness of each composed resource. A Secret is ready when it exists,
// and so is every kind that no provider reports on. The delivery of a connection holds nothing
// up: the resource is there, and another condition tells.
func (r *Resource) ready(parts Parts, composed map[string]*structpb.Struct) map[string]Composed {
	out := make(map[string]Composed, len(composed))
	for name, o := range composed {
		ready, shows := name == DeliveryPart || isReady(r.Object(name), o), parts[name].Shows
		out[name] = Composed{Object: o, Ready: ready && (shows == nil || shows(r.Object(name)))}
	}
	return out
}

func isReady(observed, desired *structpb.Struct) bool {
	if observed == nil {
		return false
	}
	return !strings.HasSuffix(Group(desired), ".upbound.io") || object.String(object.Condition(observed, "Ready"), "status") == "True"
}
