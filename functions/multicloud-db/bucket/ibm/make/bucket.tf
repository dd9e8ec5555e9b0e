# One bucket of IBM Cloud Object Storage. Nothing here replaces or destroys it
# because a variable changed: arguments that force a new resource are under
# ignore_changes. A variable that names another bucket, or another key, fails the plan
# with a sentence. What the settings came to say too late, a key and a resource group,
# is ignored: a plan that fails has no outputs, and without those nothing tells what
# the bucket has.
#
# prevent_destroy takes no variable, so a claim that may be deleted could not lift
# it. force_delete decides instead, by what the state says: destroying a bucket that
# is not empty is refused until true has been applied. Without a word the provider
# has it true.

locals {
  bucket = ibm_cos_bucket.bucket
}

resource "ibm_cos_bucket" "bucket" {
  bucket_name          = var.bucket_name
  resource_instance_id = local.instance.id
  region_location      = var.location
  storage_class        = "standard"
  endpoint_type        = "public" # the one that the Workspace calls
  force_delete         = var.allow_delete
  kms_key_crn          = var.kms_key_crn
  depends_on           = [terraform_data.created]

  # Versioning can be suspended, never taken away. A bucket that had versions keeps the
  # block: without it the provider suspends as well, reads the suspension back as a
  # block, and finds a difference in every plan from then on. One that never had any has
  # no block: with one the provider suspends versioning when it makes the bucket
  # (resource_ibm_cos_bucket.go), and whatever is deleted leaves a delete marker, so that
  # an emptied bucket is not empty.
  dynamic "object_versioning" {
    for_each = var.versioning[*]
    content {
      enable = object_versioning.value
    }
  }

  lifecycle {
    # allowed_ip, hard_quota, tracking, monitoring and retention: without them here,
    # those that were set elsewhere would be emptied. The rest of the rules are those
    # of a bucket that was adopted.
    ignore_changes = [
      bucket_name, resource_instance_id, region_location, cross_region_location, single_site_location, satellite_location_id,
      storage_class, kms_key_crn, key_protect, endpoint_type, object_lock,
      allowed_ip, hard_quota, activity_tracking, metrics_monitoring, retention_rule,
      archive_rule, expire_rule, noncurrent_version_expiration, abort_incomplete_multipart_upload_days,
    ]
  }
}

# What was asked at creation and cannot change. Null asks for nothing. A key that the
# bucket has not is none of another bucket: it came later than the bucket.
locals {
  asked_of_bucket = {
    bucket_name = var.bucket_name
    location    = var.location
    kms_key_crn = var.kms_key_crn
  }
  found = {
    bucket_name = local.bucket.bucket_name
    location    = local.bucket.region_location
    kms_key_crn = local.bucket.kms_key_crn
  }
  changed = concat(
    [
      for field, want in local.asked_of_bucket : "${field} is ${coalesce(local.found[field], "not set")} and cannot become ${want}"
      if want != null && local.found[field] != want && (field != "kms_key_crn" || local.found[field] != null)
    ],
    [
      for field, want in local.asked_of_instance : "${field} is ${coalesce(local.instance[field], "not set")} and cannot become ${want}"
      if want != null && local.instance[field] != want
    ],
  )
}

resource "terraform_data" "unchanged" {
  lifecycle {
    precondition {
      condition     = length(local.changed) == 0
      error_message = "The bucket stays as it is: ${join("; ", local.changed)}."
    }
  }
}
