package profilesizer

import (
	"slices"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"

	"github.com/victor-onl/crossplane-resources/internal/object"
)

// A sizeFunc puts a profile on a desired resource.
type sizeFunc func(desired, observed *structpb.Struct, p *profile) (*sized, error)

// A sizer sizes the desired resources of a kind in its API group.
type sizer struct {
	group    string
	size     sizeFunc
	is       func(desired *structpb.Struct) bool // whether it is what the kind is known for; nil for always
	workload bool                                // of Kubernetes, which an Object may stand for
	layout   *layout                             // nil of a workload
	means    func(p *profile) *profile           // what a profile is for the kind; nil for its vCPU and memory
	least    bool                                // what is asked for without a profile gets the smallest
}

// sizers of the kinds that have a size, by kind.
var sizers = map[string][]sizer{
	"DatabaseInstance": inBothScopes(sizer{group: "sql.gcp", size: sizeGCP, is: isGCP, layout: databaseGCP}),
	"Instance": inBothScopes(
		sizer{group: "rds.aws", size: sizeAWS, is: isAWS, layout: databaseAWS},
		sizer{group: "redis.gcp", size: sizeClass(cacheGCP), layout: cacheGCP, means: cacheOf},
	),
	"FlexibleServer": inBothScopes(
		sizer{group: "dbforpostgresql.azure", size: sizeAzurePostgres, layout: databasePostgres},
		sizer{group: "dbformysql.azure", size: sizeAzureMySQL, layout: databaseMySQL},
	),
	"ReplicationGroup": inBothScopes(sizer{group: "elasticache.aws", size: sizeClass(cacheAWS), is: isAlone, layout: cacheAWS, means: cacheOf}),
	"ManagedRedis":     inBothScopes(sizer{group: "cache.azure", size: sizeClass(cacheAzure), layout: cacheAzure, means: cacheOf}),
	"ServiceBusNamespace": inBothScopes(
		sizer{group: "servicebus.azure", size: sizeClass(queueAzure), is: isPremium, layout: queueAzure, means: unitsOf, least: true},
	),
	"Workspace": inBothScopes(
		sizer{group: "opentofu", size: sizeIBM, is: isIBM, layout: databaseIBM},
		sizer{group: "opentofu", size: sizeCacheIBM, is: isCacheIBM, layout: cacheIBM, means: cacheOf},
		sizer{group: "opentofu", size: sizeQueueIBM, is: isQueueIBM, layout: queueIBM, means: queueOf, least: true},
		sizer{group: "opentofu", size: sizeNodesIBM, is: isNodesIBM, layout: nodesIBM, means: nodeOf},
	),
	"NodePool":       inBothScopes(sizer{group: "container.gcp", size: sizeNodes(nodesGCP), layout: nodesGCP, means: nodeOf}),
	"LaunchTemplate": inBothScopes(sizer{group: "ec2.aws", size: sizeClass(nodesAWS), is: isNodes, layout: nodesAWS, means: nodeOf}),
	"KubernetesCluster": inBothScopes(
		sizer{group: "containerservice.azure", size: sizeSystem(nodesAzure), is: isOurs, layout: nodesAzure, means: nodeOf},
	),
	"Cluster": inBothScopes(
		sizer{group: "container.gcp", size: sizeAhead(nodesGCP), is: isAhead, means: nodeOf},
		sizer{group: "eks.aws", size: sizeAhead(nodesAWS), is: isAhead, means: nodeOf},
	),
	"Deployment":              {{group: "apps", size: sizePods("spec", "template"), workload: true}},
	"StatefulSet":             {{group: "apps", size: sizePods("spec", "template"), workload: true}},
	"CronJob":                 {{group: "batch", size: sizePods("spec", "jobTemplate", "spec", "template"), workload: true}},
	"HorizontalPodAutoscaler": {{group: "autoscaling", size: sizeAutoscaler, workload: true}},
}

// inBothScopes returns the sizers of kinds that are cluster-scoped and namespaced.
func inBothScopes(of ...sizer) []sizer {
	out := make([]sizer, 0, 2*len(of))
	for _, suffix := range []string{".upbound.io", ".m.upbound.io"} {
		for _, s := range of {
			s.group += suffix
			out = append(out, s)
		}
	}
	return out
}

// sizerOf returns what sizes a resource of a kind; nil for what has no size.
func sizerOf(kind string, resource *structpb.Struct, wrapped bool) *sizer {
	candidates := sizers[kind]
	if len(candidates) == 0 {
		return nil
	}
	group := groupOf(resource)
	i := slices.IndexFunc(candidates, func(s sizer) bool {
		return s.group == group && (s.workload || !wrapped) && (s.is == nil || s.is(resource))
	})
	if i < 0 {
		return nil
	}
	return &candidates[i]
}

// meant returns what a profile is for the kind.
func (s *sizer) meant(p *profile) *profile {
	if s.means == nil {
		return p
	}
	return s.means(p)
}

func groupOf(resource *structpb.Struct) string {
	group, _, _ := strings.Cut(object.String(resource, "apiVersion"), "/")
	return group
}

// unwrap returns what an Object of provider-kubernetes stands for, which is how
// pipelines reach another cluster; else the resource itself. The kind is what the
// function knows of it.
func unwrap(resource *structpb.Struct) (inner *structpb.Struct, kind string, wrapped bool) {
	if kind = object.String(resource, "kind"); kind != "Object" {
		return resource, kind, false
	}
	if group := groupOf(resource); group != "kubernetes.crossplane.io" && group != "kubernetes.m.crossplane.io" {
		return resource, kind, false
	}
	inner = object.Struct(resource, "spec", "forProvider", "manifest")
	return inner, object.String(inner, "kind"), true
}
