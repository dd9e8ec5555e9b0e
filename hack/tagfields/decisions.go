package tagfields

import (
	"slices"
	"strings"
)

// own are the fields at the top of forProvider that hold cost tags. GCP's tags
// are network or Resource Manager tags; a NotificationChannel's and an Intent's
// labels are left out below.
var own = map[string][]string{
	"aws":   {"tags"},
	"azure": {"tags"},
	"gcp":   {"labels", "resourceLabels", "userLabels"},
}

// nested are further fields, of what is billed and created through the kind, by
// cloud and path, as the table has them. Whether a field can change later is read
// in the Terraform providers' schemas (ForceNew).
var nested = map[string]string{
	"aws autoscaling.aws/AutoscalingGroup tag":                        "tag=key,value,propagateAtLaunch",
	"aws tagSpecifications.tags":                                      "tagSpecifications.tags",
	"aws volumeConfiguration.managedEbsVolume.tagSpecifications.tags": "volumeConfiguration.managedEbsVolume.tagSpecifications.tags",
	// Volumes: EC2 takes either volumeTags or tags of each device, never both.
	"aws volumeTags":                              "?volumeTags",
	"aws rootBlockDevice.tags":                    "rootBlockDevice.tags-volumeTags",
	"aws ebsBlockDevice.tags":                     "ebsBlockDevice.tags-volumeTags",
	"aws launchSpecification.tags":                "!launchSpecification.tags",
	"aws ecsTarget.tags":                          "ecsTarget.tags",
	"aws target.ecsParameters.tags":               "target.ecsParameters.tags",
	"aws targetParameters.ecsTaskParameters.tags": "targetParameters.ecsTaskParameters.tags",
	// Backups, snapshots and images.
	"aws finalBackupTags":                                   "finalBackupTags",
	"aws rule.recoveryPointTags":                            "rule.recoveryPointTags",
	"aws policyDetails.schedule.tagsToAdd":                  "policyDetails.schedule.tagsToAdd",
	"aws amiTags":                                           "!amiTags",
	"aws distribution.amiDistributionConfiguration.amiTags": "distribution.amiDistributionConfiguration.amiTags",

	"azure defaultNodePool.tags":        "defaultNodePool.tags",
	"azure georeplications.tags":        "georeplications.tags",
	"azure newClusterConfig.customTags": "newClusterConfig.customTags",

	"gcp settings.userLabels":                              "+settings.userLabels",
	"gcp container.gcp/NodePool nodeConfig.resourceLabels": "+nodeConfig.resourceLabels",
	"gcp container.gcp/Cluster nodeConfig.resourceLabels":  "nodeConfig.resourceLabels",
	"gcp allInstancesConfig.labels":                        "allInstancesConfig.labels",
	"gcp bootDisk.initializeParams.labels":                 "bootDisk.initializeParams.labels",
	"gcp disk.labels":                                      "!disk.labels",
	// Cloud Run bills by the labels of the service and of its revisions.
	"gcp cloudrun.gcp/Service metadata.labels":                                 "+metadata.labels",
	"gcp template.labels":                                                      "template.labels",
	"gcp template.metadata.labels":                                             "template.metadata.labels",
	"gcp automatedBackupPolicy.labels":                                         "automatedBackupPolicy.labels",
	"gcp snapshotSchedulePolicy.snapshotProperties.labels":                     "snapshotSchedulePolicy.snapshotProperties.labels",
	"gcp destinationDataset.labels":                                            "!destinationDataset.labels",
	"gcp placement.managedCluster.labels":                                      "!placement.managedCluster.labels",
	"gcp jobs.labels":                                                          "!jobs.labels",
	"gcp virtualMachine.virtualMachineConfig.labels":                           "virtualMachine.virtualMachineConfig.labels",
	"gcp virtualMachine.virtualMachineConfig.dataDisk.initializeParams.labels": "virtualMachine.virtualMachineConfig.dataDisk.initializeParams.labels",
}

// once are kinds whose own field the Terraform provider cannot change in place.
var once = []string{
	"azure apimanagement.azure/StandaloneGateway",
	"azure customproviders.azure/CustomProvider",
	"azure keyvault.azure/ManagedStorageAccount",
	"azure keyvault.azure/ManagedStorageAccountSASTokenDefinition",
	"azure machinelearningservices.azure/ComputeInstance",
	"azure machinelearningservices.azure/SynapseSpark",
	"azure operationalinsights.azure/LogAnalyticsSavedSearch",
	"gcp bigquery.gcp/Job",
	"gcp compute.gcp/InstanceTemplate",
	"gcp dataproc.gcp/Job",
	"gcp dataproc.gcp/WorkflowTemplate",
	"gcp datastream.gcp/PrivateConnection",
	"gcp developerconnect.gcp/ConnectGitRepositoryLink",
}

// decide returns the fields of a kind as the table has them, and what nobody has
// decided yet. The words are of a reading: path=shape.
func decide(group, kind string, words []string) (fields, undecided []string) {
	cloud := group[strings.LastIndex(group, ".")+1:]
	of := group + "/" + kind
	for _, word := range words {
		path, shape, _ := strings.Cut(word, "=")
		general, special := cloud+" "+path, cloud+" "+of+" "+path
		field, ok := nested[special]
		if !ok {
			field, ok = nested[general]
		}
		switch {
		case isNever(cloud, of, path):
		case shape == shapeMap && slices.Contains(own[cloud], path):
			if slices.Contains(once, cloud+" "+of) {
				path = "!" + path
			}
			fields = append(fields, path)
		case ok:
			fields = append(fields, field)
		default:
			undecided = append(undecided, special+" ("+shape+")")
		}
	}
	slices.Sort(fields)
	return fields, undecided
}
