# Destroyed before all that it depends on, also where the cluster would be replaced: as long as the value that
# was applied is true, that fails, and cluster and nodes stay. Its address never changes.
resource "terraform_data" "protected" {
  input            = var.deletion_protection
  triggers_replace = ibm_container_vpc_cluster.cluster.id
  depends_on = [
    ibm_container_vpc_cluster.cluster, ibm_container_vpc_worker_pool.default,
    terraform_data.created, terraform_data.encrypted, terraform_data.unchanged,
  ]

  provisioner "local-exec" {
    when    = destroy
    command = self.input ? "echo 'The cluster is protected: annotate its claim with allow-delete first.' >&2; exit 1" : "true"
  }
}

# What encrypts Secrets, which the provider never reads.
resource "terraform_data" "encrypted" {
  count      = var.kms_key_crn == null ? 0 : 1
  input      = var.kms_key_crn
  depends_on = [ibm_container_vpc_cluster.cluster]

  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = self.input == var.kms_key_crn
      error_message = "kms_key_crn is ${self.input} and cannot become ${coalesce(var.kms_key_crn, "none")}."
    }
  }
}

# The zones that the cluster was made in. Somebody may add others to its pool at IBM Cloud, which is no
# edit of this variable.
resource "terraform_data" "created" {
  input      = { zones = var.zones }
  depends_on = [ibm_container_vpc_cluster.cluster]

  lifecycle {
    ignore_changes = [input]
  }
}

# What was asked at creation and cannot change. Null asks for nothing.
locals {
  cluster   = ibm_container_vpc_cluster.cluster
  pool      = ibm_container_vpc_worker_pool.default
  has_zones = join(",", sort([for zone in terraform_data.created.input.zones : "${zone.name}/${zone.subnet_id}"]))
  asked = {
    name              = var.name
    resource_group_id = var.resource_group_id
    vpc_id            = var.vpc_id
    pod_subnet        = var.pod_subnet
    service_subnet    = var.service_subnet
    public_endpoint   = tostring(var.public_endpoint)
    flavor            = var.flavor
    zones             = join(",", sort([for zone in var.zones : "${zone.name}/${zone.subnet_id}"]))
  }
  has = {
    name              = local.cluster.name
    resource_group_id = local.cluster.resource_group_id
    vpc_id            = local.cluster.vpc_id
    pod_subnet        = local.cluster.pod_subnet
    service_subnet    = local.cluster.service_subnet
    public_endpoint   = tostring(!local.cluster.disable_public_service_endpoint)
    flavor            = local.pool.flavor
    zones             = local.has_zones
  }
}

resource "terraform_data" "unchanged" {
  lifecycle {
    precondition {
      condition     = length(local.changed) == 0
      error_message = "The cluster stays as it is: ${join("; ", local.changed)}."
    }
    precondition {
      condition     = local.asks - local.runs <= 1
      error_message = "kube_version is 1.${local.runs} and cannot become ${var.kube_version}: a cluster is upgraded by one minor at a time."
    }
  }
}
