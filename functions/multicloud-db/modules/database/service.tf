# All variables come from the Workspace's varmap. Types and values that the
# provider would accept but misread are refused here, before anything is planned.

variable "service" {
  type        = string
  description = "The engine, as IBM Cloud names its service."
  nullable    = false
  validation {
    condition     = contains(["databases-for-postgresql", "databases-for-mysql"], var.service)
    error_message = "service must be databases-for-postgresql or databases-for-mysql."
  }
}

variable "plan" {
  type        = string
  description = "standard (Classic) or standard-gen2 (Gen2)."
  nullable    = false
  validation {
    condition     = contains(["standard", "standard-gen2"], var.plan)
    error_message = "plan must be standard or standard-gen2."
  }
}
