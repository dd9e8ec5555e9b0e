package tagfields

import (
	"slices"
	"strings"
)

// neverNamed are names of fields that look like cost tags and are none, on any
// cloud, with what they are.
var neverNamed = map[string]string{
	"nodeLabels":                  "Kubernetes labels",
	"nodePublicIpTags":            "address classes of Azure",
	"ipTags":                      "address classes of Azure",
	"resourceManagerTags":         "bind policies on GCP; keys are tagKeys/{id}",
	"resourceTags":                "Resource Manager tags, selectors, or tags of what other people make of a template",
	"tagsAll":                     "the provider's own sum of tags and defaults",
	"labelExtractors":             "expressions of a log metric",
	"nodeAffinityLabels":          "placement",
	"principalTags":               "claims of a token",
	"allocationResourceTags":      "condition on who may allocate",
	"targetTags":                  "selects what a policy applies to",
	"excludeTags":                 "selects what a policy skips",
	"variableTags":                "placeholders that the service fills in",
	"serviceLabels":               "identify a service to monitoring",
	"clusterLabels":               "select a cluster",
	"tagFilter":                   "selector",
	"ec2TagFilter":                "selector",
	"onPremisesInstanceTagFilter": "selector",
	"selectionTag":                "selector",
	"resourceTag":                 "selector",
	"tagValues":                   "selector",
}

// neverAt are single fields, by cloud and path or by cloud, kind and path.
var neverAt = map[string]string{
	"gcp tags": "network tags, or Resource Manager tags that bind policies",
	// The keys are the service's: an address of a channel, a type of a group.
	"gcp monitoring.gcp/NotificationChannel labels": "where a channel sends to",
	"gcp cloudidentity.gcp/Group labels":            "type of the group; other keys are refused",
	"gcp dialogflowcx.gcp/Intent labels":            "flags of the agent",

	"gcp nodeConfig.labels": "Kubernetes labels",
	"gcp config.labels":     "Kubernetes labels",
	// GKE on AWS and Azure: tags of the other cloud, by its rules.
	"gcp config.tags":                                         "another cloud's tags",
	"gcp controlPlane.tags":                                   "another cloud's tags",
	"gcp cloudrun.gcp/DomainMapping metadata.labels":          "costs nothing, and cannot change",
	"gcp backupConfig.selectedNamespaceLabels.resourceLabels": "selector",
	"gcp instanceFilter.exclusionLabels.labels":               "selector",
	"gcp instanceFilter.groupLabels.labels":                   "selector",
	"gcp instanceFilter.inclusionLabels.labels":               "selector",
	"gcp conditions.conditionPrometheusQueryLanguage.labels":  "labels of an alert",
	"gcp inspectJob.storageConfig.hybridOptions.labels":       "data of findings",
	"gcp monitoredResource.labels":                            "what is monitored",

	"aws autoscaling.aws/GroupTag tag":                "the kind is a tag itself",
	"aws labels":                                      "Kubernetes labels of an EKS node group",
	"aws selector.labels":                             "Kubernetes labels that Fargate selects",
	"aws eksProperties.podProperties.metadata.labels": "Kubernetes labels",
	"aws volume.dockerVolumeConfiguration.labels":     "Docker labels",
	"aws filter.tags":                                 "selector of objects in a bucket",
	"aws rule.filter.and.tags":                        "selector of objects in a bucket",
	"aws rule.filter.tag":                             "selector of objects in a bucket",
	"aws control.scope.tags":                          "selector of an audit",
	"aws filters.resourceTags":                        "selector of findings",
	"aws steps.tagStepDetails.tags":                   "what a transfer workflow does to files",
	"aws onExceptionSteps.tagStepDetails.tags":        "what a transfer workflow does to files",
	"aws overrideProvider.defaultTags.tags":           "switches the provider's default tags off for one object",
	// Fargate refuses them, and elsewhere a change replaces the environment.
	"aws computeResources.tags": "not on every type of the kind",

	"azure soaRecord.tags": "metadata of a record",
	"azure rule.labels":    "labels of an alert",
}

// neverBelow are the ends of paths whose parents differ.
var neverBelow = []string{
	"managedVpcResource.tags", // of a VPC Lattice gateway that AgentCore makes and bills as its own
}

// isNever reports whether a field that looks like cost tags is none.
func isNever(cloud, of, path string) bool {
	name := path[strings.LastIndexAny(path, ".")+1:]
	if _, ok := neverNamed[name]; ok {
		return true
	}
	if _, ok := neverAt[cloud+" "+path]; ok {
		return true
	}
	if _, ok := neverAt[cloud+" "+of+" "+path]; ok {
		return true
	}
	return slices.ContainsFunc(neverBelow, func(end string) bool { return strings.HasSuffix(path, end) })
}
