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
