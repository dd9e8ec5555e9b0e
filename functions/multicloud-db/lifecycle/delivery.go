package lifecycle

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
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

// The names under which the claim and the CRD are asked for. No Secret is asked for under them:
// each has the name of a part.
const (
	keyClaim      = "claim"
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

// deliveryNeeds are what has to be known before a PushSecret is composed: whether there is the
// kind, since one of an unknown kind ends the whole call, and the resource with it, and which
// Secret a claim is published to, which its XR does not say. A PushSecret that exists answers
// both, and each question costs a call on every reconcile.
func (r *Resource) deliveryNeeds() map[string]Wanted {
	d := r.Settings.Delivery
	if d.Store == "" || d.Off || r.Legacy || r.Object(DeliveryPart) != nil {
		return nil
	}
	needs := map[string]Wanted{keyPushSecret: pushSecretCRD}
	if ref := object.Struct(r.XR.Object, "spec", "claimRef"); !r.Claim.Namespaced {
		needs[keyClaim] = Wanted{
			APIVersion: object.String(ref, "apiVersion"), Kind: object.String(ref, "kind"),
			Namespace: r.Claim.Namespace, Name: object.String(ref, "name"),
		}
	}
	return needs
}

// deliveredSecret is the name of the connection Secret, or "".
func (r *Resource) deliveredSecret() string {
	if r.Claim.Namespaced {
		return r.Claim.ConnectionSecret
	}
	if o := r.Object(DeliveryPart); o != nil {
		return object.String(o, "spec", "selector", "secret", "name")
	}
	return object.String(r.Secrets[keyClaim].Object, "spec", "writeConnectionSecretToRef", "name")
}

// deliver pushes the connection Secret, once it is published, to the store of the settings. It
// stays as it was asked for last where the settings say nothing of a store any more: they may be
// late, and with a PushSecret goes what it pushed.
func (in In[S]) deliver(published bool) delivery {
	d, old, secret := in.Settings.Delivery, in.Object(DeliveryPart), in.deliveredSecret()
	store := d.Kind + " " + d.Store
	switch {
	case d.Off || d.Store == "" && old == nil:
		return delivery{}
	case old != nil && (d.Store == "" || in.Credential.Hidden || secret == ""):
		return delivery{part: asLast(old), condition: in.delivered(old)}
	case old != nil:
		return delivery{part: in.push(secret), condition: in.delivered(old)}
	case in.Legacy:
		return delivery{condition: tell(False, "NotSupported", "settings delivery.store: Crossplane 1.20 composes nothing in a namespace, so the "+
			"connection Secret stays in the namespace %s", in.Claim.Namespace)}
	case in.Credential.Hidden || secret == "" && (in.Claim.Namespaced || in.Secrets[keyClaim].Object != nil):
		return delivery{condition: tell(False, "NoSecret", "spec.writeConnectionSecretToRef: there is no connection Secret that could be pushed to the %s", store)}
	case !published:
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
