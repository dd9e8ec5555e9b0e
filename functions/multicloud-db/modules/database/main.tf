# One database of IBM Cloud Databases. Classic and Gen2 are two resources: the
# provider refuses on Gen2 what Classic needs (an admin password, memory, an
# upgrade in place), and lifecycle rules cannot depend on a variable.
#
# Nothing here replaces or destroys a database because a variable changed:
#   - plan decides which of the two exists. It is recorded at creation, and the
#     record rather than the variable is what counts;
#   - arguments that force a new resource are under ignore_changes;
#   - a variable that says something else than what runs fails the plan, with a
#     sentence, rather than being ignored in silence (terraform_data.unchanged);
#   - prevent_destroy takes no variable, so a claim that may be deleted could not
#     lift it. deletion_protection does the same in the provider: deleting is
#     refused by what the state says, until false has been applied.

resource "terraform_data" "created" {
  input = {
    plan    = var.plan
    adopted = local.adopted
  }

  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = self.input.plan == var.plan
      error_message = "plan is ${self.input.plan} and cannot become ${var.plan}: it is chosen once, at creation."
    }
    postcondition {
      condition     = self.input.adopted == local.adopted
      error_message = "A database that was ${self.input.adopted ? "imported" : "created"} by this Workspace must keep its module."
    }
    precondition {
      condition     = local.adopted || var.host_flavor != null
      error_message = "host_flavor is required: name multitenant or a host size."
    }
    precondition {
      condition     = var.plan == "standard" || (local.flavor != "multitenant" && !endswith(local.flavor, ".encrypted"))
      error_message = "host_flavor ${local.flavor} is not offered on plan standard-gen2: name a Gen2 host size such as bx3d.4x20."
    }
    precondition {
      condition     = var.plan == "standard-gen2" || contains(["", "multitenant"], local.flavor) || endswith(local.flavor, ".encrypted")
      error_message = "host_flavor ${local.flavor} is not offered on plan standard: name multitenant or a Classic host size such as b3c.4x16.encrypted."
    }
    precondition {
      condition     = var.memory_mb != null ? var.host_flavor == "multitenant" : local.adopted || var.host_flavor != "multitenant"
      error_message = "memory_mb is required with host_flavor multitenant, and must be null with a dedicated host."
    }
    precondition {
      condition     = var.cpu_count == null || var.host_flavor == "multitenant"
      error_message = "cpu_count must be null with a dedicated host."
    }
    precondition {
      condition     = var.backup_encryption_key_crn == null || var.plan == "standard"
      error_message = "backup_encryption_key_crn must be null on plan standard-gen2, which has no key of its own for backups."
    }
  }
}

locals {
  flavor   = var.host_flavor == null ? "" : var.host_flavor
  gen2     = terraform_data.created.input.plan == "standard-gen2"
  database = local.gen2 ? ibm_database.gen2[0] : ibm_database.classic[0]

  # The admin's password is known only where it was made here. Otherwise a
  # service credential is made, which leaves the users that exist as they are.
  admin = !local.gen2 && !local.adopted
}

# ignore_changes: a password that was made stays, whatever a later module says.
resource "random_password" "admin" {
  count       = local.admin ? 1 : 0
  length      = 32
  special     = false
  min_lower   = 1
  min_upper   = 1
  min_numeric = 1

  lifecycle {
    ignore_changes = all
  }
}

resource "ibm_database" "classic" {
  count                     = local.gen2 ? 0 : 1
  name                      = var.name
  location                  = var.location
  resource_group_id         = var.resource_group_id
  service                   = var.service
  plan                      = "standard"
  version                   = var.engine_version
  service_endpoints         = "private"
  adminpassword             = local.admin ? random_password.admin[0].result : null
  key_protect_key           = var.key_protect_key
  backup_encryption_key_crn = var.backup_encryption_key_crn
  tags                      = var.tags
  deletion_protection       = var.deletion_protection

  group {
    group_id = "member"

    dynamic "members" {
      for_each = var.members[*]
      content {
        allocation_count = members.value
      }
    }
    dynamic "host_flavor" {
      for_each = var.host_flavor[*]
      content {
        id = host_flavor.value
      }
    }
    dynamic "memory" {
      for_each = var.memory_mb[*]
      content {
        allocation_mb = memory.value
      }
    }
    dynamic "cpu" {
      for_each = var.cpu_count[*]
      content {
        allocation_count = cpu.value
      }
    }
    dynamic "disk" {
      for_each = var.disk_mb[*]
      content {
        allocation_mb = disk.value
      }
    }
  }

  timeouts {
    create = "90m"
    update = "90m"
    delete = "30m"
  }

  lifecycle {
    # allowlist: without it here, one that was set elsewhere would be emptied,
    # and an empty one lets everyone in who reaches the endpoint.
    # service_endpoints: clients of a database that was imported keep theirs.
    ignore_changes = [
      name, location, resource_group_id, service, plan, service_endpoints,
      adminpassword, key_protect_key, key_protect_instance, backup_encryption_key_crn,
      allowlist, users, configuration, logical_replication_slot,
      backup_id, remote_leader_id, point_in_time_recovery_deployment_id, point_in_time_recovery_time,
    ]
  }
}

resource "ibm_database" "gen2" {
  count               = local.gen2 ? 1 : 0
  name                = var.name
  location            = var.location
  resource_group_id   = var.resource_group_id
  service             = var.service
  plan                = "standard-gen2"
  version             = var.engine_version
  service_endpoints   = "private"
  key_protect_key     = var.key_protect_key
  tags                = var.tags
  deletion_protection = var.deletion_protection

  group {
    group_id = "member"

    dynamic "members" {
      for_each = var.members[*]
      content {
        allocation_count = members.value
      }
    }
    dynamic "host_flavor" {
      for_each = var.host_flavor[*]
      content {
        id = host_flavor.value
      }
    }
    dynamic "disk" {
      for_each = var.disk_mb[*]
      content {
        allocation_mb = disk.value
      }
    }
  }

  timeouts {
    create = "90m"
    update = "90m"
    delete = "30m"
  }

  lifecycle {
    # version: Gen2 has no upgrade in place, and may report more than the major.
    ignore_changes = [
      name, location, resource_group_id, service, plan, service_endpoints, version,
      key_protect_key, key_protect_instance, backup_id,
    ]
  }
}

# What was asked at creation and cannot change. Null asks for nothing.
locals {
  asked = {
    name                      = var.name
    location                  = var.location
    resource_group_id         = var.resource_group_id
    service                   = var.service
    key_protect_key           = var.key_protect_key
    backup_encryption_key_crn = var.backup_encryption_key_crn
  }
  changed = [
    for field, want in local.asked : "${field} is ${coalesce(local.database[field], "not set")} and cannot become ${want}"
    if want != null && local.database[field] != want
  ]
}

resource "terraform_data" "unchanged" {
  lifecycle {
    precondition {
      condition     = length(local.changed) == 0
      error_message = "The database stays as it is: ${join("; ", local.changed)}."
    }
    precondition {
      condition     = !local.gen2 || var.engine_version == null || startswith("${coalesce(local.database.version, "unknown")}.", "${coalesce(var.engine_version, "unknown")}.")
      error_message = "engine_version is ${coalesce(local.database.version, "unknown")} and cannot become ${coalesce(var.engine_version, "unknown")}: Gen2 has no upgrade in place."
    }
  }
}

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
