# What names a database: the observe module asks for no more.

variable "name" {
  type        = string
  description = "Name of the database instance."
  nullable    = false
  validation {
    condition     = can(regex("^([^\\x00-\\x7f]|[A-Za-z0-9._: -]){1,180}$", var.name))
    error_message = "name must be 1 to 180 letters, digits, spaces and - . _ : as IBM Cloud takes them."
  }
}

# The ProviderConfig's provider block reads this variable as its region:
# ibm_database answers only in the region that the provider is configured for.
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
  description = "ID of the resource group; null is the account's default group, or the one the database is in."
  default     = null
  validation {
    condition     = var.resource_group_id == null || can(regex("^[0-9a-f]{32}$", var.resource_group_id))
    error_message = "resource_group_id must be 32 hexadecimal digits, the group's ID rather than its name."
  }
}
