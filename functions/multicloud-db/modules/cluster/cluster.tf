# One cluster of IBM Cloud Kubernetes Service in a VPC, with its pool of nodes.
#
# Nothing here replaces or destroys the cluster or its nodes because a variable changed:
#   - arguments that force a new resource are under ignore_changes, and so are those that the
#     provider takes once and ignores in silence from then on
#     (resource_ibm_container_vpc_cluster.go and _worker_pool.go);
#   - a variable that says something else than what runs fails the plan, with a sentence
#     (terraform_data.unchanged);
#   - the provider refuses no deletion, and prevent_destroy takes no variable:
#     terraform_data.protected refuses it, by what was applied last.

# What somebody upgraded at IBM Cloud is followed: no control plane goes back.
locals {
  asks         = tonumber(split(".", var.kube_version)[1])
  kube_version = local.runs > local.asks ? "1.${local.runs}" : var.kube_version
}

resource "ibm_container_vpc_cluster" "cluster" {
  name                                = var.name
  vpc_id                              = var.vpc_id
  resource_group_id                   = var.resource_group_id
  kube_version                        = local.kube_version
  flavor                              = var.flavor
  worker_count                        = var.workers_per_zone
  pod_subnet                          = var.pod_subnet
  service_subnet                      = var.service_subnet
  disable_public_service_endpoint     = !var.public_endpoint
  disable_outbound_traffic_protection = var.outbound
  force_delete_storage                = var.allow_delete
  tags                                = var.tags

  # The control plane is upgraded first, and waited for, then each node that is older than it, one at a
  # time. patch_version is never read: what is written there is what the nodes were last made to
  # follow. The provider empties it where a node fails, so that the next apply goes on with the rest,
  # and so does one that was killed.
  patch_version          = local.kube_version
  update_all_workers     = true
  wait_for_worker_update = true
  wait_till              = "OneWorkerNodeReady"

  dynamic "zones" {
    for_each = var.zones
    content {
      name      = zones.value.name
      subnet_id = zones.value.subnet_id
    }
  }
  dynamic "kms_config" {
    for_each = var.kms_key_crn[*]
    content {
      instance_id      = split(":", kms_config.value)[7]
      crk_id           = split(":", kms_config.value)[9]
      private_endpoint = true
    }
  }

  # Of each node that is waited for, too, so that update is less than the whole may take.
  timeouts {
    create = "90m"
    update = "60m"
    delete = "45m"
  }

  lifecycle {
    ignore_changes = [
      name, vpc_id, resource_group_id, pod_subnet, service_subnet, network_plugin, offering,
      flavor, worker_count, zones, operating_system, worker_labels, taints, disable_public_service_endpoint,
      security_groups, secondary_storage, host_pool_id, kms_instance_id, crk, kms_account_id,
      entitlement, cos_instance_crn, image_security_enforcement,
    ]
  }
}
