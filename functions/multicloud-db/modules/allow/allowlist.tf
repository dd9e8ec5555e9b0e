# Goes into ibm_database.classic, where allowlist is no longer under ignore_changes.
dynamic "allowlist" {
  for_each = var.allowlist
  content {
    address = allowlist.value
    # IBM's provider takes 32 characters.
    description = substr("Clients of ${var.name}", 0, 32)
  }
}
