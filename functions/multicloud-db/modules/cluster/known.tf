# Once the ID is known, the cluster is never made: where the state was lost, the import block takes the
# cluster that is there, and where that was deleted elsewhere the plan fails.

variable "cluster_id" {
  type        = string
  description = "ID of the cluster."
  nullable    = false
  validation {
    condition     = can(regex("^[a-z0-9]{10,40}$", var.cluster_id))
    error_message = "cluster_id must be the ID of a cluster, of lower case letters and digits."
  }
}

import {
  to = ibm_container_vpc_cluster.cluster
  id = var.cluster_id
}

data "ibm_container_vpc_cluster" "there" {
  name              = var.cluster_id
  resource_group_id = var.resource_group_id
}

locals {
  runs = try(tonumber(split(".", data.ibm_container_vpc_cluster.there.kube_version)[1]), local.asks)
  changed = [
    for field, want in local.asked : "${field} is ${coalesce(local.has[field], "not set")} and cannot become ${want}"
    if want != null && local.has[field] != want
  ]
}
