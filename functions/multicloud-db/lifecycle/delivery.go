package lifecycle

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/redact"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// ConditionDelivered says whether the connection Secret is in the platform's store.
const ConditionDelivered = "Delivered"

// DeliveryPart is the name of the PushSecret by which External Secrets pushes the connection
// Secret.
const DeliveryPart = "delivery"

// The kind that pushes a Secret, of External Secrets (apis/externalsecrets/v1alpha1).
const (
	pushGroup   = "external-secrets.io"
	pushVersion = "v1alpha1"
	pushKind    = "PushSecret"
)

// The names under which the claim, its Secret and the CRD are asked for. Nothing else is asked for
// under them: each has the name of a part.
const (
	keyClaim      = "claim"
	keyPublished  = "published"
	keyPushSecret = "push-secret"
)

// pushSecretCRD tells whether the API server has the kind: for a schema, Crossplane 2.4 goes on by
// what it read before the kind came, until a CRD changes again.
var pushSecretCRD = Wanted{APIVersion: "apiextensions.k8s.io/v1", Kind: "CustomResourceDefinition", Name: "pushsecrets." + pushGroup}

// refreshInterval is how often External Secrets compares the Secret with the store. It watches
// no Secret: a password that was rotated is in the store that much later at most.
const refreshInterval = "1m0s"

// maxRemoteKey is the length that every store takes: of Azure Key Vault, the least.
const maxRemoteKey = 127

// A delivery is the PushSecret of a connection, nil where there is none, and what the claim
// says of it.
type delivery struct {
	part      *structpb.Struct
	condition *Condition // nil where nobody asked for a delivery
}

// deliveryNeeds are what has to be known before a PushSecret is composed. Whether there is the
// kind, since one of an unknown kind ends the whole call, and the resource with it: a PushSecret
// that exists answers that. Which Secret a claim is published to, which its XR does not say, and
// whether that is the claim's own: these are asked from the first call on, before it has the
// settings, since a need that comes later costs a call on every reconcile.
func (r *Resource) deliveryNeeds() map[string]Wanted {
	d, old := r.Settings.Delivery, r.Object(DeliveryPart)
	if d.Off || r.Legacy || d.Store == "" && old == nil {
		return nil
	}
	needs := map[string]Wanted{}
	if old == nil {
		needs[keyPushSecret] = pushSecretCRD
	}
	ref := object.Struct(r.XR.Object, "spec", "claimRef")
	if r.Claim.Namespaced || ref == nil {
		return needs
	}
	maps.Copy(needs, r.ClaimNeeds())
	if name := cmp.Or(r.askedSecret(), pushedSecret(old)); name != "" {
		needs[keyPublished] = Wanted{APIVersion: "v1", Kind: "Secret", Namespace: r.Claim.Namespace, Name: name}
	}
	return needs
}

// ClaimNeeds is the claim of an XR, which does not say itself whether its claim asks for a connection
// Secret; none of an XR without one.
func (r *Resource) ClaimNeeds() map[string]Wanted {
	ref := object.Struct(r.XR.Object, "spec", "claimRef")
	if r.Claim.Namespaced || ref == nil {
		return map[string]Wanted{}
	}
	return map[string]Wanted{keyClaim: {
		APIVersion: object.String(ref, "apiVersion"), Kind: object.String(ref, "kind"), Namespace: r.Claim.Namespace, Name: r.Claim.Name,
	}}
}

// AskedSecret is the name of the connection Secret that the claim asks for, or "", and whether that
// is known.
func (r *Resource) AskedSecret() (name string, known bool) {
	return r.askedSecret(), r.Claim.Namespaced || r.Secrets[keyClaim].Object != nil
}

// pushedSecret is the name of the Secret that a PushSecret pushes.
func pushedSecret(o *structpb.Struct) string {
	return object.String(o, "spec", "selector", "secret", "name")
}

// askedSecret is the name of the connection Secret that the claim asks for, or "".
func (r *Resource) askedSecret() string {
	if r.Claim.Namespaced {
		return r.Claim.ConnectionSecret
	}
	return object.String(r.Secrets[keyClaim].Object, "spec", "writeConnectionSecretToRef", "name")
}

// ownSecret is the name of the connection Secret, where it is the claim's own, or why there is none
// that could be pushed. Crossplane publishes into no Secret of somebody else, but whoever may write
// a claim could name any one of its namespace, and would read it in the store. Both are "" where
// Crossplane has not looked yet. An XR that is namespaced has composed its own.
func (r *Resource) ownSecret() (name, why string) {
	asked, claim, secret := r.askedSecret(), r.Secrets[keyClaim], r.Secrets[keyPublished]
	switch {
	case r.Claim.Namespaced && asked != "":
		return asked, ""
	case r.Claim.Namespaced, asked == "" && claim.Answered && claim.Object != nil:
		return "", "the claim asks for no connection Secret"
	case asked == "", secret.Object == nil, object.String(secret.Object, "metadata", "name") != asked:
		return "", ""
	}
	if !IsOf(secret.Object, claim.Object) {
		return "", fmt.Sprintf("the Secret %q belongs to %s, and not to the claim", asked, cmp.Or(ownerOf(secret.Object), "nobody here"))
	}
	return asked, ""
}

// deliver pushes the connection Secret, once it is published, to the store of the settings. It
// stays as it was asked for last where the settings say nothing of a store any more: they may be
// late, and with a PushSecret goes what it pushed. It also stays where the claim has another
// Secret now, or none: apps read what is in the store. One that is not published yet may be
// somebody else's.
func (in In[S]) deliver(published bool) delivery {
	d, old := in.Settings.Delivery, in.Object(DeliveryPart)
	secret, why := in.ownSecret()
	store := d.Kind + " " + d.Store
	switch {
	case d.Off || d.Store == "" && old == nil:
		return delivery{condition: in.undelivered()}
	case old != nil && why != "":
		return delivery{part: asLast(old), condition: tell(False, reasonNoSecret, "spec.writeConnectionSecretToRef: %s, so that nothing keeps up %s; "+
			"set the name back to %q", why, deliveredTo(old), pushedSecret(old))}
	case old != nil && (d.Store == "" || in.Credential.Hidden || secret == "" || !published):
		return delivery{part: asLast(old), condition: in.delivered(old)}
	case old != nil:
		return delivery{part: in.push(secret), condition: in.delivered(old)}
	case in.Legacy:
		return delivery{condition: tell(False, "NotSupported", "settings delivery.store: Crossplane 1.20 composes nothing in a namespace, so the "+
			"connection Secret stays in the namespace %s", in.Claim.Namespace)}
	case in.Credential.Hidden:
		return delivery{condition: tell(False, reasonNoSecret, "settings delivery.store: nobody here knows the password, so nothing is pushed to the %s", store)}
	case why != "":
		return delivery{condition: tell(False, reasonNoSecret, "spec.writeConnectionSecretToRef: %s, so nothing is pushed to the %s", why, store)}
	case !published, in.Secrets[keyPublished].Answered && in.Secrets[keyPublished].Object == nil:
		return delivery{condition: tell(False, "Waiting", "the connection Secret is pushed to the %s once there is one", store)}
	}
	switch crd := in.Secrets[keyPushSecret]; {
	case crd.Answered && !isServed(crd.Object, pushVersion):
		return delivery{condition: tell(False, "NotInstalled", "settings delivery.store: the cluster has no kind %s of %s/%s; install External Secrets, "+
			"or set delivery.enabled to false", pushKind, pushGroup, pushVersion)}
	case crd.Answered && secret != "":
		return delivery{part: in.push(secret), condition: in.delivered(nil)}
	}
	return delivery{condition: tell(Unknown, "Waiting", "Crossplane has not looked yet for the kind %s, and for the claim's Secret", pushKind)}
}

const reasonNoSecret = "NoSecret"

// undelivered is the condition of what no store is named for, or none: Crossplane leaves one that
// is said no more as it is, and what went on being True would be true no more.
func (in In[S]) undelivered() *Condition {
	if object.Condition(in.XR.Object, ConditionDelivered) == nil {
		return nil
	}
	return tell(False, "NotAsked", "the settings name no delivery.store for the connection Secret, or have delivery.enabled false")
}

// isServed reports whether the API server serves a version of a CRD's kind.
func isServed(crd *structpb.Struct, version string) bool {
	if object.String(object.Condition(crd, "Established"), "status") != "True" {
		return false
	}
	return slices.ContainsFunc(object.Get(crd, "spec", "versions").GetListValue().GetValues(), func(v *structpb.Value) bool {
		served, _ := object.Bool(v.GetStructValue(), "served")
		return served && object.String(v.GetStructValue(), "name") == version
	})
}

// push is the PushSecret. Its key in the store is of the claim's namespace, not of its text: a
// claim that could say it would write over what another team's apps read. What the policy
// keeps in the cloud keeps its entry in the store.
func (r *Resource) push(secret string) *structpb.Struct {
	d, deletion := r.Settings.Delivery, "Delete"
	if r.Policy.Orphan {
		deletion = "None"
	}
	return object.New(object.Map{
		"apiVersion": pushGroup + "/" + pushVersion,
		"kind":       pushKind,
		"metadata":   object.Map{"namespace": r.Claim.Namespace},
		"spec": object.Map{
			"refreshInterval": refreshInterval,
			"updatePolicy":    "Replace",
			"deletionPolicy":  deletion,
			"secretStoreRefs": []any{object.Map{"kind": d.Kind, "name": d.Store}},
			"selector":        object.Map{"secret": object.Map{"name": secret}},
			// Without a secretKey all keys of the Secret are pushed as one entry.
			"data": []any{object.Map{"match": object.Map{"remoteRef": object.Map{"remoteKey": r.remoteKey()}}}},
		},
	})
}

// remoteKey is {project}/{env}/{name} by the claim's namespace, or by hyphens with a hash, which
// tells the same words apart that hyphens divide otherwise.
func (r *Resource) remoteKey() string {
	parts := []string{r.Claim.Namespace, r.Claim.Name}
	if project, env, ok := claim.Split(r.Claim.Namespace); ok {
		parts = []string{project, env, r.Claim.Name}
	}
	key := strings.Join(parts, "/")
	if r.Settings.Delivery.Separator == "/" {
		return key
	}
	sum := sha256.Sum256([]byte(key))
	hash := "-" + hex.EncodeToString(sum[:8])
	words := strings.NewReplacer("/", "-", ".", "-").Replace(key)
	return words[:min(len(words), maxRemoteKey-len(hash))] + hash
}

// delivered is what External Secrets says of a PushSecret.
func (in In[S]) delivered(o *structpb.Struct) *Condition {
	ready := object.Condition(o, "Ready")
	switch object.String(ready, "status") {
	case "True":
		return tell(True, "Delivered", "the connection Secret is in %s", deliveredTo(o))
	case "False":
		said := cmp.Or(object.String(ready, "message"), object.String(ready, "reason"), "no reason given")
		return tell(False, "StoreError", "%s", redact.Line("PushSecret "+object.String(o, "metadata", "name")+": "+said, in.secrets()))
	}
	return tell(False, "Delivering", "External Secrets has not said yet that the connection Secret is in its store")
}

func tell(status Status, reason, format string, args ...any) *Condition {
	return &Condition{Type: ConditionDelivered, Status: status, Reason: reason, Message: fmt.Sprintf(format, args...)}
}

// deliveredTo names the entry that a PushSecret writes.
func deliveredTo(o *structpb.Struct) string {
	first := func(list *structpb.Value) *structpb.Struct {
		if items := list.GetListValue().GetValues(); len(items) > 0 {
			return items[0].GetStructValue()
		}
		return nil
	}
	store, data := first(object.Get(o, "spec", "secretStoreRefs")), first(object.Get(o, "spec", "data"))
	return fmt.Sprintf("the %s %s, as %s",
		object.String(store, "kind"), object.String(store, "name"), object.String(data, "match", "remoteRef", "remoteKey"))
}
