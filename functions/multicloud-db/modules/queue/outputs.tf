# The console, from which an operator sees queues and messages.
output "management" {
  description = "Host name and port of RabbitMQ's management interface; null of an imported server."
  value       = local.admin ? "${data.ibm_database_connection.admin[0].https[0].hosts[0].hostname}:${data.ibm_database_connection.admin[0].https[0].hosts[0].port}" : null
}
