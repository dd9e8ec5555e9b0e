# What names a cluster: the module that looks asks for no more.

variable "service" {
  type        = string
  description = "The service, as IBM Cloud names it in a CRN."
  nullable    = false
  validation {
    condition     = var.service == "containers-kubernetes"
    error_message = "service must be containers-kubernetes."
  }
}

variable "name" {
  type        = string
  description = "Name of the cluster."
  nullable    = false
  validation {
    condition     = can(regex("^[A-Za-z][A-Za-z0-9.-]{0,34}$", var.name))
    error_message = "name must begin with a letter, and have at most 35 letters, digits, dots and hyphens."
  }
}

# The ProviderConfig's provider block reads this variable as its region.
variable "location" {
  type        = string
  description = "IBM Cloud region, such as eu-de."
  nullable    = false
  validation {
    condition     = can(regex("^[a-z]+(-[a-z]+)?[0-9]*$", var.location))
    error_message = "location must be an IBM Cloud region, such as eu-de."
  }
}

variable "resource_group_id" {
  type        = string
  description = "ID of the resource group; null is the account's default group, or the one that the cluster is in."
  default     = null
  validation {
    condition     = var.resource_group_id == null || can(regex("^[0-9a-f]{32}$", var.resource_group_id))
    error_message = "resource_group_id must be 32 hexadecimal digits, the group's ID rather than its name."
  }
}
