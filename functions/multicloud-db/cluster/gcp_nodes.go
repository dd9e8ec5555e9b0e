package cluster

import (
	"fmt"
	"strings"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// nodesGCP is the pool, without the size of its machines. Its version is never said: the release
// channel has the nodes follow the control plane, and never overtake it.
func nodesGCP(in In) (lifecycle.Part, error) {
	n, err := countOf(in, count{ofNodes(in, "autoscaling", "totalMinNodeCount"), ofNodes(in, "autoscaling", "totalMaxNodeCount")})
	if err != nil {
		return lifecycle.Part{}, err
	}
	policy, zones := policyAny, len(in.Want.Zones)
	if in.Policy.HighAvailability {
		policy = policyBalanced
	}
	if zones == 0 {
		zones = zonesAvailable // Google chooses as many
		n.most = max(n.most, zonesAvailable)
	}
	body := object.Map{
		"location": in.Region,
		"cluster":  in.Name, // its bare name: another form of it would be another pool
		// In all zones: minNodeCount and maxNodeCount are of each.
		"autoscaling":     object.Map{"totalMinNodeCount": n.least, "totalMaxNodeCount": n.most, "locationPolicy": policy},
		"management":      object.Map{"autoRepair": true, "autoUpgrade": true},
		"upgradeSettings": object.Map{"strategy": "SURGE", "maxSurge": 1, "maxUnavailable": 0},
		"networkConfig":   object.Map{"enablePrivateNodes": true},
		"nodeConfig": object.Map{
			"diskSizeGb":             diskGiB,
			"imageType":              "COS_CONTAINERD",
			"serviceAccount":         lifecycle.Optional(in.Want.NodeAccount),
			"oauthScopes":            []any{"https://www.googleapis.com/auth/cloud-platform"},
			"shieldedInstanceConfig": object.Map{"enableSecureBoot": true, "enableIntegrityMonitoring": true},
			"workloadMetadataConfig": object.Map{"mode": "GKE_METADATA"},
		},
	}
	if len(in.Want.Zones) > 0 {
		body["nodeLocations"] = texts(in.Want.Zones)
	}
	return lifecycle.Part{
		Kind: kindNodesGCP, Name: nodesNameGCP, Body: body,
		Init: object.Map{"initialNodeCount": max(1, n.least/zones)}, // of each zone; later the autoscaler's
	}, nil
}

// refuseAccount refuses new nodes the identity of Compute Engine, which may edit the whole project
// (cloud.google.com/compute/docs/access/service-accounts), by its address or by the word that
// stands for it.
func refuseAccount(in In) error {
	account := in.Want.NodeAccount
	if in.Exists() || strings.Contains(account, "@") && !strings.HasSuffix(account, "-compute@developer.gserviceaccount.com") {
		return nil
	}
	return fmt.Errorf("%s: %q is not allowed; allowed is the address of a service account that nodes alone have, such as "+
		"nodes@project.iam.gserviceaccount.com", in.Setting(in.Regional("cluster.nodeServiceAccount")), account)
}

// diskGiB is of a node's own disk, which holds images and logs, and no volumes.
const diskGiB = 100

func texts(words []string) []any {
	out := make([]any, 0, len(words))
	for _, w := range words {
		out = append(out, w)
	}
	return out
}
