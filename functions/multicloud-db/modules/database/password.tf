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
