# An existing database is taken over. With these blocks in place it is never
# made: if the CRN is of no database, or it is gone later, the plan fails.

variable "crn" {
  type        = string
  description = "CRN of the existing database instance."
  nullable    = false
  validation {
    condition     = can(regex("^crn:v1:[^:\\s]*:[^:\\s]*:databases-for-(postgresql|mysql):[^:\\s]+:[^:\\s]+:[^:\\s]+::$", var.crn))
    error_message = "crn must be the CRN of a database instance, crn:v1:…:databases-for-postgresql:…::."
  }
}

locals {
  adopted = true
}
