# All variables come from the Workspace's varmap. Types and values that the
# provider would accept but misread are refused here, before anything is planned.

variable "bucket_name" {
  type        = string
  description = "Name of the bucket, unique among all of IBM Cloud."
  nullable    = false
  validation {
    condition     = can(regex("^[a-z0-9]([.-]?[a-z0-9])*$", var.bucket_name)) && can(regex("^.{3,63}$", var.bucket_name))
    error_message = "bucket_name must be 3 to 63 lower case letters and digits, with single dots or hyphens between."
  }
}

variable "versioning" {
  type        = bool
  description = "Keep what is overwritten or deleted; false suspends it. Null is for a bucket that never had versions."
  default     = null
}

variable "kms_key_crn" {
  type        = string
  description = "CRN of the root key that encrypts the bucket; null is IBM's own key, or the one that the bucket has."
  default     = null
  validation {
    condition     = var.kms_key_crn == null || can(regex("^crn:v1:\\S+:key:\\S+$", var.kms_key_crn))
    error_message = "kms_key_crn must be the CRN of a key, crn:v1:…:key:…."
  }
}

variable "allow_delete" {
  type        = bool
  description = "Empty the bucket when it is destroyed; otherwise a bucket that is not empty stays."
  default     = false
  nullable    = false
}
