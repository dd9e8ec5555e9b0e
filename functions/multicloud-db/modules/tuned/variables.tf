variable "configuration" {
  type        = string
  description = "Settings of the engine, as a JSON object (Classic only)."
  validation {
    condition     = can(regex("^\\{[^\\n]*\\}$", var.configuration))
    error_message = "configuration must be a JSON object."
  }
}
