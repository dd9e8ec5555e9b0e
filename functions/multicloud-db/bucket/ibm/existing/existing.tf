# What names an existing bucket, for a look and for taking it over. Its name alone
# does not say which instance it is in, and instances of others have any name.

variable "crn" {
  type        = string
  description = "CRN of the existing bucket."
  nullable    = false
  validation {
    condition     = can(regex("^crn:v1:[^:\\s]*:[^:\\s]*:cloud-object-storage:global:[^:\\s]+:[^:\\s]+:bucket:[^:\\s]+$", var.crn))
    error_message = "crn must be the CRN of a bucket, crn:v1:…:cloud-object-storage:global:…:bucket:…."
  }
}

data "ibm_resource_instance" "existing" {
  identifier = regex("^(?:[^:]*:){7}([^:]*):bucket:", var.crn)[0]
}

locals {
  instance = data.ibm_resource_instance.existing
}
