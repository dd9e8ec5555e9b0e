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
