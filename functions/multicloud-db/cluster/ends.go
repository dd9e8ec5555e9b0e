package cluster

import (
	"fmt"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
)

// afterwards is what a cloud does to a cluster past the end of its version's support, as far as
// its pages say. Of GKE: cloud.google.com/kubernetes-engine/versioning; of EKS, where this
// project switches extended support off:
// docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html. Of AKS, which upgrades a cluster
// before it is the fourth minor behind: learn.microsoft.com/azure/aks/auto-upgrade-cluster. Of IBM Cloud:
// cloud.ibm.com/docs/containers, Kubernetes version information.
var afterwards = map[string]string{
	cloud.GCP:   "Google upgrades the cluster to the next minor by itself then",
	cloud.AWS:   "AWS upgrades the control plane to the next minor by itself then",
	cloud.Azure: "Azure upgrades the cluster by itself once it would be four minors behind the newest",
	cloud.IBM:   "IBM Cloud mends nothing of the cluster then, and upgrades nothing by itself",
}

// ends is the condition EndOfLife of a cluster whose version runs out, and whether its version is
// known. What it says has the day and no count of days, so that it does not change from one to the
// next.
func ends(in In) (*lifecycle.Condition, bool) {
	provider, version := in.Claim.Provider, versionThere(in)
	s, known := cloud.SupportOf(provider, cloud.Kubernetes, version)
	if !known || !s.EndsSoon(in.Today) {
		return nil, version != ""
	}
	todo := "set spec.cluster.version to a newer one"
	if lifecycle.IsOlder(version, in.Want.Version) {
		todo = "the upgrade to " + in.Want.Version + " is asked for"
	}
	whose := provider
	if s.Makers {
		whose = "its own makers, where " + provider + " names no day of its own"
	}
	says := func(verb string) string {
		return fmt.Sprintf("the support of kubernetes %s by %s %s on %s; %s; %s", version, whose, verb, s.Ends, afterwards[provider], todo)
	}
	if s.HasEnded(in.Today) {
		return lifecycle.EndOfLife(lifecycle.True, "Ended", says("ended")), true
	}
	return lifecycle.EndOfLife(lifecycle.True, "EndsSoon", says("ends")), true
}
