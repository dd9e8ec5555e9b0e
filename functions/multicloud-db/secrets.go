package main

import (
	"cmp"
	"fmt"

	"google.golang.org/protobuf/types/known/structpb"

	fnv1 "github.com/crossplane/function-sdk-go/proto/v1"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// requireSecrets asks for the Secrets that are to be composed and are not observed:
// under their names there may be others, which Crossplane would write over. What was
// found is kept for the ones that compose them.
func (d *database) requireSecrets(req *fnv1.RunFunctionRequest, rsp *fnv1.RunFunctionResponse) {
	d.existing = map[string]*structpb.Struct{}
	names := map[string]string{}
	if d.consumer() != "" && !d.borrowed {
		names[keyPassword] = d.passwordName()
	}
	if d.claim.Namespaced && d.claim.ConnectionSecret != "" && !d.passwordless() {
		names[keyConnection] = d.claim.ConnectionSecret
	}
	for key, name := range names {
		if d.observedObject(key) != nil {
			continue
		}
		if rsp.GetRequirements() == nil {
			rsp.Requirements = &fnv1.Requirements{}
		}
		if rsp.GetRequirements().GetResources() == nil {
			rsp.Requirements.Resources = map[string]*fnv1.ResourceSelector{}
		}
		rsp.Requirements.Resources[key] = &fnv1.ResourceSelector{
			ApiVersion: "v1",
			Kind:       "Secret",
			Namespace:  &d.claim.Namespace,
			Match:      &fnv1.ResourceSelector_MatchName{MatchName: name},
		}
		answer, answered := req.GetRequiredResources()[key]
		if items := answer.GetItems(); len(items) > 0 {
			d.existing[key] = items[0].GetResource()
		}
		d.unanswered = d.unanswered || key == keyPassword && !answered
	}
}

// ownerOf says whom a Secret belongs to, and whether that is this XR.
func (d *database) ownerOf(secret *structpb.Struct) (owner string, ours bool) {
	for _, v := range object.Get(secret, "metadata", "ownerReferences").GetListValue().GetValues() {
		r := v.GetStructValue()
		if controller, _ := object.Bool(r, "controller"); controller {
			uid := object.String(r, "uid")
			return object.String(r, "kind") + " " + object.String(r, "name"), uid != "" && uid == object.String(d.xr.GetResource(), "metadata", "uid")
		}
	}
	return "", false
}

// foreignSecret refuses to write into a Secret of somebody else. One without an owner
// may hold the password, but is no place for a connection.
func (d *database) foreignSecret() error {
	if secret := d.existing[keyPassword]; secret != nil {
		if owner, ours := d.ownerOf(secret); owner != "" && !ours {
			return fmt.Errorf("the Secret %s/%s, which is to hold the password, belongs to %s; take its ownerReferences out, or delete it", d.claim.Namespace, d.passwordName(), owner)
		}
	}
	if secret := d.existing[keyConnection]; secret != nil {
		if owner, ours := d.ownerOf(secret); !ours {
			return fmt.Errorf("spec.writeConnectionSecretToRef.name: the Secret %q is there already, and belongs to %s; choose another name, or delete it", d.claim.ConnectionSecret, cmp.Or(owner, "nobody here"))
		}
	}
	return nil
}

// foundPassword is the password in a Secret that is there before it is composed: ours,
// where the XR has lost sight of it, or one that somebody has restored. It is nil
// without one.
func (d *database) foundPassword() ([]byte, error) {
	secret := d.existing[keyPassword]
	if secret == nil {
		return nil, nil
	}
	password, err := passwordIn(secret)
	if err != nil || len(password) == 0 {
		return nil, fmt.Errorf("the Secret %s/%s, which is to hold the password, has none under the key %s; add it, or delete the Secret to have a password made", d.claim.Namespace, d.passwordName(), passwordKey)
	}
	return password, nil
}
