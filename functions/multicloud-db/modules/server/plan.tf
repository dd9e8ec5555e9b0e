variable "plan" {
  type        = string
  description = "standard (Classic)."
  default     = "standard"
  nullable    = false
  validation {
    condition     = var.plan == "standard"
    error_message = "plan must be standard."
  }
}
