
# What restores counts at creation alone, and is under ignore_changes.
backup_id                            = var.restore_backup
point_in_time_recovery_deployment_id = var.restore_from
point_in_time_recovery_time          = var.restore_from == null ? null : var.restore_time
