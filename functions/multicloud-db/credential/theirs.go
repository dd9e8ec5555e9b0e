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
	secret *structpb.Struct // the owner's Secret; nil where it is not there
	name   string           // of that Secret
	keys   []string         // that it has to have
}

// Theirs is the login of a resource that was there before its claim, by a Secret that its owner
// writes into the claim's namespace. It is only read: nothing composes it, and no part refers
// to it, by which a provider would send it to the cloud. Its name is made of the resource's, so
// that no claim can have another Secret of its namespace published, and ends in -password, by
// which the admission policies keep it to whoever may override.
func Theirs(r lifecycle.Resource, keys ...string) lifecycle.Credential {
	asked, known := r.AskedSecret()
	if r.Claim.Namespaced && asked == "" || r.Claim.Namespace == "" {
		return lifecycle.Credential{Hidden: true}
	}
	o := theirs{Resource: r, name: r.PublishedName(Part), keys: append([]string{KeyUsername, Key}, keys...)}
	out := lifecycle.Credential{Theirs: true, Needs: o.needs()}
	if known && asked == "" {
		out.Hidden = true
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
		for _, key := range []string{KeyUsername, KeyDatabase} {
			out.Given[key] = string(o.value(key))
		}
		out.Remark = fmt.Sprintf("its connection has the login of the Secret %s/%s, which nobody here has tried", r.Claim.Namespace, o.name)
	case r.Legacy: // which does not show whether the claim asks for a connection at all
		out.Hidden, out.Remark = true, o.says(fault)
	default:
		out.Awaits = o.says(fault)
	}
	return out
}

// needs are the owner's Secret and, of a claim's XR, the claim, which says whether it asks for a
// connection Secret. Each call asks for the same, whatever is there.
func (o theirs) needs() lifecycle.Needs {
	if o.Legacy {
		w := lifecycle.Wanted{APIVersion: "v1", Kind: "Secret", Labels: map[string]string{LabelOf: o.label()}, Older: true}
		return lifecycle.Needs{Version: true, Objects: map[string]lifecycle.Wanted{Part: w}}
	}
	objects := o.ClaimNeeds()
	objects[Part] = lifecycle.Wanted{APIVersion: "v1", Kind: "Secret", Namespace: o.Claim.Namespace, Name: o.name}
	return lifecycle.Needs{Version: !o.Claim.Namespaced, Objects: objects}
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
	last := len(o.keys) - 1
	keys := strings.Join(o.keys[:last], ", ") + " and " + o.keys[last]
	if o.Legacy {
		keys += ", and the label " + LabelOf + ": " + o.label()
	}
	return fmt.Sprintf("%sthe Secret %s/%s %s; write the login of %s there, with the keys %s, which are only read",
		o.Unpublished(), o.Claim.Namespace, o.name, fault, o.Name, keys)
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
	for _, key := range append(slices.Clone(o.keys), KeyDatabase) {
		value, err := base64.StdEncoding.DecodeString(object.String(o.secret, "data", key))
		switch fault := faultOf(value); {
		case err != nil:
			return "has no base64 under its key " + key
		case len(value) == 0 && !slices.Contains(o.keys, key):
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
