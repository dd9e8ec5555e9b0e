
# Counts at creation alone, and is under ignore_changes.
backup_id = var.restore_backup
