package database

import (
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/credential"
	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/claim"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// rotates are the clouds whose provider tells that a password has reached the database. RDS is
// sent one for each version, which is reported once ModifyDBInstance has succeeded and the instance is
// available again (password_wo_version in internal/service/rds/instance.go of terraform-provider-aws).
// RDS takes it as soon as possible, whatever applyImmediately says (MasterUserPassword of
// ModifyDBInstance in the Amazon RDS API).
// The password of a database that was made with passwordSecretRef stays there beside it: a provider
// that sees password go in the update that brings password_wo may send neither
// (hashicorp/terraform-provider-aws issue 42582).
var rotates = map[string]credential.Versioned{
	cloud.AWS: {Ref: passwordOnce, Version: "passwordWoVersion", Takes: takesAWS},
}

// stays says why no word replaces the password on the other clouds.
var stays = map[string]string{
	// Upjet compares with what its process remembers, and takes the Secret of now for that when it
	// starts again (Connect in its external_tfpluginsdk.go).
	cloud.GCP:   "on Google Cloud nobody can know whether a new password has reached the database when the provider starts again meanwhile",
	cloud.Azure: "on Azure nobody can know whether a new password has reached the database when the provider starts again meanwhile",
	// An update that fails has the state with the new password all the same, and is not tried again
	// (resource_ibm_database.go of terraform-provider-ibm, which sets no partial state).
	cloud.IBM: "on IBM Cloud a new password that did not reach the database stands in the state as if it had",
}

// secondLogin is what to do instead.
const secondLogin = ", so the administrator's stays; give the app a login of its own, and a second one in its place"

// rotate replaces the administrator's password where the claim asks for that, and where it can be
// known that the new one opens the database.
func rotate(in Held, out lifecycle.Credential) (lifecycle.Credential, *lifecycle.Refusal) {
	by, ok := rotates[in.Claim.Provider]
	if !ok || in.IsReplica() {
		return unrotated(in, out), nil
	}
	if in.Want.restore.stage != kept {
		by.Takes = func(lifecycle.Live) string { return "the database is still being restored" }
	}
	return credential.Rotate(in.Resource, by, out)
}

// unrotated says why the password stays.
func unrotated(in Held, out lifecycle.Credential) lifecycle.Credential {
	why := stays[in.Claim.Provider] + secondLogin
	switch {
	case in.Adopted():
		why = "the database was there before its claim, and its owner replaces its passwords, in the Secret that is only read as well"
	case in.IsReplica():
		why = "the database is a read replica, and has the password of its source"
	}
	out.Rotated = in.Unrotated(why)
	return out
}

// isKeptByRDS reports whether RDS keeps the administrator's password itself, in Secrets Manager, which
// somebody switched on there: it replaces that by itself, and takes none meanwhile (ManageMasterUserPassword
// of ModifyDBInstance in the Amazon RDS API; master_user_secret in resourceInstanceRead of
// terraform-provider-aws).
func isKeptByRDS(l lifecycle.Live) bool {
	return len(object.Get(l.Main(), "status", "atProvider", "masterUserSecret").GetListValue().GetValues()) > 0
}

// settlePassword says where what is published opens the database no longer.
func settlePassword(in Held) Held {
	if in.Claim.Provider == cloud.AWS && !in.Adopted() && isKeptByRDS(in.Live) {
		in.Remarks = append(in.Remarks, "RDS keeps the administrator's password itself, as somebody switched on there, and the one that is published does not "+
			"open the database once RDS has replaced it: switch that off at RDS, with any password, and then have one made here by the annotation "+claim.RotatePassword)
	}
	return in
}

// takesAWS says why RDS takes no password at the moment, or "".
func takesAWS(l lifecycle.Live) string {
	switch status := l.At("status"); status {
	case "", "available", "storage-optimization":
		if isKeptByRDS(l) {
			return "RDS keeps the password itself, in Secrets Manager, and takes none"
		}
		return ""
	default:
		return "RDS reports the status " + status
	}
}
