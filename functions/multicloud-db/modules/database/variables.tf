variable "engine_version" {
  type        = string
  description = "Major version, such as 17 or 8.4; null is IBM's preferred one, or the one that runs."
  default     = null
  validation {
    condition     = var.engine_version == null || can(regex("^[0-9]+(\\.[0-9]+)?$", var.engine_version))
    error_message = "engine_version must be a major version, such as 17 or 8.4."
  }
}

variable "members" {
  type        = number
  description = "Data members, one of them the leader; null is IBM's number for the engine."
  default     = null
  validation {
    condition     = var.members == null || try(var.members >= 2 && floor(var.members) == var.members, false)
    error_message = "members must be a whole number from 2."
  }
}

variable "host_flavor" {
  type        = string
  description = "multitenant (Classic only) or a dedicated host size; null leaves an imported database as it is."
  default     = null
  validation {
    condition     = var.host_flavor == null || can(regex("^(multitenant|[a-z][a-z0-9]+\\.[0-9]+x[0-9]+(\\.encrypted)?)$", var.host_flavor))
    error_message = "host_flavor must be multitenant or a host size such as b3c.4x16.encrypted (Classic) or bx3d.4x20 (Gen2)."
  }
}

variable "memory_mb" {
  type        = number
  description = "Memory per member in MB; with multitenant only, a dedicated host brings its own."
  default     = null
  validation {
    condition     = var.memory_mb == null || try(var.memory_mb >= 1024 && floor(var.memory_mb) == var.memory_mb, false)
    error_message = "memory_mb must be a whole number from 1024."
  }
}

variable "cpu_count" {
  type        = number
  description = "Dedicated CPUs per member, with multitenant only; null or 0 is a share by memory."
  default     = null
  validation {
    condition     = var.cpu_count == null || try(var.cpu_count >= 0 && floor(var.cpu_count) == var.cpu_count, false)
    error_message = "cpu_count must be a whole number from 0."
  }
}

variable "disk_mb" {
  type        = number
  description = "Disk per member in MB; only grows. Null leaves it as it is, and is IBM's least at creation."
  default     = null
  validation {
    # Gen2 counts in GB, and the provider drops the rest of the division.
    condition     = var.disk_mb == null || try(var.disk_mb >= 5120 && var.disk_mb % 1024 == 0, false)
    error_message = "disk_mb must be a multiple of 1024 from 5120."
  }
}

variable "key_protect_key" {
  type        = string
  description = "CRN of the root key that encrypts the disk; null is IBM's own key."
  default     = null
  validation {
    condition     = var.key_protect_key == null || can(regex("^crn:v1:\\S+:key:\\S+$", var.key_protect_key))
    error_message = "key_protect_key must be the CRN of a key, crn:v1:…:key:…."
  }
}

variable "backup_encryption_key_crn" {
  type        = string
  description = "CRN of the root key that encrypts the backups (Classic only); null is IBM's own key."
  default     = null
  validation {
    condition     = var.backup_encryption_key_crn == null || can(regex("^crn:v1:\\S+:key:\\S+$", var.backup_encryption_key_crn))
    error_message = "backup_encryption_key_crn must be the CRN of a key, crn:v1:…:key:…."
  }
}

variable "tags" {
  type        = list(string)
  description = "Tags, as key:value strings."
  nullable    = false
  validation {
    condition     = alltrue([for tag in var.tags : can(regex("^[A-Za-z0-9:_ .-]{1,128}$", tag))])
    error_message = "tags must be 1 to 128 letters, digits and :_ .- each."
  }
}

variable "deletion_protection" {
  type        = bool
  description = "Refuse to destroy the database."
  default     = true
  nullable    = false
}
