# The pool that the cluster was made with, whose number of nodes only this resource changes: it is taken as it
# is, and left to the cluster when that is destroyed. Where an autoscaler is on in the pool, the provider
# leaves the number to it.
resource "ibm_container_vpc_worker_pool" "default" {
  cluster          = ibm_container_vpc_cluster.cluster.id
  worker_pool_name = "default"
  vpc_id           = var.vpc_id
  flavor           = var.flavor
  worker_count     = var.workers_per_zone
  import_on_create = true
  orphan_on_delete = true

  dynamic "zones" {
    for_each = var.zones
    content {
      name      = zones.value.name
      subnet_id = zones.value.subnet_id
    }
  }

  lifecycle {
    ignore_changes = [
      cluster, worker_pool_name, vpc_id, resource_group_id, flavor, zones, operating_system, secondary_storage, host_pool_id,
      kms_instance_id, crk, kms_account_id, security_groups, entitlement, labels, taints,
    ]
  }
}
