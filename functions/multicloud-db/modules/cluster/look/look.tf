# An existing cluster is looked at: a data source, no resource.

data "ibm_container_vpc_cluster" "existing" {
  name              = var.name
  resource_group_id = var.resource_group_id
}

locals {
  cluster = data.ibm_container_vpc_cluster.existing
  pool    = try([for pool in local.cluster.worker_pools : pool if pool.name == "default"][0], null)
}

output "public_endpoint" {
  description = "Whether the API server has a public endpoint."
  value       = local.cluster.public_service_endpoint
}

output "flavor" {
  description = "Size of a node of the pool default; null without one."
  value       = try(local.pool.flavor, null)
}

output "workers_per_zone" {
  description = "Nodes in each zone of the pool default; null without one."
  value       = try(local.pool.worker_count, null)
}
