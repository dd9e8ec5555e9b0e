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
