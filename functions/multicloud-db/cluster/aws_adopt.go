package cluster

import (
	"cmp"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// skewAWS is how many minors nodes of EKS may be older than the control plane
// (docs.aws.amazon.com/eks/latest/userguide/update-cluster.html).
const skewAWS = 3

// takenAWS is the control plane of a cluster that was taken over. All that is asked for is what is
// there, and the version once a newer one is asked for. Nothing is said of accessConfig: whoever made
// the cluster is read as its administrator, and to say less would be another cluster. That EKS brought
// the first add-ons along is said where it is ignored later: the cluster is read as one without
// (cluster.go of terraform-provider-aws 6.34).
func takenAWS(in In) (lifecycle.Parts, error) {
	if err := cmp.Or(refuseOfNodes(in), refuseDelete(in), refuseSkew(in, "", skewAWS)); err != nil {
		return nil, err
	}
	body := object.Map{"region": in.Region, "version": lifecycle.Optional(askedOf(in))}
	init := object.Map{"bootstrapSelfManagedAddons": true}
	if in.Policy.Protected || in.Claim.AllowDelete || in.There("deletionProtection") != "" {
		body["deletionProtection"] = in.Policy.Protected
	} else { // nobody knows of a protection, which the owner may have turned on
		init["deletionProtection"] = false
	}
	return lifecycle.Parts{lifecycle.Instance: {Kind: kindClusterAWS, Name: in.Name, Body: body, Init: init, Taken: true}}, nil
}

// unfitAWS refuses a cluster whose nodes AWS makes and sizes by itself, and one that stands on an
// Outpost, which EKS upgrades in another way.
func unfitAWS(l lifecycle.Live) string {
	at := object.Struct(l.Main(), "status", "atProvider")
	if auto, _ := object.Bool(at, "computeConfig", "enabled"); auto {
		return "runs in EKS Auto Mode, which is not offered here"
	}
	if lifecycle.IsSaid(object.Get(at, "outpostConfig")) {
		return "stands on an Outpost, which is not offered here"
	}
	return ""
}
