package lifecycle

import (
	"errors"
	"fmt"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/costtag"
	"github.com/victor-onl/crossplane-resources/internal/object"
	"github.com/victor-onl/crossplane-resources/internal/settings"
)

// A Mark is a tag that says whose a resource is. What a claim says of its entity is no
// proof, and the tags of Crossplane's own providers change with each managed resource.
type Mark struct{ Key, Value string }

// Marks are the tags by which a resource is this claim's, without a value where the
// settings give none.
func (l Live) Marks() []Mark {
	c := l.Claim
	return []Mark{{"project", c.Project}, {"env", c.Env}, {"service", c.Name}, {costtag.ControlPlane, l.Settings.ControlPlane}}
}

// Tags are the tags that the cloud's resource has, as its provider reports them: of one that
// has none of its own, those of what it stands in.
func (l Live) Tags() map[string]string {
	for _, part := range append([]string{Instance}, l.with...) {
		if tags := l.tagsOf(l.Object(part)); len(tags) > 0 {
			return tags
		}
	}
	return nil
}

func (l Live) tagsOf(o *structpb.Struct) map[string]string {
	for _, at := range l.table.Tags {
		tags := map[string]string{}
		switch v := first(object.Struct(o, "status", "atProvider"), at); {
		case v.GetStructValue() != nil:
			for key, v := range v.GetStructValue().GetFields() {
				tags[l.key(key)] = v.GetStringValue()
			}
		case v.GetListValue() != nil:
			for _, item := range v.GetListValue().GetValues() {
				key, value, _ := strings.Cut(item.GetStringValue(), ":")
				tags[l.key(key)] = value
			}
		}
		if len(tags) > 0 {
			return tags
		}
	}
	return nil
}

// key is a tag's key: Azure takes keys that differ in case for one.
func (l Live) key(key string) string {
	if l.Claim.Provider == cloud.Azure {
		return strings.ToLower(key)
	}
	return key
}

// foreign says by which tag the cloud's resource is another's, as what follows its name,
// or "". A tag that is not there says nothing.
func (l Live) foreign() string { return l.foreignBy(l.Tags()) }

func (l Live) foreignBy(tags map[string]string) string {
	for _, m := range l.Marks() {
		there, ok := tags[m.Key]
		switch {
		case !ok || m.Value != "" && costtag.IsSame(l.Claim.Provider, m.Key, m.Value, there):
		case m.Key == costtag.ControlPlane && m.Value == "":
			return fmt.Sprintf("carries %s=%s, and the settings have no controlPlane", m.Key, there)
		case m.Key == costtag.ControlPlane:
			return fmt.Sprintf("carries %s=%s, and this claim is of the control plane %s", m.Key, there, m.Value)
		default:
			return fmt.Sprintf("carries %s=%s, and this claim is of %s", m.Key, there, m.Value)
		}
	}
	return ""
}

// untaken says why a resource that was there before its claim can never be managed by it,
// or "": because it is another's, or because its tags name no project and the settings do
// not have its name.
func (l Live) untaken(policy settings.Policy) string {
	name := l.Claim.ExternalName
	if theirs := l.foreign(); theirs != "" {
		return "spec.externalName: " + name + " " + theirs + "; allowed is what carries the tags of this claim"
	}
	if l.Tags()["project"] == "" && !isNamed(policy, name) {
		says := "allowed are none"
		if len(policy.AdoptNames) > 0 {
			says = "allowed are " + strings.Join(policy.AdoptNames, ", ")
		}
		return fmt.Sprintf("spec.externalName: %q carries no tag project that would tell whose it is, and is not allowed by settings policy.adoptNames; %s",
			name, says)
	}
	return ""
}

// mayTake refuses to take over what is another's, once its provider has told of it. What
// this claim has taken over already carries this claim's tags.
func (l Live) mayTake(policy settings.Policy) error {
	if !l.adopted || l.Claim.Adopt != AdoptManage || l.Last("adopt") == AdoptManage || !l.Complete() {
		return nil
	}
	if why := l.untaken(policy); why != "" {
		return errors.New(why)
	}
	return nil
}

// alone is the record that what was found is another's. Without it a managed resource that
// only observes would be taken for one of a claim that adopts.
const alone = "alone"

// isLetAlone reports whether a resource that was found under the claim's own name is
// another's. It is asked until the resource may be changed, and never again: whoever may
// change it has given it tags of its own. A creation does not answer it: of two control
// planes that make the same claim at once one fails, and then sees what the other has made.
// The parts of With are asked likewise, each by its own tags.
func isLetAlone[S any](own Cloud[S], held Held[S]) (why string, is bool) {
	if held.adopted || own.Owned != nil {
		return "", false
	}
	again, marked := held.Annotated(alone) != "", false
	for _, part := range append([]string{Instance}, own.With...) {
		o := held.Object(part)
		marked = marked || held.isMarked(o)
		if part == Instance && held.Life != Found && held.Life != Made || !isLookedFor(o) && !again {
			continue
		}
		if why = held.foreignBy(held.tagsOf(o)); why != "" {
			return why, true
		}
	}
	if again && !marked {
		return "was another's when it was found, and its tags do not say now that it is this claim's", true
	}
	return "", false
}

// isMarked reports whether the cloud's resource says itself that it is this claim's.
func (l Live) isMarked(o *structpb.Struct) bool {
	tags := l.tagsOf(o)
	for _, m := range l.Marks() {
		if _, there := tags[m.Key]; !there && m.Key != costtag.ControlPlane {
			return false
		}
	}
	return l.foreignBy(tags) == ""
}

// letAlone leaves what was found and is another's: nothing of it is changed, and nothing
// goes with the claim. What was composed for it stays desired, only to be looked at.
func letAlone[S any](t Type[S], own Cloud[S], held Held[S], why string) Answer {
	in := In[S]{Held: held, Credential: Credential{Hidden: true}}
	a := Answer{Status: status(t, own, in, Connection{}), Unready: true}
	delete(a.Status, "made")
	composed := map[string]*structpb.Struct{}
	for name, r := range in.Parts {
		if r.Object == nil || !t.isPart(name) && name != Instance {
			continue
		}
		composed[name] = asLast(r.Object)
		if !strings.HasSuffix(Group(r.Object), ".upbound.io") {
			continue
		}
		if name == Instance {
			object.Set(composed[name], "true", "metadata", "annotations", Requested+alone)
		}
		object.Set(composed[name], []any{"Observe"}, "spec", "managementPolicies")
		if !in.Claim.Namespaced {
			object.Set(composed[name], "Orphan", "spec", "deletionPolicy")
		}
	}
	a.Parts = in.ready(nil, composed)
	message := fmt.Sprintf("metadata.name: %s was there before this claim, and %s; nothing of it is changed or deleted: name the claim otherwise", in.Name, why)
	a.Conditions = []Condition{
		{Type: ConditionComposed, Status: False, Reason: reasonNotAllowed, Message: message},
		notComposed(),
	}
	return a
}
