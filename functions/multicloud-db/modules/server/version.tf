# Goes into terraform_data.unchanged. IBM Cloud moves what is left on an old version to
# the next one by itself, so the version that was asked for at creation passes too.
precondition {
  condition     = var.engine_version == null || terraform_data.created.input.version == var.engine_version || startswith("${coalesce(local.database.version, "unknown")}.", "${coalesce(var.engine_version, "unknown")}.")
  error_message = "engine_version is ${coalesce(local.database.version, "unknown")} and cannot become ${coalesce(var.engine_version, "unknown")}: ${var.service} is upgraded by a restore into another server."
}
