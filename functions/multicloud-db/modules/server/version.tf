# Goes into terraform_data.unchanged.
precondition {
  condition     = !local.upgrades
  error_message = "engine_version is ${coalesce(local.database.version, "unknown")} and cannot become ${coalesce(var.engine_version, "unknown")}: ${var.service} is upgraded by a restore into another server."
}
