output "ca_crt" {
  description = "Certificate of the authority that signs the server's, as PEM."
  value       = base64decode(local.admin ? local.endpoint.certificate[0].certificate_base64 : nonsensitive(local.credential.certificate.certificate_base64))
}

output "crn" {
  description = "CRN of the database instance."
  value       = local.database.id
}

output "name" {
  description = "Name of the database instance."
  value       = local.database.name
}

output "status" {
  description = "State of the instance in IBM Cloud's resource controller, such as active or failed."
  value       = local.database.status
}

output "location" {
  description = "Region the database is in."
  value       = local.database.location
}

output "resource_group_id" {
  description = "Resource group the database is in."
  value       = local.database.resource_group_id
}

output "service" {
  description = "Service that runs the database."
  value       = local.database.service
}

output "plan" {
  description = "standard (Classic) or standard-gen2 (Gen2)."
  value       = local.database.plan
}

output "engine_version" {
  description = "Version that runs."
  value       = local.database.version
}

output "members" {
  description = "Data members."
  value       = local.member.count
}

output "host_flavor" {
  description = "multitenant or a dedicated host size; empty where IBM Cloud names none."
  value       = try(local.member.host_flavor[0].id, "")
}

# Of shared compute, which has many sizes of one name. Counted for all members together, as disks are.
output "memory_mb" {
  description = "Memory per member in MB, with multitenant only; null where a dedicated host brings its own."
  value       = local.shared ? floor(local.member.memory[0].allocation_mb / local.member.count) : null
}

output "cpu_count" {
  description = "Dedicated CPUs per member, with multitenant only; 0 is a share by memory."
  value       = local.shared ? floor(local.member.cpu[0].allocation_count / local.member.count) : null
}

output "tags" {
  description = "Tags, also those that others set."
  value       = local.database.tags
}

# What the provider goes by is what was applied last.
output "deletion_protection" {
  description = "Whether the provider refuses to destroy the database."
  value       = local.database.deletion_protection
}

# Classic counts the disks of all members together, Gen2 one member's.
output "disk_mb" {
  description = "Disk per member in MB."
  value       = local.gen2 ? local.member.disk[0].allocation_mb : floor(local.member.disk[0].allocation_mb / local.member.count)
}
