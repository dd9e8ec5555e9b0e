package profilesizer

import (
	"fmt"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/managed"
	"github.com/victor-onl/crossplane-resources/internal/object"
)

// Where the size of a cluster's nodes stands: of a pool, the machine and the kind of its disk,
// which not every machine takes.
var (
	nodeMachine = fieldAt("nodeConfig", "machineType")
	nodeDisk    = fieldAt("nodeConfig", "diskType")

	templateMachine = fieldAt("instanceType")
	templateImage   = fieldAt("imageId")

	poolMachine = fieldAt("defaultNodePool", "vmSize")

	nodesAzure = &layout{offer: always(offerNodeAzure), class: poolMachine, unit: 1}
	nodesAWS   = &layout{offer: always(offerNodeAWS), class: templateMachine, unit: 1}
	nodesGCP   = &layout{offer: always(offerNodeGCP), class: nodeMachine, unit: 1, beside: []field{nodeDisk}}
	nodesIBM   = &layout{offer: always(offerNodeIBM), class: reported(fieldAt("varmap", "flavor"), fieldAt("outputs", "flavor")), unit: 1}
)

// nodeOf returns a profile of a node, which is vCPU and memory: the disk that a profile has is a
// database's.
func nodeOf(p *profile) *profile {
	q := *p
	q.storageGiB, q.saidGiB, q.storageFrom = 0, 0, p.from
	return &q
}

// sizeNodes sizes the machines of a pool, and chooses the disk that they take. A change of either
// makes the nodes anew, one after the other.
func sizeNodes(l *layout) sizeFunc {
	class := sizeClass(l)
	return func(desired, observed *structpb.Struct, p *profile) (*sized, error) {
		s, err := class(desired, observed, p)
		if err != nil {
			return nil, err
		}
		if types := s.sku.family.DiskTypes; len(types) > 0 {
			s.write(desired, structpb.NewStringValue(types[0]), nodeDisk.forProvider)
		}
		return s, nil
	}
}

// leastOfSystem is the smallest machine that AKS takes in the pool that runs the system's own pods
// (learn.microsoft.com/azure/aks/use-system-pools).
const leastOfSystem = 4 // vCPU

// sizeSystem sizes the machines of a pool of AKS that runs the system's own pods, which takes no small
// ones. Those that burst have no form among the settings' names.
func sizeSystem(l *layout) sizeFunc {
	class := sizeClass(l)
	return func(desired, observed *structpb.Struct, p *profile) (*sized, error) {
		s, err := class(desired, observed, p)
		switch {
		case err != nil:
			return nil, err
		case s.vcpu < leastOfSystem:
			return nil, fmt.Errorf("%s.skus.%s: %q is not allowed, since AKS runs the system's own pods on these nodes; allowed are machines of %d vCPU at least",
				p.path, offerNodeAzure.key, s.sku.Name, leastOfSystem)
		case p.vcpu > 0 && p.vcpu < leastOfSystem && p.skus[offerNodeAzure.key].Name == "":
			s.notes = append(s.notes, fmt.Sprintf("AKS takes no machine of less than %d vCPU for the system's own pods", leastOfSystem))
		}
		return s, nil
	}
}

// isNodes reports whether a launch template is one of a cluster's nodes: EKS brings their image,
// and whatever else is made by a template names its own.
func isNodes(desired *structpb.Struct) bool {
	return templateImage.textAsked(desired) == ""
}

// serviceNodes is the variable of the module of a cluster of IBM Cloud, by which it is known.
const serviceNodes = "containers-kubernetes"

func isNodesIBM(desired *structpb.Struct) bool { return ibmService.textAsked(desired) == serviceNodes }

// sizeNodesIBM sizes the nodes of a cluster that is made. Those that are there keep their size: another one
// takes another pool (flavor of ibm_container_vpc_worker_pool forces a new resource).
func sizeNodesIBM(desired, observed *structpb.Struct, p *profile) (*sized, error) {
	s, err := sizeClass(nodesIBM)(desired, observed, p)
	if err != nil {
		return nil, err
	}
	live := nodesIBM.live(desired, observed, p)
	isThere := nodesIBM.name(observed, nodesIBM.class.atProvider) != "" || managed.Exists(observed)
	if live == nil || !isThere || live.Name == s.sku.Name {
		return s, nil
	}
	would := s.figures()
	s.take(live)
	s.write(desired, live.value, nodesIBM.class.forProvider)
	s.hold("its nodes keep that size, since IBM Cloud changes the size of none, and " + s.profile + " is " + would + " by now")
	return s, nil
}

// sizeAhead says what the nodes of a cluster will be, of which the pool is made once the cluster
// is there: what is wrong with a profile is told before that. It writes nothing.
func sizeAhead(l *layout) sizeFunc {
	return func(desired, _ *structpb.Struct, p *profile) (*sized, error) {
		s, err := plan(l.offer(desired), p, need{noDisk: true}, 0, (*offer).choose)
		if err != nil {
			return nil, err
		}
		s.stands, s.ahead = false, true
		s.mention(l.offer(desired), p)
		return s, nil
	}
}

// requested is what a Resource's main part has of its claim, by which it is known that the pool
// of the cluster is sized here as well. The cluster of another Composition is not.
const requested = "platform.victor.onl/requested-type"

func isOurs(desired *structpb.Struct) bool {
	return object.String(desired, "metadata", "annotations", requested) == forClusters
}

// isAhead reports whether a cluster gets nodes of the profile. Those of one that was taken over are
// its owner's.
func isAhead(desired *structpb.Struct) bool { return isOurs(desired) && !isKept(desired) }

// present are the results without those that were told ahead of something that is there by now.
func present(written []result) []result {
	var out []result
	for _, r := range written {
		if !r.ahead {
			out = append(out, r)
		}
	}
	if len(out) == 0 {
		return written
	}
	return out
}
