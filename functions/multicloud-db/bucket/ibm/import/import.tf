# An existing bucket is taken over. With this block in place it is never made: if
# there is no such bucket in the instance, or it is gone later, the plan fails.
#
# Only the bucket is. Destroying an instance destroys all buckets in it, and one that
# somebody else made may hold more: it is looked at.
import {
  to = ibm_cos_bucket.bucket
  id = "${var.crn}:meta:rl:${var.location}:public"
}

locals {
  use               = "adopted"
  asked_of_instance = {}
}
