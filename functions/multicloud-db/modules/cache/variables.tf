# IBM Cloud evicts nothing unless it is told to, and appends to the disk unless it is
# told not to. Null says neither, and leaves an imported cache as it is.

variable "eviction_policy" {
  type        = string
  description = "Which keys make room where the memory is full; null leaves it as it is, which is noeviction of a new cache."
  default     = null
  validation {
    condition     = var.eviction_policy == null || can(regex("^(allkeys-lru|allkeys-lfu|volatile-lru|volatile-ttl|noeviction)$", var.eviction_policy))
    error_message = "eviction_policy must be allkeys-lru, allkeys-lfu, volatile-lru, volatile-ttl or noeviction."
  }
}

variable "persistence" {
  type        = bool
  description = "Append each write to a file on the disk; null leaves it as it is, which is yes of a new cache."
  default     = null
}

# Turned on over too small a disk, persistence loses data: the disk comes first, by an
# apply of its own, since the provider sends the configuration before it scales.
variable "disk_grown" {
  type        = bool
  description = "The disk is as large as persistence needs; false holds persistence back."
  default     = true
  nullable    = false
}

locals {
  appends = var.persistence == null ? null : (var.persistence && var.disk_grown ? "yes" : "no")
  settings = {
    "maxmemory-policy"            = var.eviction_policy
    "appendonly"                  = local.appends
    "stop-writes-on-bgsave-error" = local.appends
  }
  said = { for name, value in local.settings : name => value if value != null }
}
