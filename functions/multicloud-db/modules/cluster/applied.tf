# What a data source does not tell, or what only the module knows.

output "vpc_id" {
  description = "VPC that the cluster is in."
  value       = local.cluster.vpc_id
}

output "public_endpoint" {
  description = "Whether the API server has a public endpoint."
  value       = !local.cluster.disable_public_service_endpoint
}

output "outbound" {
  description = "Whether nodes reach the internet, as it was applied last."
  value       = coalesce(local.cluster.disable_outbound_traffic_protection, false)
}

output "flavor" {
  description = "Size of a node."
  value       = local.pool.flavor
}

output "workers_per_zone" {
  description = "Nodes in each zone."
  value       = local.pool.worker_count
}

output "autoscaled" {
  description = "Whether an autoscaler is on in the pool, by whose bounds nodes come and go."
  value       = coalesce(local.pool.autoscale_enabled, false)
}

output "zones" {
  description = "Zones that the cluster was made in, with the subnet of each."
  value       = terraform_data.created.input.zones
}

output "kms_key_crn" {
  description = "CRN of the root key that encrypts Secrets; null without one."
  value       = one(terraform_data.encrypted[*].input)
}

# What destroying goes by is what was applied last.
output "deletion_protection" {
  description = "Whether destroying the cluster is refused."
  value       = terraform_data.protected.input
}
