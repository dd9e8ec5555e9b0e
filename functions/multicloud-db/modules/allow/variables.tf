# The networks that the settings let in. A module without them has no such variable, so
# that the Workspaces which were made before stay as they are.

variable "allowlist" {
  type        = set(string)
  description = "IPv4 networks that reach the database (Classic only); none lets in every network that reaches the endpoint."
  default     = []
  nullable    = false
  validation {
    # IBM Cloud takes 100 entries.
    condition     = length(var.allowlist) <= 100 && alltrue([for network in var.allowlist : can(regex("^([0-9]{1,3}\\.){3}[0-9]{1,3}/[0-9]{1,2}$", network))])
    error_message = "allowlist must be at most 100 IPv4 networks, such as 10.0.0.0/16."
  }
}
