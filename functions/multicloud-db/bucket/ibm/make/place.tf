# The name is that of the databases' variable: the ProviderConfig's provider block
# reads it as its region. The provider finds a bucket's region by this form
# (regionLocationRegex in its resource_ibm_cos_bucket.go).
variable "location" {
  type        = string
  description = "IBM Cloud region of the bucket, such as eu-de."
  nullable    = false
  validation {
    condition     = can(regex("^[a-z]{2}-[a-z]{2,5}[0-9]?$", var.location))
    error_message = "location must be an IBM Cloud region, such as eu-de."
  }
}
