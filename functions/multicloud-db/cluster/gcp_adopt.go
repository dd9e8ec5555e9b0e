package cluster

import (
	"cmp"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// skewGCP is how many minors nodes of GKE may be older than the control plane
// (cloud.google.com/kubernetes-engine/versioning).
const skewGCP = 2

// takenGCP is the control plane of a cluster that was taken over. All that is asked for is what is
// there: of what stands here the version is said once a newer one is asked for, since the provider
// takes "1.35" for newer than "1.35.0-gke.1000", and so would have Google upgrade a patch
// (resource_container_cluster.go of terraform-provider-google 7.39). Shielded nodes would be on where
// nobody says, and another value makes every node anew: where Google has never reported them they stand
// where that is ignored of what is there.
func takenGCP(in In) (lifecycle.Parts, error) {
	if err := cmp.Or(refuseOfNodes(in), refuseDelete(in), refuseSkew(in, oldestGCP(in.Live), skewGCP)); err != nil {
		return nil, err
	}
	body := object.Map{
		"location":           in.Region,
		"deletionProtection": in.Policy.Guarded, // the provider's own: true where it is unset
		"minMasterVersion":   lifecycle.Optional(askedOf(in)),
	}
	init := object.Map{}
	if shielded := in.Kept("enableShieldedNodes"); shielded != "" {
		body["enableShieldedNodes"] = shielded == "true"
	} else {
		init["enableShieldedNodes"] = true
	}
	return lifecycle.Parts{lifecycle.Instance: {Kind: kindClusterGCP, Name: in.Name, Body: body, Init: init, Taken: true}}, nil
}

// oldestGCP is the minor of the oldest nodes, as Google reports the pools, or "" where it tells no
// version of some.
func oldestGCP(l lifecycle.Live) string {
	at := object.Struct(l.Main(), "status", "atProvider")
	all := minorOf(object.String(at, "nodeVersion")) // the oldest, as far as Google still tells it
	oldest := all
	for _, v := range object.Get(at, "nodePool").GetListValue().GetValues() {
		is := minorOf(object.String(v.GetStructValue(), "version"))
		switch {
		case is == "" && all == "":
			return ""
		case is != "" && (oldest == "" || lifecycle.IsOlder(is, oldest)):
			oldest = is
		}
	}
	return oldest
}

// unfitGCP refuses a cluster whose nodes Google makes and sizes by itself: fields that are asked of
// every other cluster contradict that mode.
func unfitGCP(l lifecycle.Live) string {
	if l.Bool("enableAutopilot") {
		return "is a cluster of Autopilot, which is not offered here"
	}
	return ""
}

// hostGCP is where the API server is reached: of a cluster that was taken over by its public
// endpoint where it has one.
func hostGCP(in In) string {
	at := object.Struct(in.Main(), "status", "atProvider")
	closed, _ := object.Bool(at, "privateClusterConfig", "enablePrivateEndpoint")
	if in.Adopted() && !closed {
		return in.At("endpoint")
	}
	return cmp.Or(object.String(at, "privateClusterConfig", "privateEndpoint"), in.At("endpoint"))
}
