# The cluster is made, and its ID is not known yet.
locals {
  runs = local.asks
}
