# The ID is not known yet: the cluster is to be made, or there is a state of it, as where its claim is made again.
# Then what the variables say may be older or newer than it, and its outputs tell what it is.
locals {
  runs    = local.asks
  changed = []
}
