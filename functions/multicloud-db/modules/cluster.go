package modules

import (
	_ "embed"
	"sync"
)

var (
	//go:embed cluster/versions.tf
	versionsCluster string
	//go:embed cluster/place.tf
	placeCluster string
	//go:embed cluster/variables.tf
	variablesCluster string
	//go:embed cluster/cluster.tf
	mainCluster string
	//go:embed cluster/first.tf
	firstCluster string
	//go:embed cluster/known.tf
	knownCluster string
	//go:embed cluster/pool.tf
	poolCluster string
	//go:embed cluster/guard.tf
	guardCluster string
	//go:embed cluster/outputs.tf
	outputsCluster string
	//go:embed cluster/applied.tf
	appliedCluster string
	//go:embed cluster/look/look.tf
	lookCluster string
)

var (
	clusterFirst = sync.OnceValue(func() string { return clusterOf(firstCluster) })
	clusterKnown = sync.OnceValue(func() string { return clusterOf(knownCluster) })
	clusterLook  = sync.OnceValue(func() string {
		return join(versionsCluster, placeCluster, lookCluster, edited(outputsCluster, named))
	})
)

func clusterOf(begin string) string {
	return join(versionsCluster, placeCluster, variablesCluster, begin, mainCluster, poolCluster, guardCluster, outputsCluster, appliedCluster)
}

// Cluster is the module that makes a cluster of IBM Cloud Kubernetes Service with its pool of nodes, and
// keeps both. There is none that takes over a cluster of somebody's.
func Cluster() string { return clusterFirst() }

// KnownCluster is the module of a cluster whose ID is known, by the variable cluster_id: it makes none any
// more, whatever became of the state, and never asks for an older version than runs.
func KnownCluster() string { return clusterKnown() }

// ObserveCluster is the module that looks at an existing cluster by its name, and changes nothing.
func ObserveCluster() string { return clusterLook() }

// named is an edit of the outputs: a data source has what it looks for as its name, which may be an ID.
var named = edit{"local.cluster.name\n", "local.cluster.resource_name\n"}
