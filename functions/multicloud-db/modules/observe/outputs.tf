# The names are those of the database module, as far as a look can tell. The
# connection is not among them: IBM Cloud shows it to a credential only.

locals {
  database = data.ibm_database.existing
  member   = one([for group in local.database.groups : group if group.group_id == "member"])
  shared   = try(local.member.host_flavor[0].id, "") == "multitenant"
}

output "crn" {
  description = "CRN of the database instance; the import module asks for it."
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
  description = "standard (Classic) or standard-gen2 (Gen2), or another plan."
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
  description = "Tags, which the import module asks for."
  value       = local.database.tags
}

# Classic counts the disks of all members together, Gen2 one member's.
output "disk_mb" {
  description = "Disk per member in MB."
  value       = endswith(local.database.plan, "-gen2") ? local.member.disk[0].allocation_mb : floor(local.member.disk[0].allocation_mb / local.member.count)
}
