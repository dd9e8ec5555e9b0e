package database

import (
	"cmp"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/credential"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// ofSource leaves a copy what its source has. Until the provider has told what that is,
// nothing is asked for and nothing recorded; then what the claim says otherwise is an edit of
// what is there. The key is the source's on the clouds that copy the disk as it is.
func (d *Database) ofSource(l lifecycle.Live) {
	r := &d.restore
	if l.Claim.Provider == cloud.GCP { // whatever its claim or its record say by now
		d.Login = cmp.Or(object.String(l.Object(partUser), "metadata", "annotations", managed.ExternalNameAnnotation), d.Login)
	}
	if !r.asked {
		return
	}
	r.version = cmp.Or(r.source.version, l.Claim.Database.Version, d.Version)
	if l.Claim.Provider == cloud.GCP || l.Claim.Provider == cloud.AWS {
		d.KMSKeyID = ""
	}
	if object.String(l.XR.Object, "spec", "database", "name") == "" {
		d.Logical = cmp.Or(l.Last("database"), r.source.logical, d.Logical)
	}
	if r.stage != kept {
		d.Version, d.StorageGiB = "", ""
	}
	d.Login = loginThere(l)
}

// loginThere is the administrator's name: on Cloud SQL one that the copy has got beside its
// source's, and elsewhere the source's, which cannot change.
func loginThere(l lifecycle.Live) string {
	switch l.Claim.Provider {
	case cloud.GCP:
		there := object.String(l.Object(partUser), "metadata", "annotations", managed.ExternalNameAnnotation)
		return cmp.Or(there, loginOfCopy(l.Claim))
	case cloud.AWS:
		return cmp.Or(l.There("username"), login)
	case cloud.Azure:
		return cmp.Or(l.There("administratorLogin"), login)
	}
	return login
}

// maxLogin is the length of a user's name in MySQL, which is the shorter one.
const maxLogin = 32

// loginOfCopy is a name that no source of the copy has: Cloud SQL copies users with their
// passwords, and its provider changes no password of a user that it has found.
func loginOfCopy(c *claim.Claim) string {
	return strings.ReplaceAll(claim.Shorten(login, c.Namespace+"/"+c.Name, maxLogin), "-", "_")
}

// restoredPassword decides on the password of a copy, which comes with the one of its source.
func restoredPassword(in Held, c credential.Consumer) (lifecycle.Credential, *lifecycle.Refusal) {
	if in.Claim.Provider == cloud.AWS {
		c.Ref = passwordOnce
	}
	out, refusal := credential.Decide(in.Resource, c)
	if out.Opens = out.Opens && in.Want.restore.stage == kept; refusal != nil || in.Want.restore.stage != kept {
		return out, refusal
	}
	switch in.Claim.Provider {
	case cloud.AWS:
		// The version is what the provider compares, and reports once it has sent the password
		// that came with it, also after a restart (administrator password of RDS in
		// terraform-provider-aws 6.34, rds/instance.go).
		out.Body["passwordWoVersion"] = passwordVersion
		out.Opens = out.Opens && in.Number("passwordWoVersion") >= passwordVersion
	case cloud.Azure:
		asked := object.Struct(in.Main(), "spec", "forProvider", c.Ref) != nil
		synced := object.String(object.Condition(in.Main(), "Synced"), "status") == "True"
		out.Opens = out.Opens && asked && synced
	}
	return out, nil
}

// passwordOnce is the field by which RDS is given a password once for each version.
const (
	passwordOnce    = "passwordWoSecretRef"
	passwordVersion = 1
)
