variable "restore_from" {
  type        = string
  description = "CRN of the database whose data is restored at a time (Classic only); null for none."
  default     = null
  validation {
    condition     = var.restore_from == null || can(regex("^crn:v1:[^:\\s]*:[^:\\s]*:databases-for-(postgresql|mysql):[^:\\s]+:[^:\\s]+:[^:\\s]+::$", var.restore_from))
    error_message = "restore_from must be the CRN of a database instance, crn:v1:…:databases-for-postgresql:…::."
  }
}

variable "restore_time" {
  type        = string
  description = "Time to restore, in UTC; empty is the latest there is."
  default     = ""
  nullable    = false
  validation {
    condition     = var.restore_time == "" || can(regex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", var.restore_time))
    error_message = "restore_time must be a time in UTC, such as 2026-11-26T09:30:00Z."
  }
}

variable "restore_backup" {
  type        = string
  description = "CRN of the backup that is restored; null for none."
  default     = null
  validation {
    condition     = var.restore_backup == null || can(regex("^crn:v1:[^:\\s]*:[^:\\s]*:databases-for-(postgresql|mysql):[^:\\s]+:[^:\\s]+:[^:\\s]+:backup:[^:\\s]+$", var.restore_backup))
    error_message = "restore_backup must be the CRN of a backup, crn:v1:…:databases-for-postgresql:…:backup:…."
  }
}
