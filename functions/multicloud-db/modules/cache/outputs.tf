output "database" {
  description = "Number of the logical database."
  value       = local.admin ? local.endpoint.database : nonsensitive(local.credential.database)
}

# The configuration is never read back: these two are what was applied last.
output "eviction_policy" {
  description = "Which keys make room; null where nobody said."
  value       = try(jsondecode(local.database.configuration)["maxmemory-policy"], null)
}

output "persistence" {
  description = "Whether each write is appended to a file on the disk; null where nobody said."
  value       = try(jsondecode(local.database.configuration)["appendonly"] == "yes", null)
}
