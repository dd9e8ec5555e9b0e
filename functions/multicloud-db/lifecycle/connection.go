package lifecycle

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// ConnectionPart is the name of the connection Secret that a namespaced XR composes.
const ConnectionPart = "connection"

// A Connection is how a resource is reached, published whole or not at all.
type Connection struct {
	Host    string // shown as status.resource.endpoint
	Port    int
	Details map[string][]byte // by the type's keys
}

// isComplete reports whether each required key has a value.
func isComplete(keys []Key, c Connection) bool {
	for _, k := range keys {
		if k.Required && len(c.Details[k.Name]) == 0 {
			return false
		}
	}
	return true
}

// isElsewhere reports whether a login is of a resource that is reached at another host.
func (c Credential) isElsewhere(conn Connection) bool {
	return c.Host != "" && conn.Host != "" && !strings.EqualFold(c.Host, conn.Host)
}

// withheld publishes no login that is of another resource. Crossplane 1.20 does not show whether the
// claim asks for a connection at all.
func (c Credential) withheld(isLegacy bool) Credential {
	c.Opens, c.Remark = false, ""
	if isLegacy {
		c.Hidden, c.Remark = true, c.Elsewhere
		return c
	}
	c.Awaits = c.Elsewhere
	return c
}

// wasPublished reports whether the connection is out already.
func (r *Resource) wasPublished() bool {
	return len(r.XR.Details) > 0 || r.Object(ConnectionPart) != nil
}

// Published is what the connection that is out says under a key, or nil.
func (r *Resource) Published(key string) []byte {
	if !r.Claim.Namespaced {
		return r.XR.Details[key]
	}
	value, _ := base64.StdEncoding.DecodeString(object.String(r.Object(ConnectionPart), "data", key)) //nolint:errcheck // Then it says nothing.
	return value
}

// PortOr is the port of the resource as its provider reports it, else as the XR has shown it: a report
// that lacks it for once moves no client. The usual one is of what nobody has told of yet.
func (r *Resource) PortOr(usual int) int {
	shown := 0.0
	if r.Shown("name") == r.Name {
		shown, _ = object.Number(r.XR.Object, "status", "resource", "port")
	}
	return cmp.Or(r.Number("port"), int(shown), usual)
}

// Unpublished begins what keeps a connection from being published. One that is out stays as it was.
func (r *Resource) Unpublished() string {
	if r.wasPublished() {
		return "the connection stays as it was published last: "
	}
	return "no connection is published: "
}

// isWhole reports whether each composed part inside the main one is ready.
func (r *Resource) isWhole(inside []string, parts Parts, composed map[string]*structpb.Struct) bool {
	ready := r.ready(parts, composed)
	return !slices.ContainsFunc(inside, func(name string) bool {
		part, ok := ready[name]
		return ok && !part.Ready
	})
}

// connectionNeeds asks whether the connection Secret that a namespaced XR is to compose
// and does not have yet is there already: Crossplane would write over a Secret of
// somebody else.
func (r *Resource) connectionNeeds() map[string]string {
	c := r.Claim
	if r.Legacy || !c.Namespaced || c.ConnectionSecret == "" || r.Object(ConnectionPart) != nil {
		return nil
	}
	return map[string]string{ConnectionPart: c.ConnectionSecret}
}

// refuseForeign refuses to write the connection into a Secret that is not this XR's: of
// another owner, or without one.
func (r *Resource) refuseForeign(needs map[string]string) error {
	if _, asked := needs[ConnectionPart]; !asked || r.Secrets[ConnectionPart].Object == nil {
		return nil
	}
	owner, ours := r.OwnerOf(r.Secrets[ConnectionPart].Object)
	if ours {
		return nil
	}
	return fmt.Errorf(
		"spec.writeConnectionSecretToRef.name: the Secret %q is there already, and belongs to %s; choose another name, or delete it",
		r.Claim.ConnectionSecret, cmp.Or(owner, "nobody here"),
	)
}

// IsComposedHere reports whether an object is controlled by a Resource, this one's or another's.
func (r *Resource) IsComposedHere(o *structpb.Struct) bool {
	return controllerOf(o) != nil && Group(controllerOf(o)) == Group(r.XR.Object)
}

// OwnerOf says whom a Secret belongs to, and whether that is this XR.
func (r *Resource) OwnerOf(secret *structpb.Struct) (owner string, ours bool) {
	return ownerOf(secret), IsOf(secret, r.XR.Object)
}

// ownerOf names what controls an object, such as XResource orders-x7k2p, or is "".
func ownerOf(o *structpb.Struct) string {
	ref := controllerOf(o)
	return strings.TrimSpace(object.String(ref, "kind") + " " + object.String(ref, "name"))
}

// IsOf reports whether an object is controlled by another one.
func IsOf(o, owner *structpb.Struct) bool {
	uid := object.String(controllerOf(o), "uid")
	return uid != "" && uid == object.String(owner, "metadata", "uid")
}

// controllerOf is the reference to what controls an object, or nil.
func controllerOf(o *structpb.Struct) *structpb.Struct {
	for _, v := range object.Get(o, "metadata", "ownerReferences").GetListValue().GetValues() {
		if controller, _ := object.Bool(v.GetStructValue(), "controller"); controller {
			return v.GetStructValue()
		}
	}
	return nil
}

// SecretStays is what is said of another name for a connection that is published.
const SecretStays = "cannot change on a live claim; copy the Secret under the other name"

// published is the name of the Secret that has the connection already, or "".
func (r *Resource) published() string {
	return object.String(r.Object(ConnectionPart), "metadata", "name")
}

// refuseSecret refuses to publish under another name what is published: Crossplane would
// lose sight of the Secret that apps read.
func (r *Resource) refuseSecret() error {
	if was := r.published(); r.Claim.Namespaced && was != "" && was != r.Claim.ConnectionSecret {
		return fmt.Errorf("spec.writeConnectionSecretToRef.name: %s, and set it back to %q", SecretStays, was)
	}
	return nil
}

// connectionSecret is the Secret in which a namespaced XR publishes its connection, or
// nil where none is asked for, and until the connection is complete. Once composed it
// stays, and with it what it says while the connection is unknown.
func (r *Resource) connectionSecret(conn Connection, complete bool, taken []string) (*structpb.Struct, error) {
	name := r.Claim.ConnectionSecret
	if !r.Claim.Namespaced || name == "" {
		return nil, nil //nolint:nilnil // No Secret is asked for.
	}
	if slices.Contains(taken, name) {
		return nil, fmt.Errorf("spec.writeConnectionSecretToRef.name: %q is the name of a Secret that is made for the %s already; choose another", name, r.Noun)
	}
	if complete {
		return r.CoreSecret(name, conn.Details), nil
	}
	old := r.Object(ConnectionPart)
	if old == nil {
		return nil, nil //nolint:nilnil // Absent until it is complete.
	}
	s := r.CoreSecret(name, nil)
	if data := object.Struct(old, "data"); data != nil {
		object.Set(s, data, "data")
	}
	return s, nil
}

// CoreSecret is a Secret in the claim's namespace: the one kind of composed resource
// with a name of ours, since others refer to it by name.
func (r *Resource) CoreSecret(name string, data map[string][]byte) *structpb.Struct {
	encoded := make(map[string]string, len(data))
	for k, v := range data {
		encoded[k] = base64.StdEncoding.EncodeToString(v)
	}
	return object.New(object.Map{
		"apiVersion": "v1",
		"kind":       "Secret",
		"metadata":   object.Map{"name": name, "namespace": r.Claim.Namespace},
		"type":       "Opaque",
		"data":       encoded,
	})
}

// writtenTo are the names of the Secrets that the providers of the parts write.
func (r *Resource) writtenTo(parts Parts) []string {
	var names []string
	for name, p := range parts {
		if p.Writes != nil {
			names = append(names, r.PublishedName(name))
		}
	}
	return names
}

// taken are the names of the Secrets that are composed for a credential.
func (c Credential) taken() []string {
	var names []string
	for _, p := range c.Parts {
		names = append(names, object.String(p.Core, "metadata", "name"))
	}
	return names
}
