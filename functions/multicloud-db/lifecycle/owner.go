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

// foreignBy says by which of its tags a resource is another's, as what follows its name, or
// "". A tag that is not there says nothing.
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
// or "": because it is another's, or because its tags do not name both project and env, which
// are whose it is, and the settings do not have its name.
func (l Live) untaken(policy settings.Policy) string {
	name, tags := l.Claim.ExternalName, l.Tags()
	if theirs := l.foreignBy(tags); theirs != "" {
		return "spec.externalName: " + name + " " + theirs + "; allowed is what carries the tags of this claim"
	}
	for _, key := range []string{"project", "env"} {
		if tags[key] != "" || mayBeAdopted(policy, l.Claim.Provider, name) {
			continue
		}
		says := "allowed are none"
		if len(policy.AdoptNames) > 0 {
			says = "allowed are " + strings.Join(policy.AdoptNames, ", ")
		}
		return fmt.Sprintf("spec.externalName: %q carries no tag %s that would tell whose it is, and is not allowed by settings policy.adoptNames; %s",
			name, key, says)
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
