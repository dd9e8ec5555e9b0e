resource "ibm_resource_key" "user" {
  count                = local.admin ? 0 : 1
  name                 = var.name
  role                 = local.gen2 ? "Manager" : "Administrator"
  resource_instance_id = local.database.id
  parameters           = { "service-endpoints" = local.database.service_endpoints == "public" ? "public" : "private" }

  # ignore_changes: a new key is a new user with a new password.
  lifecycle {
    ignore_changes = all
  }
}

data "ibm_database_connection" "admin" {
  count         = local.admin ? 1 : 0
  deployment_id = local.database.id
  user_type     = "database"
  user_id       = local.database.adminuser
  endpoint_type = "private"
}
