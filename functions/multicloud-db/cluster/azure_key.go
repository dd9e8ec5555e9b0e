package cluster

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// versioned is a key of Key Vault of one version, which KMS of AKS takes.
var versioned = regexp.MustCompile(`^(https://[^/]+/keys/[^/]+)/[^/]+$`)

// Records of the version of the key that the settings said last, that Azure reported last, and that the cluster was asked
// for before somebody rotated it by hand. By them an edit of the settings, and a rotation by hand, are told from what has not
// changed. The provider asks for the version before again in the very look in which it sees another one, so that Azure
// may report that once more (Reconcile of crossplane-runtime, which updates before it writes the status).
const (
	keySaid   = "key-said"
	keySeen   = "key-seen"
	keyBefore = "key-before"
)

// isRotated reports whether two ids are of one key, in different versions. AKS takes another version in place, and reads
// what the one before encrypted for as long as that is valid (learn.microsoft.com/azure/aks/use-kms-etcd-encryption).
func isRotated(a, b string) bool {
	x, y := versioned.FindStringSubmatch(a), versioned.FindStringSubmatch(b)
	return x != nil && y != nil && strings.EqualFold(x[1], y[1]) && !strings.EqualFold(a, b)
}

// keyAsked is the key of the settings, or the version of it that a live cluster on Azure has: which version is for settleKey.
func keyAsked(l lifecycle.Live, said string) string {
	if has := cmp.Or(l.Held("kmsKeyID"), l.Is("kmsKeyID")); l.Claim.Provider == cloud.Azure && isRotated(has, said) {
		return has
	}
	return said
}

// settleKey decides on the version of the key of a live cluster: that to which somebody rotated it at Azure, that to which an
// edit of the settings rotates it, or that which it has. It leaves a cluster without a key, where the settings have come to name
// one that AKS cannot take.
func settleKey(in Held) Held {
	said, seen := in.OfRegion.Cluster.KMSKeyID, in.At("keyManagementService", "keyVaultKeyId")
	saidLast, seenLast := in.Annotated(keySaid), in.Annotated(keySeen)
	keeps := func(why string) { in.Notes = append(in.Notes, in.Setting(in.Regional("cluster.kmsKeyID"))+why) }
	has, before := in.AsItIs("kmsKeyID"), in.Annotated(keyBefore)
	switch {
	case !in.Exists() || in.Adopted():
	case in.Want.KMSKeyID != "" && in.Want.KMSKeyID != has && !versioned.MatchString(in.Want.KMSKeyID):
		in.Want.KMSKeyID = has
		keeps(" (a key without a version, which AKS does not take)")
	case isRotated(in.Want.KMSKeyID, seen) && seenLast != "" && !strings.EqualFold(seen, seenLast) && !strings.EqualFold(seen, before):
		in.Want.KMSKeyID, before = seen, in.Want.KMSKeyID
		keeps(" (the cluster has another version of the key)")
	case isRotated(in.Want.KMSKeyID, said) && saidLast != "" && said != saidLast && in.MayNarrow():
		in.Want.KMSKeyID = said
	case isRotated(in.Want.KMSKeyID, said):
		keeps(" (the cluster has another version of the key)")
	}
	if seen != "" && isRotated(in.Want.KMSKeyID, seen) {
		in.Remarks = append(in.Remarks, "the cluster gets another version of its key: each Secret is encrypted by that once it is written again, and "+
			"the version before has to stay valid until then")
	}
	if in.MayNarrow() {
		saidLast = said
	}
	in.Record(keySaid, saidLast)
	in.Record(keyBefore, before)
	if seen == "" {
		seen = seenLast
	}
	in.Record(keySeen, seen)
	return in
}
