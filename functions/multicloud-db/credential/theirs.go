package credential

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// What an owner's Secret says beside the password.
const (
	KeyUsername = "username"
	KeyDatabase = "database"
	// KeyHost binds the login to the resource that is reached there: two of one name that claims of one
	// namespace adopt, of two regions, clouds or types, have one Secret.
	KeyHost = "host"
)

// LabelOf is the label by which an owner's Secret is found on Crossplane 1.20, which looks for
// nothing by its name in a namespace.
const LabelOf = "platform.victor.onl/password-of"

// maxValue is the length, in bytes, of what an owner's Secret says: PostgreSQL and MySQL take no
// password that is as long, and a Secret, of 1 MiB at most, holds it in a URI too.
const maxValue = 1024

// madeByCrossplane is the type of the Secrets that Crossplane and its providers write
// (resource.SecretTypeConnection in crossplane-runtime).
const madeByCrossplane = "connection.crossplane.io/v1alpha1"

// theirs is the login of a resource that was there before its claim.
type theirs struct {
	lifecycle.Resource
	Keys
	secret *structpb.Struct // the owner's Secret; nil where it is not there
	name   string           // of that Secret
}

// Keys are those of an owner's Secret that are read: what it has to have, and what it may have.
type Keys struct{ Has, May []string }

// Theirs is the login of a resource that was there before its claim, by a Secret that its owner
// writes into the claim's namespace. It is only read: nothing composes it, and no part refers
// to it, by which a provider would send it to the cloud. Its name is made of the resource's, so
// that no claim can have another Secret of its namespace published, and ends in -password, by
// which the admission policies keep it to whoever may override.
func Theirs(r lifecycle.Resource, keys Keys) lifecycle.Credential {
	keys.May = append(slices.Clone(keys.May), KeyHost)
	o := theirs{Resource: r, name: r.PublishedName(Part), Keys: keys}
	out, asked := o.asks(o.needs())
	if out.Hidden {
		return out
	}
	for _, s := range r.Secrets[Part].Objects {
		at := object.Struct(s, "metadata")
		if object.String(at, "namespace") == r.Claim.Namespace && object.String(at, "name") == o.name {
			o.secret = s
		}
	}
	switch fault := o.fault(); {
	case asked == o.name:
		out.Awaits = fmt.Sprintf("%sspec.writeConnectionSecretToRef.name: %q is the name of the Secret that has the login of %s; choose another",
			r.Unpublished(), asked, r.Name)
	case fault == "":
		out.Value, out.Opens, out.Given = o.value(Key), true, map[string]string{}
		for _, key := range o.all() {
			if key != Key && key != KeyHost {
				out.Given[key] = string(o.value(key))
			}
		}
		out.Host = string(o.value(KeyHost))
		out.Elsewhere = o.says("has another host under its key " + KeyHost + " than the endpoint in status.resource, so that its login is of another one")
		out.Remark = fmt.Sprintf("its connection has the login of the Secret %s/%s, which nobody here has tried", r.Claim.Namespace, o.name)
	case r.Legacy: // which does not show whether the claim asks for a connection at all
		out.Hidden, out.Remark = true, o.says(fault)
	default:
		out.Awaits = o.says(fault)
	}
	return out
}

// None is said of a resource that was there before its claim, and lets its clients in without a
// password. No connection is published then, and a claim that asks for one is not ready: why says
// how its clients come in.
func None(r lifecycle.Resource, why string) lifecycle.Credential {
	o := theirs{Resource: r}
	out, _ := o.asks(o.claimNeeds())
	says := fmt.Sprintf("%s%s %s, and no Secret without a password is made; leave out spec.writeConnectionSecretToRef", r.Unpublished(), r.Name, why)
	switch {
	case out.Hidden:
	case r.Legacy: // which does not show whether the claim asks for a connection at all
		out.Hidden, out.Remark = true, says
	default:
		out.Awaits = says
	}
	return out
}

// asks is the credential of a resource that was there before its claim, and the connection Secret
// that the claim asks for. It is hidden of a claim that asks for none.
func (o theirs) asks(needs lifecycle.Needs) (out lifecycle.Credential, asked string) {
	asked, known := o.AskedSecret()
	if o.Claim.Namespaced && asked == "" || o.Claim.Namespace == "" {
		return lifecycle.Credential{Hidden: true}, ""
	}
	return lifecycle.Credential{Theirs: true, Needs: needs, Hidden: known && asked == ""}, asked
}

// all are the keys that are read.
func (o theirs) all() []string { return append(slices.Clone(o.Has), o.May...) }

// claimNeeds are, of a claim's XR, the claim, which says whether it asks for a connection Secret.
func (o theirs) claimNeeds() lifecycle.Needs {
	if o.Legacy {
		return lifecycle.Needs{Version: true}
	}
	return lifecycle.Needs{Version: !o.Claim.Namespaced, Objects: o.ClaimNeeds()}
}

// needs are the claim, and the owner's Secret. Each call asks for the same, whatever is there.
func (o theirs) needs() lifecycle.Needs {
	needs := o.claimNeeds()
	secret := lifecycle.Wanted{APIVersion: "v1", Kind: "Secret", Namespace: o.Claim.Namespace, Name: o.name}
	if o.Legacy {
		secret = lifecycle.Wanted{APIVersion: "v1", Kind: "Secret", Labels: map[string]string{LabelOf: o.label()}, Older: true}
		needs.Objects = map[string]lifecycle.Wanted{}
	}
	needs.Objects[Part] = secret
	return needs
}

// label is that of the Secret: with its namespace, so that nobody else's is looked at.
func (o theirs) label() string {
	const longest = 63
	if label := o.Claim.Namespace + "." + o.name; len(label) <= longest {
		return label
	}
	return claim.Shorten(o.Claim.Namespace+"."+o.name, o.Claim.Namespace+"/"+o.name, longest)
}

// says what the owner is to write, and why nothing new is published before.
func (o theirs) says(fault string) string {
	last := len(o.Has) - 1
	keys, are := "the key "+o.Has[last], "which is only read"
	if last > 0 {
		keys, are = "the keys "+strings.Join(o.Has[:last], ", ")+" and "+o.Has[last], "which are only read"
	}
	if o.Legacy {
		keys += ", and the label " + LabelOf + ": " + o.label()
	}
	return fmt.Sprintf("%sthe Secret %s/%s %s; write the login of %s there, with %s, %s", o.Unpublished(), o.Claim.Namespace, o.name, fault, o.Name, keys, are)
}

// fault is what keeps the owner's Secret from being published, as what follows its name, or "".
// No value of it is ever shown.
func (o theirs) fault() string {
	owner, _ := o.OwnerOf(o.secret)
	switch {
	case o.secret == nil && !o.Secrets[Part].Answered:
		return "was not looked for yet by Crossplane"
	case o.secret == nil:
		return "is not there"
	case object.String(o.secret, "type") == madeByCrossplane || o.IsComposedHere(o.secret):
		return "is made by Crossplane" + strings.TrimSuffix(" for "+owner, " for ") + ", and is no owner's"
	}
	for _, key := range o.all() {
		value, err := base64.StdEncoding.DecodeString(object.String(o.secret, "data", key))
		switch fault := faultOf(value); {
		case err != nil:
			return "has no base64 under its key " + key
		case len(value) == 0 && !slices.Contains(o.Has, key):
		case len(value) == 0:
			return "has nothing under its key " + key
		case len(value) > maxValue:
			return fmt.Sprintf("has more than %d bytes under its key %s", maxValue, key)
		case fault != "":
			return "has a value under its key " + key + " that " + fault
		}
	}
	return ""
}

func (o theirs) value(key string) []byte {
	value, _ := base64.StdEncoding.DecodeString(object.String(o.secret, "data", key)) //nolint:errcheck // It has no fault.
	return value
}
