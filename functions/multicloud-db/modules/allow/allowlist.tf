# Goes into ibm_database.classic, where allowlist is no longer under ignore_changes.
dynamic "allowlist" {
  for_each = var.allowlist
  content {
    address     = allowlist.value
    description = "Clients of ${var.name}"
  }
}
