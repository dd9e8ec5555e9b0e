# An existing bucket is looked at: data sources, and the record of the state. The
# data source believes the CRN which instance the bucket is in; the import module
# lists the instance's buckets.

data "ibm_cos_bucket" "existing" {
  bucket_name          = regex(":bucket:(.*)$", var.crn)[0]
  resource_instance_id = local.instance.id
  bucket_type          = "region_location"
  bucket_region        = var.location
}

locals {
  use    = "observed"
  bucket = data.ibm_cos_bucket.existing
}
