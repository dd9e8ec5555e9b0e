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
