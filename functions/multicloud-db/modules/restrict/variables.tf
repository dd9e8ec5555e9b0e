# The networks that the settings let in. A module without them has neither rule nor zone, and
# no such variable, so that the Workspaces which were made before stay as they are.

variable "allowlist" {
  type        = set(string)
  description = "IPv4 networks that reach the database (Gen2 only), as far as IBM Cloud enforces its rule."
  nullable    = false
  validation {
    # A zone takes 1000 addresses, and one without any lets nobody in (website/docs/r/cbr_zone.html.markdown of
    # terraform-provider-ibm). A rule takes no IPv6 (howto-cbr.md of ibm-cloud-docs/cloud-databases).
    condition = length(var.allowlist) >= 1 && length(var.allowlist) <= 1000 && alltrue([
      for network in var.allowlist : can(regex("^([0-9]{1,3}\\.){3}[0-9]{1,3}/[0-9]{1,2}$", network))
    ])
    error_message = "allowlist must be 1 to 1000 IPv4 networks, such as 10.0.0.0/16."
  }
}
