# The service instance of one bucket, and what only a bucket that is made here has.
# A service credential opens a whole instance, and only an instance carries tags.

locals {
  use               = "made"
  instance          = ibm_resource_instance.cos
  asked_of_instance = { name = var.name }
}

variable "name" {
  type        = string
  description = "Name of the service instance."
  nullable    = false
  validation {
    condition     = can(regex("^[^\\s\\x00-\\x1f]{1,180}$", var.name))
    error_message = "name must be 1 to 180 characters without spaces."
  }
}

variable "resource_group_id" {
  type        = string
  description = "ID of the resource group of a new instance, which stays in it; null is the account's default group."
  default     = null
  validation {
    condition     = var.resource_group_id == null || can(regex("^[0-9a-f]{32}$", var.resource_group_id))
    error_message = "resource_group_id must be 32 hexadecimal digits, the group's ID rather than its name."
  }
}

variable "tags" {
  type        = list(string)
  description = "Tags, as key:value strings."
  nullable    = false
  validation {
    condition     = alltrue([for tag in var.tags : can(regex("^[A-Za-z0-9:_ .-]{1,128}$", tag))])
    error_message = "tags must be 1 to 128 letters, digits and :_ .- each."
  }
}

variable "retention_days" {
  type        = number
  description = "Days after which a version that is no longer the current one is deleted; null keeps all versions."
  default     = null
  validation {
    condition     = var.retention_days == null || try(contains(range(1, 366), var.retention_days), false)
    error_message = "retention_days must be a whole number from 1 to 365."
  }
}

# Destroying an instance destroys all buckets in it: it goes last, and is not
# reached while the bucket cannot be destroyed.
resource "ibm_resource_instance" "cos" {
  name              = var.name
  service           = "cloud-object-storage"
  plan              = "standard"
  location          = "global"
  resource_group_id = var.resource_group_id
  tags              = var.tags
  depends_on        = [terraform_data.created]

  lifecycle {
    ignore_changes = [
      name, service, plan, location, resource_group_id, parameters, parameters_json, service_endpoints,
    ]

    precondition {
      condition     = !coalesce(var.versioning, false) || var.retention_days != null
      error_message = "retention_days is required with versioning: without it, versions are kept and paid for ever."
    }
  }
}

# The rule of versions stays when versioning is suspended, which leaves those that
# there are; with the last of them goes the delete marker that hides it. The provider's bucket has rules inline too, deprecated for these; it
# does not read them back where it has none of its own.
#
# The read of this resource fails where a bucket has no rules, after 5 minutes, or is
# gone (resource_ibm_cos_bucket_lifecycle_configuration.go): a bucket that was deleted
# elsewhere is not made again, empty, without anyone noticing; and whoever deletes all
# rules elsewhere has to put one back. To destroy reads first, and fails as well: then
# this resource is taken out of the state by hand, as docs/runbooks.md says. To destroy
# without a read (-refresh=false) would not do: no delete of the provider's takes a
# bucket that is gone for one that it deleted.
resource "ibm_cos_bucket_lifecycle_configuration" "rules" {
  bucket_crn      = ibm_cos_bucket.bucket.crn
  bucket_location = ibm_cos_bucket.bucket.region_location

  lifecycle_rule {
    rule_id = "abort-uploads"
    status  = "enable"
    filter {
      prefix = ""
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
  dynamic "lifecycle_rule" {
    for_each = var.retention_days[*]
    content {
      rule_id = "noncurrent"
      status  = "enable"
      filter {
        prefix = ""
      }
      noncurrent_version_expiration {
        noncurrent_days = lifecycle_rule.value
      }
      expiration {
        expired_object_delete_marker = true
      }
    }
  }

  lifecycle {
    ignore_changes = [bucket_crn, bucket_location, endpoint_type]
  }
}
