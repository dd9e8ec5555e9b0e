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

# A count has to be known when a run is planned, and the ID of a cluster that would be made, or made anew, is not:
# such a plan fails ("Invalid count argument"), before anything is destroyed, protected or not. The state
# of another cluster than cluster_id, as an old backup has it, fails it with a sentence.
resource "terraform_data" "same" {
  count = ibm_container_vpc_cluster.cluster.id == var.cluster_id ? 0 : 1

  lifecycle {
    precondition {
      condition     = ibm_container_vpc_cluster.cluster.id == var.cluster_id
      error_message = "The state is of the cluster ${ibm_container_vpc_cluster.cluster.id}, which is not ${var.cluster_id}."
    }
  }
}
