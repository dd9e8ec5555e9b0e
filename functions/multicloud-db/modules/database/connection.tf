# Outputs that are not sensitive appear in the Workspace's status.

locals {
  protocol   = var.service == "databases-for-mysql" ? "mysql" : "postgres"
  credential = local.admin ? null : jsondecode(ibm_resource_key.user[0].credentials_json).connection[local.protocol]
  endpoint   = local.admin ? data.ibm_database_connection.admin[0][local.protocol][0] : null
  member     = one([for group in local.database.groups : group if group.group_id == "member"])
  shared     = try(local.member.host_flavor[0].id, "") == "multitenant"
}

output "host" {
  description = "Host name of the private endpoint, or of the public one where an imported database has no other."
  value       = local.admin ? local.endpoint.hosts[0].hostname : nonsensitive(local.credential.hosts[0].hostname)
}

output "port" {
  description = "Port of the same endpoint."
  value       = local.admin ? local.endpoint.hosts[0].port : nonsensitive(local.credential.hosts[0].port)
}

output "username" {
  description = "User that the password is for."
  value       = local.admin ? local.database.adminuser : nonsensitive(local.credential.authentication.username)
}

output "password" {
  description = "The user's password."
  value       = local.admin ? random_password.admin[0].result : local.credential.authentication.password
  sensitive   = true
}
