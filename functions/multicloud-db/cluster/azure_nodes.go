package cluster

import (
	"strconv"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/functions/multicloud-db/lifecycle"
	"github.com/victor-onl/crossplane-resources/internal/cloud"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Names of the pool, and of the one that the provider makes while it makes the pool anew.
const (
	poolName = "system"
	poolTemp = "rotate"
)

// How many nodes more than there are an upgrade takes: with high availability a zone's worth.
const (
	surgeAvailable = "33%"
	surgeAlone     = "10%"
)

// leastAzure is how few nodes AKS takes in the pool that runs the system's own pods
// (learn.microsoft.com/azure/aks/use-system-pools).
const leastAzure = 2

// osDiskGiB is of a node's own disk, by a size that Azure bills managed disks by.
const osDiskGiB = 128

// poolAzure is the pool, without the size of its machines. Most of it no update changes but by making
// the pool anew, so that what is there is asked for again. The number of nodes is never said: once the
// autoscaler has moved it, another one would be refused at every change
// (kubernetes_nodepool.go of terraform-provider-azurerm).
func poolAzure(in In) (object.Map, error) {
	n, err := countOf(in, count{boundAzure(in, "minCount"), boundAzure(in, "maxCount")})
	if err != nil {
		return nil, err
	}
	n.least = max(n.least, leastAzure)
	n.most = max(n.most, n.least)
	upgrade := object.Map{"maxSurge": surgeAlone} // a difference for ever where it is unset
	if in.Policy.HighAvailability {
		upgrade["maxSurge"] = surgeAvailable
	}
	// To take one of these away would be another cluster, which the provider refuses with each other change
	// (upgrade_settings in CustomizeDiff of kubernetes_cluster_resource.go of terraform-provider-azurerm).
	for _, name := range []string{"drainTimeoutInMinutes", "nodeSoakDurationInMinutes"} {
		if minutes := numberThere(in, 0, "upgradeSettings", name); minutes > 0 {
			upgrade[name] = minutes
		}
	}
	if behaviour := in.Kept(pool, "upgradeSettings", "undrainableNodeBehavior"); behaviour != "" {
		upgrade["undrainableNodeBehavior"] = behaviour
	}
	body := object.Map{
		"name": poolName, "temporaryNameForRotation": poolTemp,
		"type":                "VirtualMachineScaleSets",
		"vnetSubnetId":        lifecycle.Optional(in.Want.SubnetID),
		"autoScalingEnabled":  true,
		"minCount":            n.least,
		"maxCount":            n.most,
		"maxPods":             numberThere(in, 110, "maxPods"), //nolint:mnd // As many as a kubelet is made for.
		"osDiskType":          textThere(in, "Managed", "osDiskType"),
		"osDiskSizeGb":        numberThere(in, osDiskGiB, "osDiskSizeGb"),
		"osSku":               textThere(in, "AzureLinux", "osSku"),
		"upgradeSettings":     upgrade,
		"orchestratorVersion": lifecycle.Optional(versionOfPool(in)),
	}
	if zones := zonesAzure(in.Held); len(zones) > 0 {
		body["zones"] = texts(zones)
	}
	return body, nil
}

// versionOfPool is the version that nodes are asked for; "" of new ones, which get the cluster's.
func versionOfPool(in In) string {
	if !in.Exists() {
		return ""
	}
	main := in.Main()
	return following(
		object.String(main, "status", "atProvider", pool, "orchestratorVersion"),
		object.String(main, "spec", "forProvider", pool, "orchestratorVersion"), in.Is("version"),
	)
}

func textThere(in In, fallback, field string) string {
	if there := in.Kept(pool, field); there != "" {
		return there
	}
	return fallback
}

func numberThere(in In, fallback int, field ...string) int {
	if n, err := strconv.Atoi(in.Kept(append([]string{pool}, field...)...)); err == nil && n > 0 {
		return n
	}
	return fallback
}

// boundAzure is one of the bounds of the live pool, by the rule of Tells.
func boundAzure(in In, field string) int {
	for _, body := range in.Tells(lifecycle.Instance) {
		if n, _ := object.Number(body, pool, field); n > 0 {
			return int(n)
		}
	}
	return 0
}

// zonesAzure are the zones of the nodes, which no edit changes: others make the pool anew. A report that
// lacks them for once changes nothing.
func zonesAzure(in Held) []string {
	if !in.Exists() {
		if in.Policy.HighAvailability && cloud.Zones(cloud.Azure, in.Region) {
			return []string{"1", "2", "3"}
		}
		return nil
	}
	for _, at := range [][]string{{"status", "atProvider"}, {"spec", "forProvider"}} {
		body := object.Struct(in.Main(), at...)
		if there := lifecycle.Strings(body, pool, "zones"); len(there) > 0 {
			return there
		}
		if in.IsSought(lifecycle.Instance) && isTold(body) {
			return nil // it was found without any, whatever is asked for
		}
	}
	return nil
}

// isTold reports whether a body tells of the pool at all.
func isTold(body *structpb.Struct) bool { return object.String(body, pool, "vmSize") != "" }

// isTurning reports whether the live pool is asked for with other machines than it has, by whoever may
// change it.
func isTurning(l lifecycle.Live) bool {
	asked, is := object.String(l.Main(), "spec", "forProvider", pool, "vmSize"), l.At(pool, "vmSize")
	return l.Exists() && !l.IsSought(lifecycle.Instance) && asked != "" && is != "" && !strings.EqualFold(asked, is)
}

// isCycling reports whether the live pool is made anew, or is about to be: it is asked for with other
// machines, or the pool that stands in for it is the one that there is.
func isCycling(l lifecycle.Live) bool {
	return isTurning(l) || l.Exists() && l.At(pool, "name") == poolTemp
}
