# Outputs that are not sensitive appear in the Workspace's status; those that are null do not. None is
# sensitive: there are no credentials.

output "cluster_id" {
  description = "ID of the cluster."
  value       = local.cluster.id
}

output "crn" {
  description = "CRN of the cluster."
  value       = local.cluster.crn
}

output "name" {
  description = "Name of the cluster."
  value       = local.cluster.name
}

output "location" {
  description = "Region that the cluster is in, as its CRN has it."
  value       = split(":", local.cluster.crn)[5]
}

output "resource_group_id" {
  description = "Resource group that the cluster is in."
  value       = local.cluster.resource_group_id
}

output "kube_version" {
  description = "Version of the control plane."
  value       = local.cluster.kube_version
}

output "status" {
  description = "State of the cluster, such as normal or critical."
  value       = local.cluster.state
}

output "pod_subnet" {
  description = "Range of pods."
  value       = local.cluster.pod_subnet
}

output "service_subnet" {
  description = "Range of services."
  value       = local.cluster.service_subnet
}

output "private_endpoint_url" {
  description = "Where the API server is reached from IBM Cloud's private network."
  value       = local.cluster.private_service_endpoint_url
}

output "vpe_endpoint_url" {
  description = "Where the API server is reached from the cluster's VPC."
  value       = local.cluster.vpe_service_endpoint_url
}

output "public_endpoint_url" {
  description = "Where the API server is reached from anywhere; empty where it is not."
  value       = local.cluster.public_service_endpoint_url
}

output "tags" {
  description = "Tags, also those that others set."
  value       = local.cluster.tags
}
