# All variables come from the Workspace's varmap. Types and values that the
# provider would accept but misread are refused here, before anything is planned.

variable "service" {
  type        = string
  description = "The service, as IBM Cloud names it."
  nullable    = false
  validation {
    condition     = var.service == "databases-for-redis"
    error_message = "service must be databases-for-redis."
  }
}
