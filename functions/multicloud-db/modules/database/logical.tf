# IBM Cloud makes one database, ibmclouddb; others are made by SQL.
output "database" {
  description = "Logical database that IBM Cloud made."
  value       = local.admin ? local.endpoint.database : nonsensitive(local.credential.database)
}
